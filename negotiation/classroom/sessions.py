"""A class as it stands: the fold of an append-only log of facts, each with its time and who brought it about.

The log is the audit trail. An act inside a group's game is not here but in the game's own log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import assert_never

from negotiation.classroom import facts
from negotiation.classroom.clock import Clock
from negotiation.classroom.facts import Coming, Fact, Running, Seating, Timing
from negotiation.classroom.phases import Phase, following, preceding
from negotiation.classroom.settings import Settings
from negotiation.errors import Refused, unknown
from negotiation.language import phrase
from negotiation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Person:
    """A person who joined: in exactly one group, or in the lobby (`group` empty); an observer where `party` is empty.

    `attempts` are the groups this person was given alone, in order: homework. `was` is the seat (group, party) that
    this person had before leaving. `member` is who this is in the course of the class.
    """

    id: str
    name: str
    joined: float
    group: str = ""
    party: str = ""
    gone: bool = False
    attempts: tuple[str, ...] = ()
    was: tuple[str, str] = ("", "")
    member: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The people who play one game, whose id the group has; `taken` are seats an agent plays for absent people."""

    id: str
    number: int
    seed: int
    taken: frozenset[str] = frozenset()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a person answered to one questionnaire; `done` once it was handed in."""

    answers: Mapping[str, object] = field(default_factory=dict)
    done: bool = False


@dataclass(frozen=True)
class Session:
    """A class at one moment.

    Attributes
    ----------
    parties
        The seats that people may take, in seating order; agents have the others.
    version
        How many facts this is the fold of.
    last
        The time of the last fact.
    sheets
        Preparation sheets by person.
    forms
        What people answered, by person and questionnaire.
    let_go_on
        Questionnaires that were required and are no longer.
    answered
        How many facts of this are answers to questionnaires: they change nothing in the game.
    corrections
        Outcomes put on record by the teacher.
    talked
        Seconds that the talks had run when they were last left.
    by
        The account that set it up.
    given
        The accounts that were added to this class, see `access`.
    opened
        When an account last looked into a group, by account and group.
    together
        Whether several people may take places with one device.
    course
        The course of which it is an exercise; empty if of none.
    exports
        How often data of the class were taken away: that changes nothing but the record.
    """

    id: str
    title: str
    settings: Settings
    parties: tuple[str, ...]
    version: int = 0
    last: float = 0.0
    phase: Phase = Phase.LOBBY
    clock: Clock = field(default_factory=Clock)
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, Form]] = field(default_factory=dict)
    let_go_on: frozenset[str] = frozenset()
    answered: int = 0
    corrections: tuple[facts.Corrected, ...] = ()
    talked: float = 0.0
    by: str = ""
    given: frozenset[str] = frozenset()
    opened: Mapping[tuple[str, str], float] = field(default_factory=dict)
    exports: int = 0
    together: bool = False
    course: str = ""

    @cached_property
    def _members(self) -> Mapping[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {"": []}
        for person in self.people.values():
            if not person.gone:
                found.setdefault(person.group, []).append(person)
        return {group: tuple(people) for group, people in found.items()}

    def heading(self, scenario: Scenario) -> str:
        """Return the title of the class; where that is its case's, in the language in which the scenario is told."""
        return scenario.title if self.title == scenario.plain.title else self.title

    @property
    def sharing(self) -> bool:
        """Return whether several people may hold one seat."""
        return self.settings.surplus == "share"

    @property
    def begun(self) -> bool:
        """Return whether the talks have begun, even if they are interrupted."""
        return self.talked > 0 or self.phase >= Phase.NEGOTIATE

    @property
    def following(self) -> Phase | None:
        """The phase that comes next; None after the last."""
        return following(self.phase, homework=self.settings.homework)

    @property
    def preceding(self) -> Phase | None:
        """The phase that the class can go back to; None where there is no way back."""
        return preceding(self.phase, homework=self.settings.homework)

    @property
    def lobby(self) -> tuple[Person, ...]:
        """Those who wait for a group, in order of arrival."""
        return self._members[""]

    def members(self, group: str) -> tuple[Person, ...]:
        """Return the people of a group, observers too."""
        return self._members.get(group, ())

    def at(self, group: str, party: str) -> tuple[Person, ...]:
        """Return the people who hold a seat."""
        return tuple(p for p in self.members(group) if p.party == party)

    def held(self, group: str) -> tuple[str, ...]:
        """Return the parties of a group for which people decide now; agents decide for the others."""
        sitting = {p.party for p in self.members(group)}
        return tuple(party for party in self.parties if party in sitting and party not in self.groups[group].taken)

    def free(self, group: str) -> tuple[str, ...]:
        """Return the seats of a group that nobody has."""
        sitting = {p.party for p in self.members(group)}
        return tuple(party for party in self.parties if party not in sitting)

    def shows(self, what: str) -> bool:
        """Return whether `what` is revealed by now (see `settings.SHOWN`)."""
        return self.phase >= self.settings.shown_from(what)

    def person(self, person: str) -> Person:
        """Return a person of this class, by id."""
        if person not in self.people:
            raise Refused(phrase("there is nobody like that in this class"))
        return self.people[person]

    def of_member(self, member: str) -> Person | None:
        """Return the person here who is this member of the course; None if the member never came."""
        return next((person for person in self.people.values() if member and person.member == member), None)

    def group(self, group: str) -> Group:
        """Return a group of this class, by id."""
        if group not in self.groups:
            raise Refused(phrase("there is no such group in this class"))
        return self.groups[group]


def fold(session: Session, facts: Sequence[Fact]) -> Session:
    """Return the class after further facts.

    Raises
    ------
    Refused
        When a fact cannot be: a seat taken twice, an unknown person, a phase that does not follow.
    """
    for fact in facts:
        changed = apply(session, fact)
        session = replace(changed, version=session.version + 1, last=max(session.last, fact.at))
    return session


