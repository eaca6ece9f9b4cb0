"""A course as it stands: the fold of an append-only log of facts, each with its time and who brought it about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from negotiation.classroom.courses import facts
from negotiation.classroom.courses.facts import CourseFact
from negotiation.errors import Refused
from negotiation.language import mark, phrase

PARTS = {
    "outcome": mark("Outcome within the role"),
    "preparation": mark("Preparation sheet"),
    "questionnaire": mark("Questionnaires"),
    "reflection": mark("Reflection"),
}
"""What counts in an exercise, and what it is called."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a course; `number` is the school's, `more` further columns of the roster."""

    id: str
    name: str
    number: str = ""
    email: str = ""
    section: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False
    claimed: float | None = None
    forgotten: bool = False

    def of(self, attribute: str) -> str:
        """Return the value of a column of the roster; empty without one."""
        return self.section if attribute == SECTION else self.more.get(attribute, "")


SECTION = "section"


@dataclass(frozen=True)
class Weights:
    """What counts, as the teacher weighs it.

    Attributes
    ----------
    parts
        The weight of each part of an exercise, by its name in `PARTS`.
    exercises
        The weight of each exercise; those not named have 1.
    absent
        Whether an exercise that a person missed counts as nothing; else it is left out.
    few
        Whether outcomes count that were compared with fewer than five.
    """

    parts: Mapping[str, float] = field(
        default_factory=lambda: {"outcome": 40.0, "preparation": 30.0, "questionnaire": 15.0, "reflection": 15.0}
    )
    exercises: Mapping[str, float] = field(default_factory=dict)
    absent: bool = False
    few: bool = False


@dataclass(frozen=True)
class Course:
    """A course at one moment.

    Attributes
    ----------
    version, last
        How many facts this is the fold of, and the time of the last.
    members
        Everybody who ever was on the roster, in its order.
    exercises
        The classes that belong to it, in the order in which they were added.
    guests
        Whether people who are not on the roster may come to its classes.
    given
        The accounts that were added to it.
    """

    id: str
    title: str
    by: str
    version: int = 0
    last: float = 0.0
    members: Mapping[str, Member] = field(default_factory=dict)
    exercises: tuple[str, ...] = ()
    weights: Weights = field(default_factory=Weights)
    guests: bool = False
    given: frozenset[str] = frozenset()
    archived: bool = False
    deleted: bool = False

    @property
    def roster(self) -> tuple[Member, ...]:
        """The members who are on the roster now."""
        return tuple(one for one in self.members.values() if not one.gone)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The columns of the roster by which people can be told apart: section, and the further ones."""
        more = dict.fromkeys(name for one in self.roster for name in one.more)
        section = (SECTION,) if any(one.section for one in self.roster) else ()
        return (*section, *more)

    def member(self, member: str) -> Member:
        """Return a member by id.

        Raises
        ------
        Refused
            When there is nobody like that on the roster.
        """
        if member not in self.members:
            raise Refused(phrase("there is nobody like that on the roster"))
        return self.members[member]


def pseudonym(course: Course, member: str) -> str:
    """Return the pseudonym of a member who is forgotten: a number in the order of the roster."""
    return f"M{list(course.members).index(member) + 1:03d}"


def fold(course: Course, done: Sequence[CourseFact]) -> Course:
    """Return the course after further facts."""
    for fact in done:
        course = replace(apply(course, fact), version=course.version + 1, last=max(course.last, fact.at))
    return course


def apply(course: Course, fact: CourseFact) -> Course:
    """Return the course after one fact; the only place where a course changes."""
    match fact:
        case facts.Enrolled() | facts.Dropped() | facts.Claimed() | facts.Released() | facts.Forgotten():
            return replace(course, members={**course.members, fact.member: _member(course, fact)})
        case facts.Added(exercise):
            return replace(course, exercises=(*course.exercises, exercise))
        case facts.TakenOut(exercise):
            return replace(course, exercises=tuple(one for one in course.exercises if one != exercise))
        case facts.Weighed(parts, exercises, absent, few):
            return replace(course, weights=Weights(parts, exercises, absent, few))
        case facts.Guests(allowed):
            return replace(course, guests=allowed)
        case facts.Given(account):
            return replace(course, given=course.given | {account})
        case facts.Withdrawn(account):
            return replace(course, given=course.given - {account})
        case facts.Archived(away):
            return replace(course, archived=away)
        case facts.Deleted():
            return replace(course, deleted=True)
        case facts.Exported():
            return course
        case _:
            assert_never(fact)


def _member(
    course: Course, fact: facts.Enrolled | facts.Dropped | facts.Claimed | facts.Released | facts.Forgotten
) -> Member:
    match fact:
        case facts.Enrolled(member, name, number, email, section, more):
            known = course.members.get(member) or Member(member, name)
            return replace(known, name=name, number=number, email=email, section=section, more=more, gone=False)
        case facts.Dropped(member):
            return replace(course.member(member), gone=True)
        case facts.Claimed(member):
            return replace(course.member(member), claimed=fact.at)
        case facts.Released(member):
            return replace(course.member(member), claimed=None)
        case facts.Forgotten(member):
            return Member(member, pseudonym(course, member), gone=True, forgotten=True)
        case _:
            assert_never(fact)
