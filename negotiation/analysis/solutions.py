"""The points of a frontier that bargaining theory singles out, ties and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import TOLERANCE, Mask, Points

SOLUTIONS = {
    "nash": "the largest product of gains",
    "kalai_smorodinsky": "the largest share of the possible gain that everybody reaches",
    "egalitarian": "the largest gain that everybody reaches",
    "utilitarian": "the largest sum of points",
}
"""What each solution maximises, in words."""


@dataclass(frozen=True)
class Solution:
    """What a solution concept picks: its value there, and all rows that attain it (more than one: a tie)."""

    value: float
    rows: tuple[int, ...]


def rational(points: Points, disagreement: Sequence[float]) -> Mask:
    """Which rows give everybody at least the disagreement point."""
    return np.asarray((points >= np.asarray(disagreement) - TOLERANCE).all(axis=1))


def ideal(points: Points, disagreement: Sequence[float]) -> Points:
    """The most that each party gets on a frontier where nobody is below the disagreement point."""
    best: Points = points[rational(points, disagreement)].max(axis=0)
    return best


def solutions(
    points: Points, disagreement: Sequence[float], best: Sequence[float] | Points | None = None
) -> dict[str, Solution]:
    """The solutions of a bargaining problem by name, as in SOLUTIONS; empty if somebody is always worse off than without.

    Nash (1950) maximises the product of gains over the disagreement point; Kalai and Smorodinsky (1975) the smallest
    ratio of gain to ideal gain; the egalitarian solution (Kalai 1977) the smallest gain; the utilitarian one the sum
    of points. Only rows that give everybody at least the disagreement point count. Values within 1e-9 of the best
    (relative, for products) are ties.

    Parameters
    ----------
    points
        A frontier, shape (n, parties).
    disagreement
        What each party has without agreement.
    best
        The ideal point of Kalai and Smorodinsky; by default `ideal`. A party that cannot gain is left out of
        its ratios.
    """
    fine = np.flatnonzero(rational(points, disagreement))
    if not len(fine):
        return {}
    gains = points[fine] - np.asarray(disagreement)
    possible = (ideal(points, disagreement) if best is None else np.asarray(best)) - np.asarray(disagreement)
    able = possible > TOLERANCE
    ratios = gains[:, able] / possible[able] if able.any() else np.ones((len(fine), 1))
    values = {
        "nash": _in_order(np.maximum(gains, 0.0), np.multiply),
        "kalai_smorodinsky": ratios.min(axis=1),
        "egalitarian": gains.min(axis=1),
        "utilitarian": _in_order(points[fine], np.add),
    }
    return {name: _best(value, fine) for name, value in values.items()}


def _in_order(columns: Points, what: np.ufunc) -> Points:
    """Columns added or multiplied from left to right, so that the last bit is the same on every machine."""
    found = columns[:, 0].copy()
    for column in columns.T[1:]:
        found = what(found, column)
    return found


def _best(values: Points, rows: npt.NDArray[np.intp]) -> Solution:
    most = float(values.max())
    ties = rows[values >= most - TOLERANCE * max(1.0, abs(most))]
    return Solution(most, tuple(int(row) for row in ties))
