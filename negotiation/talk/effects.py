"""What an offer changes: for each of those it is made to, as far as its author knows, and for its author."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.moves import Term
from negotiation.scenario import Scenario
from negotiation.table import Deal, Table

Estimates: TypeAlias = Mapping[str, Mapping[str, npt.NDArray[np.float64]]]
"""By table, by other party: how much the speaker thinks it likes each deal, shape (deals,); who is unknown is left out."""

NOTICED = 0.02
"""Share of all that a table may be worth to somebody beneath which a change is not spoken of."""


@dataclass(frozen=True, slots=True)
class Made:
    """An offer as its author knows it.

    Attributes
    ----------
    last
        By table, the author's offer before this one; tables where it has made none are left out.
    beliefs
        What it thinks the others want.
    points
        By table, its own points of every option, in the order of the issues.
    lacks
        An option of the other side that it cannot accept.
    """

    deals: Mapping[str, Deal]
    last: Mapping[str, Deal] = field(default_factory=dict)
    beliefs: Estimates = field(default_factory=dict)
    points: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)
    lacks: Term | None = None

    def changed(self, table: str) -> bool:
        """Return whether this differs from the last offer at a table; False for a first one."""
        return table in self.last and self.last[table] != self.deals[table]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an offer changes for somebody: issues by how much better or worse they became, the largest first."""

    better: tuple[Term, ...] = ()
    worse: tuple[Term, ...] = ()
    known: bool = True


def effect(made: Made, scenario: Scenario, party: str) -> Effect:
    """Return what became better and worse for a party since the author's last offers, as far as the author knows."""
    gains: list[tuple[float, Term]] = []
    known = True
    for name in filter(made.changed, made.deals):
        table, estimate = scenario.tables[name], made.beliefs.get(name, {}).get(party)
        if estimate is None:
            known = known and party not in table.seats
            continue
        least = NOTICED * float(estimate.max() - estimate.min())
        for k, issue in enumerate(table.issues):
            gain = _gain(table, estimate, k, made.last[name][k], made.deals[name][k])
            if abs(gain) > least:
                gains.append((gain, Term(name, issue.name)))
    better = sorted((gain for gain in gains if gain[0] > 0), key=lambda gain: -gain[0])
    worse = sorted((gain for gain in gains if gain[0] < 0), key=lambda gain: gain[0])
    return Effect(tuple(term for _, term in better), tuple(term for _, term in worse), known)


def _gain(table: Table, estimate: npt.NDArray[np.float64], issue: int, old: int, new: int) -> float:
    """Return what one option more than another is worth: the mean over deals that differ in nothing else.

    Where no two legal deals differ in that alone, the difference of the means.
    """
    if old == new:
        return 0.0
    there = np.where(np.arange(len(table.grid))[:, None] == issue, 0, np.asarray(table.grid))
    apart = np.ravel_multi_index(tuple(there), [len(one.options) for one in table.issues])
    had, has = np.flatnonzero(table.grid[issue] == old), np.flatnonzero(table.grid[issue] == new)
    _, first, second = np.intersect1d(apart[had], apart[has], assume_unique=True, return_indices=True)
    if len(first):
        return float((estimate[has[second]] - estimate[had[first]]).mean())
    return float(estimate[has].mean()) - float(estimate[had].mean())


def own(made: Made, scenario: Scenario, but: Collection[Term]) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return where the author gave something up, and where it asks for more, by its own sheet; issues in `but` left out."""
    given: list[Term] = []
    taken: list[Term] = []
    for name in filter(made.changed, made.deals):
        for k, points in enumerate(made.points.get(name, ())):
            term = Term(name, scenario.tables[name].issues[k].name)
            gain = points[made.deals[name][k]] - points[made.last[name][k]]
            if gain and term not in but:
                (given if gain < 0 else taken).append(term)
    return tuple(given), tuple(taken)
