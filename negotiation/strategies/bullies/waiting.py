"""Those who wait: they give nothing, and take in the last rounds what lies there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from negotiation.actions import Say
from negotiation.dice import Dice
from negotiation.language import mark
from negotiation.strategies.acceptance import InTime
from negotiation.strategies.bullies.base import Bully, check_share
from negotiation.strategies.decision_rules import NEVER, NOTHING
from negotiation.strategies.frequency import NoModel
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.position import Position
from negotiation.strategies.time_based import Polynomial
from negotiation.view import View


@dataclass(frozen=True)
class Silence(Bidding):
    """A bidding that never bids."""

    name: ClassVar[str] = "silence"
    about: ClassVar[str] = "never bids"

    def level(self, position: Position) -> float:
        """Return `NEVER`: nothing is asked for."""
        return NEVER

    def bid(self, position: Position) -> int:
        """Return `NOTHING`."""
        return NOTHING


@dataclass(frozen=True)
class Silent(Bully):
    """One who never offers and never speaks, and signs in the last round the best of what lies there, if it is no loss."""

    name: ClassVar[str] = "silent"
    about: ClassVar[str] = mark("never offers; signs what lies there in the last round")

    @cached_property
    def bidding(self) -> Bidding:
        """Return silence."""
        return Silence()

    @cached_property
    def model(self) -> Model:
        """Return no model of the others."""
        return NoModel()

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of nothing before the talks are about to end."""
        return InTime(1.0)

    def speak(self, view: View, asked: tuple[int, ...], dice: Dice) -> Say | None:
        """Return None."""
        return None


@dataclass(frozen=True)
class Staller(Silent):
    """One who asks for its best once and lets the time go by, then signs the best of what lies there.

    Parameters
    ----------
    at
        The relative time from which it signs whatever is no loss, in [0, 1].
    """

    name: ClassVar[str] = "staller"
    about: ClassVar[str] = mark("asks for its best, lets the time go by, and signs late what lies there")
    at: float = 0.9

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `at` is in [0, 1]."""
        super().__post_init__()
        check_share(self.at, "at")

    @cached_property
    def bidding(self) -> Bidding:
        """Return its best deal, always."""
        return Polynomial(math.inf)

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of whatever is no loss, late."""
        return InTime(self.at)
