"""A class with all its games, ready to be talked about: everything below this is a pure function of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import select

from negotiation.actions import CLOCK
from negotiation.analysis.moves import Move
from negotiation.case import Case
from negotiation.classroom.agreed import agreed
from negotiation.classroom.classes import KIND
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.games import Game
from negotiation.classroom.schema import logs
from negotiation.classroom.sessions import Fact, Person, Session
from negotiation.classroom.store import Row
from negotiation.debrief.authors import authors
from negotiation.errors import Refused
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome
from negotiation.state import State
from negotiation.view import sealed


@dataclass(frozen=True, eq=False)
class Played:
    """The game of one group as it stands.

    Attributes
    ----------
    outcome
        What was agreed: what is signed, or what the teacher put on record instead (`corrections`).
    people
        Whose result a seat is, by party: those who sit there, and who left it having acted there. Nobody: an agent's.
    at, who
        When each event was stored, in seconds since 1970, and who brought it about: the id of a person, `clock`, or
        empty for an agent.
    corrections
        What the teacher put on record, as facts.
    """

    id: str
    number: int
    game: Game
    state: State
    outcome: Outcome
    people: Mapping[str, tuple[Person, ...]]
    at: tuple[float, ...] = ()
    who: tuple[str, ...] = ()
    corrections: tuple[Fact, ...] = ()
    closed: bool = False

    @property
    def label(self) -> str:
        """How the group is called."""
        return f"group {self.number}"

    @cached_property
    def sheets(self) -> dict[str, Preferences]:
        """Everybody's score sheet in this game."""
        return {party: self.game.role(party).preferences for party in self.game.case.roles}

    @cached_property
    def points(self) -> dict[str, float]:
        """Everybody's points, delay taken off."""
        state = self.state
        return {
            party: ours.score(self.outcome, state.rounds_paid(party), state.time_paid(party))
            for party, ours in self.sheets.items()
        }

    @cached_property
    def unsigned(self) -> dict[str, float]:
        """Everybody's points if nothing were signed: the reservation value."""
        return {party: ours.score({}) for party, ours in self.sheets.items()}

    @cached_property
    def gains(self) -> dict[str, float]:
        """Everybody's points above leaving everything unsigned, delay taken off."""
        return {party: round(points - self.unsigned[party], 9) + 0.0 for party, points in self.points.items()}

    @property
    def signed(self) -> tuple[str, ...]:
        """The tables that have a deal."""
        return tuple(name for name in self.state.scenario.tables if self.outcome.get(name) is not None)

    @property
    def on_record(self) -> tuple[str, ...]:
        """The tables that the teacher put on record."""
        return tuple(name for name in self.outcome if any(name in fact["outcome"] for fact in self.corrections))

    @cached_property
    def acts(self) -> dict[str, Counter[str]]:
        """By party, how often each person acted for it; under an empty key an agent. What the clock did is left out."""
        found: dict[str, Counter[str]] = {party: Counter() for party in self.game.case.roles}
        for event, who in zip(self.state.events, self.who, strict=True):
            if event.party in found and who != CLOCK:
                found[event.party][who] += 1
        return found

    def theirs(self, party: str) -> frozenset[str]:
        """The ids of those whose result a seat is."""
        return frozenset(person.id for person in self.people[party])

    def own(self, party: str, moves: Iterable[Move]) -> list[Move]:
        """Of the offers made for a seat, those made by the people whose result it is."""
        mine = self.theirs(party)
        return [move for move in moves if move.party == party and self.who[move.seq] in mine]

    @property
    def minutes(self) -> float | None:
        """Minutes from the first event to the last; None with fewer than two."""
        return (self.at[-1] - self.at[0]) / 60 if len(self.at) > 1 else None


