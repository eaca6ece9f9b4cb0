"""`negotiation batch`: many negotiations as a plan says, resumable, into Parquet files."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.commands import Commands, make, stopped
from negotiation.commands.progress import bar
from negotiation.commands.streams import aside, seen
from negotiation.errors import SetupError, at_least_one

if TYPE_CHECKING:
    from negotiation.lab.plan import Plan

ALL = 10_000
"""More workers than a cluster has processors: it is asked for as many as it has."""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "batch", run, "play what a plan says, in as many processes as you like")
    command.add_argument("plan", type=Path, metavar="PLAN.yaml", help="cases, protocols, line-ups, factors, design")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, or one to go on with")
    command.add_argument(
        "--workers", type=int, metavar="N", help="processes (default 1; on a cluster: every processor it has)"
    )
    command.add_argument("--backend", default="local", help="local (default) or ray, which needs the extra [cluster]")
    command.add_argument(
        "--address", default="", help="of a Ray cluster: HOST:PORT, ray://HOST:PORT or auto (default: start one here)"
    )
    command.add_argument("--limit", type=int, metavar="N", help="play only about so many runs now (whole chunks)")
    command.add_argument(
        "--dry-run", action="store_true", help="tell how many runs, how long and how large; write nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Play the runs of a plan that are not played yet."""
    from negotiation.lab.plan import load_plan

    plan = load_plan(options.plan)
    workers = at_least_one(1 if options.workers is None else options.workers, "workers")
    return _foretell(plan, workers) if options.dry_run else _play(plan, options)


def _foretell(plan: Plan, workers: int) -> int:
    from negotiation.lab.runner import estimate

    with aside():
        found = estimate(plan)
    print(f"{found.runs:,} runs in {found.chunks:,} chunks")
    print(f"about {_span(found.seconds / workers)} with {workers} worker{'s' * (workers != 1)}, judged by a few runs")
    print(f"about {found.bytes / 1e6:,.1f} MB on disk")
    return 0


def _workers(options: argparse.Namespace) -> int:
    if options.address and options.backend != "ray":
        raise SetupError(f"--address {options.address}: is for --backend ray only")
    if options.workers is not None:
        return int(options.workers)
    if options.backend != "ray":
        return 1
    return ALL if options.address else os.cpu_count() or 1


def _span(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{max(seconds, 0.1):.1f} seconds"


def _play(plan: Plan, options: argparse.Namespace) -> int:
    from negotiation.lab.model_costs import costs_text
    from negotiation.lab.runner import run as play

    try:
        with aside(), bar("runs") as progress:
            count, errors = play(
                plan,
                options.out,
                workers=_workers(options),
                backend=options.backend,
                address=options.address,
                limit=options.limit,
                progress=progress,
            )
    except KeyboardInterrupt:
        return stopped(options.out)
    print(
        f"{options.out}: {count:,} runs"
        + (f"; {errors:,} of those played now failed (column `error`)" if errors else "")
    )
    for line in (*_lost(options.out), *costs_text(options.out)):
        print(seen(line))
    return 0


def _lost(out: Path) -> list[str]:
    """Return a line for every strategy that lost turns in any run of the folder: the games went on without them."""
    from negotiation.lab.lost_turns import Lost, lost_turns_text, together
    from negotiation.lab.part_files import ledger

    found: dict[str, Lost] = {}
    for _, done in sorted(ledger(out).items()):
        found = together(found, {strategy: Lost(*one) for strategy, one in done.lost.items()})
    return lost_turns_text(found)
