"""Bidding by the clock (time-dependent tactics, Faratin, Sierra and Jennings 1998)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.strategies.behaviour_rules import approached, hybrid
from negotiation.strategies.decision_rules import exponential, level, quadratic
from negotiation.strategies.parts import Bidding
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class Polynomial(Bidding):
    """A bidding that asks for the share `1 - time ** exponent` of the best gain.

    Parameters
    ----------
    exponent
        1 is even, above 1 late (boulware), below 1 early (conceder); above 0.
    least
        Share of the best gain never given up, in [0, 1].
    """

    name: ClassVar[str] = "time"
    about: ClassVar[str] = "concedes by the clock, along a power of time"
    exponent: float = 1.0
    least: float = 0.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `exponent` is above 0 and `least` in [0, 1]."""
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")
        if not 0 <= self.least <= 1:
            raise ValueError(f"least is {self.least:g}, must be from 0 to 1")

    def level(self, position: Position) -> float:
        """Return the level of the curve."""
        return level(position.best, position.time, self.exponent, self.least)


@dataclass(frozen=True)
class Exponential(Bidding):
    """A bidding that asks for the share `1 - start ** ((1 - time) ** exponent)` of the best gain.

    Parameters
    ----------
    exponent
        Above 1 concedes early, below 1 late; above 0.
    start
        Share given up at the beginning, in (0, 1).
    """

    name: ClassVar[str] = "exponential"
    about: ClassVar[str] = "concedes by the clock, along an exponential curve"
    exponent: float = 1.0
    start: float = 0.05

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `exponent` is above 0 and `start` in (0, 1)."""
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")
        if not 0 < self.start < 1:
            raise ValueError(f"start is {self.start:g}, must be between 0 and 1")

    def level(self, position: Position) -> float:
        """Return the level of the curve."""
        return exponential(position.best, position.time, self.exponent, self.start)


@dataclass(frozen=True)
class Quadratic(Bidding):
    """A bidding along a quadratic curve from `first` over `middle` to `last` shares of the best gain.

    The three numbers can be fitted to any party's offers.
    """

    name: ClassVar[str] = "quadratic"
    about: ClassVar[str] = "concedes by the clock, along a quadratic curve"
    first: float = 0.95
    middle: float = 0.8
    last: float = 0.4

    def level(self, position: Position) -> float:
        """Return the level of the curve."""
        return quadratic(position.best, position.time, self.first, self.middle, self.last)


@dataclass(frozen=True)
class Hybrid(Bidding):
    """A bidding that follows the clock at first and the others later (Keskin, Çakan and Aydoğan 2021).

    The time part is a quadratic curve from `first` over `middle` to `last` shares of the best gain. The behaviour
    part comes down from the best gain by the share `answer` of the points by which the others have come up since
    their first offer, the latest offer counting twice as much as the one before. It weighs `time ** 2`.
    """

    name: ClassVar[str] = "hybrid"
    about: ClassVar[str] = "by the clock at first, by what the others do later"
    first: float = 0.95
    middle: float = 0.8
    last: float = 0.4
    answer: float = 0.7

    def level(self, position: Position) -> float:
        """Return the two parts, weighed by time."""
        by_time = quadratic(position.best, position.time, self.first, self.middle, self.last)
        received = position.received
        if len(received) < 3:
            return by_time
        came = approached(received[0], received[-2], received[-1])
        return hybrid(position.best, by_time, came, self.answer, position.time)
