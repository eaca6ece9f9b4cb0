"""The interface of a protocol: who may act, and how; what acts do is in `rules`; what is seen, in `view`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from negotiation.actions import CLOCK, MEDIATOR, Action, Event, Say, Vote
from negotiation.errors import IllegalAction
from negotiation.language import phrase
from negotiation.rules import apply, cannot
from negotiation.scenario import Scenario
from negotiation.state import State

MOST_ROUNDS = 10_000
"""Rounds beyond which a game is refused."""

ACTS_PER_ROUND = 60
"""Where turns do not bound what a party does in a round: its acts besides talk, and how often it may speak; so every game ends."""


def bounded(
    state: State, party: str, kinds: tuple[type[Action], ...], last: tuple[type[Action], ...]
) -> tuple[type[Action], ...]:
    """Return `kinds` and talk; only `last` once a party has acted so often in this round, no talk once it has spoken so often."""
    acts = state.acts(party)
    if acts < ACTS_PER_ROUND:
        return (*kinds, Say)
    words = state.words(party)
    return (*(last if acts - words >= ACTS_PER_ROUND else kinds), *(() if words >= ACTS_PER_ROUND else (Say,)))


def talked_out(state: State, party: str) -> str:
    """Return why a party cannot speak any more in this round; empty if it can."""
    if state.acts(party) < ACTS_PER_ROUND or state.words(party) < ACTS_PER_ROUND:
        return ""
    return phrase("{party} has spoken {n} times in this round; go on in the next", party=party, n=ACTS_PER_ROUND)


class Protocol(ABC):
    """The procedure (the literature's mechanism); to add one, write one file with one subclass.

    Attributes
    ----------
    name, about
        How people call it, and one sentence on how it goes.
    one_paper
        Whether a new offer at a table replaces whatever lies there, or only the author's own.
    mediated
        Whether a mediator drafts in the place of the parties, who vote and sign.
    """

    name: ClassVar[str]
    about: ClassVar[str]
    one_paper: ClassVar[bool] = False
    mediated: ClassVar[bool] = False

    def procedure(self, unit: str) -> str:
        """Return how it goes, in sentences for those at the tables; `unit` is what the case calls a round."""
        return f"{self.about[:1].upper()}{self.about[1:]}."

    @abstractmethod
    def to_move(self, state: State) -> tuple[str, ...]:
        """Return who may act now, parties in seating order, the clock last; empty once the talks are over."""

    @abstractmethod
    def allowed(self, state: State, party: str) -> tuple[type[Action], ...]:
        """Return the kinds of act open to `party`, who is to move."""

    def due(self, state: State, party: str) -> tuple[str, ...]:
        """Return the tables at which `party`, who is to move, may act now."""
        return state.sits(party)

    def refusal(self, state: State, party: str, action: Action) -> str | None:
        """Return why this protocol does not take an act of an allowed kind; None if it does."""
        return None

    def opening(self, scenario: Scenario, rounds: int | None = None) -> State:
        """Return the state before anybody has spoken; `rounds` if not as many as the scenario says."""
        return State.opening(scenario, scenario.rounds if rounds is None else rounds, one_paper=self.one_paper)

    def submit(self, state: State, party: str, action: Action) -> State:
        """Return the state after `party` does `action`.

        Raises
        ------
        IllegalAction
            Who tried what, why not, and what is possible.
        """
        verb = type(action).__name__.lower()  # a strategy from outside may return anything
        movers = self.to_move(state)
        if not movers:
            raise IllegalAction(phrase("{cannot}: {why}", cannot=cannot(party, verb), why=phrase("the talks are over")))
        if party not in state.scenario.parties and party not in (CLOCK, MEDIATOR):
            raise IllegalAction(f"{party} cannot {verb}: not a party; parties: {', '.join(state.scenario.parties)}")
        speaks = getattr(action, "talk", False) and party in state.scenario.parties
        if not speaks and party not in movers:
            raise IllegalAction(
                phrase(
                    "{cannot} now; it is the turn of {movers}",
                    cannot=cannot(party, verb),
                    movers=" or ".join(movers),
                )
            )
        kinds = self.allowed(state, party)
        if not (speaks or isinstance(action, kinds)):
            names = ", ".join(kind.kind for kind in kinds)
            raise IllegalAction(
                phrase(
                    "{cannot} under {protocol}; possible: {acts}",
                    cannot=cannot(party, verb),
                    protocol=self.name,
                    acts=names,
                )
            )
        if isinstance(action, Vote) and not isinstance(action.yes, bool):
            raise IllegalAction(f"{party} cannot vote {action.yes!r} on draft {action.paper}: a vote is yes or no")
        if why := self.refusal(state, party, action):
            raise IllegalAction(phrase("{cannot}: {why}", cannot=cannot(party, verb), why=why))
        return apply(state, Event(party, action))

    def replay(self, scenario: Scenario, events: Iterable[Event], rounds: int | None = None) -> Iterator[State]:
        """Yield the state after 0, 1, 2 ... events, each checked against the rules."""
        state = self.opening(scenario, rounds)
        yield state
        for event in events:
            state = self.submit(state, event.party, event.action)
            yield state
