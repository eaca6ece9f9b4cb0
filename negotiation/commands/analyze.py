"""`negotiation analyze`: what could have been."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.commands import Commands, make, pairs
from negotiation.commands.streams import dumps, seen
from negotiation.errors import SetupError

if TYPE_CHECKING:
    from negotiation.analysis.findings import Analysis, Sensitivity
    from negotiation.analysis.frontier import Frontier
    from negotiation.case import Case
    from negotiation.reports.blocks import Document


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "analyze", run, "what could be had: frontier, solutions, who leaves, coalitions")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument(
        "--parties", nargs="+", default=[], metavar="PARTY", help="whose frontier (default: all); commas will do, too"
    )
    command.add_argument("--types", action="append", default=[], metavar="PARTY=TYPE", help="a private type")
    command.add_argument("--without", action="append", default=[], metavar="TABLE", help="what if this stays unsigned")
    command.add_argument("--unlinked", action="store_true", help="what if there were no links between tables")
    command.add_argument("--epsilon", type=float, default=0.0, help="points a party may lose (default 0: exact)")
    command.add_argument("--memory", type=float, default=2.0, metavar="GB", help="what it may take (default 2)")
    command.add_argument(
        "--sensitivity", type=float, metavar="PCT", help="how solutions change with each weight ±PCT %%"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument(
        "--html", default="", metavar="FILE", help="write one page with pictures that needs nothing else"
    )


def run(options: argparse.Namespace) -> int:
    """Analyse a case, and print or write what was found."""
    from negotiation.analysis.report import Wish, analyse, wished
    from negotiation.analysis.sensitivity import sensitivity
    from negotiation.formats import load

    case = load(options.case, options.variant)
    wish = Wish(
        parties=tuple(name for text in options.parties for name in text.split(",")),
        types=pairs(options.types, "--types"),
        without=tuple(options.without),
        linked=not options.unlinked,
        epsilon=options.epsilon,
        memory=options.memory * 1e9,
    )
    watched = sys.stderr.isatty()
    progress = _progress if watched else None
    front = wished(case, wish, progress)
    percent = options.sensitivity
    weights = sensitivity(case, wish, percent, progress=progress) if percent is not None else None
    found = analyse(case, wish, progress, front)
    if watched:
        print("\r" + " " * 80 + "\r", end="", file=sys.stderr)
    print(_shown(case, found, front, weights, options))
    return 0


def _shown(
    case: Case, found: Analysis, front: Frontier, weights: Sensitivity | None, options: argparse.Namespace
) -> str:
    """Return the analysis as asked for; what is written to a file is only named."""
    from negotiation.analysis.figure_data import frontier_data
    from negotiation.analysis.findings import rows
    from negotiation.reports import terminal, web
    from negotiation.reports.analysis import document

    def told() -> Document:
        outcomes = {name: reference.outcome for name, reference in case.references.items()}
        return document(case, found, frontier_data(case, front, outcomes), weights)

    if options.html:
        from negotiation.formats.files import write_whole

        write_whole(Path(options.html), web.page(told()), SetupError)
        if not options.json:
            return f"{options.html}: written"
    if options.json:
        return dumps({**rows(found), **({"sensitivity": rows(weights)} if weights else {})})
    return seen(terminal.text(told()))


def _progress(share: float, what: str) -> None:
    print(f"\r{share:4.0%}  {what:<74.74}", end="", file=sys.stderr, flush=True)
