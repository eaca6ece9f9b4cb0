"""Forgetting a person's name on request: the one reason for which a stored event is ever written again."""

from __future__ import annotations

import json

from sqlalchemy import select, update

from negotiation.classroom.access import runs
from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import Classes, talk_of
from negotiation.classroom.facts import Renamed
from negotiation.classroom.schema import events, refusals
from negotiation.classroom.sessions import Session
from negotiation.classroom.store import Writing
from negotiation.classroom.talk import TEACHER
from negotiation.errors import Refused
from negotiation.language import phrase


def forget(classes: Classes, by: Account, session: str, person: str) -> str:
    """Replace a person's name by a pseudonym everywhere in the database, and return the pseudonym.

    Every fact, private message and refusal that held the name holds the pseudonym instead, and the database is written
    anew, so that no old copy is left in it; what people typed is not searched. Pages that are open show old lines of
    talk until they are loaded again; copies of the database, exports and backups are not reached.

    Raises
    ------
    Refused
        When there is no such person, or the account does not run this class as a teacher.
    StoreError
        When the name is forgotten, but the database could not be written anew: do it again.
    """
    with classes.store.writing() as write:
        pseudonym = forget_in(write, classes, by, session, person)
    classes.store.wipe()
    return pseudonym


def forget_in(write: Writing, classes: Classes, by: Account, session: str, person: str) -> str:
    """Replace a person's name in a class inside a transaction that does more; the caller wipes the store after it.

    Raises
    ------
    Refused
        When there is no such person, or the account does not run this class as a teacher.
    """
    by.must("administrator", "teacher")
    write.lock(session)
    now = runs(by, classes.at(write, session))
    now.person(person)
    pseudonym = pseudonym_of(now, person)
    old = _names(write, session, person) - {pseudonym}
    for other in now.people.values():
        if other.id != person and other.name == pseudonym:
            raise Refused(phrase("somebody else is called {name} here; rename that person first", name=pseudonym))
    _rewrite(write, now, person, old, pseudonym)
    _refused(write, now, old, pseudonym)
    classes.change_in(write, session, by.name, lambda _: [Renamed(person, pseudonym)])
    return pseudonym


def pseudonym_of(session: Session, person: str) -> str:
    """Return the pseudonym of a person whose name is forgotten: a number in order of arrival."""
    return f"P{list(session.people).index(person) + 1:02d}"


def _names(write: Writing, session: str, person: str) -> set[str]:
    """Return all names that a person ever had in a class."""
    return {str(row["name"]) for row in write.rows(session) if row.get("person") == person and "name" in row}


def _rewrite(write: Writing, now: Session, person: str, old: set[str], pseudonym: str) -> None:
    for log in (now.id, *(talk_of(log) for log in (now.id, *now.groups))):
        found = write.connection.execute(select(events.c.seq, events.c.row).where(events.c.log == log)).all()
        for seq, text in found:
            row: dict[str, object] = json.loads(text)
            by_teacher = log != now.id and row.get("party") == TEACHER
            unknown = person if log != now.id else ""  # talk was once kept without its author
            if not by_teacher and row.get("person", unknown) == person and row.get("name") in old:
                changed = json.dumps({**row, "name": pseudonym}, ensure_ascii=False)
                where = (events.c.log == log) & (events.c.seq == seq)
                write.connection.execute(update(events).where(where).values(row=changed))


def _refused(write: Writing, now: Session, old: set[str], pseudonym: str) -> None:
    """Replace old names by the pseudonym in refusals that people of this class, or a teacher, got."""
    for name in sorted(old, key=len, reverse=True):
        query = select(refusals.c.request, refusals.c.why).where(refusals.c.why.contains(name, autoescape=True))
        for request, why in write.connection.execute(query).all():
            if request.partition(":")[0] in (*now.people, "@teacher"):
                changed = update(refusals).where(refusals.c.request == request)
                write.connection.execute(changed.values(why=why.replace(name, pseudonym)))
