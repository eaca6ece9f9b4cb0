"""What is done with the exercises of courses: copies, and groups of those who wait in one."""

from __future__ import annotations

import secrets
from dataclasses import replace

from negotiation.classroom.access import runs
from negotiation.classroom.accounts import Account
from negotiation.classroom.courses.desk import Desk
from negotiation.classroom.courses.grouping import Plan, Wish, met, planned
from negotiation.classroom.courses.seating import listed, seated, seated_by_list
from negotiation.classroom.courses.state import Course
from negotiation.classroom.sessions import Session
from negotiation.errors import Refused
from negotiation.language import phrase

NOWHERE = Course("", "", "")
"""What stands for the course of a class that belongs to none."""


class Exercises:
    """The exercises of the courses of a store, for the accounts that run them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.teaching, self.courses = desk, desk.teaching, desk.courses
        self.classes, self.store = desk.classes, desk.store

    def copy_class(self, by: Account, session: str, course: str = "") -> Session:
        """Make a class like another one, nobody in it, as an exercise of a course if one is named; return it."""
        klass = self.teaching.run(by, session)
        with self.store.reading() as look:
            _, _, text = look.head(session)
        settings = replace(klass.settings, seed=secrets.randbelow(2**31))
        made, _ = self.teaching.create(by, settings, title=klass.title, text=text)
        if course:
            self.desk.add(by, course, made.id)
        return made

    def copy(self, by: Account, course: str, title: str) -> Course:
        """Make a course with classes like those of another one, and its weights, nobody on its roster; return it."""
        old, made = self.desk.see(by, course), self.desk.create(by, title)
        new = {session: self.copy_class(by, session, made.id).id for session in old.exercises}
        weights = {new[session]: weight for session, weight in old.weights.exercises.items() if session in new}
        return self.desk.weigh(by, made.id, replace(old.weights, exercises=weights))

    def plan(self, by: Account, session: str, wish: Wish) -> Plan:
        """Return the groups that those who wait in the lobby would form."""
        now = self.teaching.run(by, session)
        waiting = [person.id for person in now.lobby]
        return planned(waiting, len(now.parties), wish, now.settings.seed + now.version)

    def group(self, by: Account, session: str, plan: Plan) -> Session:
        """Seat people as a plan says that was made of those who wait now; return the class.

        Raises
        ------
        Refused
            When other people wait by now.
        """
        with self.store.writing() as write:
            write.lock(session)
            now = runs(by, self.classes.at(write, session))
            if {who for group in plan.groups for who in group} != {person.id for person in now.lobby}:
                raise Refused(phrase("other people wait by now: plan the groups again"))
            return self.classes.change_in(
                write, session, by.name, lambda now: seated(now, plan.groups, self.classes.mint)
            )

    def group_by_list(self, by: Account, session: str, text: str) -> tuple[Session, list[str]]:
        """Seat people as a CSV list with groups and roles says; return the class, and who of it does not wait there."""
        lines = listed(text)
        with self.store.writing() as write:
            write.lock(session)
            now = runs(by, self.classes.at(write, session))
            course = self.courses.at(write, now.course) if now.course else NOWHERE
            scenario = self.classes.case(write, session).scenario
            titles = {name: party.title for name, party in scenario.parties.items()}
            done, absent = seated_by_list(now, course, lines, titles, self.classes.mint)
            return self.classes.change_in(write, session, by.name, lambda _: done), absent

    def wish(self, by: Account, session: str, attribute: str, *, alike: bool, apart: bool, even: bool) -> Wish:
        """Return how the people of a class are grouped by an attribute of the roster, and apart from whom they know."""
        now = self.teaching.run(by, session)
        course = self.desk.see(by, now.course) if now.course else NOWHERE
        people = {person.member: person.id for person in now.lobby if person.member in course.members}
        values = {who: course.members[member].of(attribute) for member, who in people.items()} if attribute else {}
        others = [one for one in self.desk.exercises(by, course.id) if one.id != session] if apart and course.id else []
        pairs = {frozenset(people[one] for one in pair): n for pair, n in met(others).items() if pair <= people.keys()}
        return Wish(values, alike, pairs, even)
