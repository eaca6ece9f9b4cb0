"""What a game came to, in the numbers that studies compare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from negotiation.analysis.frontier import Frontier, distance, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import solutions
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.lab.ideal_and_nash import ideal_and_nash

MOST_OUTCOMES = 50_000
"""Joint outcomes up to which the frontier of all parties is worked out for a batch (a fraction of a second)."""


@dataclass(frozen=True)
class Measures:
    """Efficiency and fairness of an outcome.

    Attributes
    ----------
    welfare
        All gains over leaving everything unsigned, added up.
    frontier_distance
        How much everybody could have gained alike (delay paid included); None where the frontier is not worked out.
    nash_share
        The product of gains as a share of the largest possible one; 0 if somebody lost; None where that is not known.
    min_share
        The smallest of all gains, each as a share of the most the party could gain; None where that is not known.
    gini
        Inequality of these shares (Gini 1912; losses count as 0): 0 all alike; None if nobody gained, or as above.
    """

    welfare: float
    frontier_distance: float | None
    nash_share: float | None
    min_share: float | None
    gini: float | None


def measures(
    case: Case, types: tuple[str, ...], points: Sequence[float], gains: Sequence[float], *, shared: bool
) -> Measures:
    """The measures of a game; what is held against the best there is only if many games share the same scores.

    Parameters
    ----------
    types, points, gains
        By party, in seating order; gains are over leaving everything unsigned.
    """
    shares = (ideal_and_nash if shared else ideal_and_nash.__wrapped__)(case, types).shares(gains)
    known = not any(map(math.isnan, shares))
    front, nash = fair_points(case, types) if shared else (None, None)
    total = 0.0
    for gain in gains:
        total += gain
    return Measures(
        welfare=round(total, 9),
        frontier_distance=None if front is None else distance(front, points),
        nash_share=None if nash is None else round(_product(gains) / nash, 9),
        min_share=round(min(shares), 9) if known else None,
        gini=gini(shares) if known else None,
    )


def gini(shares: Sequence[float]) -> float | None:
    """The mean absolute difference of all pairs over twice the mean; losses count as 0; None if all are 0.

    Examples
    --------
    >>> gini([0.5, 0.5]), gini([1.0, 0.0])
    (0.0, 0.5)
    """
    values = [max(share, 0.0) for share in shares]
    total, apart = 0.0, 0.0
    for mine in values:
        total += mine
        for theirs in values:
            apart += abs(mine - theirs)
    return None if total <= 0 else round(apart / (2 * len(values) * total), 9)


def _product(gains: Sequence[float]) -> float:
    product = 1.0
    for gain in gains:
        product *= max(gain, 0.0)
    return product


@lru_cache(maxsize=64)
def fair_points(case: Case, types: tuple[str, ...]) -> tuple[Frontier | None, float | None]:
    """The frontier of all parties where it is cheap, and the largest product of gains on it."""
    outcomes = 1
    for table in case.scenario.tables.values():
        outcomes *= table.size + 1
    if outcomes > MOST_OUTCOMES:
        return None, None
    sheets = sheets_of(case, dict(zip(case.roles, types, strict=True)))
    front = frontier(case.scenario, sheets, Problem(tuple((party,) for party in sheets)))
    nash = solutions(front.points, [ours.score({}) for ours in sheets.values()]).get("nash")
    return front, nash.value if nash and nash.value > 0 else None
