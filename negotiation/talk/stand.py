"""Where one stands at a table: the arrays from which an answer is made, and the deals that come nearest to what was said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.moves import Term
from negotiation.preferences import Scores
from negotiation.table import Deal, Table

TOLERANCE = 1e-9
"""Points within which two gains count as equal."""


@dataclass(frozen=True, eq=False)
class Stand:
    """One open table through the eyes of one party.

    Attributes
    ----------
    points
        Its own points of every option, in the order of the issues.
    gains
        What every deal gains it over leaving the table unsigned, shape (deals,).
    possible
        Which deals it could sign now, shape (deals,).
    asked, floor
        The gain that it asks for now, and the one below which a deal is a loss.
    liking
        How much it thinks the others like each deal, shape (deals,); None if it knows nothing of them.
    alternative
        Whether it has another partner, or another way, for what the table is about.
    """

    table: Table
    points: tuple[tuple[float, ...], ...]
    gains: Scores
    possible: npt.NDArray[np.bool_]
    asked: float
    floor: float = 0.0
    liking: Scores | None = None
    alternative: bool = False

    @cached_property
    def enough(self) -> npt.NDArray[np.bool_]:
        """Return which deals reach what is asked for, shape (deals,); the best ones if none does, none if all are a loss."""
        most = float(self.gains[self.possible].max()) if self.possible.any() else self.floor
        return self.possible & (self.gains >= max(min(self.asked, most), self.floor) - TOLERANCE)

    def among(self, free: npt.NDArray[np.bool_]) -> Stand:
        """Return the same where only some deals are free, shape (deals,)."""
        return replace(self, possible=self.possible & free)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """Return by issue, the points between its best and its worst option."""
        return tuple(max(points) - min(points) for points in self.points)

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """Return the issues by what is at stake, the most first, equal ones in their order."""
        return tuple(sorted(range(len(self.weights)), key=lambda k: -self.weights[k]))

    @cached_property
    def cheapest(self) -> int:
        """Return the issue with the least at stake of those at which anything is."""
        return next((k for k in reversed(self.ranked) if self.weights[k] > 0), self.ranked[0])

    def options(self, issue: int) -> list[int]:
        """Return the options of an issue that some possible deal takes, the best for oneself first."""
        found = np.unique(self.table.grid[issue][self.possible]).tolist()
        return sorted(found, key=lambda option: -self.points[issue][option])

    def term(self, issue: int, option: int | None = None) -> Term:
        """Return an issue, or an option of it, as a move names it."""
        there = self.table.issues[issue]
        return Term(self.table.name, there.name, "" if option is None else there.options[option])

    def terms(self, deal: Deal, issues: Iterable[int] | None = None) -> tuple[Term, ...]:
        """Return the options of a deal, of some issues only if they are given."""
        return tuple(self.term(k, deal[k]) for k in (range(len(deal)) if issues is None else issues))

    def keeping(self, wanted: Mapping[int, Collection[int]]) -> npt.NDArray[np.bool_]:
        """Return which deals take one of the options wanted at every issue, shape (deals,)."""
        kept: npt.NDArray[np.bool_] = self._broken(wanted) == 0
        return kept

    def _broken(self, wanted: Mapping[int, Collection[int]]) -> npt.NDArray[np.int64]:
        broken = np.zeros(self.table.size, dtype=np.int64)
        for k, options in wanted.items():
            broken += ~np.isin(self.table.grid[k], list(options))
        return broken

    def best(self, among: npt.NDArray[np.bool_]) -> Deal | None:
        """Return the deal that gains most of those in the half that the others like better; None if there is none."""
        numbers = np.flatnonzero(among)
        if not len(numbers):
            return None
        if self.liking is not None:
            likes = self.liking[numbers]
            numbers = numbers[likes >= np.sort(likes)[len(likes) // 2] - TOLERANCE]
        return self.table.deal(int(numbers[np.argmax(self.gains[numbers])]))

    def nearest(self, wanted: Mapping[int, Collection[int]]) -> Deal | None:
        """Return the deal that reaches what is asked for and breaks the fewest wishes; None if nothing is possible.

        Of equals the one that the others like best, then the one that gains most, then the first.
        """
        numbers = np.flatnonzero(self.enough)
        if not len(numbers):
            return None
        likes = np.zeros(len(numbers)) if self.liking is None else self.liking[numbers]
        first = np.lexsort((-self.gains[numbers], -likes, self._broken(wanted)[numbers]))[0]
        return self.table.deal(int(numbers[first]))

    def costliest(self, theirs: Deal, ours: Deal, issues: Iterable[int]) -> int:
        """Return the issue of these that costs most if theirs holds instead of ours."""
        return max(issues, key=lambda k: self.points[k][ours[k]] - self.points[k][theirs[k]])
