"""The points of a frontier that bargaining theory singles out, ties and all: a solution is added to `SOLUTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import TOLERANCE, Mask, Points
from negotiation.language import mark


@dataclass(frozen=True)
class BargainingProblem:
    """The rows of a frontier that leave nobody below the disagreement point, each of shape (rows, parties).

    Attributes
    ----------
    points, gains
        Points of each party, and what they are above the disagreement point.
    possible
        The most that each party could gain, shape (parties,).
    """

    points: Points
    gains: Points
    possible: Points


def nash_product(problem: BargainingProblem) -> Points:
    """Return the product of all gains (Nash 1950)."""
    return _in_order(np.maximum(problem.gains, 0.0), np.multiply)


def smallest_share(problem: BargainingProblem) -> Points:
    """Return the smallest ratio of a gain to the ideal gain (Kalai, Smorodinsky 1975); who cannot gain has none."""
    able = problem.possible > TOLERANCE
    if not able.any():
        return np.ones(len(problem.gains))
    return np.asarray((problem.gains[:, able] / problem.possible[able]).min(axis=1))


def smallest_gain(problem: BargainingProblem) -> Points:
    """Return the smallest gain (Kalai 1977)."""
    return np.asarray(problem.gains.min(axis=1))


def total(problem: BargainingProblem) -> Points:
    """Return the sum of points."""
    return _in_order(problem.points, np.add)


@dataclass(frozen=True)
class Concept:
    """A solution concept.

    Attributes
    ----------
    values
        What it maximises, by row of a problem.
    title, maximises, about
        Its name, what it maximises in half a sentence (for JSON), and in a sentence with its source.
    """

    values: Callable[[BargainingProblem], Points]
    title: str
    maximises: str
    about: str


SOLUTIONS = {
    "nash": Concept(
        nash_product,
        mark("Nash"),
        "the largest product of gains",
        mark("The product of all gains above everything unsigned is as large as it can be (Nash 1950)."),
    ),
    "kalai_smorodinsky": Concept(
        smallest_share,
        mark("Kalai–Smorodinsky"),
        "the largest share of the possible gain that everybody reaches",
        mark(
            "Everybody reaches the same share of the most it could gain, as large as it can be (Kalai, Smorodinsky 1975)."
        ),
    ),
    "egalitarian": Concept(
        smallest_gain,
        mark("Equal gains"),
        "the largest gain that everybody reaches",
        mark("The smallest gain is as large as it can be: the egalitarian solution (Kalai 1977)."),
    ),
    "utilitarian": Concept(
        total,
        mark("Largest sum"),
        "the largest sum of points",
        mark("The sum of everybody's points is as large as it can be: the utilitarian solution."),
    ),
}
"""What bargaining theory singles out, in the order in which it is shown everywhere."""


@dataclass(frozen=True)
class Solution:
    """The choice of a solution concept: its value there, and all rows that attain it (more than one: a tie)."""

    value: float
    rows: tuple[int, ...]


def rational(points: Points, disagreement: Sequence[float]) -> Mask:
    """Return which rows give everybody at least the disagreement point."""
    return np.asarray((points >= np.asarray(disagreement) - TOLERANCE).all(axis=1))


def ideal(points: Points, disagreement: Sequence[float]) -> Points:
    """Return the most that each party gets on a frontier where nobody is below the disagreement point."""
    best: Points = points[rational(points, disagreement)].max(axis=0)
    return best


def solutions(
    points: Points, disagreement: Sequence[float], best: Sequence[float] | Points | None = None
) -> dict[str, Solution]:
    """Return the solutions of a bargaining problem by name, as in SOLUTIONS; empty if some party always loses.

    Only rows that give everybody at least the disagreement point count. Values within 1e-9 of the best (relative, for
    products) are ties.

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
    problem = BargainingProblem(points[fine], gains, possible)
    return {name: _best(concept.values(problem), fine) for name, concept in SOLUTIONS.items()}


def _in_order(columns: Points, what: np.ufunc) -> Points:
    """Return columns added or multiplied from left to right, so that the last bit never varies by machine."""
    found = columns[:, 0].copy()
    for column in columns.T[1:]:
        found = what(found, column)
    return found


def _best(values: Points, rows: npt.NDArray[np.intp]) -> Solution:
    most = float(values.max())
    ties = rows[values >= most - TOLERANCE * max(1.0, abs(most))]
    return Solution(most, tuple(int(row) for row in ties))
