"""A class to take away: CSV, one workbook, JSON logs, and a README with a codebook, in one ZIP file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from negotiation import __version__
from negotiation.actions import CLOCK
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.facts import Corrected, Fact, written
from negotiation.classroom.rows import Table
from negotiation.classroom.store import Row
from negotiation.classroom.talk import Message
from negotiation.debrief.class_data import ClassData, gather
from negotiation.debrief.export_answers import for_research, refusers
from negotiation.debrief.export_rows import author
from negotiation.debrief.export_tables import Talks, columns, described, tables
from negotiation.debrief.grades import ABOUT as ABOUT_GRADES
from negotiation.debrief.group_game import GroupGame
from negotiation.debrief.report import Findings, document, findings
from negotiation.formats.log import dumps, json_lines
from negotiation.plural import counted, people_of
from negotiation.reports.web import page
from negotiation.strategies import PERSON

SAME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside the files, so that the same class is the same file."""

WIDEST, NARROWEST = 60, 8

ABOUT = {
    "people": "one row a person: role, points, what of it was done by whom, place within the role (grades)",
    "groups": "one row a group: what was signed when, everybody's points, value created and left",
    "events": "one row an event of every group's log, in order, with its time and who brought it about",
    "offers": "one row a table of an offer: who made it, how it moved, what it gained its author and the others",
    "messages": "one row a private message; what was said at the table is among the events, and so is, without its "
    "words, what was said in private in the game (seq)",
    "answers": "one row an answer to a questionnaire, as it stood last",
    "questions": "one row a question of the questionnaires: the codebook of the answers",
    "worksheets": "one row a worksheet: target, walk-away and guesses against the truth",
}


def research(classroom: Classroom, session: str) -> bytes:
    """Return what may be used for research, with pseudonyms, as a ZIP file; its caller may see everything: check that before.

    Of those who have not consented there is nothing they did, said, got or answered, and the log only of those groups in
    which all have.

    Raises
    ------
    Refused
        When there is no such class, or no group.
    """
    found = findings(gather(classroom, session, names=False))
    klass = found.klass
    talks = talks_of(classroom, klass)
    every, out = for_research(klass, tables(found, talks)), refusers(klass)
    note = RESEARCH.format(n=len(klass.keys) - len(out), all=len(klass.keys))
    files: dict[str, bytes] = {"README.md": readme(found, every, note).encode()}
    files |= _tables(every)
    for group in klass.every:
        if not any(klass.keys[one.id] in out for people in group.people.values() for one in people):
            files[f"logs/group-{group.number:03d}.jsonl"] = _log(klass, group, talks[group.id]).encode()
    files[f"{klass.case.name}.yaml"] = klass.text.encode()
    return _zipped(files)


RESEARCH = (
    "**For research:** {n} of {all} people consented. Of the others there is nothing they did, said, got or answered, nor "
    "what was said of them; what their group agreed stands among the groups, without their points. Places within roles "
    "are among all. There is a log of a group only if all in it consented."
)


def _tables(every: Mapping[str, Table]) -> dict[str, bytes]:
    files = {f"csv/{name}.csv": comma(name, rows).encode("utf-8-sig") for name, rows in every.items()}
    return files | {"class.xlsx": workbook(every)}


def export(classroom: Classroom, session: str, *, names: bool = True) -> bytes:
    """Return everything about a class as a ZIP file; its caller may see everything: check that before.

    Parameters
    ----------
    names
        Whether people are called by their names; else by pseudonyms, the same in every export of this class. What
        they typed themselves (talk, worksheets) is left as it is.

    Raises
    ------
    Refused
        When there is no such class, or no group.
    """
    found = findings(gather(classroom, session, names=names))
    klass = found.klass
    talks = talks_of(classroom, klass)
    every = tables(found, talks)
    files: dict[str, bytes] = {"README.md": readme(found, every).encode()}
    files |= _tables(every)
    files["logs/class.jsonl"] = json_lines(_hidden(klass)).encode()
    for group in klass.every:
        files[f"logs/group-{group.number:03d}.jsonl"] = _log(klass, group, talks[group.id]).encode()
    files[f"{klass.case.name}.yaml"] = klass.text.encode()
    files["debrief.html"] = page(document(found)).encode()
    return _zipped(files)


