"""The game of one group of a class as it stands: what was agreed, whose result each seat is, and who did what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from negotiation.actions import CLOCK
from negotiation.analysis.offer_steps import OfferStep
from negotiation.classroom.facts import Corrected
from negotiation.classroom.games import ClassGame
from negotiation.classroom.sessions import Person, Session
from negotiation.language import phrase
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome
from negotiation.state import State


@dataclass(frozen=True, eq=False)
class GroupGame:
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
    begun
        Whether the talks of the class have begun at all: before that nobody pays for a round.
    words
        The state with private words open: to judge what was said, and to quote it to those who heard it.
    """

    id: str
    number: int
    game: ClassGame
    state: State
    outcome: Outcome
    people: Mapping[str, tuple[Person, ...]]
    at: tuple[float, ...] = ()
    who: tuple[str, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    closed: bool = False
    begun: bool = True
    words: State | None = None

    def told(self, language: str) -> GroupGame:
        """Return this game with the texts of its case in a language."""
        words = self.words and self.words.told(language)
        return replace(self, game=self.game.told(language), state=self.state.told(language), words=words)

    @property
    def label(self) -> str:
        """How the group is called, as a phrase."""
        return phrase("group {n}", n=self.number)

    @cached_property
    def sheets(self) -> dict[str, Preferences]:
        """Everybody's score sheet in this game."""
        return {party: self.game.role(party).preferences for party in self.game.case.roles}

    @cached_property
    def points(self) -> dict[str, float]:
        """Everybody's points, delay taken off."""
        return self.game.points(self.state, self.outcome, begun=self.begun)

    @property
    def stopped(self) -> bool:
        """Return whether the talks were stopped within a round, which counts for all who had not signed their last."""
        return self.begun and not self.state.over

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
        """Return the tables that have a deal."""
        return tuple(name for name in self.state.scenario.tables if self.outcome.get(name) is not None)

    @property
    def signed_in(self) -> dict[str, int]:
        """Return the round, from 1, in which each of them was signed.

        What was signed nowhere but on the teacher's record counts as signed in the last round played, like its delay.
        """
        bound, last = self.state.bound_in, self.state.rounds_played - 1
        return {name: bound.get(name, last) + 1 for name in self.signed}

    @property
    def on_record(self) -> tuple[str, ...]:
        """Return the tables that the teacher put on record."""
        return tuple(name for name in self.outcome if any(name in fact.outcome for fact in self.corrections))

    @cached_property
    def acts(self) -> dict[str, Counter[str]]:
        """Return how often each person acted, by party; under an empty key an agent; the clock's acts are left out."""
        found: dict[str, Counter[str]] = {party: Counter() for party in self.game.case.roles}
        for event, who in zip(self.state.events, self.who, strict=True):
            if event.party in found and who != CLOCK:
                found[event.party][who] += 1
        return found

    def theirs(self, party: str) -> frozenset[str]:
        """Return the ids of those whose result a seat is."""
        return frozenset(person.id for person in self.people[party])

    def own(self, party: str, moves: Iterable[OfferStep]) -> list[OfferStep]:
        """Return the offers made for a seat by the people whose result it is."""
        mine = self.theirs(party)
        return [move for move in moves if move.party == party and self.who[move.seq] in mine]

    @property
    def minutes(self) -> float | None:
        """Minutes from the first event to the last; None with fewer than two."""
        return (self.at[-1] - self.at[0]) / 60 if len(self.at) > 1 else None


def sat(session: Session, group: str, party: str) -> list[Person]:
    """Return those who have a seat of a group, or left it last; in homework those whose attempt the group was."""

    def has(person: Person) -> bool:
        where, seat = person.was if person.gone else (person.group, person.party)
        return (where == group or group in person.attempts) and seat == party

    return [person for person in session.people.values() if has(person)]


def people_of(session: Session, game: ClassGame, acted: Container[tuple[str, str]]) -> dict[str, tuple[Person, ...]]:
    """Return the people whose result each seat is; those who left only if they acted there (`acted`: party, person)."""
    return {
        party: tuple(one for one in sat(session, game.id, party) if not one.gone or (party, one.id) in acted)
        for party in game.case.roles
    }
