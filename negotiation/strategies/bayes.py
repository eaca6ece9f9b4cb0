"""A Bayesian model of the others: which weights and which shapes of value make their offers likely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, TypeAlias

from negotiation.strategies.frequency import MOST_KEPT, ByOffers, shared_out
from negotiation.table import Deal, Table

Chances: TypeAlias = tuple[tuple[float, ...], ...]
"""By issue, the probability of each hypothesis."""

STEPS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Hypotheses about an issue's weight."""

ALIKE = 0.1
"""How alike the offers of a party at a table are, see `independent`."""


@dataclass(frozen=True)
class Bayes(ByOffers):
    """Bayesian learning of linear weights (Hindriks and Tykhonov 2008, the scalable form).

    Hypotheses, for each issue apart: its weight (five steps), and how value runs over its options in their order
    (up, down, or up to one option and down again). An offer is the likelier under a hypothesis the nearer its
    value is to what a party that concedes evenly, from everything to `1 - concession`, would ask for at that time;
    the error is normal with deviation `spread`. Other issues count at their present expectation. What an offer says of
    shapes is learnt before what it says of weights, and an option liked best counts fully, however sure that is: else an
    issue with few options would seem to weigh more before anybody has given up anything. Only what was not offered before
    tells something, and the less the more was offered: the offers of a party are alike.

    Parameters
    ----------
    concession
        How far the other is thought to come down by the end, in [0, 1].
    spread
        Standard deviation of the error in value, above 0.
    """

    name: ClassVar[str] = "bayes"
    words: ClassVar[float] = 2.0
    about: ClassVar[str] = "infers weights and values from their offers"
    concession: float = 0.5
    spread: float = 0.2

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `concession` is in [0, 1] and `spread` above 0."""
        if not 0 <= self.concession <= 1:
            raise ValueError(f"concession is {self.concession:g}, must be from 0 to 1")
        if not self.spread > 0:
            raise ValueError(f"spread is {self.spread:g}, must be above 0")

    def estimate(self, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[list[float], list[list[float]]]:
        """Return the expected weights and values after all offers."""
        weights, shapes = _learnt(self, table, offers)
        return _expected_weights(weights), _expected_values(table, shapes)

    def weighs_more(self, table: Table, offers: tuple[tuple[float, Deal], ...], one: int, other: int) -> float:
        """Return the probability that one issue matters more than another after all offers; of equal ones half."""
        weights, total = _learnt(self, table, offers)[0], 0.0
        for n, chance in enumerate(weights[one]):
            for k, against in enumerate(weights[other]):
                total += chance * against * (0.5 if n == k else float(n > k))
        return total


def independent(offers: int, alike: float) -> float:
    """Return how many offers that have nothing in common tell as much as these, all different but of one party.

    Never more than `1 / alike`: so is the variance of a mean of alike observations (the design effect of Kish, 1965).

    Examples
    --------
    >>> [round(independent(n, 0.2), 2) for n in (1, 2, 4, 100)]
    [1.0, 1.67, 2.5, 4.81]
    """
    return offers / (1.0 + alike * (offers - 1)) if offers else 0.0


def hypotheses(options: int) -> list[list[float]]:
    """Return the shapes of value over so many options: a peak at each of them, falling evenly to 0 at both ends.

    Examples
    --------
    >>> hypotheses(3)
    [[1.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.5, 1.0]]
    """
    shapes = []
    for peak in range(options):
        left, right = max(peak, 1), max(options - 1 - peak, 1)
        shapes.append([n / left if n < peak else 1.0 - (n - peak) / right for n in range(options)])
    return shapes


@lru_cache(maxsize=MOST_KEPT)
def _learnt(model: Bayes, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[Chances, Chances]:
    """Return the probabilities of the weight and shape hypotheses after these offers, learnt one offer at a time."""
    if not offers:
        even = tuple(tuple(1 / len(STEPS) for _ in STEPS) for _ in table.issues)
        return even, tuple(tuple(1 / len(i.options) for _ in i.options) for i in table.issues)
    weights, shapes = _learnt(model, table, offers[:-1])
    time, deal = offers[-1]
    before = {made for _, made in offers[:-1]}
    if deal in before:
        return weights, shapes
    news = independent(len(before) + 1, ALIKE) - independent(len(before), ALIKE)
    target, spread = 1.0 - model.concession * time, model.spread / math.sqrt(news)
    shapes = _learnt_shapes(table, deal, weights, shapes, target, spread)
    return _learnt_weights(table, deal, weights, shapes, target, spread), shapes


def _learnt_shapes(
    table: Table, deal: Deal, weights: Chances, shapes: Chances, target: float, spread: float
) -> Chances:
    means, values = _expected_weights(weights), _mean_values(table, shapes)
    parts = [means[k] * values[k][option] for k, option in enumerate(deal)]
    found = []
    for k, option in enumerate(deal):
        rest = _others(parts, k)
        guesses = [rest + means[k] * shape[option] for shape in hypotheses(len(table.issues[k].options))]
        found.append(_posterior(shapes[k], guesses, target, spread))
    return tuple(found)


def _learnt_weights(
    table: Table, deal: Deal, weights: Chances, shapes: Chances, target: float, spread: float
) -> Chances:
    means, values = _expected_weights(weights), _expected_values(table, shapes)
    parts = [means[k] * values[k][option] for k, option in enumerate(deal)]
    found = []
    for k, option in enumerate(deal):
        rest, total = _others(parts, k) * _undo(means[k]), _others([_mean(row) for row in weights], k)
        guesses = [rest * (total / (total + step)) + step / (total + step) * values[k][option] for step in STEPS]
        found.append(_posterior(weights[k], guesses, target, spread))
    return tuple(found)


def _others(parts: Sequence[float], but: int) -> float:
    """Return the sum of all parts but one."""
    total = 0.0
    for n, part in enumerate(parts):
        total += part if n != but else 0.0
    return total


def _undo(mean: float) -> float:
    """Return the factor for the other issues' share that leaves out this issue's weight."""
    return 1.0 / (1.0 - mean) if mean < 1.0 else 0.0


def _posterior(prior: Sequence[float], guesses: Sequence[float], target: float, spread: float) -> tuple[float, ...]:
    likely = [
        p * math.exp(-((guess - target) ** 2) / (2 * spread * spread)) for p, guess in zip(prior, guesses, strict=True)
    ]
    return tuple(shared_out(likely)) if max(likely) > 0 else tuple(prior)


def _mean(chances: Sequence[float]) -> float:
    total = 0.0
    for chance, step in zip(chances, STEPS, strict=True):
        total += chance * step
    return total


def _expected_weights(weights: Chances) -> list[float]:
    return shared_out([_mean(row) for row in weights])


def _expected_values(table: Table, shapes: Chances) -> list[list[float]]:
    """Return the expected value of every option by issue, from 0 for the one liked least to 1 for the one liked most."""
    return [[_between(value, min(row), max(row)) for value in row] for row in _mean_values(table, shapes)]


def _between(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _mean_values(table: Table, shapes: Chances) -> list[list[float]]:
    values = []
    for chances, issue in zip(shapes, table.issues, strict=True):
        row = [0.0] * len(issue.options)
        for chance, shape in zip(chances, hypotheses(len(issue.options)), strict=True):
            for n, value in enumerate(shape):
                row[n] += chance * value
        values.append(row)
    return values
