"""How models of the others count, as pure functions that fill what they are given, written once (see `curves.py`).

`deals` are those that one party has offered at a table, oldest first, each the numbers of its options by issue.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import Any


def count(deals: Sequence[Sequence[int]], options: Sequence[int], values: Any) -> None:
    """How often each option was taken, plus one (Laplace), as a share of the most frequent one of its issue.

    Parameters
    ----------
    options
        By issue, how many options it has.
    values
        By issue and option, filled in.
    """
    for k in range(len(options)):
        row = values[k]
        for option in range(options[k]):
            row[option] = 1.0
        for n in range(len(deals)):
            row[deals[n][k]] += 1.0
        most = 1.0
        for option in range(options[k]):
            most = max(most, row[option])
        for option in range(options[k]):
            row[option] = row[option] / most


def weigh(deals: Sequence[Sequence[int]], learning: float, weights: MutableSequence[float]) -> None:
    """By issue, its weight: more for each time that two offers in a row agree on it; the weights sum to 1.

    Parameters
    ----------
    learning
        How much more, in shares of an even weight.
    weights
        By issue, filled in.
    """
    total = 0.0
    for k in range(len(weights)):
        weights[k] = 1.0
        for n in range(1, len(deals)):
            if deals[n - 1][k] == deals[n][k]:
                weights[k] += learning
    for k in range(len(weights)):
        total += weights[k]
    for k in range(len(weights)):
        weights[k] = weights[k] / total
