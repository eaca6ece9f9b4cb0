"""Any curve by the clock: what a search for the best answer to others turns over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.strategies.bullies.base import check_share
from negotiation.strategies.decision_rules import share_of_best
from negotiation.strategies.parts import Bidding
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class Curve(Bidding):
    """A bidding that comes down by the clock from a share of the best gain to another one.

    Parameters
    ----------
    start, least
        Shares of the best gain at the beginning and at the end, in [0, 1].
    exponent
        1 is even, above 1 late, below 1 early; above 0.
    """

    name: ClassVar[str] = "curve"
    about: ClassVar[str] = "by the clock, from one share of the best gain to another"
    start: float = 1.0
    least: float = 0.4
    exponent: float = 8.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless the shares are in [0, 1] and `exponent` is above 0."""
        check_share(self.start, "start")
        check_share(self.least, "least")
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")

    def level(self, position: Position) -> float:
        """Return the level of the curve."""
        given = position.time**self.exponent
        return share_of_best(position.best, self.start + (self.least - self.start) * given)
