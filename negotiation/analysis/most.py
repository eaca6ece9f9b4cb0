"""The most points a party could have, whoever else signs: links between tables and constraints counted, exact and fast.

What does not depend on points is worked out once: which deals of a table meet the same links, and how those groups go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import Points
from negotiation.analysis.frontier import frontier
from negotiation.analysis.question import Question
from negotiation.preferences import Preferences
from negotiation.table import Pattern, Table

Places: TypeAlias = npt.NDArray[np.intp]
Bits: TypeAlias = npt.NDArray[np.int64]

MOST_TERMS = 60
"""Links and constraints up to which they are the bits of a number."""

MOST_PAIRS = 2_000_000
"""Pairs of groups up to which they are kept."""

Frozen: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""A pattern that can be looked up."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Which things are taken together: those in `order`, from each of `starts` to the next."""

    order: Places
    starts: Places

    def largest(self, values: Points) -> Points:
        """The largest value of each group."""
        found: Points = np.maximum.reduceat(values[self.order], self.starts)
        return found


@dataclass(frozen=True, eq=False)
class Step:
    """One table added to those before: its deals by what they meet, the pairs there are, what closes, what they become.

    `first` and `second` are the pairs; `closed`, shape (kinds, links), the links decided here; `kind` which of these a pair meets.
    """

    deals: Groups
    first: Places
    second: Places
    closed: Points
    kind: Places
    after: Groups


def most(ours: Preferences) -> float:
    """The points of the best outcome for a party among all that break no constraint, delay left out."""
    scenario = ours.scenario
    steps = _steps(
        tuple(scenario.tables.values()),
        tuple(_frozen(link.pattern) for link in ours.links),
        tuple(_frozen(constraint.pattern) for constraint in scenario.constraints),
    )
    if steps is None:
        return float(frontier(scenario, {ours.party: ours}, Question(((ours.party,),))).points[0, 0])
    links = np.array([link.points for link in ours.links])
    best = np.zeros(1)
    for name, step in zip(scenario.tables, steps, strict=True):
        here = step.deals.largest(ours.points[name])
        added = (step.closed * links).sum(axis=1) if len(links) else np.zeros(len(step.closed))
        best = step.after.largest(best[step.first] + here[step.second] + added[step.kind])
    return float(best.max())


def _frozen(pattern: Pattern) -> Frozen:
    return tuple(pattern.items())


@lru_cache(maxsize=256)
def _steps(tables: tuple[Table, ...], links: tuple[Frozen, ...], barred: tuple[Frozen, ...]) -> tuple[Step, ...] | None:
    """One step a table; None where there is too much to keep."""
    terms = (*links, *barred)
    if len(terms) > MOST_TERMS:
        return None
    last = [max(n for n, t in enumerate(tables) if any(k.startswith(f"{t.name}.") for k, _ in term)) for term in terms]
    states, steps = np.array([(1 << len(terms)) - 1], dtype=np.int64), []
    for place, table in enumerate(tables):
        bits = np.zeros(table.size + 1, dtype=np.int64)
        for n, term in enumerate(terms):
            bits |= table.mask(dict(term)).astype(np.int64) << n
        kinds, deals = _grouped(bits)
        if len(states) * len(kinds) > MOST_PAIRS:
            return None
        met = states[:, None] & kinds[None, :]
        closing = sum(1 << n for n, at in enumerate(last) if at == place)
        bars = closing & ~((1 << len(links)) - 1)
        first, second = np.nonzero(met & bars == 0)
        together = met[first, second]
        closed, kind = np.unique(together & closing, return_inverse=True)
        states, after = _grouped(together & ~closing)
        shares = (closed[:, None] >> np.arange(len(links)) & 1).astype(np.float64)
        steps.append(Step(deals, first, second, shares, kind.reshape(-1), after))
    return tuple(steps)


def _grouped(bits: Bits) -> tuple[Bits, Groups]:
    """The different numbers there are, and the places of each."""
    order = np.argsort(bits, kind="stable")
    kinds, starts = np.unique(bits[order], return_index=True)
    return kinds, Groups(order, starts)
