"""Means and how far off they may be: runs that share a seed make one cluster, and few clusters widen the interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

CERTAIN = 1e-9
"""A standard error below is none: what was played came out alike."""

BOTH_ENDS = 0.975
"""The quantile at the upper end of a 95 % interval."""


def reach(freedom: float) -> float:
    """Return how many standard errors a 95 % interval reaches to either side: the quantile of Student's t.

    Examples
    --------
    >>> [round(reach(freedom), 2) for freedom in (1, 2, 9, 29, 1e6)]
    [12.71, 4.3, 2.26, 2.05, 1.96]
    """
    from scipy.special import stdtrit  # a tenth of a second that workers need not pay

    return float(stdtrit(freedom, BOTH_ENDS))


@dataclass(frozen=True)
class Mean:
    """A mean over so many runs, its standard error, and half of its 95 % interval; None: nothing tells."""

    mean: float
    error: float | None
    half: float | None
    count: int


@dataclass(frozen=True, eq=False)
class Estimate:
    """A mean in which every combination of types counts by its odds, and what each cluster of seeds adds to it.

    A cluster is all runs of some seeds, in whatever cell: what they have in common does not pass for independent. In
    `pull`, shape (combinations, clusters), is by how much the mean would change with one, so that a difference of
    two means is as certain as the difference of their pulls. `everybody` says how many runs of the case a cluster has,
    `there` whether some of them are in this mean.
    """

    mean: float
    count: int
    pull: Reals
    everybody: Reals
    there: npt.NDArray[np.bool_]

    def told(self, *, copies: bool = False) -> Mean:
        """Return the mean with its error and interval, rounded.

        Without `copies`, a mean that all clusters have in common has no interval: that a few throws of dice came out alike
        is no proof that all do.
        """
        return self._told(self._off(), copies=copies)

    def less(self, other: Estimate, *, copies: bool = False) -> Mean:
        """Return the difference to another mean, paired seed by seed; as unknown as either of them."""
        count = min(self.count, other.count)
        both = Estimate(self.mean - other.mean, count, self.pull - other.pull, self.everybody, self.there | other.there)
        return both._told(both._off() if self._off() and other._off() else None, copies=copies)

    def _told(self, off: tuple[float, float] | None, *, copies: bool) -> Mean:
        error, freedom = off or (0.0, 1.0)
        if off is None or (error <= CERTAIN and not copies):
            return Mean(round(self.mean, 9), None, None, self.count)
        return Mean(round(self.mean, 9), round(error, 9), round(error * reach(freedom), 9), self.count)

    def _off(self) -> tuple[float, float] | None:
        """Return standard error over other seeds and degrees of freedom; None if no combination has two clusters.

        What sets combinations of types apart is no error, as each counts by its odds. One of which there is a single
        cluster is taken to be certain if all others are (games without dice: copies), else as far off as it is from the
        mean, with one degree of freedom. Degrees of freedom of several combinations are put together by Satterthwaite's
        formula (1946).
        """
        clusters, there = ((some > 0).sum(axis=1) for some in (self.everybody, self.there))
        if not (there > 1).any():
            return None
        several = clusters > 1
        share = self.everybody / np.maximum(self.everybody.sum(axis=1, keepdims=True), 1)
        rest = self.pull - share * self.pull.sum(axis=1, keepdims=True)
        squares = np.array([math.fsum(row) for row in np.where(several[:, None], rest, self.pull) ** 2])
        spread = squares * np.where(several, clusters / np.maximum(clusters - 1, 1), 1.0)
        if math.sqrt(math.fsum(spread[several])) <= CERTAIN:
            return 0.0, 1.0
        whole = math.fsum(spread)
        return math.sqrt(whole), whole**2 / math.fsum(spread**2 / np.maximum(there - 1, 1))


def estimate(counts: Reals, sums: Reals, everybody: Reals, odds: Reals) -> Estimate:
    """Return the mean of numbers counted and summed by cluster, of which there is one at least.

    Parameters
    ----------
    counts, sums
        By combination of types and cluster; there may be more rows than combinations.
    everybody
        How many runs of the case each cluster has, whichever group they are in.
    odds
        The probability of each combination of types.
    """
    n, t, a = (part[: len(odds)] for part in (counts, sums, everybody))
    within = a.sum(axis=1)
    weights = np.divide(odds, within, out=np.zeros(len(odds)), where=within > 0)
    whole = math.fsum((weights * n.sum(axis=1)).tolist())
    mean = math.fsum((weights[:, None] * t).ravel().tolist()) / whole
    return Estimate(mean, int(n.sum()), weights[:, None] * (t - n * mean) / whole, a, n > 0)
