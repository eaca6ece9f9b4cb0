"""When to sign: acceptance conditions (Baarslag, Hindriks and Jonker, *Effective acceptance conditions*, 2013)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.strategies.decision_rules import NEVER, window
from negotiation.strategies.parts import Acceptance, worth_of
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class AtLevel(Acceptance):
    """Acceptance of a paper that reaches the level asked for."""

    name: ClassVar[str] = "level"
    about: ClassVar[str] = "signs what reaches the level asked for"

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the level."""
        return level


@dataclass(frozen=True)
class Next(Acceptance):
    """Acceptance of a paper worth at least the deal it would bid itself (AC_next)."""

    name: ClassVar[str] = "next"
    about: ClassVar[str] = "signs what is worth its own next bid"

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the gain of the next bid."""
        return max(worth_of(position, bid), 0.0)


@dataclass(frozen=True)
class Const(Acceptance):
    """Acceptance of a paper worth a fixed share of the best gain (AC_const)."""

    name: ClassVar[str] = "const"
    about: ClassVar[str] = "signs what is worth a fixed share of the best gain"
    share: float = 0.8

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `share` is in [0, 1]."""
        if not 0 <= self.share <= 1:
            raise ValueError(f"share is {self.share:g}, must be from 0 to 1")

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the share of the best gain."""
        return self.share * max(position.best, 0.0)


@dataclass(frozen=True)
class InTime(Acceptance):
    """Acceptance of every paper that is no loss once the time has come (AC_time), and of none before."""

    name: ClassVar[str] = "time"
    about: ClassVar[str] = "signs whatever is no loss, late in the talks"
    at: float = 0.9

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `at` is in [0, 1]."""
        if not 0 <= self.at <= 1:
            raise ValueError(f"at is {self.at:g}, must be from 0 to 1")

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return 0 from relative time `at` on, `NEVER` before."""
        return 0.0 if position.time >= self.at else NEVER


@dataclass(frozen=True)
class Combi(InTime):
    """Acceptance of a paper worth its next bid, and late also of the best it can still hope for (AC_combi, MAX^W).

    What can be hoped for is the best offer received in a window as long as the time that is left.
    """

    name: ClassVar[str] = "combi"
    about: ClassVar[str] = "signs what is worth its next bid; late, the best it has seen lately"

    def least(self, position: Position, level: float, bid: int) -> float:
        """Return the gain of the next bid, or late that of the best recent offer if that is less."""
        asked = max(worth_of(position, bid), 0.0)
        received = position.received
        if position.time < self.at or not received:
            return asked
        return min(asked, max(0.0, *received[-window(len(received), position.time) :], 0.0))