def apply(session: Session, fact: Fact) -> Session:
    """Return the class after one fact; the only place where a class changes."""
    return _peopled(session, fact) if isinstance(fact, Coming | Seating) else _led(session, fact)


def _peopled(session: Session, fact: Coming | Seating) -> Session:
    match fact:
        case facts.Joined(person, name, member):
            return _person(session, Person(person, name, fact.at, member=member))
        case facts.Renamed(person, name):
            return _person(session, replace(session.person(person), name=name))
        case facts.Seated():
            return _seated(session, fact)
        case facts.Unseated(person):
            return _person(session, replace(session.person(person), group="", party=""))
        case facts.Left(person):
            return _person(session, _gone(session.person(person)))
        case facts.Returned(person):
            return _person(session, replace(session.person(person), gone=False))
        case facts.Swapped(one, other):
            return _swapped(session, session.person(one), session.person(other))
        case facts.Grouped(group, number, seed):
            return _group(session, Group(group, number, seed))
        case facts.Ungrouped(group):
            return _group(session, replace(session.group(group), closed=True))
        case facts.Taken(group, party):
            return _taken(session, session.group(group), party, taken=True)
        case facts.HandedBack(group, party):
            return _taken(session, session.group(group), party, taken=False)
        case facts.Prepared(person, sheet):
            return replace(session, sheets={**session.sheets, person: sheet})
        case facts.Answered():
            return _answered(session, fact)
        case facts.DeviceGiven() | facts.Revoked():
            return session
        case _:
            assert_never(fact)


def _led(session: Session, fact: Timing | Running) -> Session:
    match fact:
        case facts.Entered(phase):
            return _phase(session, phase, fact.at)
        case facts.Paused():
            return replace(session, clock=session.clock.paused(fact.at))
        case facts.Resumed():
            return replace(session, clock=session.clock.resumed(fact.at))
        case facts.Extended(seconds):
            return replace(session, clock=session.clock.extended(seconds, fact.at))
        case facts.LetGoOn(questionnaire):
            return replace(session, let_go_on=session.let_go_on | {questionnaire})
        case facts.Given(account):
            return replace(session, given=session.given | {account})
        case facts.Withdrawn(account):
            return replace(session, given=session.given - {account})
        case facts.Together(allowed):
            return replace(session, together=allowed)
        case facts.Belongs(course):
            return replace(session, course=course)
        case facts.Corrected():
            return replace(session, corrections=(*session.corrections, fact))
        case facts.LookedInto(group):
            return replace(session, opened={**session.opened, (fact.by, group): fact.at})
        case facts.Exported():
            return replace(session, exports=session.exports + 1)
        case facts.CodeOpened() | facts.CodeClosed():
            return session
        case _:
            assert_never(fact)


def _person(session: Session, person: Person) -> Session:
    return replace(session, people={**session.people, person.id: person})


def _gone(person: Person) -> Person:
    return person if person.gone else replace(person, was=(person.group, person.party), group="", party="", gone=True)


def _group(session: Session, group: Group) -> Session:
    return replace(session, groups={**session.groups, group.id: group})


def _seated(session: Session, fact: facts.Seated) -> Session:
    person, group, party = session.person(fact.person), fact.group, fact.party
    if person.gone:
        raise Refused(phrase("{who} has left the class", who=person.name))
    if session.group(group).closed:
        raise Refused(phrase("that group has been closed"))
    if party and party not in session.parties:
        raise Refused(unknown("seat for people", party, session.parties))
    others = [p for p in session.at(group, party) if p.id != person.id] if party else []
    if others and not session.sharing:
        raise Refused(phrase("{who} has that seat already, and this class shares none", who=others[0].name))
    attempts = (*person.attempts, group) if fact.alone else person.attempts
    seated = _person(session, replace(person, group=group, party=party, attempts=attempts))
    return _taken(seated, seated.groups[group], party, taken=False) if party else seated


def _swapped(session: Session, one: Person, other: Person) -> Session:
    if one.gone or other.gone:
        raise Refused(phrase("{who} has left the class", who=(one if one.gone else other).name))
    session = _person(session, replace(one, group=other.group, party=other.party))
    return _person(session, replace(other, group=one.group, party=one.party))


def _answered(session: Session, fact: facts.Answered) -> Session:
    mine = session.forms.get(fact.person, {})
    before = mine.get(fact.questionnaire, Form())
    answers = {key: value for key, value in {**before.answers, **fact.answers}.items() if value is not None}
    mine = {**mine, fact.questionnaire: Form(answers, fact.done or before.done)}
    return replace(session, forms={**session.forms, fact.person: mine}, answered=session.answered + 1)


def _taken(session: Session, group: Group, party: str, *, taken: bool) -> Session:
    if party not in session.parties:
        raise Refused(unknown("seat for people", party, session.parties))
    return _group(session, replace(group, taken=group.taken | {party} if taken else group.taken - {party}))


def _phase(session: Session, phase: Phase, at: float) -> Session:
    if phase < session.phase and (session.phase.over or phase is Phase.LOBBY):
        raise Refused(
            phrase(
                "{now} cannot go back to {before}: what has been revealed cannot be hidden again",
                now=session.phase.value,
                before=phase.value,
            )
        )
    length, spent = session.settings.length(phase), 0.0
    talked = session.clock.elapsed(at) if session.phase is Phase.NEGOTIATE else session.talked
    if phase is Phase.NEGOTIATE and talked:
        spent, length = talked, length if length and talked < length else None
    return replace(session, phase=phase, talked=talked, clock=Clock(length, since=at, spent=spent))
