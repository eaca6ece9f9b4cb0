"""`negotiation import`: cases of other platforms."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.commands import Commands, make
from negotiation.commands.streams import seen
from negotiation.errors import SetupError, at_least_one

if TYPE_CHECKING:
    from negotiation.formats.importing import Wish


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(
        commands,
        "import",
        run,
        "make scenario files of domains of GENIUS, GeniusWeb, NegoLog, NegMAS or OpenSpiel, or of scorable games",
    )
    command.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="profiles, and the domain if there is one; or the folder that holds them",
    )
    command.add_argument("-o", "--out", type=Path, metavar="CASE.yaml", help="the scenario file")
    command.add_argument(
        "--to",
        type=Path,
        metavar="DIR",
        help="import whole trees of folders to this one; a line says what became of each",
    )
    command.add_argument("--name", default="", metavar="ID", help="the id of the case (default: as the file)")
    command.add_argument("--rounds", type=int, help="how many rounds (default 100; 5 for bargaining instances)")
    command.add_argument("--profiles", nargs="+", default=[], metavar="NAME", help="who takes part, of many profiles")
    command.add_argument("--all-pairs", action="store_true", help="a case of every two profiles (with --to)")
    command.add_argument("--line", type=int, metavar="N", help="which line of a file with an instance a line")
    command.add_argument(
        "--uncapped", action="store_true", help="let utilities exceed 1 if weights do (GENIUS does not)"
    )
    command.add_argument("--norm", action="store_true", help="map utilities to 0..1: the worst deal 0, the best 1")
    command.add_argument("--force", action="store_true", help="replace scenario files that exist")


def run(options: argparse.Namespace) -> int:
    """Read all files, then write one scenario file; or take whole trees, and say of each domain what became of it."""
    from negotiation.formats.importing import Wish, import_files

    wish = Wish(
        rounds=options.rounds,
        capped=not options.uncapped,
        normed=options.norm,
        profiles=tuple(options.profiles),
        pairs=options.all_pairs,
        line=0 if options.line is None else at_least_one(options.line, "--line"),
    )
    if (options.out is None) == (options.to is None):
        raise SetupError("say where to: -o CASE.yaml for one case, or --to DIR for whole trees")
    if options.to is not None:
        return _tree(options, wish)
    import_files(options.files, options.out, options.name, wish, force=options.force)
    print(f"{options.out}: written; negotiation check {options.out}")
    return 0


def _tree(options: argparse.Namespace, wish: Wish) -> int:
    """Print a line for each domain and then how many there were; return 0 if all of them were imported."""
    from negotiation.formats.import_tree import import_tree

    taken = refused = 0
    progress = _progress if sys.stderr.isatty() else None
    for root in options.files:
        for line in import_tree(root, options.to, wish, force=options.force, progress=progress):
            print(seen(str(line)), flush=True)
            taken, refused = taken + bool(line.written), refused + bool(line.refused)
    print(f"{taken:,} imported, {refused:,} refused" if taken + refused else "no domain found")
    return 0 if taken and not refused else 1


def _progress(done: int, total: int) -> None:
    print(f"\r{done:,} of {total:,} folders\r", end="", file=sys.stderr, flush=True)
