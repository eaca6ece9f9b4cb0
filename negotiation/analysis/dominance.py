"""The test of dominance behind every frontier, so that its tolerance is stated once."""

from __future__ import annotations

from typing import TypeAlias

import moocore
import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]
"""Points of some outcomes: a row per outcome, a column per party; more is better."""

Mask: TypeAlias = npt.NDArray[np.bool_]

TOLERANCE = 1e-9
"""Scores that differ by no more are equal."""


def undominated(points: Points) -> Mask:
    """Return which rows no other row dominates (at least equal everywhere, higher once); of equal rows only the first.

    Numbers are compared exactly: `snapped` makes nearly equal ones equal. By dimension sweep (Kung, Luccio and
    Preparata 1975), as implemented in moocore.
    """
    if not len(points):
        return np.zeros(0, dtype=np.bool_)
    varied = points[:, (points != points[0]).any(axis=0)]
    if varied.shape[1] == 0:
        return np.asarray(np.arange(len(points)) == 0)
    return np.asarray(moocore.is_nondominated(np.ascontiguousarray(varied), maximise=True), dtype=np.bool_)


def snapped(points: Points, tolerance: float = TOLERANCE) -> Points:
    """Return the points with numbers of a column that differ by no more than the tolerance made equal (to the lowest).

    Differences chain: in 0, 1e-9, 2e-9 all become 0. Rounding would instead tear equal sums apart wherever float
    error straddles one of its steps.
    """
    found = np.empty_like(points)
    for column in range(points.shape[1] if len(points) else 0):
        order = np.argsort(points[:, column], kind="stable")
        values = points[order, column]
        firsts = np.append(True, np.diff(values) > tolerance)
        found[order, column] = values[firsts][np.cumsum(firsts) - 1]
    return found
