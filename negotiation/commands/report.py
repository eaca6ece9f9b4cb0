"""`negotiation report`: the results of a batch as one page with figures and methods."""

from __future__ import annotations

import argparse
from pathlib import Path

from negotiation.commands import Commands, make
from negotiation.errors import LogError


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "report", run, "tell what a batch came to, as one HTML page with figures")
    command.add_argument("folder", type=Path, metavar="DIR", help="the results of a batch, finished or not")
    command.add_argument(
        "--html", type=Path, metavar="FILE", help="where to write the page (default: report.html there)"
    )
    command.add_argument("--svg", type=Path, metavar="FOLDER", help="write every figure into a file of its own, too")
    command.add_argument(
        "--by",
        default="lineup",
        metavar="COLUMN",
        help="what splits the runs: lineup (default), protocol, type.PARTY ...",
    )
    command.add_argument(
        "--reference", default="", metavar="NAME", help="the outcome to mark (default: the case's first)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the report as a page, and the figures as files if asked for."""
    from negotiation.formats.files import write_whole
    from negotiation.lab.report import document, pictures
    from negotiation.lab.results import open_results
    from negotiation.reports import web

    told = document(open_results(options.folder), options.by, options.reference)
    if options.svg:
        try:
            options.svg.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise LogError(f"{options.svg}: {problem.strerror}") from None
    file = options.html or options.folder / "report.html"
    write_whole(file, web.page(told), LogError)
    if options.svg:
        for name, picture in pictures(told).items():
            write_whole(options.svg / f"{name}.svg", picture, LogError)
    print(file)
    return 0
