"""Opponents that no model of the others describes: a player of moods, and one that pretends to be of another type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from negotiation.actions import Accept, Action, Pass
from negotiation.case import Role
from negotiation.dice import Dice
from negotiation.strategies import Strategy, strategy
from negotiation.view import View

MOODS = ("boulware", "conceder", "random", "linear")
"""How a moody player may feel."""


@dataclass(frozen=True)
class Moody(Strategy):
    """A player as erratic as people can be: each turn in another mood, firm, soft, even or blind.

    Parameters
    ----------
    steady
        Its chance of feeling as it did at the beginning, in [0, 1].
    """

    name: ClassVar[str] = "moody"
    about: ClassVar[str] = "each turn in another mood: firm, soft, even or blind"
    steady: float = 0.4

    def decide(self, view: View, dice: Dice) -> Action:
        """Return what a player in the mood of this turn does."""
        first = dice.at(0).below(len(MOODS))
        mood = first if dice.uniform() < self.steady else dice.below(len(MOODS))
        return strategy(MOODS[mood]).decide(view, dice)


@dataclass(frozen=True)
class Pretender(Strategy):
    """A liar by deeds: makes offers as another type of its party would, until it is time to be itself.

    It signs by its own score sheet only.

    Parameters
    ----------
    inner
        How it plays.
    role
        Whom it pretends to be.
    until
        Relative time at which it stops, in [0, 1].
    """

    name: ClassVar[str] = "pretender"
    about: ClassVar[str] = "offers what another type of its party would"
    inner: Strategy
    role: Role
    until: float = 0.6

    def decide(self, view: View, dice: Dice) -> Action:
        """Return an offer of the other type, later its own act; it signs nothing while it pretends."""
        if view.time >= self.until:
            return self.inner.decide(view, dice)
        act = self.inner.decide(replace(view, role=self.role), dice)
        return Pass(view.due[0] if view.state.one_paper else "") if isinstance(act, Accept) else act
