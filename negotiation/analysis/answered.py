"""Who is met with silence: what wants an answer in a game, how much of it gets one in the same round, and who says why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from negotiation.actions import Event, Offer, Say, Tick
from negotiation.moves import Obstacle, Refuse, Sketch
from negotiation.rules import apply
from negotiation.state import State
from negotiation.unanswered import unanswered

REASONS = (Obstacle, Refuse, Sketch)
"""Moves that say why not, or what would help."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What wanted an answer, once for each party that owed one, what of it got one in the same round, and one with a reason."""

    wanted: int = 0
    given: int = 0
    why: int = 0

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.wanted + other.wanted, self.given + other.given, self.why + other.why)

    @property
    def share(self) -> float | None:
        """Return the share that got an answer; None if nothing wanted one."""
        return self.given / self.wanted if self.wanted else None

    @property
    def reasons(self) -> float | None:
        """Return the share of what wanted an answer that got one with a reason; None if nothing wanted one."""
        return self.why / self.wanted if self.wanted else None


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to offers, and to words."""

    offers: Answers
    words: Answers

    @property
    def all(self) -> Answers:
        """Return both together."""
        return self.offers + self.words


def answered(opening: State, events: Iterable[Event], parties: Collection[str]) -> Answered:
    """Return how far these parties answered what was offered and said to them (see `unanswered`).

    A signature, an offer at the table, a word, or leaving the table are answers. What became void before its answer (a table
    was closed, or a paper lapsed, by another; another answered for all) wants none any more; nor does, yet, what is still
    open in a round that has not ended.

    Raises
    ------
    IllegalAction
        When the log breaks the rules.
    """
    counts = {True: Answers(), False: Answers()}
    state, open_ = opening, set[tuple[str, int]]()
    for event in events:
        state = apply(state, event)
        owed = unanswered(state, parties)
        now = {(party, seq) for party in parties for seq in (*owed[party].words, *owed[party].offers)}
        for party, seq in open_ - now:
            offer = isinstance(state.events[seq].action, Offer)
            if party == event.party:
                counts[offer] += Answers(1, 1, int(_reason(event)))
            elif isinstance(event.action, Tick):
                counts[offer] += Answers(1)
        open_ = now
    return Answered(counts[True], counts[False])


def _reason(event: Event) -> bool:
    return isinstance(event.action, Say) and any(isinstance(move, REASONS) for move in event.action.moves)
