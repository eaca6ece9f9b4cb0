"""Opponent models by frequency: an option asked for often is worth much to who asks."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

import numpy as np

from negotiation.preferences import Scores
from negotiation.strategies.frequency_rules import issue_weight, normalise, option_frequencies
from negotiation.strategies.parts import Model
from negotiation.table import Deal, Table
from negotiation.view import View

MOST_KEPT = 4096
"""Estimates kept, over all parties, tables and games; a cache, never a memory."""


@dataclass(frozen=True)
class NoModel(Model):
    """No model: the others' utilities are not estimated."""

    name: ClassVar[str] = "none"
    about: ClassVar[str] = "no model of the others"

    def estimated_utilities(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return an empty mapping: nothing is estimated."""
        return {}


@dataclass(frozen=True)
class ByOffers(Model):
    """A model that estimates each party's weights and values at a table from the deals it has offered there."""

    def estimated_utilities(self, view: View, table: str) -> Mapping[str, Scores]:
        """Return an additive estimate for every party that has made an offer here."""
        there = view.scenario.tables[table]
        return {
            party: _estimated_utility(self, there, offers) for party, offers in offers_by_party(view, table).items()
        }

    @abstractmethod
    def estimate(self, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[list[float], list[list[float]]]:
        """Return weights by issue, summing to 1, and by issue the value of each option, from 0 to 1.

        Parameters
        ----------
        offers
            (relative time, deal) of every offer of one party here, oldest first; at least one.
        """


def offers_by_party(view: View, table: str) -> dict[str, tuple[tuple[float, Deal], ...]]:
    """Return (relative time, deal) of every offer that others have made at a table, oldest first, by party."""
    made: dict[str, tuple[tuple[float, Deal], ...]] = {}
    for party, number, deal in view.state.offers.get(table, ()):
        if party != view.me:
            made[party] = (*made.get(party, ()), ((number + 1) / (view.state.rounds + 1), deal))
    return made


@lru_cache(maxsize=MOST_KEPT)
def _estimated_utility(model: ByOffers, table: Table, offers: tuple[tuple[float, Deal], ...]) -> Scores:
    """Return the estimated utility of every deal, shape (deals,), from 0 to 1, read-only; added up issue by issue."""
    weights, values = model.estimate(table, offers)
    estimated_utility = np.zeros(table.size)
    for k, weight in enumerate(weights):
        estimated_utility += weight * np.array(values[k])[table.grid[k]]
    estimated_utility.flags.writeable = False
    return estimated_utility


def counted(table: Table, deals: tuple[Deal, ...]) -> list[list[float]]:
    """Return how often each option was taken, by issue, plus one (Laplace), as a share of the most frequent one."""
    values = []
    for k, issue in enumerate(table.issues):
        row = [1.0] * len(issue.options)
        option_frequencies([deal[k] for deal in deals], row)
        values.append(row)
    return values


def shared_out(weights: list[float]) -> list[float]:
    """Return the weights divided by their sum."""
    shared = list(weights)
    normalise(shared)
    return shared


@dataclass(frozen=True)
class Frequency(ByOffers):
    """An option is worth how often it was asked for; an issue weighs more each time it was not given up.

    The model of the agent Smith and of HardHeaded (van Krimpen, Looije and Hajizadeh 2013).

    Parameters
    ----------
    learning
        What an issue gains each time that two offers in a row agree on it, in shares of an even weight.
    """

    name: ClassVar[str] = "frequency"
    about: ClassVar[str] = "counts what the others ask for"
    learning: float = 0.3

    def estimate(self, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[list[float], list[list[float]]]:
        """Return weights and values from counts over all offers."""
        deals = tuple(deal for _, deal in offers)
        weights = [issue_weight([deal[k] for deal in deals], self.learning) for k in range(len(table.issues))]
        return shared_out(weights), counted(table, deals)


@dataclass(frozen=True)
class Windowed(ByOffers):
    """A model that compares windows of offers, not single ones (Tunalı, Aydoğan and Sanchez-Anguix 2017).

    An issue weighs more if the options asked for in it kept their shares from one window to the next while the
    party conceded on another issue; concessions late in the talks tell less.

    Parameters
    ----------
    window
        Offers in a window, at least 1.
    """

    name: ClassVar[str] = "windowed"
    about: ClassVar[str] = "compares windows of their offers"
    window: int = 3
    learning: float = 1.0

    def __post_init__(self) -> None:
        """Raise `ValueError` unless `window` is at least 1."""
        if self.window < 1:
            raise ValueError(f"window is {self.window}, must be at least 1")

    def estimate(self, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[list[float], list[list[float]]]:
        """Return values from counts over all offers, and weights from changes between windows."""
        deals = tuple(deal for _, deal in offers)
        values, weights = counted(table, deals), [1.0] * len(table.issues)
        windows = [deals[n : n + self.window] for n in range(0, len(deals) - self.window + 1, self.window)]
        for n, (before, after) in enumerate(pairwise(windows)):
            kept = [sorted(d[k] for d in before) == sorted(d[k] for d in after) for k in range(len(weights))]
            gave_way = any(
                not kept[k] and _mean(values[k], after, k) < _mean(values[k], before, k) for k in range(len(weights))
            )
            if gave_way:
                time = offers[(n + 1) * self.window][0]
                for k in range(len(weights)):
                    weights[k] += self.learning * (1.0 - time) if kept[k] else 0.0
        return shared_out(weights), values


def _mean(values: list[float], deals: tuple[Deal, ...], issue: int) -> float:
    total = 0.0
    for deal in deals:
        total += values[deal[issue]]
    return total / len(deals)


@dataclass(frozen=True)
class Similar(ByOffers):
    """They like best what resembles their last offer (the similarity of Faratin, Sierra and Jennings 2002)."""

    name: ClassVar[str] = "similar"
    about: ClassVar[str] = "they like what resembles their last offer"

    def estimate(self, table: Table, offers: tuple[tuple[float, Deal], ...]) -> tuple[list[float], list[list[float]]]:
        """Return one for the options of their last offer, all issues alike."""
        last = offers[-1][1]
        values = [[float(n == last[k]) for n in range(len(issue.options))] for k, issue in enumerate(table.issues)]
        return [1.0 / len(values)] * len(values), values
