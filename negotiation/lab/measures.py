"""Measures of games, the numbers that studies compare: a result column is added to `MEASURES`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.analysis.frontier import Frontier, distances, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import solutions
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.lab.ideal_and_nash import ideal_and_nash

MOST_OUTCOMES = 50_000
"""Joint outcomes up to which the frontier of all parties is worked out for a batch (a fraction of a second)."""

Real: TypeAlias = npt.NDArray[np.float64]


class Alike(NamedTuple):
    """Games whose parties have equal scores, by number, and `fair_points` of their case."""

    games: npt.NDArray[np.intp]
    front: Frontier | None
    nash: float | None


@dataclass(frozen=True, eq=False)
class Ended:
    """Some games of one case that are over.

    Attributes
    ----------
    points, gains, best
        Points, what they are above leaving everything unsigned, and the most that could have been gained (nan: unknown),
        each of shape (games, parties), in seating order.
    signed
        Which tables were signed, shape (games, tables).
    rounds
        Rounds played, shape (games,).
    alike
        The games by what they are held against; a game whose scores are its own is in none.
    """

    points: Real
    gains: Real
    best: Real
    signed: npt.NDArray[np.bool_]
    rounds: npt.NDArray[np.int64]
    alike: Sequence[Alike] = ()

    @property
    def shares(self) -> Real:
        """Return gains as shares of the largest possible; 0 if a party can gain nothing, nan where it is unknown."""
        able = ~(self.best <= 0)
        with np.errstate(invalid="ignore"):
            return np.divide(self.gains, self.best, out=np.zeros_like(self.gains), where=able)


def welfare(ended: Ended) -> Real:
    """Return the sum of all gains."""
    total = np.zeros(len(ended.gains))
    for column in ended.gains.T:
        total += column
    return rounded(total)


def frontier_distance(ended: Ended) -> Real:
    """Return how much all could have gained alike, delay paid included; nan where the frontier is not worked out."""
    found = np.full(len(ended.gains), np.nan)
    for games, front, _ in ended.alike:
        if front is not None:
            outcomes, like = np.unique(ended.points[games], axis=0, return_inverse=True)
            found[games] = distances(front, outcomes)[like.reshape(-1)]
    return found


def nash_share(ended: Ended) -> Real:
    """Return the product of gains as a share of the largest possible; 0 if a party lost, nan where unknown."""
    found = np.full(len(ended.gains), np.nan)
    for games, _, nash in ended.alike:
        if nash is not None:
            product = np.ones(len(games))
            for column in ended.gains[games].T:
                product *= np.maximum(column, 0.0)
            found[games] = rounded(product / nash)
    return found


def min_share(ended: Ended) -> Real:
    """Return the smallest of all gains, each as a share of the most the party could gain; nan where that is unknown."""
    return rounded(ended.shares.min(axis=1))


def gini(ended: Ended) -> Real:
    """Return the inequality of these shares (Gini 1912), losses as 0; nan if nobody gained, or it is unknown.

    It is the mean absolute difference of all pairs over twice the mean: 0 all alike.
    """
    shares = np.maximum(ended.shares, 0.0)
    total, apart = np.zeros(len(shares)), np.zeros(len(shares))
    for mine in shares.T:
        total += mine
        for theirs in shares.T:
            apart += np.abs(mine - theirs)
    return rounded(apart / np.where(total <= 0, np.nan, 2 * shares.shape[1] * total))


@dataclass(frozen=True)
class Measure:
    """A result column.

    Attributes
    ----------
    of
        Its value for each of some games; nan is unknown, and an empty cell.
    title
        What it is called in reports, which leave it out if it has none.
    whole, share
        Whether it is a whole number, and whether people read it in per cent.
    averaged
        Whether summaries give its mean with an interval.
    """

    of: Callable[[Ended], npt.NDArray[np.generic]]
    title: str = ""
    whole: bool = False
    share: bool = False
    averaged: bool = True


MEASURES = {
    "tables": Measure(lambda ended: np.full(len(ended.signed), ended.signed.shape[1]), whole=True, averaged=False),
    "signed": Measure(lambda ended: ended.signed.sum(axis=1), whole=True, averaged=False),
    "agreement": Measure(lambda ended: ended.signed.sum(axis=1) / ended.signed.shape[1], "tables signed", share=True),
    "rounds": Measure(lambda ended: ended.rounds, "rounds", whole=True),
    "welfare": Measure(welfare),
    "frontier_distance": Measure(frontier_distance, "below the frontier"),
    "nash_share": Measure(nash_share, "Nash share"),
    "min_share": Measure(min_share, "least share"),
    "gini": Measure(gini),
}
"""The columns of `runs` that say what a game came to, in their order there; docs/lab.md says what they mean."""


def measured(ended: Ended) -> dict[str, npt.NDArray[np.generic]]:
    """Return all measures by name, one value a game."""
    return {name: measure.of(ended) for name, measure in MEASURES.items()}


def measures(
    case: Case,
    types: tuple[str, ...],
    points: Sequence[float],
    gains: Sequence[float],
    signed: Sequence[bool],
    rounds: int,
    *,
    shared: bool,
) -> dict[str, float | None]:
    """Return all measures of one game by name, None where unknown.

    Parameters
    ----------
    types, points, gains, signed
        By party in seating order, and by table; gains are over leaving everything unsigned.
    shared
        Whether many games have these scores: only then is it held against the best there is.
    """
    best = (ideal_and_nash if shared else ideal_and_nash.__wrapped__)(case, types).best
    alike = [Alike(np.zeros(1, dtype=np.intp), *fair_points(case, types))] if shared else []
    ended = Ended(_row(points), _row(gains), _row(best), np.array([signed]), np.array([rounds]), alike)
    found = measured(ended)
    return {name: None if np.isnan(value := values.item()) else value for name, values in found.items()}


def _row(values: Sequence[float]) -> Real:
    return np.array([values], dtype=np.float64)


@lru_cache(maxsize=64)
def fair_points(case: Case, types: tuple[str, ...]) -> tuple[Frontier | None, float | None]:
    """Return the frontier of all parties where it is cheap, and the largest product of gains on it."""
    outcomes = 1
    for table in case.scenario.tables.values():
        outcomes *= table.size + 1
    if outcomes > MOST_OUTCOMES:
        return None, None
    sheets = sheets_of(case, dict(zip(case.roles, types, strict=True)))
    front = frontier(case.scenario, sheets, Problem(tuple((party,) for party in sheets)))
    nash = solutions(front.points, [ours.score({}) for ours in sheets.values()]).get("nash")
    return front, nash.value if nash and nash.value > 0 else None


def rounded(values: Real) -> Real:
    """Return `round(value, 9)` of every value: exact, since unclear cases go to Python's own `round`.

    Examples
    --------
    >>> rounded(np.array([0.1 + 0.2, 2.0000000005])).tolist() == [0.3, round(2.0000000005, 9)]
    True
    """
    scaled = values * 1e9
    near = np.rint(scaled)
    found: Real = near / 1e9
    with np.errstate(invalid="ignore"):
        unclear = (np.abs(np.abs(scaled - near) - 0.5) < 1e-3) | (np.abs(scaled) > 1e12)
    for at in np.argwhere(unclear):
        found[tuple(at)] = round(float(values[tuple(at)]), 9)
    return found
