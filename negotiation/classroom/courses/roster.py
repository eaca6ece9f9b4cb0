"""A list of people from a CSV file: what is wrong with it line by line, and what it would change in a course."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from negotiation.classroom.courses.state import Course, Member
from negotiation.classroom.texts import a_name, plain
from negotiation.errors import Refused
from negotiation.language import phrase

LARGEST, MOST_PEOPLE, MOST_COLUMNS = 1_000_000, 2000, 40
LONGEST = {"number": 64, "email": 254, "section": 100}

HEADS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "sis user id",
        "student id",
        "id number",
        "id",
        "number",
        "matricule",
        "numéro d’identification",
        "学籍番号",
    ),
    "name": ("name", "full name", "student", "student name", "nom complet", "氏名", "名前"),
    "first": ("first name", "firstname", "given name", "prénom", "prenom", "名"),
    "last": ("last name", "lastname", "surname", "family name", "nom", "姓"),
    "email": (
        "email",
        "e-mail",
        "email address",
        "e-mail address",
        "mail",
        "adresse de courriel",
        "courriel",
        "メールアドレス",
    ),
    "section": ("section", "groupe", "クラス"),
}
"""By what a column holds the heads that say so, in small letters; where there are several, the first here counts."""

CANVAS_HEAD = "Points Possible"
"""How the second line of a gradebook from Canvas begins: it is nobody."""


@dataclass(frozen=True)
class Entry:
    """A person as a file names one."""

    line: int
    name: str
    number: str = ""
    email: str = ""
    section: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """What a file says: its people, and what is wrong, by line; it is taken only if nothing is."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What a roster would change: who is new, who has other particulars (before and after), and who is not in it."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[Member, Entry], ...]
    gone: tuple[Member, ...]
    same: int


