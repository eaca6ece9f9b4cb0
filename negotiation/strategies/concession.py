"""Negotiators who concede by the clock (time-dependent tactics, Faratin, Sierra and Jennings 1998)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.acceptance import AtLevel
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.frequency import NoModel
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.time_based import Polynomial


@dataclass(frozen=True)
class Linear(Bargainer):
    """A bargainer that concedes evenly: asks for the share `1 - time ** exponent` of the best gain.

    Parameters
    ----------
    exponent
        1 is even, above 1 late, below 1 early; above 0.
    least
        Share of the best gain never given up, in [0, 1].
    """

    name: ClassVar[str] = "linear"
    about: ClassVar[str] = mark("concedes at an even pace")
    exponent: float = 1.0
    least: float = 0.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `exponent` and `least` make a curve."""
        Polynomial(self.exponent, self.least)

    @cached_property
    def bidding(self) -> Bidding:
        """Return the curve; the lowest deal at or above it."""
        return Polynomial(self.exponent, self.least)

    @cached_property
    def model(self) -> Model:
        """Return no model of the others."""
        return NoModel()

    @cached_property
    def accept(self) -> Acceptance:
        """At or above the curve."""
        return AtLevel()


@dataclass(frozen=True)
class Boulware(Linear):
    """A bargainer that holds firm and concedes late."""

    name: ClassVar[str] = "boulware"
    about: ClassVar[str] = mark("holds firm, concedes late")
    exponent: float = 4.0


@dataclass(frozen=True)
class Conceder(Linear):
    """A bargainer that concedes early and then waits."""

    name: ClassVar[str] = "conceder"
    about: ClassVar[str] = mark("concedes early")
    exponent: float = 0.25


@dataclass(frozen=True)
class Hardliner(Linear):
    """Never concedes: always asks for its best deal, to the very end."""

    name: ClassVar[str] = "hardliner"
    about: ClassVar[str] = mark("asks for its best deal and never moves")
    yields: ClassVar[bool] = False
    exponent: float = math.inf
