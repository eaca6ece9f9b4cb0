"""Par: what agents got in somebody's chair, and where a result lies among theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

Grade: TypeAlias = Literal["far above", "above", "at", "below", "far below"]

OUTER, INNER = 0.9, 0.6
"""The share of the agents with fewer points, equal ones by half, from which on a result is far above par, and above it."""


@dataclass(frozen=True)
class Par:
    """The points of a seat, delay taken off, in games that agents played in it; `points` in any order."""

    points: Sequence[float]

    @cached_property
    def ordered(self) -> tuple[float, ...]:
        """Return the points, the fewest first."""
        return tuple(sorted(self.points))

    @property
    def games(self) -> int:
        """Return how many games were played."""
        return len(self.points)

    @property
    def low(self) -> float:
        """Return the points below which one in ten of the agents ended."""
        return self._at(0.1)

    @property
    def high(self) -> float:
        """Return the points above which one in ten of the agents ended."""
        return self._at(0.9)

    @property
    def middle(self) -> float:
        """Return the median."""
        return self._at(0.5)

    def _at(self, share: float) -> float:
        return round(float(np.quantile(self.ordered, share)), 9)

    def fewer(self, mine: float) -> int:
        """Return how many agents got fewer points than this."""
        return sum(round(one - mine, 6) < 0 for one in self.points)

    def equal(self, mine: float) -> int:
        """Return how many agents got as many points as this."""
        return sum(not round(one - mine, 6) for one in self.points)

    def grade(self, mine: float) -> Grade:
        """Return where a result lies among those of the agents.

        Examples
        --------
        >>> [Par([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).grade(mine) for mine in (11, 8, 5.5, 4, 0)]
        ['far above', 'above', 'at', 'below', 'far below']
        """
        share = round((self.fewer(mine) + self.equal(mine) / 2) / self.games, 9)
        if share >= OUTER:
            return "far above"
        if share >= INNER:
            return "above"
        return "at" if share > round(1 - INNER, 9) else "below" if share > round(1 - OUTER, 9) else "far below"
