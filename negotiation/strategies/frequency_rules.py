"""Counts behind the frequency models, as pure functions that fill arrays, written once (see `decision_rules.py`).

`taken` are the options of one issue in the deals that one party has offered at a table, oldest first.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from negotiation.strategies.decision_rules import Gains, Order


def option_frequencies(taken: Sequence[int] | Order, values: MutableSequence[float] | Gains) -> None:
    """Fill in how often each option was taken, plus one (Laplace), as a share of the most frequent one.

    Parameters
    ----------
    values
        By option, filled in.
    """
    for option in range(len(values)):
        values[option] = 1.0
    for n in range(len(taken)):
        values[taken[n]] += 1.0
    most = 1.0
    for option in range(len(values)):
        most = max(most, values[option])
    for option in range(len(values)):
        values[option] = values[option] / most


def issue_weight(taken: Sequence[int] | Order, learning: float) -> float:
    """Return the weight of an issue, 1 at first: more by `learning` each time that two offers in a row agree on it."""
    weight = 1.0
    for n in range(1, len(taken)):
        if taken[n - 1] == taken[n]:
            weight += learning
    return weight


def normalise(weights: MutableSequence[float] | Gains) -> None:
    """Divide weights by their sum."""
    total = 0.0
    for n in range(len(weights)):
        total += weights[n]
    for n in range(len(weights)):
        weights[n] = weights[n] / total
