"""How good beliefs were, once the truth is known: scores of probabilities, how often they come true, errors of weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Between these probabilities forecasts are counted together."""

LEAST = 1e-6
"""The probability that a truth held impossible counts with in the log score."""

FLAT = 1e-6
"""Differences between weights that are none."""


class Bin(NamedTuple):
    """Forecasts of about the same probability.

    Attributes
    ----------
    low, high
        What they lie between, `high` included.
    many
        How many there are.
    said, right
        Their mean probability, and the share that came true.
    """

    low: float
    high: float
    many: int
    said: float
    right: float


def brier(chances: Mapping[str, float], truth: str) -> float:
    """Return the mean squared error of probabilities, from 0 (certain and right) to 1 (certain and wrong, of two).

    Examples
    --------
    >>> brier({"hawk": 0.5, "dove": 0.5}, "dove")
    0.25
    """
    total = 0.0
    for kind, chance in chances.items():
        total += (chance - (kind == truth)) ** 2
    return total / len(chances)


def log_score(chances: Mapping[str, float], truth: str) -> float:
    """Return minus the natural logarithm of the probability of the truth: 0 is certain and right, 0.69 an even guess."""
    return -math.log(max(chances[truth], LEAST))


def reliability(said: Sequence[float], right: Sequence[float], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return how often forecasts came true, by their probability; bins without a forecast are left out.

    Parameters
    ----------
    said
        Probabilities.
    right
        1 for each that came true, else 0.

    Examples
    --------
    >>> reliability([0.9375, 0.9375, 0.55], [1, 0, 1])
    [Bin(low=0.5, high=0.6, many=1, said=0.55, right=1.0), Bin(low=0.9, high=0.95, many=2, said=0.9375, right=0.5)]
    """
    found = []
    for low, high in pairwise(edges):
        inside = [(p, hit) for p, hit in zip(said, right, strict=True) if low < p <= high]
        if inside:
            many = len(inside)
            mean = math.fsum(p for p, _ in inside) / many
            found.append(Bin(low, high, many, mean, math.fsum(hit for _, hit in inside) / many))
    return found


def calibration_error(bins: Iterable[Bin]) -> float:
    """Return the mean distance between what was said and how often it came true, each forecast counted once."""
    total, many = 0.0, 0
    for one in bins:
        total += one.many * abs(one.said - one.right)
        many += one.many
    return total / many if many else 0.0


def weight_error(guess: Sequence[float], truth: Sequence[float]) -> float:
    """Return the root mean squared error of weights that sum to 1."""
    total = 0.0
    for one, other in zip(guess, truth, strict=True):
        total += (one - other) ** 2
    return math.sqrt(total / len(truth))


def order_agreement(guess: Sequence[float], truth: Sequence[float]) -> float | None:
    """Return Kendall's τ-b of two orders of weights, from -1 to 1; 0 if the guess knows none, None if there is none.

    Examples
    --------
    >>> order_agreement([0.5, 0.3, 0.2], [0.6, 0.3, 0.1])
    1.0
    """
    from scipy.stats import kendalltau  # half a second that others need not pay

    if max(truth) - min(truth) <= FLAT:
        return None
    if max(guess) - min(guess) <= FLAT:
        return 0.0
    alike = [[round(weight / FLAT) for weight in weights] for weights in (guess, truth)]
    return round(float(kendalltau(*alike).statistic), 12)
