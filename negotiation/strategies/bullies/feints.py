"""Feints: asking for what one does not want, and giving what one takes back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.acceptance import Const
from negotiation.strategies.bullies.base import Bully, check_share
from negotiation.strategies.decision_rules import favourite, level
from negotiation.strategies.parts import Acceptance, Bidding, choose
from negotiation.strategies.position import Position
from negotiation.strategies.time_based import Polynomial


@dataclass(frozen=True)
class FeintBidding(Polynomial):
    """A bidding that asks at first for what the others are thought to want, too, so as to have something to give.

    Of the deals at or above the curve it bids the one that the others are thought to like least; from `until` on, most.

    Parameters
    ----------
    until
        The relative time at which it turns round, in [0, 1].
    """

    name: ClassVar[str] = "feint"
    about: ClassVar[str] = "asks at first for what the others want, to have something to give"
    exponent: float = 4.0
    until: float = 0.5

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `until` is in [0, 1] and the rest makes a curve."""
        super().__post_init__()
        check_share(self.until, "until")

    def bid(self, position: Position) -> int:
        """Return the deal that the others like least among those it may ask for, later the one they like most."""
        if position.time >= self.until:
            return choose(position, self.level(position))
        known = position.estimated_utility
        dislike = -position.gains / max(position.best, 1.0) if known is None else -known
        return favourite(position.gains, position.order, max(self.level(position), position.floor), dislike)


@dataclass(frozen=True)
class Feint(Bully):
    """One that asks high for what others want and it does not need, and gives it up as if it were dear."""

    name: ClassVar[str] = "feint"
    about: ClassVar[str] = mark("asks high for what others want, and gives it up as if it were dear")
    least: float = 0.2

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `least` is in [0, 1]."""
        super().__post_init__()
        check_share(self.least, "least")

    @cached_property
    def bidding(self) -> Bidding:
        """Return the feint."""
        return FeintBidding(least=self.least)


@dataclass(frozen=True)
class TakeBack(Polynomial):
    """A bidding in which every second offer is its best deal again: what it gave, it takes back."""

    name: ClassVar[str] = "takeback"
    about: ClassVar[str] = "by the clock, but every second offer is its best deal again"
    exponent: float = 0.5
    least: float = 0.4

    def level(self, position: Position) -> float:
        """Return the curve after an even number of own offers, else the best gain."""
        if len(position.talk.mine) % 2:
            return max(position.best, 0.0)
        return level(position.best, position.time, self.exponent, self.least)


@dataclass(frozen=True)
class Zigzag(Bully):
    """One that moves and takes it back, again and again, so that others move towards it; it signs a share of its best.

    Parameters
    ----------
    share
        Share of the best gain at which it signs, and below which it never moves, in [0, 1].
    """

    name: ClassVar[str] = "zigzag"
    about: ClassVar[str] = mark("moves and takes it back, again and again")
    share: float = 0.4

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `share` is in [0, 1]."""
        super().__post_init__()
        check_share(self.share)

    @cached_property
    def bidding(self) -> Bidding:
        """Return the moves that are taken back."""
        return TakeBack(least=self.share)

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of a share of its best."""
        return Const(self.share)
