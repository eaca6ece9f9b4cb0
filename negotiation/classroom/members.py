"""How the members of a course come into its classes: by a personal code, which is used up, or by what a browser keeps."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import delete

from negotiation.classroom.classes import Classes
from negotiation.classroom.courses.log import Courses
from negotiation.classroom.facts import Fact, Joined
from negotiation.classroom.groups import after, place
from negotiation.classroom.guesses import Bound, Guesses
from negotiation.classroom.schema import codes, tokens
from negotiation.classroom.sessions import Session
from negotiation.classroom.store import Writing
from negotiation.classroom.texts import alike
from negotiation.classroom.tickets import DEVICE_CODE, fresh, letters, token_for
from negotiation.errors import Refused
from negotiation.language import mark, phrase

HERE = Bound("codes from here", 240, 60, slow=1)
"""Wrong codes from an address: a whole class may sit behind it."""

MOST_PEOPLE, DEVICE_SECONDS = 600, 600

PERSONAL = mark(
    "this class belongs to a course: in place of a name, type your personal code, which your teacher gives you"
)

STRANGER = mark("this device has no place in that course: type your personal code")


@dataclass(frozen=True, slots=True)
class Who:
    """A member of a course who comes into a class of it; `code` is the personal code, if that shows who it is."""

    course: str
    member: str
    code: str = ""


class Members:
    """The members of all courses, at the doors of their classes."""

    def __init__(self, classes: Classes, guesses: Guesses) -> None:
        self.classes, self.store, self.guesses = classes, classes.store, guesses
        self.courses = Courses(classes)

    def claim(self, log: str, person: str, code: str, key: str) -> str:
        """Return a further token of the person for whom a code is open; used up, but for a repetition of this very click.

        Raises
        ------
        Refused
            When somebody has used the code in the meantime.
        """
        with self.store.writing() as write:
            write.lock(log)
            known = self.courses.claimed(write, code, key) == person
            if not known and self.courses.is_course(write, log):
                self.courses.claim(write, log, code, key)
            elif not known and not write.connection.execute(delete(codes).where(codes.c.code == code)).rowcount:
                raise Refused(phrase("this code has just been closed"))
            return token_for(write, log, person, self.classes.now())

    def who(self, session: str, here: str, name: str, devices: Sequence[str], key: str) -> Who | None:
        """Return who comes into a class that belongs to a course; None where anybody may come by a name.

        Raises
        ------
        Refused
            When the class is for members, and this is none.
        """
        with self.store.reading() as look:
            course = self.courses.whose(look, session)
            if course is None:
                return None
            typed = letters(name)
            if owner := self.courses.owner(look, course.id, typed) or self.courses.claimed(look, typed, key):
                return Who(course.id, owner, typed)
            if member := self.courses.known(look, course, devices):
                return Who(course.id, member.id)
        if course.guests:
            return None
        self.guesses.take((HERE, here))
        self.guesses.keep((HERE, here))
        raise Refused(phrase(PERSONAL))

    def enter(self, session: str, *, key: str, devices: Sequence[str] = ()) -> str:
        """Let a person into an exercise of a course without its code, as the member this browser is known for.

        Raises
        ------
        Refused
            When it is known for none, or the teacher has closed joining and the member has not been there before.
        """
        with self.store.writing() as write:
            course = self.courses.whose(write, session)
            member = self.courses.known(write, course, devices) if course else None
            if course is None or member is None:
                raise Refused(phrase(STRANGER))
            known = self.classes.at(write, session).of_member(member.id)
            if known is None and not self.courses.joining(write, session):
                raise Refused(phrase("the teacher has closed joining"))
            write.lock(course.id)
            write.lock(session)
            return self.come(write, session, Who(course.id, member.id), key, devices)

    def come(self, write: Writing, session: str, who: Who, key: str, devices: Sequence[str] = ()) -> str:
        """Return a token for a member of a course in a class of it, who joins it unless that was done before.

        A browser that holds the place already gets no further token.

        Raises
        ------
        Refused
            When the code is used up, the member has left, or the class is over or full.
        """
        now, member = self.classes.at(write, session), self.courses.at(write, who.course).member(who.member)
        if now.course != who.course or member.gone:
            raise Refused(phrase("{who} is not on the roster of the course of this class", who=member.name))
        person = now.of_member(member.id)
        if person is not None and person.gone:
            raise Refused(phrase("{who} has left the class", who=person.name))
        if who.code and self.courses.claimed(write, who.code, key) != member.id:
            self.courses.claim(write, who.course, who.code, key)
        if person is not None:
            held = self.courses.held(write, devices, session, person.id)
            return held or token_for(write, session, person.id, self.classes.now())
        new = secrets.token_urlsafe(9)
        self.classes.change_in(
            write, session, new, lambda now: entry(now, new, member.name, self.classes.mint, member.id)
        )
        return token_for(write, session, new, self.classes.now())

    def device(self, course: str, *devices: str) -> str:
        """Return a code with which the member this browser is known for comes in from another one; once, for a while.

        Raises
        ------
        Refused
            When it is known for none.
        """
        with self.store.writing() as write:
            member = self.courses.known(write, self.courses.at(write, course), devices)
            if member is None:
                raise Refused(phrase(STRANGER))
            return fresh(write, course, DEVICE_CODE, member.id, self.classes.now() + DEVICE_SECONDS)

    def release(self, write: Writing, course: str, member: str) -> str:
        """Return a new personal code of a member; all devices that came in by the one before it are signed out."""
        known = self.courses.at(write, course)
        for log in (course, *known.exercises):
            person = None if log == course else self.classes.at(write, log).of_member(member)
            whose = person.id if person else member
            write.connection.execute(delete(tokens).where(tokens.c.session == log, tokens.c.person == whose))
            write.connection.execute(delete(codes).where(codes.c.session == log, codes.c.person == whose))
        return self.courses.open_code(write, course, member)


def entry(session: Session, person: str, name: str, mint: Callable[[], str], member: str = "") -> list[Fact]:
    """Return the facts by which a person joins a class, seated at once if the class does so.

    Raises
    ------
    Refused
        When the class is over or full.
    """
    if session.phase.over:
        raise Refused(phrase("this class is over"))
    if sum(not person.gone for person in session.people.values()) >= MOST_PEOPLE:
        raise Refused(phrase("this class has {n} people, the most there can be", n=MOST_PEOPLE))
    taken = {alike(p.name) for p in session.people.values()}
    again = next(n for n in count(1) if alike(name if n == 1 else f"{name} ({n})") not in taken)
    joined = Joined(person, name if again == 1 else f"{name} ({again})", member)
    if not (session.settings.arrive or session.settings.homework):
        return [joined]
    return [joined, *place(after(session, [joined]), person, mint)]
