"""Bidding by behaviour: concessions are answered in kind (behaviour-dependent, Faratin and others 1998)."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from negotiation.strategies.behaviour_rules import (
    absolute_tit_for_tat,
    gain_at_nash_point,
    nice_tit_for_tat,
    relative_tit_for_tat,
    stepwise,
)
from negotiation.strategies.parts import Bidding
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class TitForTat(Bidding):
    """A bidding that comes down from the best gain as the others have come up; of several answers, the mean.

    Parameters
    ----------
    lag
        The offer of theirs that is answered, counted from the latest, at least 1.
    """

    lag: int = 1

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `lag` is at least 1."""
        if self.lag < 1:
            raise ValueError(f"lag is {self.lag}, must be at least 1")

    def level(self, position: Position) -> float:
        """Return the mean of the answers to all who have offered more than `lag` deals; until then the best gain."""
        total, count = 0.0, 0
        for deals in position.talk.theirs.values():
            if len(deals) > self.lag:
                total += self.answer(position, [float(position.gains[deal]) for deal in deals])
                count += 1
        return total / count if count else max(position.best, 0.0)

    @abstractmethod
    def answer(self, position: Position, seen: list[float]) -> float:
        """Return the gain to ask of one other party, given the gains of all its offers to me, oldest first."""


@dataclass(frozen=True)
class Relative(TitForTat):
    """A bidding that comes down by the proportion in which they have come up."""

    name: ClassVar[str] = "relative"
    about: ClassVar[str] = "tit for tat in proportion"

    def answer(self, position: Position, seen: list[float]) -> float:
        """Return the gain to ask, in proportion to their concession."""
        return relative_tit_for_tat(position.best, seen[0], seen[-self.lag])


@dataclass(frozen=True)
class Absolute(TitForTat):
    """A bidding that comes down by as many points as they have come up, give or take a little by chance.

    Parameters
    ----------
    noise
        Largest chance change, as a share of the best gain, in [0, 1].
    """

    name: ClassVar[str] = "absolute"
    about: ClassVar[str] = "tit for tat in points, with a little chance"
    noise: float = 0.02

    def answer(self, position: Position, seen: list[float]) -> float:
        """Return the gain to ask: the best gain less the points of their concession, give or take by chance."""
        chance = (2.0 * position.draws[0] - 1.0) * self.noise * position.best
        return absolute_tit_for_tat(position.best, seen[0], seen[-self.lag], chance)


@dataclass(frozen=True)
class Averaged(TitForTat):
    """A bidding that comes down in proportion to them, on average over their last `lag` offers."""

    name: ClassVar[str] = "averaged"
    about: ClassVar[str] = "tit for tat in proportion, averaged over a window"
    lag: int = 3

    def answer(self, position: Position, seen: list[float]) -> float:
        """Return the mean of the window in proportion."""
        total = 0.0
        for gain in seen[-self.lag :]:
            total += gain
        return relative_tit_for_tat(position.best, seen[0], total / self.lag)


@dataclass(frozen=True)
class Nice(Bidding):
    """Tit for tat towards the estimated Nash point (Baarslag, Hindriks and Jonker 2013).

    Measures how far the others have come from their first offer towards the point that the model of them thinks
    fairest (largest product of my gain and their estimated utility), and comes down as far from the best gain. Without a
    model it takes half the best gain for that point.
    """

    name: ClassVar[str] = "nice"
    about: ClassVar[str] = "concedes towards the fair point as far as the others do"

    def level(self, position: Position) -> float:
        """Return the gain to ask: as far down towards the Nash point as they have come up."""
        received = position.received
        if not received or position.best <= 0:
            return max(position.best, 0.0)
        nash = _nash(position)
        return max(nice_tit_for_tat(position.best, nash, received[0], max(received), position.time), 0.0)


def _nash(position: Position) -> float:
    """Return the fair point as the model sees it; without one half the best gain."""
    estimated_utility = position.estimated_utility
    if estimated_utility is None:
        return position.best / 2
    return float(gain_at_nash_point(position.gains, sorted(position.order.tolist()), estimated_utility, position.best))


@dataclass(frozen=True)
class TradeOff(Bidding):
    """A bidding that looks for another deal of equal worth before it concedes (Faratin, Sierra and Jennings 2002).

    Stays on its own indifference curve, choosing there the deal of the highest estimated utility to the others, as long as
    their offers get better for it; when they do not, it comes down a step.

    Parameters
    ----------
    step
        The step down when talks stall, as a share of the best gain, in (0, 1].
    """

    name: ClassVar[str] = "tradeoff"
    about: ClassVar[str] = "varies its offer at the same worth; concedes a step when talks stall"
    step: float = 0.08

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `step` is in (0, 1]."""
        if not 0 < self.step <= 1:
            raise ValueError(f"step is {self.step:g}, must be above 0 and at most 1")

    def level(self, position: Position) -> float:
        """Return the best gain, less a step for each of their offers that was no better for me than all before it."""
        return stepwise(position.best, position.received, self.step)
