"""`negotiation handouts`: a case on paper."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from negotiation.commands import make


def add(commands: Any) -> None:
    """Tell the parser about the command."""
    command = make(commands, "handouts", run, "role packets, outcome form and teacher's guide as PDF")
    command.add_argument("case", help="the name of a bundled case, or a scenario file")
    command.add_argument("--out", required=True, metavar="DIR", help="the folder to write into")
    command.add_argument("--variant", default="", help="a variant of the case")
    command.add_argument("--html", action="store_true", help="HTML pages instead of PDF")


def run(options: argparse.Namespace) -> int:
    """Write the files and name them."""
    from negotiation.formats import load
    from negotiation.handouts.writing import write

    for path in write(load(options.case, options.variant), Path(options.out), html=options.html):
        sys.stdout.write(f"{path}\n")
    return 0
