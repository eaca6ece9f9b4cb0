"""The ideal and the Nash point of a case: what the points of a game are measured against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from negotiation.analysis.ideal_score import ideal_score
from negotiation.case import Case
from negotiation.preferences import Preferences, Scores


@dataclass(frozen=True, eq=False)
class IdealAndNash:
    """Gains over leaving everything unsigned: the largest of each seat (nan: unknown), and those at the Nash point.

    `nash` is None where the case has several tables or no deal is good for all.
    """

    best: tuple[float, ...]
    nash: tuple[float, ...] | None

    def shares(self, gains: Sequence[float]) -> list[float]:
        """Return each seat's gain as a share of the largest it could have had; nan where that is not known."""
        return [0.0 if best <= 0 else gain / best for gain, best in zip(gains, self.best, strict=True)]

    def nash_distance(self, gains: Sequence[float]) -> float | None:
        """Return how far the shares are from those at the Nash point (Euclid); None if there is none."""
        if self.nash is None:
            return None
        total = 0.0
        for mine, theirs in zip(self.shares(gains), self.shares(self.nash), strict=True):
            total += (mine - theirs) ** 2
        return round(math.sqrt(total), 9)


@lru_cache(maxsize=256)
def ideal_and_nash(case: Case, types: tuple[str, ...]) -> IdealAndNash:
    """Return the yardstick of a case whose parties are of these types, in seating order.

    The best gain of a seat is that of the outcome it likes best of all, links counted and constraints kept.
    """
    preferences = [case.role(party, kind).preferences for party, kind in zip(case.roles, types, strict=True)]
    best = tuple(max(ideal_score(ours) - ours.score({}), 0.0) for ours in preferences)
    return IdealAndNash(best, _fair(preferences) if len(case.scenario.tables) == 1 else None)


def _fair(preferences: Sequence[Preferences]) -> tuple[float, ...] | None:
    """Return the gains at the Nash point of the only table."""
    (table,) = preferences[0].scenario.tables
    return _nash([ours.given(table, {})[:-1] - ours.given(table, {})[-1] for ours in preferences])


def _nash(gains: Sequence[Scores]) -> tuple[float, ...] | None:
    """Return the gains at the deal with the largest product of gains among those good for all; the first of equals."""
    product = np.ones(len(gains[0]))
    good = np.ones(len(gains[0]), dtype=bool)
    for row in gains:
        product = product * row
        good &= row >= 0
    if not good.any():
        return None
    at = int(np.argmax(np.where(good, product, -1.0)))
    return tuple(float(row[at]) for row in gains)
