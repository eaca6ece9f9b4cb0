"""A negotiator that acts at random: the baseline that any other should beat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.decision_rules import NEVER, random_deal
from negotiation.strategies.frequency import NoModel
from negotiation.strategies.parts import Acceptance, Bidding, Model
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class RandomBidding(Bidding):
    """A bidding of any deal that is no loss."""

    name: ClassVar[str] = "whim"
    about: ClassVar[str] = "any deal that is no loss, by chance"

    def level(self, position: Position) -> float:
        """Return 0: whatever is no loss will do."""
        return 0.0

    def bid(self, position: Position) -> int:
        """Return a deal that is no loss, chosen by a uniform draw."""
        return random_deal(position.gains, position.order, position.draws[1], position.delay)


@dataclass(frozen=True)
class RandomAcceptance(Acceptance):
    """Acceptance of a paper that is no loss with a given chance.

    Parameters
    ----------
    chance
        In [0, 1].
    """

    name: ClassVar[str] = "whim"
    about: ClassVar[str] = "signs what is no loss, by chance"
    chance: float = 0.3

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return 0 with probability `chance`, else `NEVER`."""
        return 0.0 if position.draws[0] < self.chance else NEVER


@dataclass(frozen=True)
class Random(Bargainer):
    """A bargainer that offers any deal that is no loss, and signs any such paper with a given chance.

    Parameters
    ----------
    chance
        The chance of signing a paper that is no loss, in [0, 1].
    """

    name: ClassVar[str] = "random"
    about: ClassVar[str] = mark("offers any deal that is no loss; signs one at a whim")
    yields: ClassVar[bool] = False
    chance: float = 0.3

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `chance` is in [0, 1]."""
        if not 0 <= self.chance <= 1:
            raise ValueError(f"chance is {self.chance:g}, must be from 0 to 1")

    @cached_property
    def bidding(self) -> Bidding:
        """Return the rule that bids any deal that is no loss."""
        return RandomBidding()

    @cached_property
    def model(self) -> Model:
        """Return no model of the others."""
        return NoModel()

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance by chance."""
        return RandomAcceptance(self.chance)
