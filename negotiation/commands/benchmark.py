"""`negotiation benchmark`: agents on fixed suites, rated and measured, with a page of results."""

from __future__ import annotations

import argparse
from pathlib import Path

from negotiation.commands import Commands, make, stopped
from negotiation.commands.progress import bar
from negotiation.commands.streams import aside, seen
from negotiation.errors import at_least_one


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "benchmark", run, "play agents on fixed suites: ratings, and figures kept apart")
    command.add_argument(
        "--agents", nargs="+", required=True, metavar="NAME[:param=value,...]", help="as --seat has them"
    )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, or one to go on with")
    command.add_argument(
        "--suite", nargs="+", default=[], metavar="NAME", help="bilateral, multi-party, linked, language (default: all)"
    )
    command.add_argument("--quick", action="store_true", help="a few drawn domains of each suite, to try it")
    command.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default 1)")


def run(options: argparse.Namespace) -> int:
    """Play what is not played yet, and write the results beside the games."""
    from negotiation.lab.benchmark.matches import Plan
    from negotiation.lab.benchmark.results import results
    from negotiation.lab.benchmark.running import run as play
    from negotiation.lab.benchmark.writing import write

    workers = at_least_one(options.workers, "workers")
    plan = Plan(tuple(dict.fromkeys(options.agents)), tuple(options.suite), quick=options.quick)
    try:
        with aside(), bar("games") as progress:
            rows = play(plan, options.out, workers=workers, progress=progress)
    except KeyboardInterrupt:
        return stopped(options.out)
    print(seen(write(options.out, results(plan, rows), rows)), end="")
    return 0