def decoded(file: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 as Excel writes it, with a mark at its beginning or without.

    Raises
    ------
    Refused
        When it is too large, or no such text.
    """
    if len(file) > LARGEST:
        raise Refused(
            phrase("this file has {found:,} bytes; a roster has at most {most:,}", found=len(file), most=LARGEST)
        )
    wide = file[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return file.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as problem:
        line = file[: problem.start].count(b"\n") + 1
        raise Refused(
            phrase(
                "line {line}: a letter that is not UTF-8; save it in Excel as “CSV UTF-8”, elsewhere with UTF-8",
                line=line,
            )
        ) from None


def parsed(text: str) -> Roster:
    """Return the people of a CSV text, with commas, semicolons or tabs between its columns.

    Raises
    ------
    Refused
        When its first line does not say which column holds what.
    """
    text = text.removeprefix("\ufeff")
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    entries: list[Entry] = []
    problems: list[str] = []
    try:
        head = [name.strip() for name in next(lines, [])]
        columns = _columns(head)
        for row in lines:
            if not any(value.strip() for value in row) or row[0].strip() == CANVAS_HEAD:
                continue
            if len(entries) >= MOST_PEOPLE:
                raise Refused(phrase("a roster has at most {most:,} people; this one has more", most=MOST_PEOPLE))
            try:
                entries.append(_entry(lines.line_num, head, columns, row))
            except Refused as problem:
                problems.append(phrase("line {line}: {why}", line=lines.line_num, why=problem.said))
    except csv.Error as problem:
        raise Refused(phrase("line {line}: this is no CSV ({why})", line=lines.line_num, why=str(problem))) from None
    problems += _twice(entries)
    if not entries and not problems:
        raise Refused(phrase("there is nobody in this file: below the first line there is none"))
    return Roster(tuple(entries), tuple(problems))


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return where each of `HEADS` stands."""
    small = [name.lower() for name in head]
    found = {
        what: small.index(next(name for name in names if name in small))
        for what, names in HEADS.items()
        if any(name in small for name in names)
    }
    if "name" not in found and "last" in found and "first" not in found:
        found["name"] = found.pop("last")
    listed = ", ".join(name or "“”" for name in head[:8])
    if "name" not in found and not {"first", "last"} <= found.keys():
        raise Refused(
            phrase("line 1: no column is headed Name, or First name and Last name; there are: {heads}", heads=listed)
        )
    if not {"number", "email"} & found.keys():
        raise Refused(
            phrase(
                "line 1: no column is headed ID or Email, by which a person is known again; there are: {heads}",
                heads=listed,
            )
        )
    if len(head) > MOST_COLUMNS:
        raise Refused(
            phrase("line 1: {found} columns; a roster has at most {most}", found=len(head), most=MOST_COLUMNS)
        )
    if twice := next((name for n, name in enumerate(small) if name and name in small[:n]), ""):
        raise Refused(phrase("line 1: two columns are headed {name!r}", name=twice))
    return found


def _entry(line: int, head: Sequence[str], columns: Mapping[str, int], row: Sequence[str]) -> Entry:
    if len(row) != len(head):
        raise Refused(
            phrase("{found} values, and the first line has {wanted} columns", found=len(row), wanted=len(head))
        )
    value = {what: row[n].strip() for what, n in columns.items()}
    name = value.get("name") or f"{value.get('first', '')} {value.get('last', '')}".strip()
    if not name:
        raise Refused(phrase("there is no name"))
    kept = {
        what: _short(value.get(what, ""), head[columns[what]], most)
        for what, most in LONGEST.items()
        if what in columns
    }
    if not (kept.get("number") or kept.get("email")):
        raise Refused(
            phrase("{name} has neither ID nor e-mail address, by which a person is known again", name=name[:60])
        )
    email = kept.get("email", "")
    if email and (email.count("@") != 1 or not email.partition("@")[0] or not email.partition("@")[2] or " " in email):
        raise Refused(phrase("{email!r} is no e-mail address: it is like name@school.edu", email=email[:80]))
    more = {
        head[n]: _short(one.strip(), head[n], 200)
        for n, one in enumerate(row)
        if n not in columns.values() and head[n] and one.strip()
    }
    return Entry(line, a_name(name), kept.get("number", ""), email, kept.get("section", ""), more)


def _short(text: str, head: str, most: int) -> str:
    return plain(text, phrase("the value under {head!r}", head=head[:40]), most) if text else ""


def _twice(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with people who stand in a file twice."""
    lines: dict[str, int] = {}
    for entry in entries:
        for key in filter(None, (entry.number, entry.email.lower())):
            if key in lines:
                yield phrase(
                    "line {line}: {key!r} is in line {first} already", line=entry.line, key=key, first=lines[key]
                )
            lines.setdefault(key, entry.line)


def changes(course: Course, entries: Sequence[Entry]) -> Changes:
    """Return what a roster would change; a person is known again by the ID, without one by the e-mail address.

    Raises
    ------
    Refused
        When a line names two people of the course at once.
    """
    known = _known(course.members.values())
    found = [(_match(known, entry), entry) for entry in entries]
    _once(found)
    here = {member.id for member, _ in found if member}
    altered = tuple((member, entry) for member, entry in found if member and not _alike(member, entry))
    return Changes(
        new=tuple(entry for member, entry in found if member is None),
        changed=altered,
        gone=tuple(member for member in course.roster if member.id not in here),
        same=len(here) - len(altered),
    )


def _known(members: Iterable[Member]) -> tuple[dict[str, Member], dict[str, Member]]:
    """Return the members who can be known again, by ID and by e-mail address; forgotten ones have neither."""
    found = list(members)
    return {m.number: m for m in found if m.number}, {m.email.lower(): m for m in found if m.email}


def _match(known: tuple[Mapping[str, Member], Mapping[str, Member]], entry: Entry) -> Member | None:
    """Return the member that an entry means: with this ID, else with this address and no other ID."""
    by_number, by_email = known[0].get(entry.number), known[1].get(entry.email.lower())
    if by_number is not None:
        return by_number
    return by_email if by_email and not (entry.number and by_email.number) else None


def _once(found: Sequence[tuple[Member | None, Entry]]) -> None:
    lines: dict[str, int] = {}
    for member, entry in found:
        if member is not None and member.id in lines:
            raise Refused(
                phrase(
                    "lines {one} and {other} both mean {name}: one by the ID, one by the e-mail address",
                    one=lines[member.id],
                    other=entry.line,
                    name=member.name,
                )
            )
        if member is not None:
            lines[member.id] = entry.line


def _alike(member: Member, entry: Entry) -> bool:
    wanted = (entry.name, entry.number or member.number, entry.email, entry.section, dict(entry.more))
    return not member.gone and wanted == (member.name, member.number, member.email, member.section, dict(member.more))
