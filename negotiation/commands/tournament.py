"""`negotiation tournament`: strategies against each other over cases, resumable, with a report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from negotiation.commands import Commands, make, stopped
from negotiation.commands.streams import aside, seen
from negotiation.errors import LogError, SetupError, at_least_one


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "tournament", run, "let strategies play each other over cases, and rank them")
    command.add_argument("--cases", nargs="+", required=True, metavar="CASE", help="bundled names or scenario files")
    command.add_argument("--strategies", nargs="+", required=True, metavar="NAME[:param=value,...]")
    command.add_argument(
        "--peers", nargs="*", default=[], metavar="negmas:CLASS", help="NegMAS negotiators (needs the extra [negmas])"
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, or one to go on with")
    command.add_argument("--seeds", type=int, default=1, help="games of each line-up (default 1)")
    command.add_argument("--rounds", type=int, help="rounds of every game (default: as each case says)")
    command.add_argument("--protocol", default="", help="default: alternating at one table of all, else open-floor")
    command.add_argument("--workers", type=int, default=1, help="processes (default 1)")


def run(options: argparse.Namespace) -> int:
    """Play what is not played yet, print the standings and write them beside the games."""
    from negotiation.formats.files import write_whole
    from negotiation.lab.standings import report
    from negotiation.lab.standings_text import standings_text
    from negotiation.lab.tournament import Plan
    from negotiation.lab.tournament import run as play
    from negotiation.strategies import PERSON

    for peer in options.peers:
        if not peer.startswith("negmas:"):
            raise SetupError(f"--peers {peer!r}: must be negmas:CLASS")
    if PERSON in (*options.strategies, *options.peers):
        raise SetupError("nobody sits at a screen in a tournament: `negotiation play` has seats for people")
    workers = at_least_one(options.workers, "workers")
    names = tuple(dict.fromkeys([*options.strategies, *options.peers]))
    plan = Plan(tuple(options.cases), names, options.seeds, options.rounds, options.protocol)
    try:
        with aside():
            rows = play(plan, options.out, workers=workers, progress=_progress if sys.stderr.isatty() else None)
    except KeyboardInterrupt:
        return stopped(options.out)
    text = standings_text(report(rows, names))
    write_whole(options.out / "report.md", text, LogError)
    print(seen(text), end="")
    return 0


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else "\r"
    print(f"{done:,} of {total:,} games ({done / total:.0%})", end=end, file=sys.stderr, flush=True)
