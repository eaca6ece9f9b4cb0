"""Ratings from who did better in the same chair: Bradley and Terry (1952) with ties (Davidson 1970).

Agent i does better than j with odds π_i to π_j, and as well as it with ν √(π_i π_j). The fit maximises the likelihood times
a prior by minorisation and maximisation (Hunter 2004): only sums, products, quotients and roots in one fixed order, so that
equal counts give equal ratings everywhere, in whatever order games were played or agents named.

The prior keeps ratings finite where somebody always does better, or all do equally: every agent has done better once and
worse once against one of strength 1, and two of strength 1 have once differed and once not.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

SCALE, MIDDLE = 400.0, 1500.0
"""Points of rating that stand for odds of ten to one, and the mean rating."""

NEAR, MOST_STEPS = 1e-11, 5_000
"""Relative change below which the fit is done, and steps after which it ends in any case."""

LEVELLED = 4
"""How often a step improves the level of all strengths, which counts alone would find too slowly."""


def strengths(better: Reals, ties: Reals) -> tuple[Reals, Reals]:
    """Return the strengths π of several fits, shape (fits, agents), and their tie parameters ν, shape (fits,).

    Parameters
    ----------
    better, ties
        `better[f, i, j]` how often i did better than j; `ties[f, i, j]`, symmetric, how often they did equally well.
    """
    agents = better.shape[1]
    wins = np.ones(better.shape[:2])
    tied = np.ones(len(better))
    for j in range(agents):
        wins = wins + better[:, :, j] + ties[:, :, j] / 2
    for i in range(agents):
        for j in range(i):
            tied = tied + ties[:, i, j]
    met = better + better.transpose(0, 2, 1) + ties
    pi, nu = np.ones(better.shape[:2]), np.ones(len(better))
    for _ in range(MOST_STEPS):
        before = pi, nu
        pi, nu = _step(pi, nu, (met, wins, tied))
        moved = max(float(np.max(np.abs(pi / before[0] - 1))), float(np.max(np.abs(nu / before[1] - 1))))
        if moved < NEAR:
            break
    return pi, nu


def _step(pi: Reals, nu: Reals, counts: tuple[Reals, Reals, Reals]) -> tuple[Reals, Reals]:
    """Return better strengths, then a better tie parameter for them."""
    met, wins, tied = counts
    root = np.sqrt(pi)
    under = 2.0 / (pi + 1.0)
    for j in range(pi.shape[1]):
        both = pi + pi[:, j : j + 1] + nu[:, None] * root * root[:, j : j + 1]
        under = under + met[:, :, j] * (1.0 + nu[:, None] * root[:, j : j + 1] / root / 2) / both
    pi = _level(wins / under)
    root, share = np.sqrt(pi), 2.0 / (2.0 + nu)
    for i in range(pi.shape[1]):
        for j in range(i):
            product = root[:, i] * root[:, j]
            share = share + met[:, i, j] * product / (pi[:, i] + pi[:, j] + nu * product)
    return pi, tied / share


def _level(pi: Reals) -> Reals:
    """Return strengths all larger or smaller by one factor that suits the prior better: only it knows their level."""
    for _ in range(LEVELLED):
        total = np.zeros(len(pi))
        for j in range(pi.shape[1]):
            total = total + 2.0 * pi[:, j] / (pi[:, j] + 1.0)
        pi = pi * (pi.shape[1] / total)[:, None]
    return pi


def ratings(better: Reals, ties: Reals) -> Reals:
    """Return ratings by fit and agent, shape (fits, agents), with a mean of `MIDDLE` in every fit."""
    pi, _ = strengths(better, ties)
    logs = [[math.log10(value) for value in row] for row in pi.tolist()]
    means = [math.fsum(row) / len(row) for row in logs]
    return np.array([[MIDDLE + SCALE * (one - mean) for one in row] for row, mean in zip(logs, means, strict=True)])


def ahead(rating: float, other: float) -> float:
    """Return how often the one does better than the other, where they do not tie.

    Examples
    --------
    >>> ahead(1700.0, 1300.0)
    0.9090909090909091
    """
    return 1.0 / (1.0 + math.pow(10.0, (other - rating) / SCALE))
