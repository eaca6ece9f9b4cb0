"""Forgetting the people of a course, one or all: what stored facts said of them is written over by pseudonyms."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select, update

from negotiation.classroom.accounts import Account
from negotiation.classroom.courses import facts
from negotiation.classroom.courses.desk import Desk
from negotiation.classroom.courses.facts import CourseFact
from negotiation.classroom.courses.state import Course, pseudonym
from negotiation.classroom.facts import Belongs
from negotiation.classroom.privacy import forget_in, pseudonym_of
from negotiation.classroom.schema import events
from negotiation.classroom.store import Writing


def forget(desk: Desk, by: Account, course: str, members: Sequence[str]) -> None:
    """Replace all that is known of members by pseudonyms, in the course and its classes; done again it does no harm.

    What was played stays; what people typed is not searched, and copies of the database are not reached.

    Raises
    ------
    Refused
        When the account does not run the course, or one of its classes, as a teacher.
    """
    by.must("administrator", "teacher")
    now = desk.see(by, course)
    for member in members:
        now.member(member)
    _in_classes(desk, by, now, members)
    with desk.store.writing() as write:
        _in_course(desk, write, by, desk.running(write, by, course), members)
    _wiped(desk, course)


def delete(desk: Desk, by: Account, course: str) -> None:
    """Delete a course: everybody is forgotten, its classes stay without it, and only the record tells of it.

    Raises
    ------
    Refused
        When it is another account's, or a class of it cannot be changed.
    """
    by.must("administrator", "teacher")
    with desk.store.writing() as write:
        now = desk.owned(write, by, course)
    _in_classes(desk, by, now, list(now.members))
    with desk.store.writing() as write:
        now = desk.owned(write, by, course)
        _in_course(desk, write, by, now, list(now.members), [facts.Deleted()])
        for session in now.exercises:
            desk.classes.change_in(write, session, by.name, lambda _: [Belongs("")])
    _wiped(desk, course)


def _in_classes(desk: Desk, by: Account, course: Course, members: Sequence[str]) -> None:
    """Forget the members in each class they came to, one by one."""
    for session in course.exercises:
        klass = desk.classes.get(session)
        for person in klass.people.values():
            if person.member in members and person.name != pseudonym_of(klass, person.id):
                with desk.store.writing() as write:
                    forget_in(write, desk.classes, by, session, person.id)


def _in_course(
    desk: Desk, write: Writing, by: Account, course: Course, members: Sequence[str], more: Sequence[CourseFact] = ()
) -> None:
    for member in members:
        desk.lock_out(write, course, member)
    _rewrite(write, course, members)
    done = [*(facts.Forgotten(member) for member in members), *more]
    desk.courses.change_in(write, course.id, by.name, lambda _: done)


def _wiped(desk: Desk, course: str) -> None:
    """Read the course anew from now on, and leave nothing on the disk of what was written over."""
    desk.courses.drop_known(course)
    desk.store.wipe()


def _rewrite(write: Writing, course: Course, members: Sequence[str]) -> None:
    """Replace what the log of a course says of members by their pseudonyms."""
    where = events.c.log == course.id
    for seq, text in write.connection.execute(select(events.c.seq, events.c.row).where(where)).all():
        row = json.loads(text)
        if row["kind"] == facts.Enrolled.kind and row["member"] in members:
            nobody = {"name": pseudonym(course, row["member"]), "number": "", "email": "", "section": "", "more": {}}
            changed = update(events).where(where & (events.c.seq == seq))
            write.connection.execute(changed.values(row=json.dumps(row | nobody, ensure_ascii=False)))
