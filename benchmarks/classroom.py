"""A class under load, with faults, and under attack: the real server, the real protocol, real numbers.

    python benchmarks/classroom.py [--quick] [--rows play,join,...] [--database-url postgresql://...] [--out FILE]

Starts `negotiation serve` on a temporary database, lets up to 240 people join and play without browsers, and prints
the table of `docs/classroom-load.md`. Prints; only with `--check` does a missed goal of correctness fail it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import random
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import class_attack
import class_faults
import class_load
from class_server import Server, Teacher


@dataclass(frozen=True)
class Size:
    """How much of everything: people, seconds of play, the length of a minute, kills, messages."""

    people: int = 120
    seconds: float = 40
    minute: float = 60
    kills: int = 20
    killed: int = 24
    messages: int = 10_000


SIZES = {
    "full": Size(),
    "quick": Size(people=24, seconds=10, minute=10, kills=3, killed=12, messages=1000),
    "smoke": Size(people=6, seconds=2, minute=2, kills=1, killed=6, messages=200),
}

ROWS = {
    "play": class_load.row_play,
    "join": class_load.row_join,
    "rush": class_load.row_rush,
    "talk": class_load.row_talk,
    "private": class_load.row_private,
    "idle": class_load.row_idle,
    "kill": class_faults.row_kill,
    "two": class_faults.row_two,
    "attack": class_attack.row_attack,
    "privacy": class_attack.row_privacy,
}

SOUND = {
    "talk": "overheard 0",
    "private": "overheard 0",
    "join": "without a seat 0, twice 0, wrong 0",
    "kill": "lost 0, doubled 0",
    "two": "lost 0, doubled 0",
    "attack": "accepted wrongly 0, crashes 0",
    "privacy": "0 hits",
}
"""What must stand in a row however slow or busy this machine is."""


async def measured(name, size, database):
    """One row on a server of its own, and the load of the machine meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "two":
            return await class_faults.row_two(Path(folder), size)
        server = Server(Path(folder), database)
        try:
            server.start()
            teacher = await Teacher(server).enter()
            try:
                row = await ROWS[name](server, teacher, size)
            finally:
                teacher.end()
        finally:
            server.stop()
        faults = server.faults()
        if faults:
            kept = Path(tempfile.gettempdir()) / f"negotiation-bench-{name}.log"
            kept.write_text(server.log.read_text(errors="replace"))
            print(f"{name}: {len(faults)} faults in the server's log, kept as {kept}", file=sys.stderr)
        return (*row[:2], f"{row[2]}; faults in the log {len(faults)}", row[3] and not faults)


def machine():
    """What this was measured on."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}; clients and "
        f"server on the same machine over loopback. {time.strftime('%Y-%m-%d %H:%M')}"
    )


@contextlib.contextmanager
def database(wanted):
    """An address for each row: a file of its own, or a schema of its own of this PostgreSQL server."""
    yield lambda name: f"{wanted}{'&' if '?' in wanted else '?'}options=-csearch_path%3Dbench_{name}" if wanted else ""


def table(rows):
    """Markdown."""
    lines = ["| what | at least | measured | met | load of the machine |", "|---|---|---|---|---|"]
    lines += [
        f"| {what} | {goal} | {found} | {'yes' if met else '**no**'} | {load} |"
        for what, goal, found, met, load in rows
    ]
    return "\n".join(lines)


def _schemas(wanted, names):
    import psycopg

    with psycopg.connect(wanted, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP SCHEMA IF EXISTS bench_{name} CASCADE")
            connection.execute(f"CREATE SCHEMA bench_{name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few people, two minutes in all")
    parser.add_argument("--smoke", action="store_true", help="six people, seconds: whether this script still works")
    parser.add_argument("--rows", default=",".join(ROWS), help=f"some of {', '.join(ROWS)}")
    parser.add_argument(
        "--database-url", default="", help="a PostgreSQL address (default: files); schemas bench_* there"
    )
    parser.add_argument(
        "--check", action="store_true", help="fail where something was lost, doubled, leaked or crashed"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the clients' dice")
    options = parser.parse_args()
    random.seed(options.seed)
    names = [name for name in options.rows.split(",") if name in ROWS]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(65_536, hard)), hard))
    size = SIZES["smoke" if options.smoke else "quick" if options.quick else "full"]
    if options.database_url:
        _schemas(options.database_url, names)
    rows, failed = [], []
    with database(options.database_url) as address:
        for name in names:
            before = os.getloadavg()[0]
            try:
                row = asyncio.run(measured(name, size, address(name)))
            except (RuntimeError, KeyError, OSError) as problem:
                row = (name, "", f"did not come to an end: {problem}", False)
            rows.append((*row, f"{before:.1f}, then {os.getloadavg()[0]:.1f}"))
            print(f"{name:<8} {'yes' if row[3] else 'NO '} {row[2]}", file=sys.stderr, flush=True)
            if SOUND.get(name, "") not in row[2] or "did not come" in row[2]:
                failed.append(name)
    print(f"{machine()}\n\n{table(rows)}")
    return 1 if options.check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
