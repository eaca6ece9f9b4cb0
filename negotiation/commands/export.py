"""`negotiation export`: a class as files to take away."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.commands import Commands, make
from negotiation.errors import SetupError

if TYPE_CHECKING:
    from negotiation.classroom.classroom import Classroom


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    command = make(commands, "export", run, "a class as files to take away; a case or results for other programs")
    command.add_argument(
        "session",
        nargs="?",
        help="the id of a class (without: list all classes); with --to a case, or a folder of results",
    )
    command.add_argument(
        "--to",
        nargs=2,
        metavar=("KIND", "FOLDER"),
        help="write a case as files of another program (genius, geniusweb, negmas), the table of a tournament (nfg), "
        "or the card of a batch (card) into a folder",
    )
    command.add_argument("--force", action="store_true", help="with --to: replace files that exist")
    command.add_argument("--out", default="", metavar="FILE", help="the ZIP file to write (.xlsx: the workbook alone)")
    command.add_argument("--pseudonyms", action="store_true", help="call people P01, P02, ... instead of their names")
    command.add_argument("--certificate", default="", metavar="FILE", help="check for leaks and write the certificate")
    command.add_argument(
        "--database-url", default="", metavar="URL", help="the database (default: in your data folder)"
    )


def run(options: argparse.Namespace) -> int:
    """List the classes, or write the files of one; or write a case or results for other programs."""
    if options.to:
        return _abroad(options)
    from negotiation.classroom.addresses import existing
    from negotiation.classroom.classroom import Classroom
    from negotiation.classroom.store import Store

    if options.session is not None:
        options.session.encode()  # what is no text is the name of nothing
    store = Store(existing(options.database_url))
    try:
        return _done(Classroom(store), options)
    finally:
        store.engine.dispose()  # the last who closes a database leaves it as one file


def _abroad(options: argparse.Namespace) -> int:
    """Write what another program reads, all of it or nothing."""
    kind, folder = options.to[0], Path(options.to[1])
    if options.session is None:
        raise SetupError(f"say what: negotiation export CASE --to {kind} {folder}")
    files = _foreign(options.session, kind)
    for name in files:
        if (folder / name).exists() and not options.force:
            raise SetupError(f"{folder / name}: exists already; --force replaces it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SetupError(f"{folder}: {problem.strerror}") from None
    for name, text in files.items():
        _write(str(folder / name), text.encode())
    return 0


def _foreign(source: str, kind: str) -> dict[str, str]:
    from negotiation.formats import load
    from negotiation.formats.exporting import exported
    from negotiation.lab.abroad import RESULTS

    if kind in RESULTS:
        return RESULTS[kind](Path(source))
    return exported(load(source), kind)


def _done(classroom: Classroom, options: argparse.Namespace) -> int:
    if options.session is None:
        if options.out or options.certificate:
            raise SetupError("say of which class: negotiation export ID --out FILE; without --out all are listed")
        sys.stdout.write(_listed(classroom))
        return 0
    if not (options.out or options.certificate):
        raise SetupError("say where to: --out FILE.zip, --out FILE.xlsx or --certificate FILE")
    if options.out:
        _write(options.out, _made(classroom, options))
    if options.certificate:
        from negotiation.debrief.certificate import certify

        found = certify(classroom, options.session)
        told = found.json() if options.certificate.endswith(".json") else found.text()
        _write(options.certificate, told.encode())
        return 0 if found.clean else 1
    return 0


def _made(classroom: Classroom, options: argparse.Namespace) -> bytes:
    from negotiation.debrief.class_data import gather
    from negotiation.debrief.export import export, talks_of, workbook
    from negotiation.debrief.export_tables import tables
    from negotiation.debrief.report import findings

    names = not options.pseudonyms
    if not options.out.endswith(".xlsx"):
        return export(classroom, options.session, names=names)
    klass = gather(classroom, options.session, names=names)
    return workbook(tables(findings(klass), talks_of(classroom, klass)))


def _listed(classroom: Classroom) -> str:

    lines = [
        f"{one.id}  {one.phase:<9}  {len(one.people):>4} people  "
        f"{sum(not group.closed for group in one.groups.values()):>3} groups  {one.title}\n"
        for one in classroom.classes.all()
    ]
    return "".join(lines) or "there is no class in this database\n"


def _write(name: str, data: bytes) -> None:
    from negotiation.formats.files import write_whole

    write_whole(Path(name), data, SetupError)
    sys.stdout.write(f"{name}: {len(data):,} bytes\n")
