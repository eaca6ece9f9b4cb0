"""`negotiation slides`: a lesson with a case of a course, on slides."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from negotiation.commands import Commands, make


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(
        commands, "slides", run, "slides for a lesson with a case of a course, as PDF, from its teaching note"
    )
    command.add_argument("case", help="the name of a case with a teaching note")
    command.add_argument("--out", required=True, type=Path, metavar="FILE.pdf", help="the file to write")
    command.add_argument("--minutes", type=int, help="how long the lesson is (default: the usual plan of the case)")


def run(options: argparse.Namespace) -> int:
    """Write the slides and print their path."""
    from negotiation.errors import SetupError
    from negotiation.formats import shipped
    from negotiation.formats.files import write_whole
    from negotiation.handouts.notes import note_text
    from negotiation.handouts.slides import deck
    from negotiation.reports.pdf import slides

    note_text(options.case)
    write_whole(options.out, slides(deck(shipped(options.case), options.minutes)), SetupError)
    sys.stdout.write(f"{options.out}\n")
    return 0
