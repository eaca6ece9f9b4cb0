"""The division of what all can have together about which the unhappiest coalitions have the least to complain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from negotiation.analysis.coalitions import Coalition
from negotiation.analysis.dominance import Points

CLOSE = 1e-7
"""To what linear programming is exact here; the worths are scaled to the largest first."""


def nucleolus(worth: Mapping[Coalition, float], parties: Sequence[str]) -> Points | None:
    """The nucleolus (Schmeidler 1969), shape (parties,), to six decimals of the largest worth.

    Of all divisions that give nobody less than it has alone, the one whose smallest surplus of a coalition over its
    worth is largest, then the next smallest, and so on: there is exactly one. In the core if that is not empty. None
    if all together have less than each alone. By one linear program after another (Maschler, Peleg and Shapley
    1979): coalitions with a positive dual price have the same surplus in every best division and are held to it, until
    these determine the division.
    """
    whole, count = tuple(parties), len(parties)
    scale = max(1.0, *(abs(points) for points in worth.values()))
    groups = [group for group in worth if len(group) < count]
    member = np.array([[float(party in group) for party in parties] for group in groups]).reshape(-1, count)
    least = np.array([worth[group] for group in groups]) / scale
    single = np.array([worth[party,] for party in parties]) / scale
    held, sums = np.ones((1, count)), np.array([worth[whole] / scale])
    if sums[0] < single.sum() - CLOSE:
        return None
    found = single + (sums[0] - single.sum()) / count
    while np.linalg.matrix_rank(held) < count:
        free = _undetermined(member, held)
        member, least = member[free], least[free]
        found, surplus, tight = _widest(member, least, held, sums, single)
        held = np.vstack([held, member[tight]])
        sums = np.append(sums, least[tight] + surplus)
    return np.asarray(np.round(found * scale, 6) + 0.0)


def _undetermined(member: Points, held: Points) -> npt.NDArray[np.bool_]:
    """Which coalitions' sums do not follow from those held."""
    _, sizes, basis = np.linalg.svd(held)
    basis = basis[: int((sizes > CLOSE).sum())]
    return np.asarray(np.abs(member - member @ basis.T @ basis).max(axis=1) > CLOSE)


def _widest(
    member: Points, least: Points, held: Points, sums: Points, single: Points
) -> tuple[Points, float, npt.NDArray[np.bool_]]:
    """A division with the largest smallest surplus of these coalitions, that surplus, and who has it in every such."""
    from scipy.optimize import linprog

    count = len(single)
    solved = linprog(
        c=[*[0.0] * count, -1.0],
        A_ub=np.column_stack([-member, np.ones(len(member))]),
        b_ub=-least,
        A_eq=np.column_stack([held, np.zeros(len(held))]),
        b_eq=sums,
        bounds=[*((own, None) for own in single), (None, None)],
        method="highs",
    )
    return solved.x[:-1], float(solved.x[-1]), np.asarray(solved.ineqlin.marginals < -CLOSE)
