"""A class with all its games, ready to be talked about: everything below this is a pure function of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from negotiation.case import Case
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.games import Game
from negotiation.classroom.sessions import Fact, Person, Session
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
        What was agreed: what is signed, or what the teacher put on record instead (`corrected` says why).
    people
        Who sits where, by party; nobody: an agent plays.
    at
        When each event was stored, in seconds since 1970.
    """

    id: str
    number: int
    game: Game
    state: State
    outcome: Outcome
    people: Mapping[str, tuple[Person, ...]]
    at: tuple[float, ...] = ()
    corrected: str = ""
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
        people = self.session.people.values()
        return {one.id: one.name if self.names else pseudonym(n) for n, one in enumerate(people, start=1)}

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
        """Who played a seat, in words."""
        return ", ".join(self.called[person.id] for person in group.people[party]) or "agent"

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
        corrected = {fact["group"]: fact for fact in now.corrections}
        every = tuple(
            _played(
                now,
                *classroom.play.games.at(look, group),
                corrected.get(group),
                tuple(at for at, _ in look.stamped(group)),
            )
            for group in now.groups
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


def _played(session: Session, game: Game, state: State, corrected: Fact | None, at: tuple[float, ...]) -> Played:
    group = session.groups[game.id]
    state = sealed(state)
    why = str(corrected["why"]) if corrected else ""
    return Played(
        game.id,
        group.number,
        game,
        state,
        agreed(state, corrected),
        _people(session, game),
        at[: len(state.events)],
        why,
        group.closed,
    )


def agreed(state: State, corrected: Fact | None) -> Outcome:
    """What is signed; at the tables that the teacher has put on record, what stands there."""
    outcome = {name: state.bound.get(name) for name in state.scenario.tables}
    for name, options in (corrected["outcome"] if corrected else {}).items():
        outcome[name] = None if options is None else state.scenario.tables[name].parse(options)
    return outcome


def _people(session: Session, game: Game) -> dict[str, tuple[Person, ...]]:
    """Who plays a game; whoever has left counts for the seat left last."""
    found: dict[str, tuple[Person, ...]] = {}
    for party in game.case.roles:
        here = [
            person
            for person in session.people.values()
            if (person.group, person.party) == (game.id, party)
            or (person.gone and person.was == (game.id, party))
            or (person.party == party and game.id in person.attempts)
        ]
        found[party] = tuple(here)
    return found


def _counts(session: Session, group: Played, every: Sequence[Played]) -> bool:
    """Whether a game is one of those that are compared: not closed, and in homework the attempt that counts."""
    if not session.settings.homework:
        return not group.closed
    party, person = next((party, people[0]) for party, people in group.people.items() if people)
    mine = [one for one in every if one.id in person.attempts]
    over = [one for one in mine if one.state.over] or mine
    best = max(over, key=lambda one: (one.points[party], -one.number))
    return group is (best if session.settings.counts == "best" else over[-1])
