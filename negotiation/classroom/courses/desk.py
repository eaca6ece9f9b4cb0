"""The commands of the accounts that run a course: each with the account that gives it, each change on the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from sqlalchemy import delete

from negotiation.classroom.access import runs as runs_class
from negotiation.classroom.accounts import RUNNING, Account, has_account
from negotiation.classroom.classes import Classes
from negotiation.classroom.courses import facts
from negotiation.classroom.courses.facts import CourseFact, read
from negotiation.classroom.courses.log import Courses
from negotiation.classroom.courses.roster import Changes, Entry, changes
from negotiation.classroom.courses.state import PARTS, Course, Weights
from negotiation.classroom.facts import Belongs, Fact, Given, Withdrawn
from negotiation.classroom.members import Members
from negotiation.classroom.schema import codes, tokens
from negotiation.classroom.sessions import Session
from negotiation.classroom.store import Writing
from negotiation.classroom.teaching import Teaching
from negotiation.errors import Refused
from negotiation.language import phrase

MOST_WEIGHT = 1000


def sees(by: Account, course: Course) -> bool:
    """Return whether an account belongs to a course that is not deleted."""
    mine = by.role == "administrator" or by.name == course.by or by.name in course.given
    return mine and not course.deleted


def owns(by: Account, course: Course) -> bool:
    """Return whether an account may give a course to others, and delete it."""
    return by.role == "administrator" or by.name == course.by


class Desk:
    """The courses of a store, for the accounts that run them."""

    def __init__(self, members: Members, teaching: Teaching) -> None:
        self.members, self.teaching = members, teaching
        self.courses: Courses = members.courses
        self.classes: Classes = members.classes
        self.store = members.store

    def create(self, by: Account, title: str) -> Course:
        """Create a course and return it."""
        by.must(*RUNNING)
        return self.courses.create(by.name, title)

    def all(self, by: Account) -> tuple[Course, ...]:
        """Return the courses that this account sees, newest first."""
        return tuple(course for course in self.courses.all() if sees(by, course))

    def see(self, by: Account, course: str) -> Course:
        """Return a course, if this account sees it.

        Raises
        ------
        Refused
            When it does not, in the words for a course that does not exist.
        """
        return _seen(by, self.courses.get(course))

    def exercises(self, by: Account, course: str) -> list[Session]:
        """Return the classes of a course, in order."""
        now = self.see(by, course)
        with self.store.reading() as look:
            return [self.classes.at(look, session) for session in now.exercises]

    def enroll(self, by: Account, course: str, entries: Sequence[Entry], seen: Changes, *, drop: bool) -> Course:
        """Take over a roster, as its preview said; `drop` takes those off who are not in it.

        Raises
        ------
        Refused
            When the course has changed since the preview.
        """
        with self.store.writing() as write:
            now = self.running(write, by, course)
            found = changes(now, entries)
            if found != seen:
                raise Refused(phrase("the course has changed since you looked: look at the changes again"))
            new = [(secrets.token_urlsafe(9), entry) for entry in found.new]
            done: list[CourseFact] = [_enrolled(who, entry) for who, entry in new]
            done += [_enrolled(member.id, entry, member.number) for member, entry in found.changed]
            done += [facts.Dropped(member.id) for member in found.gone if drop]
            after = self.courses.change_in(write, course, by.name, lambda _: done)
            back = [member.id for member, _ in found.changed if member.gone]
            for who in (*(who for who, _ in new), *back):
                self.courses.open_code(write, course, who)
            for member in found.gone if drop else ():
                self.lock_out(write, now, member.id)
            return after

    def drop(self, by: Account, course: str, member: str) -> Course:
        """Take a member off the roster and sign all devices out; what was done in class stays. Return the course."""
        with self.store.writing() as write:
            now = self.running(write, by, course)
            now.member(member)
            after = self.courses.change_in(write, course, by.name, lambda _: [facts.Dropped(member)])
            self.lock_out(write, now, member)
            return after

    def codes(self, by: Account, course: str) -> dict[str, str]:
        """Return the personal codes that nobody has claimed yet, by member."""
        by.must(*RUNNING)
        self.see(by, course)
        with self.store.reading() as look:
            return self.courses.codes(look, course)

    def release(self, by: Account, course: str, member: str) -> str:
        """Return a new personal code of a member, whose devices are signed out: for one who lost it, or a false claim."""
        with self.store.writing() as write:
            if self.running(write, by, course).member(member).gone:
                raise Refused(phrase("that person is not on the roster any more"))
            code = self.members.release(write, course, member)
            self.courses.change_in(write, course, by.name, lambda _: [facts.Released(member)])
            return code

    def add(self, by: Account, course: str, session: str) -> Course:
        """Make a class an exercise of a course, for all accounts of that course; return the course.

        Raises
        ------
        Refused
            When it belongs to a course already, or the account does not run both.
        """
        with self.store.writing() as write:
            now = self.running(write, by, course)
            klass = runs_class(by, self.classes.at(write, session))
            if klass.course:
                raise Refused(phrase("this class belongs to a course already"))
            others = sorted({now.by, *now.given} - {klass.by, *klass.given})
            joining: list[Fact] = [Belongs(course), *map(Given, others)]
            after = self.courses.change_in(write, course, by.name, lambda _: [facts.Added(session)])
            self.classes.change_in(write, session, by.name, lambda _: joining)
            return after

    def take_out(self, by: Account, course: str, session: str) -> Course:
        """Make a class one of no course again; its people and results stay in it. Return the course."""
        with self.store.writing() as write:
            if session not in self.running(write, by, course).exercises:
                raise Refused(phrase("that class is no exercise of this course"))
            self.classes.change_in(write, session, by.name, lambda _: [Belongs("")])
            return self.courses.change_in(write, course, by.name, lambda _: [facts.TakenOut(session)])

    def weigh(self, by: Account, course: str, weights: Weights) -> Course:
        """Set what counts in the gradebook; return the course.

        Raises
        ------
        Refused
            When a weight is none, or nothing counts.
        """
        numbers = (*weights.parts.values(), *weights.exercises.values())
        if not set(weights.parts) <= set(PARTS) or not all(0 <= one <= MOST_WEIGHT for one in numbers):
            raise Refused(phrase("a weight is a number from 0 to {most:,}", most=MOST_WEIGHT))
        if not any(weights.parts.values()):
            raise Refused(phrase("something has to count: every weight is 0"))
        fact = facts.Weighed(dict(weights.parts), dict(weights.exercises), weights.absent, weights.few)
        return self._change(by, course, lambda now: [] if now.weights == weights else [fact])

    def guests(self, by: Account, course: str, *, allowed: bool) -> Course:
        """Set whether people who are not on the roster may come to its classes; return the course."""
        return self._change(by, course, lambda now: [] if now.guests == allowed else [facts.Guests(allowed)])

    def archive(self, by: Account, course: str, *, away: bool) -> Course:
        """Put a course away, or take it out again; return it."""
        return self._change(by, course, lambda now: [] if now.archived == away else [facts.Archived(away)])

    def take_away(self, by: Account, course: str, what: str) -> None:
        """Put on record that data of the course leave it, before they do."""
        self._change(by, course, lambda _: [facts.Exported(what)])

    def record(self, by: Account, course: str) -> list[CourseFact]:
        """Return every change of the course, with its time and author."""
        by.must(*RUNNING)
        return [read(row) for row in self.store.rows(self.see(by, course).id)]

    def give(self, by: Account, course: str, account: str) -> Course:
        """Let another account see this course and its classes, and run them unless it is an observer's."""
        with self.store.writing() as write:
            now = self.owned(write, by, course)
            if not has_account(write, account):
                raise Refused(phrase("there is no account {name!r}", name=account[:60]))
            if account in now.given or account == now.by:
                return now
            for session in now.exercises:
                self.classes.change_in(write, session, by.name, lambda klass: _given(klass, account))
            return self.courses.change_in(write, course, by.name, lambda _: [facts.Given(account)])

    def withdraw(self, by: Account, course: str, account: str) -> Course:
        """Take a course and its classes away again from an account that was added."""
        with self.store.writing() as write:
            now = self.owned(write, by, course)
            if account not in now.given:
                return now
            for session in now.exercises:
                self.classes.change_in(
                    write, session, by.name, lambda klass: [Withdrawn(account)] if account in klass.given else []
                )
            return self.courses.change_in(write, course, by.name, lambda _: [facts.Withdrawn(account)])

    def _change(self, by: Account, course: str, decide: Callable[[Course], Sequence[CourseFact]]) -> Course:
        with self.store.writing() as write:
            self.running(write, by, course)
            return self.courses.change_in(write, course, by.name, decide)

    def running(self, write: Writing, by: Account, course: str) -> Course:
        """Return a course, locked, if the account may change it."""
        by.must(*RUNNING)
        write.lock(course)
        return _seen(by, self.courses.at(write, course))

    def owned(self, write: Writing, by: Account, course: str) -> Course:
        """Return a course, locked, if the account may give it to others, and delete it."""
        now = self.running(write, by, course)
        if not owns(by, now):
            raise Refused(phrase("this course is {who}'s: only {who} or an administrator does that", who=now.by))
        return now

    def lock_out(self, write: Writing, course: Course, member: str) -> None:
        """Take a member's codes and tokens of the course away; what was taken of places in its classes stays in them."""
        for table in (codes, tokens):
            mine = (table.c.session == course.id) & (table.c.person == member)
            write.connection.execute(delete(table).where(mine))


def _seen(by: Account, course: Course) -> Course:
    if not sees(by, course):
        raise Refused(phrase("there is no such course"))
    return course


def _given(klass: Session, account: str) -> list[Fact]:
    return [] if account in klass.given or account == klass.by else [Given(account)]


def _enrolled(member: str, entry: Entry, number: str = "") -> facts.Enrolled:
    own = entry.number or number
    return facts.Enrolled(member, entry.name, own, entry.email, entry.section, dict(entry.more))
