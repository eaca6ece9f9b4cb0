"""People as scripts: a naive one who gives way, and a good one who trades honestly; for stallers see `waiting`, for firm ones `anchors`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.bullies.base import Bully, check_share
from negotiation.strategies.frequency import NoModel
from negotiation.strategies.parts import Acceptance, Bidding, Model, worth_of
from negotiation.strategies.position import Position
from negotiation.strategies.reputation import Reputation
from negotiation.strategies.time_based import Polynomial
from negotiation.talk.answers import Candour


@dataclass(frozen=True)
class Enough(Acceptance):
    """Acceptance of a paper worth its next bid, or a good share of the best gain: people do not wait for the last point.

    Parameters
    ----------
    share
        The share of the best gain that is enough, in [0, 1].
    """

    name: ClassVar[str] = "enough"
    about: ClassVar[str] = "signs what is worth its next bid, or a good share of the best gain"
    share: float = 0.5

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `share` is in [0, 1]."""
        check_share(self.share)

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the gain of the next bid, or the share of the best gain if that is less."""
        return max(0.0, min(worth_of(position, bid), self.share * position.best))


@dataclass(frozen=True)
class Naive(Bully):
    """One that gives way early on everything, looks at nobody's wishes, and signs the first paper that seems all right."""

    name: ClassVar[str] = "naive"
    about: ClassVar[str] = mark("gives way early on everything, and signs what seems all right")
    candour: Candour = field(default="candid", kw_only=True)

    @cached_property
    def bidding(self) -> Bidding:
        """Return a curve that falls early."""
        return Polynomial(0.4)

    @cached_property
    def model(self) -> Model:
        """Return no model of the others."""
        return NoModel()

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of a third of the best gain."""
        return Enough(0.33)


@dataclass(frozen=True)
class Trader(Bully):
    """A good, honest negotiator: answers truly, asks, opens high, comes down evenly to what is well above its walk-away.

    Of the deals that would do it offers what the others are thought to like most (log-rolling), and it signs what is
    worth its next bid or a good share of its best.

    Parameters
    ----------
    least
        Share of the best gain below which it makes no offers, in [0, 1]; it signs less only in the last round.
    enough
        Share of the best gain that it signs at any time, in [0, 1].
    """

    name: ClassVar[str] = "trader"
    about: ClassVar[str] = mark("a good, honest negotiator: asks, trades, signs what is well above its walk-away")
    least: float = 0.25
    enough: float = 0.6
    candour: Candour = field(default="candid", kw_only=True)

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `least` and `enough` are in [0, 1]."""
        super().__post_init__()
        check_share(self.least, "least")
        check_share(self.enough, "enough")

    @cached_property
    def bidding(self) -> Bidding:
        """Return a curve that falls a little late, to the least it offers."""
        return Polynomial(1.5, self.least)

    @cached_property
    def model(self) -> Model:
        """Return the model that also knows what everybody would guess."""
        return Reputation()

    @cached_property
    def accept(self) -> Acceptance:
        """Return acceptance of what is enough."""
        return Enough(self.enough)
