"""`negotiation import`: cases of other platforms."""

from __future__ import annotations

import argparse
from pathlib import Path

from negotiation.commands import Commands, make


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(
        commands,
        "import",
        run,
        "make a scenario file of profiles of GENIUS, GeniusWeb or NegoLog, or of a scorable game",
    )
    command.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="profiles, and the domain if there is one; or the folder of a scorable game",
    )
    command.add_argument("-o", "--out", required=True, type=Path, metavar="CASE.yaml", help="the scenario file")
    command.add_argument("--name", default="", metavar="ID", help="the id of the case (default: as the file)")
    command.add_argument("--rounds", type=int, default=100, help="how many rounds (default 100)")
    command.add_argument(
        "--uncapped", action="store_true", help="let utilities exceed 1 if weights do (GENIUS does not)"
    )
    command.add_argument("--force", action="store_true", help="replace the scenario file if it exists")


def run(options: argparse.Namespace) -> int:
    """Read all files, then write one scenario file."""
    from negotiation.formats.importing import import_files

    import_files(
        options.files, options.out, options.name, options.rounds, force=options.force, capped=not options.uncapped
    )
    print(f"{options.out}: written; negotiation check {options.out}")
    return 0
