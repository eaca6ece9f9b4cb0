"""A negotiator without a plan: the baseline that any other should beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.dice import Dice
from negotiation.strategies.bargainer import Bargainer
from negotiation.strategies.curves import Gains, Order, wander


@dataclass(frozen=True)
class Random(Bargainer):
    """Offers any deal that is no loss, and signs any such deal with a given chance.

    Parameters
    ----------
    accept
        The chance of signing a paper that is no loss, in [0, 1].
    """

    name: ClassVar[str] = "random"
    about: ClassVar[str] = "offers any deal that is no loss; signs one at a whim"
    accept: float = 0.3

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        if not 0 <= self.accept <= 1:
            raise ValueError(f"accept is {self.accept:g}, must be from 0 to 1")

    def rule(self, gains: Gains, order: Order, standing: int, time: float, dice: Dice) -> int:
        """A throw of the dice: sign or not, and which deal to bid."""
        return wander(gains, order, standing, self.accept, dice.uniform(), dice.uniform())

    def wanted(self, best: float, time: float) -> float:
        """Nothing beyond the floor."""
        return 0.0
