"""Negotiators who concede by the clock (time-dependent tactics, Faratin, Sierra and Jennings 1998)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from negotiation.dice import Dice
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.curves import Gains, Order, concede, level


@dataclass(frozen=True)
class Linear(Bargainer):
    """Concedes at an even pace: asks for the share `1 - time ** exponent` of the best gain.

    Parameters
    ----------
    exponent
        1 is even, above 1 late, below 1 early; above 0.
    least
        Share of the best gain never given up, in [0, 1].
    """

    name: ClassVar[str] = "linear"
    about: ClassVar[str] = "concedes at an even pace"
    exponent: float = 1.0
    least: float = 0.0

    def __post_init__(self) -> None:
        """Refuse parameters that make no curve."""
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")
        if not 0 <= self.least <= 1:
            raise ValueError(f"least is {self.least:g}, must be from 0 to 1")

    def rule(self, gains: Gains, order: Order, standing: int, time: float, dice: Dice) -> int:
        """Sign at or above the level, else bid the lowest deal at or above it."""
        return concede(gains, order, standing, time, self.exponent, self.least)

    def wanted(self, best: float, time: float) -> float:
        """The level of the curve."""
        return level(best, time, self.exponent, self.least)


@dataclass(frozen=True)
class Boulware(Linear):
    """Holds firm and concedes late."""

    name: ClassVar[str] = "boulware"
    about: ClassVar[str] = "holds firm, concedes late"
    exponent: float = 4.0


@dataclass(frozen=True)
class Conceder(Linear):
    """Concedes early and then waits."""

    name: ClassVar[str] = "conceder"
    about: ClassVar[str] = "concedes early"
    exponent: float = 0.25


@dataclass(frozen=True)
class Hardliner(Linear):
    """Never concedes: always asks for its best deal."""

    name: ClassVar[str] = "hardliner"
    about: ClassVar[str] = "asks for its best deal and never moves"
    exponent: float = math.inf
