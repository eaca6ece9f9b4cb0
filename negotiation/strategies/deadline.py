"""Bidding with the deadline in view: firm until the last rounds, and no refused offer twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from negotiation.strategies.decision_rules import favourite, level
from negotiation.strategies.parts import Bidding
from negotiation.strategies.position import Position

EARLIEST = 1.5
"""The exponent of the curve in very short talks."""


@dataclass(frozen=True)
class DeadlineBidding(Bidding):
    """A bidding that comes down over the last few rounds, and tries out equally good deals before.

    Asks for the share `1 - time ** (rounds / haste)` of the best gain, so that half of the way down takes about the
    last `0.7 * haste` rounds (in very short talks a little more). Of the deals at or above that level it offers the one that the
    others are thought to like most among those that it has not offered in vain: a new offer tells the others something,
    and moves those who answer step for step (MiCRO). What still lies on the table is not in vain.

    Parameters
    ----------
    haste
        Rounds, above 0.
    """

    name: ClassVar[str] = "late"
    about: ClassVar[str] = "firm until the last rounds, each offer a new one"
    haste: float = 8.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `haste` is above 0."""
        if not self.haste > 0:
            raise ValueError(f"haste is {self.haste:g}, must be above 0")

    def level(self, position: Position) -> float:
        """Return the level of the curve."""
        return level(position.best, position.time, self.exponent(position.rounds), 0.0)

    def exponent(self, rounds: int) -> float:
        """Return the exponent of the curve in talks of so many rounds."""
        return max(rounds / self.haste, EARLIEST)

    def bid(self, position: Position) -> int:
        """Return the deal of the highest estimated utility among those not yet offered in vain, or else such a one."""
        known = position.estimated_utility
        estimated_utility = np.zeros(len(position.gains)) if known is None else known.copy()
        talk = position.talk
        estimated_utility[[deal for deal in talk.mine if deal not in talk.lying]] -= 2.0
        return favourite(position.gains, position.order, max(self.level(position), position.floor), estimated_utility)
