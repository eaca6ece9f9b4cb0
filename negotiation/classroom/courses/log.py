"""The courses of a store: each is a log of facts, changed one command at a time; and how its members are known."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import delete, select

from negotiation.classroom.classes import Classes
from negotiation.classroom.courses.facts import Claimed, CourseFact, read, written
from negotiation.classroom.courses.state import Course, Member, fold
from negotiation.classroom.schema import codes, events, logs, tokens
from negotiation.classroom.store import Reading, Writing
from negotiation.classroom.texts import an_id, plain, request_of
from negotiation.classroom.tickets import PERSONAL_CODE, fresh, hashed, is_token
from negotiation.errors import LogError, Refused
from negotiation.language import phrase

LOG = logging.getLogger("negotiation")

KIND = "course"

SAME_CLICK = 60
"""Seconds within which a claim that is sent again is the same claim."""


class Courses:
    """The courses of one database."""

    def __init__(self, classes: Classes) -> None:
        self.classes, self.store = classes, classes.store
        self._known: dict[str, Course] = {}

    def create(self, by: str, title: str) -> Course:
        """Create a course and return it."""
        setup = {"title": plain(title, phrase("the title"), 200), "by": by, "created": self.classes.now()}
        with self.store.writing() as write:
            made = write.create(setup, kind=KIND)
        return self.get(made)

    def all(self) -> list[Course]:
        """Return all courses, newest first; log a warning for each that cannot be read, and leave it out."""
        query = select(logs.c.id).where(logs.c.kind == KIND).order_by(logs.c.created.desc(), logs.c.id)
        found = []
        with self.store.reading() as look:
            for course in look.connection.execute(query).scalars().all():
                try:
                    found.append(self.at(look, course))
                except Refused as problem:
                    LOG.warning("course %s: %s", course, problem)
        return found

    def get(self, course: str) -> Course:
        """Return a course as it stands.

        Raises
        ------
        Refused
            When there is none of this id, or something is in its log that this version does not know.
        """
        with self.store.reading() as look:
            return self.at(look, course)

    def at(self, look: Reading, course: str) -> Course:
        """Return a course as `look` finds it; not to be called after a write to it in the same transaction."""
        known = self._known.get(course) or _opening(look, course)
        try:
            facts = [read(row) for row in look.rows(course, known.version)]
        except LogError as problem:
            raise Refused(phrase("this course cannot be read: {why}", why=problem.said)) from None
        self._known[course] = known = fold(known, facts)
        return known

    def change_in(
        self,
        write: Writing,
        course: str,
        by: str,
        decide: Callable[[Course], Sequence[CourseFact]],
        request: str | None = None,
    ) -> Course:
        """Append the facts that `decide` makes of the course, with no other change between, and return the course."""
        write.lock(course)
        before = self.at(write, course)
        at = max(self.classes.now(), before.last)
        facts = [replace(fact, by=by, at=at) for fact in decide(before)]
        after = fold(before, facts)
        if facts:
            write.append(course, before.version, [written(fact) for fact in facts], request)
        return after

    def drop_known(self, course: str) -> None:
        """Read a course anew the next time, since old facts of it were written over."""
        self._known.pop(course, None)

    def open_code(self, write: Writing, course: str, member: str) -> str:
        """Return a new personal code of a member, valid until it is claimed; the one before it is void."""
        mine = (codes.c.session == course) & (codes.c.person == member)
        write.connection.execute(delete(codes).where(mine))
        return fresh(write, course, PERSONAL_CODE, member)

    def codes(self, look: Reading, course: str) -> dict[str, str]:
        """Return the personal codes that are still to be claimed, by member."""
        query = select(codes.c.person, codes.c.code).where(codes.c.session == course, codes.c.until.is_(None))
        return {found.person: found.code for found in look.connection.execute(query)}

    def owner(self, look: Reading, course: str, code: str) -> str:
        """Return the member of a course for whom a code is open; empty if it is open for none."""
        query = select(codes.c.person, codes.c.until).where(codes.c.session == course, codes.c.code == code)
        found = look.connection.execute(query).first()
        late = found is not None and found.until is not None and found.until < self.classes.now()
        return "" if found is None or late else str(found.person)

    def claim(self, write: Writing, course: str, code: str, key: str) -> str:
        """Return the member whose code is used up by this click, and put the claim on record.

        Raises
        ------
        Refused
            When somebody has used the code in the meantime.
        """
        member = self.owner(write, course, code)
        if not member:
            raise Refused(phrase("this code has been used already"))
        write.connection.execute(delete(codes).where(codes.c.code == code))
        request = request_of(f"claim:{code}", key, least=16)
        self.change_in(
            write, course, member, lambda _: [Claimed(member)] if len(code) == PERSONAL_CODE else [], request
        )
        return member

    def claimed(self, look: Reading, code: str, key: str) -> str:
        """Return the member who claimed a place by this very click a moment ago; empty if none did."""
        row = look.event(f"claim:{code}:{key}") if an_id(key) else None
        return str(row["member"]) if row and self.classes.now() - row["at"] <= SAME_CLICK else ""

    def just_claimed(self, look: Reading, code: str, key: str) -> tuple[str, str] | None:
        """Return course and member of a claim made by this very click a moment ago; None if there is none."""
        member = self.claimed(look, code, key)
        query = select(events.c.log).where(events.c.request == f"claim:{code}:{key}")
        return (str(look.connection.execute(query).scalar()), member) if member else None

    def joining(self, look: Reading, session: str) -> bool:
        """Return whether a class has a join code open."""
        query = select(codes.c.code).where(codes.c.session == session, codes.c.person == "")
        return look.connection.execute(query).first() is not None

    def is_course(self, look: Reading, log: str) -> bool:
        """Return whether a log is a course's."""
        return look.head(log)[0] == KIND

    def known(self, look: Reading, course: Course, devices: Sequence[str]) -> Member | None:
        """Return the member of a course whom a browser is known for, by a place it keeps in the course or its classes."""
        for log, person in self.places(look, devices):
            if log == course.id:
                member = person
            elif log in course.exercises:
                member = self.classes.at(look, log).person(person).member
            else:
                continue
            found = course.members.get(member)
            if found is not None and not found.gone:
                return found
        return None

    def held(self, look: Reading, devices: Sequence[str], log: str, person: str) -> str:
        """Return the token with which a browser holds the place of a person already; empty if it does not."""
        kept = (one for one in reversed(devices) if is_token(one))
        return next((one for one in kept if self.places(look, [one]) == [(log, person)]), "")

    def places(self, look: Reading, devices: Sequence[str]) -> list[tuple[str, str]]:
        """Return the places that a browser keeps: the class or course, and the person; the last first."""
        kept = [hashed(one) for one in reversed(devices) if is_token(one)]
        query = select(tokens.c.hash, tokens.c.session, tokens.c.person).where(tokens.c.hash.in_(kept))
        found = {row.hash: (row.session, row.person) for row in look.connection.execute(query)}
        return [found[one] for one in kept if one in found]

    def is_place(self, token: str) -> bool:
        """Return whether a token stands for a member of a course, not for a person of one class."""
        with self.store.reading() as look:
            return any(self.is_course(look, log) for log, _ in self.places(look, [token]))

    def mine(self, devices: Sequence[str]) -> list[tuple[Course, Member]]:
        """Return the courses for which a browser is known, each with its member; the last used first."""
        with self.store.reading() as look:
            found: dict[str, tuple[Course, Member]] = {}
            for log, _ in self.places(look, devices):
                course = self.whose(look, log)
                if course is not None and course.id not in found and not course.deleted:
                    member = self.known(look, course, devices)
                    found |= {course.id: (course, member)} if member else {}
        return list(found.values())

    def whose(self, look: Reading, log: str) -> Course | None:
        """Return the course that has this id, or of which the class of this id is an exercise; None if there is none."""
        kind, _, _ = look.head(log)
        course = log if kind == KIND else self.classes.at(look, log).course
        return self.at(look, course) if course else None


def _opening(look: Reading, course: str) -> Course:
    kind, setup, _ = look.head(course)
    if kind != KIND:
        raise Refused(phrase("there is no such course"))
    return Course(course, setup["title"], setup["by"], last=setup["created"])
