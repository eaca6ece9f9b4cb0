"""Negotiators who vote for worse texts at first, so that the talks do not stick at the first good one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.language import mark
from negotiation.strategies.concession import Linear


@dataclass(frozen=True)
class Annealer(Linear):
    """A bargainer that votes for a worse draft with a chance that falls over the rounds, and concedes evenly.

    The annealer of Klein, Faratin, Sayama and Bar-Yam (2003), with their dilemma: where the talks have many local peaks
    annealers together do better than hill climbers together, but each does better still by climbing among annealers.
    Every other negotiator here is a hill climber when it votes.

    Parameters
    ----------
    heat
        The temperature at the start of the talks, in points, falling in a straight line to 0; not below 0.
    """

    name: ClassVar[str] = "annealer"
    about: ClassVar[str] = mark("votes for worse drafts at first (single-text), else concedes at an even pace")
    heat: float = 5.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `heat` is at least 0."""
        super().__post_init__()
        if not self.heat >= 0:
            raise ValueError(f"heat is {self.heat:g}, must not be below 0")

    def temper(self, time: float) -> float:
        """Return the heat that is left."""
        return self.heat * (1.0 - time)
