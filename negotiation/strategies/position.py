"""One table as a bidding rule sees it: arrays and numbers, each computed on first use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.preferences import Scores
from negotiation.strategies.decision_rules import Gains, Order


@dataclass(frozen=True, eq=False)
class Talk:
    """The deals that each party has offered at a table so far.

    Attributes
    ----------
    mine
        The deals I have offered, oldest first.
    theirs
        The deals each other party has offered, oldest first, by party in the order of their first offers.
    all_theirs
        The deals of all other parties, in the order in which they were offered.
    lying
        Deals of mine that still lie on the table.
    """

    mine: tuple[int, ...] = ()
    theirs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    all_theirs: tuple[int, ...] = ()
    lying: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Position:
    """One table through the eyes of one party.

    Attributes
    ----------
    gains
        Points of every deal over leaving the table unsigned, shape (deals,).
    order
        The deals that may be bid, ascending by gain, equal gains in deal order.
    time
        Relative time in (0, 1].
    rounds
        How many rounds there are in all.
    floor
        The gain below which nothing is bid: `delay`, or what could be had at once by signing a paper that lies there.
    delay
        What a signature in this round costs in delay: the gain below which it is a loss, see `State.rounds_more`.
    grid
        The option that every deal takes, shape (issues, deals).
    replaceable
        Whether a paper lies there that does without me.
    others
        How many other parties sit there.
    read, guess, fear, throw
        The functions that give `talk`, `estimated_utility`, `least_gain` and the two `draws` of this turn on demand.
    """

    gains: Gains
    order: Order
    time: float
    rounds: int
    floor: float
    delay: float
    grid: npt.NDArray[np.int16]
    replaceable: bool
    others: int
    read: Callable[[], Talk]
    guess: Callable[[], Scores | None]
    fear: Callable[[], Scores | None]
    throw: Callable[[], tuple[float, float]]

    @cached_property
    def best(self) -> float:
        """Return the largest gain that is possible; below 0 if there is none."""
        return float(self.gains[self.order[-1]]) if len(self.order) else -1.0

    @cached_property
    def draws(self) -> tuple[float, float]:
        """Return two uniform draws in [0, 1)."""
        return self.throw()

    @cached_property
    def talk(self) -> Talk:
        """Return the offers made here so far."""
        return self.read()

    @cached_property
    def estimated_utility(self) -> Scores | None:
        """Return the estimated mean utility of every deal to those who would have to sign, shape (deals,), or None."""
        return self.guess()

    @cached_property
    def least_gain(self) -> Scores | None:
        """Return the estimated gain of the needed signer that gains least, by deal: 1 its best, below 0 a loss; see `signers`."""
        return self.fear()

    @property
    def liking(self) -> Scores | None:
        """Return `estimated_utility`, for agents of users that were written while it had this name."""
        return self.estimated_utility

    @cached_property
    def received(self) -> tuple[float, ...]:
        """Return the gains of the others' offers to me, oldest first."""
        return tuple(float(self.gains[deal]) for deal in self.talk.all_theirs)
