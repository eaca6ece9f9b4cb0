"""`negotiation handouts`: a case on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from negotiation.commands import Commands, make

SHOWN = 10
"""Letters without a font that are named."""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "handouts", run, "role packets, outcome form and teacher's guide as PDF")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--out", required=True, metavar="DIR", help="the folder to write into")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument(
        "--protocol", default="open-floor", help="who may act when, told in the briefs (default open-floor)"
    )
    command.add_argument("--rounds", type=int, help="how many rounds, told in the briefs (default: as the case says)")
    command.add_argument("--html", action="store_true", help="HTML pages instead of PDF")


def run(options: argparse.Namespace) -> int:
    """Write the handouts and print their paths."""
    from negotiation.formats import load
    from negotiation.handouts.writing import write
    from negotiation.reports.font_coverage import unknown
    from negotiation.reports.pdf_page import words

    case, folder = load(options.case, options.variant), Path(options.out)
    for path in write(case, folder, html=options.html, protocol=options.protocol, rounds=options.rounds):
        sys.stdout.write(f"{path}\n")
    lacking = "" if options.html else unknown(words([case.scenario, case.roles]))
    if lacking:
        told = " ".join(lacking[:SHOWN]) + (" ..." if len(lacking) > SHOWN else "")
        sys.stderr.write(
            f"no font here has {told}: printed by number, such as [U+{ord(lacking[0]):04X}]; --html shows them\n"
        )
    return 0
