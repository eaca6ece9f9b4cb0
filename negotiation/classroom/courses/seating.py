"""From a plan of groups, or a list with roles, to the facts that seat people who wait in a class."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from negotiation.classroom.courses.roster import HEADS
from negotiation.classroom.courses.state import Course
from negotiation.classroom.facts import Fact, Grouped, Seated
from negotiation.classroom.groups import MOST_GROUPS
from negotiation.classroom.sessions import Person, Session
from negotiation.dice import Dice
from negotiation.errors import Refused, unknown
from negotiation.language import phrase

WHO = (*HEADS["number"], *HEADS["email"], *HEADS["name"], "nom")
GROUP, ROLE = ("group", "groupe", "グループ"), ("role", "rôle", "役割")
"""The heads of a list of groups, in small letters."""


@dataclass(frozen=True)
class Listed:
    """A line of a list of groups: who (ID or e-mail address or name), which group, and which role (empty: any)."""

    line: int
    who: str
    group: str
    role: str = ""


def seated(session: Session, groups: Sequence[Sequence[str]], mint: Callable[[], str]) -> list[Fact]:
    """Return the facts that open groups and seat these people in them.

    A case names its principal parties first: where people are few, agents are left with the small parts.
    """
    dice = Dice(session.settings.seed, len(session.people), session.version)
    facts: list[Fact] = []
    for n, group in enumerate(groups, start=len(session.groups) + 1):
        free = list(session.parties)
        new = _opened(session, n, mint)
        facts += [new, *(Seated(who, new.group, free.pop(dice.below((len(free) + 1) // 2))) for who in group)]
    return facts


def _opened(session: Session, number: int, mint: Callable[[], str]) -> Grouped:
    if number > MOST_GROUPS:
        raise Refused(phrase("this class has {n:,} groups, the most there can be", n=MOST_GROUPS))
    return Grouped(mint(), number, session.settings.seed + number)


def listed(text: str) -> list[Listed]:
    """Return the lines of a list of groups: a CSV text with the heads ID (or Email or Name), Group, and perhaps Role.

    Raises
    ------
    Refused
        When it is no such list.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    head = [name.strip().lower() for name in next(rows, [])]
    who = next((head.index(name) for name in WHO if name in head), None)
    group, role = (next((head.index(name) for name in names if name in head), None) for names in (GROUP, ROLE))
    if who is None or group is None:
        raise Refused(
            phrase("line 1: a list of groups has the columns ID (or Email, or Name), Group, and perhaps Role")
        )
    found = []
    for row in rows:
        if any(value.strip() for value in row):
            if len(row) != len(head):
                raise Refused(
                    phrase(
                        "line {line}: {found} values, and the first line has {wanted} columns",
                        line=rows.line_num,
                        found=len(row),
                        wanted=len(head),
                    )
                )
            part = "" if role is None else row[role].strip()
            found.append(Listed(rows.line_num, row[who].strip(), row[group].strip(), part))
    return found


def seated_by_list(
    session: Session, course: Course, lines: Sequence[Listed], titles: Mapping[str, str], mint: Callable[[], str]
) -> tuple[list[Fact], list[str]]:
    """Return the facts that seat people as a list says, and who of it is not waiting in the class now.

    Parameters
    ----------
    titles
        What the parties of the case are called, by name; a list may use either.

    Raises
    ------
    Refused
        When a line names a role that is none or taken, or a group has more people than seats.
    """
    names = {title.lower(): party for party, title in titles.items()} | {party: party for party in titles}
    groups: dict[str, list[tuple[str, str]]] = {}
    absent: list[str] = []
    for line in lines:
        person = _waiting(session, course, line.who)
        if person is None:
            absent.append(line.who)
            continue
        party = names.get(line.role.lower(), line.role) if line.role else ""
        if party and party not in session.parties:
            why = unknown("role", line.role, [titles[one] for one in session.parties])
            raise Refused(phrase("line {line}: {why}", line=line.line, why=why))
        there = groups.setdefault(line.group, [])
        if len(there) >= len(session.parties) or (party and party in [one for _, one in there]):
            raise Refused(phrase("line {line}: that place in group {group} is taken", line=line.line, group=line.group))
        there.append((person.id, party))
    return _as_listed(session, list(groups.values()), mint), absent


def _as_listed(session: Session, groups: Sequence[Sequence[tuple[str, str]]], mint: Callable[[], str]) -> list[Fact]:
    facts: list[Fact] = []
    for n, group in enumerate(groups, start=len(session.groups) + 1):
        new = _opened(session, n, mint)
        free = [party for party in session.parties if party not in [one for _, one in group]]
        facts += [new, *(Seated(who, new.group, party or free.pop(0)) for who, party in group)]
    return facts


def _waiting(session: Session, course: Course, called: str) -> Person | None:
    """Return the person in the lobby whom a list means by ID, e-mail address or name."""
    for person in session.lobby:
        member = course.members.get(person.member)
        known = (member.number, member.email.lower(), member.name.lower()) if member else ()
        if called and (called in known or called.lower() in (*known, person.name.lower())):
            return person
    return None