def _log(klass: ClassData, group: GroupGame, said: Sequence[Message]) -> str:
    """Return the game of a group as a log file: seats of people are theirs, and every event names its author.

    What was said in private in it stands there in full.
    """
    setup = group.game.setup
    seats = {party: PERSON if group.people.get(party) else text for party, text in setup["seats"].items()}
    rows = group.game.rows(group.state.events)
    for message in said:
        if message.seq is not None and message.seq < len(rows):
            rows[message.seq] |= {"text": message.text, **({"moves": message.moves} if message.moves else {})}
    events = [row | {"by": author(klass, group, seq)} for seq, row in enumerate(rows)]
    return dumps({**setup, "seats": seats, "case_text": klass.text}, events)


def talks_of(classroom: Classroom, klass: ClassData) -> Talks:
    """Return all private talk of a class."""
    found = {group.id: classroom.talk.everything(group.id) for group in klass.every}
    return {"": classroom.talk.announced(klass.session.id), **found}


def comma(name: str, rows: Table) -> str:
    """Return one of the tables as CSV, with its head whether it has rows or none."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns(name, rows), lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def workbook(every: Mapping[str, Table]) -> bytes:
    """Return all tables as one Excel file, a sheet each; every text is a text and no formula is ever written."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": SAME_DAY.replace(tzinfo=None), "title": "class"})
        strong = book.add_format({"bold": True, "bottom": 1})
        for name, rows in every.items():
            sheet, head = book.add_worksheet(name), columns(name, rows)
            for k, column in enumerate(head):
                sheet.write_string(0, k, column, strong)
                longest = max((len(str(row.get(column) or "")) for row in rows), default=0)
                sheet.set_column(k, k, min(max(longest, len(column), NARROWEST), WIDEST))
            for n, row in enumerate(rows, start=1):
                for k, column in enumerate(head):
                    _cell(sheet, n, k, row.get(column))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(rows), len(head) - 1)
    return file.getvalue()


def _cell(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))


def readme(found: Findings, every: Mapping[str, Table], research: str = "") -> str:
    """Return the description of the files and of every column; `research` says what was left out for it."""
    klass = found.klass
    settings = json.dumps(klass.session.settings.row(), ensure_ascii=False, indent=1)
    lines = [
        f"# {klass.session.title}",
        "",
        f"A class with the case {klass.case.name} ({klass.case.scenario.title}), {counted(len(klass.every), 'group')} and "
        f"{people_of(len(klass.session.people))}, written by negotiation {__version__}.",
        "People are called by "
        + ("their names." if klass.names else "pseudonyms, the same in every export of this class.")
        + " What they wrote themselves is left as it is.",
        ABOUT_GRADES + " The same figures as on every screen and page.",
        "",
        "- `csv/` and `class.xlsx`: the tables below. A text that a spreadsheet would calculate begins with an apostrophe.",
        "- `logs/group-*.jsonl`: the games, each with its case; `negotiation replay FILE` checks one and tells it again.",
        *([research] if research else WHOLE),
        "- The case itself is the `.yaml` file.",
        "",
        klass.case.scenario.disclaimer,
    ]
    for name, rows in every.items():
        lines += ["", f"## {name}: {ABOUT[name]}", ""]
        lines += [f"- `{column}`: {described(column)}" for column in columns(name, rows)]
        lines += [] if rows else ["", "(no rows)"]
    return "\n".join([*lines, "", "## Settings", "", "```json", settings, "```", ""])


WHOLE = (
    "- `logs/class.jsonl`: what happened in the class, by whom and when (seconds since 1970).",
    "- `debrief.html`: the debrief as one page.",
)


def _hidden(klass: ClassData) -> list[Row]:
    """Return the log of the class; where names are hidden, without names, accounts and reasons."""
    return [written(fact) if klass.names else _nameless(klass, fact) for fact in klass.facts]


def _nameless(klass: ClassData, fact: Fact) -> Row:
    people, row = klass.session.people, written(fact)
    row.pop("member", "")  # the same in every class of a course: it would tell who is who across them
    if "name" in row and row.get("person") in people:
        row["name"] = klass.called[row["person"]]
    if row["by"] not in people and row["by"] != CLOCK:
        row["by"] = "teacher"
    if "account" in row:
        row["account"] = "colleague"
    if isinstance(fact, Corrected):
        row["why"] = klass.reason(fact)
    return row


def _zipped(files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, SAME_DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            folder.writestr(info, data)
    return file.getvalue()
