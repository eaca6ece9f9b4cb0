"""A class as it stands: the fold of an append-only log of facts, each with its time and who brought it about.

The log is the audit trail. What happens inside a group's game is not here but in the game's own log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from negotiation.classroom.clock import Clock
from negotiation.classroom.settings import PHASES, Settings
from negotiation.errors import Refused, unknown

Fact = dict[str, Any]
"""`kind`, `at`, `by` and what else belongs to the kind; as JSON has it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who joined. In exactly one group, or in the lobby (`group` empty); observes where `party` is empty.

    `attempts` are the groups this person was given alone, in order: homework. `was` is the seat (group, party) that
    somebody had who has left.
    """

    id: str
    name: str
    joined: float
    group: str = ""
    party: str = ""
    gone: bool = False
    attempts: tuple[str, ...] = ()
    was: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """Those who play one game. Its id is that of the game; `taken` are seats that an agent plays for absent people."""

    id: str
    number: int
    seed: int
    taken: frozenset[str] = frozenset()
    closed: bool = False


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
    corrections
        Outcomes corrected by the teacher, as facts.
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
    exports
        How often data of the class were taken away: that changes nothing but the record.
    """

    id: str
    title: str
    settings: Settings
    parties: tuple[str, ...]
    version: int = 0
    last: float = 0.0
    phase: str = "lobby"
    clock: Clock = field(default_factory=Clock)
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    corrections: tuple[Fact, ...] = ()
    talked: float = 0.0
    by: str = ""
    given: frozenset[str] = frozenset()
    opened: Mapping[tuple[str, str], float] = field(default_factory=dict)
    exports: int = 0
    together: bool = False

    @cached_property
    def _members(self) -> Mapping[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {"": []}
        for person in self.people.values():
            if not person.gone:
                found.setdefault(person.group, []).append(person)
        return {group: tuple(people) for group, people in found.items()}

    @property
    def sharing(self) -> bool:
        """Whether several people may hold one seat."""
        return self.settings.surplus == "share"

    @property
    def begun(self) -> bool:
        """Whether the talks have begun, even if they are interrupted."""
        return self.talked > 0 or PHASES.index(self.phase) >= PHASES.index("negotiate")

    @property
    def lobby(self) -> tuple[Person, ...]:
        """Those who wait for a group, in order of arrival."""
        return self._members[""]

    def members(self, group: str) -> tuple[Person, ...]:
        """Everybody in a group, observers too."""
        return self._members.get(group, ())

    def at(self, group: str, party: str) -> tuple[Person, ...]:
        """Those who have a seat."""
        return tuple(p for p in self.members(group) if p.party == party)

    def held(self, group: str) -> tuple[str, ...]:
        """The parties of a group for which people decide now; agents decide for the others."""
        sitting = {p.party for p in self.members(group)}
        return tuple(party for party in self.parties if party in sitting and party not in self.groups[group].taken)

    def free(self, group: str) -> tuple[str, ...]:
        """The seats of a group that nobody has."""
        sitting = {p.party for p in self.members(group)}
        return tuple(party for party in self.parties if party not in sitting)

    def shows(self, what: str) -> bool:
        """Whether something is revealed by now (see `settings.SHOWN`)."""
        return PHASES.index(self.phase) >= PHASES.index(self.settings.shown_from(what))

    def person(self, person: str) -> Person:
        """Somebody of this class, by id."""
        if person not in self.people:
            raise Refused("there is nobody like that in this class")
        return self.people[person]

    def group(self, group: str) -> Group:
        """A group of this class, by id."""
        if group not in self.groups:
            raise Refused("there is no such group in this class")
        return self.groups[group]


def fold(session: Session, facts: Sequence[Fact]) -> Session:
    """The class after further facts.

    Raises
    ------
    Refused
        When a fact cannot be: a seat taken twice, an unknown person, a phase that does not follow.
    """
    for fact in facts:
        changed = apply(session, fact)
        session = replace(changed, version=session.version + 1, last=max(session.last, fact["at"]))
    return session


def apply(session: Session, fact: Fact) -> Session:
    """The class after one fact; the only place where a class changes."""
    at = fact["at"]
    match fact["kind"]:
        case "joined":
            return _person(session, Person(fact["person"], fact["name"], at))
        case "renamed":
            return _person(session, replace(session.person(fact["person"]), name=fact["name"]))
        case "seated":
            return _seated(session, fact["person"], fact["group"], fact["party"], alone=fact.get("alone", False))
        case "unseated":
            return _person(session, replace(session.person(fact["person"]), group="", party=""))
        case "left":
            return _person(session, _gone(session.person(fact["person"])))
        case "returned":
            return _person(session, replace(session.person(fact["person"]), gone=False))
        case "swapped":
            return _swapped(session, session.person(fact["one"]), session.person(fact["other"]))
        case "grouped":
            return _group(session, Group(fact["group"], fact["number"], fact["seed"]))
        case "ungrouped":
            return _group(session, replace(session.group(fact["group"]), closed=True))
        case "taken":
            return _taken(session, session.group(fact["group"]), fact["party"], taken=True)
        case "handed back":
            return _taken(session, session.group(fact["group"]), fact["party"], taken=False)
        case "phase":
            return _phase(session, fact["phase"], at)
        case "paused":
            return replace(session, clock=session.clock.paused(at))
        case "resumed":
            return replace(session, clock=session.clock.resumed(at))
        case "extended":
            return replace(session, clock=session.clock.extended(fact["seconds"], at))
        case "prepared":
            return replace(session, sheets={**session.sheets, fact["person"]: fact["sheet"]})
        case "given":
            return replace(session, given=session.given | {fact["account"]})
        case "withdrawn":
            return replace(session, given=session.given - {fact["account"]})
        case "corrected":
            return replace(session, corrections=(*session.corrections, fact))
        case "group opened":
            return replace(session, opened={**session.opened, (fact["by"], fact["group"]): at})
        case "together":
            return replace(session, together=fact["allowed"])
        case "exported":
            return replace(session, exports=session.exports + 1)
        case _:
            return session  # something to remember that changes nothing: a new code


def _person(session: Session, person: Person) -> Session:
    return replace(session, people={**session.people, person.id: person})


def _gone(person: Person) -> Person:
    return person if person.gone else replace(person, was=(person.group, person.party), group="", party="", gone=True)


def _group(session: Session, group: Group) -> Session:
    return replace(session, groups={**session.groups, group.id: group})


def _seated(session: Session, who: str, group: str, party: str, *, alone: bool) -> Session:
    person = session.person(who)
    if person.gone:
        raise Refused(f"{person.name} has left the class")
    if session.group(group).closed:
        raise Refused("that group has been closed")
    if party and party not in session.parties:
        raise Refused(unknown("seat for people", party, session.parties))
    others = [p for p in session.at(group, party) if p.id != who] if party else []
    if others and not session.sharing:
        raise Refused(f"{others[0].name} has that seat already, and this class shares none")
    attempts = (*person.attempts, group) if alone else person.attempts
    seated = _person(session, replace(person, group=group, party=party, attempts=attempts))
    return _taken(seated, seated.groups[group], party, taken=False) if party else seated


def _swapped(session: Session, one: Person, other: Person) -> Session:
    if one.gone or other.gone:
        raise Refused(f"{(one if one.gone else other).name} has left the class")
    session = _person(session, replace(one, group=other.group, party=other.party))
    return _person(session, replace(other, group=one.group, party=one.party))


def _taken(session: Session, group: Group, party: str, *, taken: bool) -> Session:
    if party not in session.parties:
        raise Refused(unknown("seat for people", party, session.parties))
    return _group(session, replace(group, taken=group.taken | {party} if taken else group.taken - {party}))


def _phase(session: Session, phase: str, at: float) -> Session:
    if phase not in PHASES:
        raise Refused(unknown("phase", phase, PHASES))
    now, wanted = PHASES.index(session.phase), PHASES.index(phase)
    if wanted < now and not (wanted >= 1 and now <= PHASES.index("sign")):
        raise Refused(f"{session.phase} cannot go back to {phase}: what has been revealed cannot be hidden again")
    length, spent = session.settings.length(phase), 0.0
    talked = session.clock.elapsed(at) if session.phase == "negotiate" else session.talked
    if phase == "negotiate" and talked:
        spent, length = talked, length if length and talked < length else None
    return replace(session, phase=phase, talked=talked, clock=Clock(length, since=at, spent=spent))