@dataclass(frozen=True, eq=False)
class Gathered:
    """A class with the games of its groups.

    Attributes
    ----------
    groups
        In order of number; in homework one for each person, of the attempt that counts.
    every
        All of them, in homework every attempt.
    names
        Whether people are called by their names, or by the same pseudonyms every time.
    facts, text
        The log of the class, and the scenario file as it was kept with it.
    """

    session: Session
    case: Case
    every: tuple[Played, ...]
    groups: tuple[Played, ...]
    names: bool = True
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)

    @cached_property
    def called(self) -> dict[str, str]:
        """What each person is called here."""
        people = self.session.people
        return {who: people[who].name if self.names else key for who, key in self.keys.items()}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The pseudonym of each person, by id: who that is in every table and every export of a class."""
        return {who: pseudonym(n) for n, who in enumerate(self.session.people, start=1)}

    @cached_property
    def alike(self) -> tuple[Played, ...]:
        """The groups whose parties are of the same private types as in the first: those that can share one picture."""
        first = dict(self.groups[0].game.model.types)
        return tuple(group for group in self.groups if dict(group.game.model.types) == first)

    @property
    def sheets(self) -> dict[str, Preferences]:
        """Everybody's score sheet in the groups that are alike."""
        return self.groups[0].sheets

    def title(self, party: str) -> str:
        """A party's name without what stands in brackets."""
        return self.case.scenario.parties[party].title.partition(" (")[0]

    def seated(self, group: Played, party: str) -> str:
        """Whose result a seat is, in words; and who else acted there, if anybody did."""
        names = ", ".join(self.called[person.id] for person in group.people[party]) or "agent"
        others = self.others(group, party)
        return f"{names} ({others})" if others else names

    def others(self, group: Played, party: str) -> str:
        """How many of a seat's acts were not done by those whose result it is: `of 12 acts 3 by an agent, 1 by Bob`."""
        acts, mine = group.acts[party], group.theirs(party) or {""}
        told = [f"{n} by {self.called[who] if who else 'an agent'}" for who, n in acts.items() if who not in mine]
        return f"of {acts.total()} acts {', '.join(told)}" if told else ""

    @cached_property
    def results(self) -> dict[str, tuple[Played, str]]:
        """By person, the group and the party of the result that counts as theirs; nobody without one is in it."""
        return {
            person.id: (group, party)
            for group in self.groups
            for party, people in group.people.items()
            for person in people
        }

    def reason(self, fact: Fact) -> str:
        """Why the teacher put something on record: free text, which may name people, so not where names are hidden."""
        return str(fact["why"]) if self.names else "the reason is on the record of the class"

    def group(self, group: str) -> Played:
        """One group, by id.

        Raises
        ------
        Refused
            When it is not among these.
        """
        for one in self.every:
            if one.id == group:
                return one
        raise Refused("there is no such group in this class")


def pseudonym(number: int) -> str:
    """What the nth person of a class is called where names are hidden; always the same."""
    return f"P{number:02d}"


def classes_of(classroom: Classroom) -> list[Session]:
    """All classes of a database, the latest first."""
    with classroom.store.reading() as look:
        query = select(logs.c.id).where(logs.c.kind == KIND).order_by(logs.c.created.desc(), logs.c.id)
        return [classroom.classes.at(look, one) for one in look.connection.execute(query).scalars().all()]


def gather(classroom: Classroom, session: str, *, names: bool = True) -> Gathered:
    """A class as the store has it now. Whoever calls this may see everything: check that before.

    Raises
    ------
    Refused
        When there is no such class, or nobody has formed a group yet.
    """
    with classroom.store.reading() as look:
        now = classroom.classes.at(look, session)
        case, text = classroom.classes.case(look, session), look.head(session)[2]
        facts = tuple(look.rows(session))
        every = tuple(
            _played(now, facts, *classroom.play.games.at(look, group), look.authored(group)) for group in now.groups
        )
    return gathered(now, case, every, names=names, facts=facts, text=text)


def gathered(
    session: Session,
    case: Case,
    every: Sequence[Played],
    *,
    names: bool = True,
    facts: tuple[Fact, ...] = (),
    text: str = "",
) -> Gathered:
    """A class put together from its games.

    Raises
    ------
    Refused
        When there are none.
    """
    groups = [group for group in every if _counts(session, group, every)]
    if not groups:
        raise Refused("no group has played yet: there is nothing to talk about")
    return Gathered(session, case, tuple(every), tuple(groups), names, facts, text)


def _played(
    session: Session, facts: Sequence[Fact], game: Game, state: State, kept: Sequence[tuple[float, str, Row]]
) -> Played:
    group, state = session.groups[game.id], sealed(state)
    kept = kept[: len(state.events)]
    who = authors(session, facts, game.id, kept)
    acted = {(event.party, one) for event, one in zip(state.events, who, strict=True)}
    return Played(
        game.id,
        group.number,
        game,
        state,
        agreed(session, game, state),
        _people(session, game, acted),
        tuple(at for at, _, _ in kept),
        who,
        tuple(fact for fact in session.corrections if fact["group"] == game.id),
        group.closed,
    )


def _people(session: Session, game: Game, acted: Container[tuple[str, str]]) -> dict[str, tuple[Person, ...]]:
    """Whose result each seat is; whoever has left counts for the seat left last, having `acted` (party, person) there."""

    def has(person: Person, party: str) -> bool:
        group, seat = person.was if person.gone else (person.group, person.party)
        here = (group == game.id or game.id in person.attempts) and seat == party
        return here and (not person.gone or (party, person.id) in acted)

    return {party: tuple(one for one in session.people.values() if has(one, party)) for party in game.case.roles}


def _counts(session: Session, group: Played, every: Sequence[Played]) -> bool:
    """Whether a game is one of those that are compared: not closed, and in homework the attempt that counts."""
    if not session.settings.homework:
        return not group.closed
    party, person = next(((party, people[0]) for party, people in group.people.items() if people), ("", None))
    if person is None:
        return False
    mine = [one for one in every if one.id in person.attempts]
    over = [one for one in mine if one.state.over] or mine
    best = max(over, key=lambda one: (one.points[party], -one.number))
    return group is (best if session.settings.counts == "best" else over[-1])
