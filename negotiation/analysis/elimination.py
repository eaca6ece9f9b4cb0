"""All tables of a scenario put together, in the order that keeps the fewest partial outcomes open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np

from negotiation.analysis.merging import LARGE_TABLE, Merger
from negotiation.analysis.outcome_space import Space
from negotiation.analysis.partial_outcomes import Bounds, Part
from negotiation.language import phrase
from negotiation.scenario import Scenario
from negotiation.table import tables_of

Progress: TypeAlias = Callable[[float, str], object]
"""Told the share of the work that is done, and what is being done now. To stop the work, raise from it."""


def thinned(scenario: Scenario) -> int:
    """Return how often a grid may thin out partial outcomes on the way to a whole one."""
    inside = sum(len(table.issues) for table in scenario.tables.values() if table.raw > LARGE_TABLE)
    return max(1, len(scenario.tables) - 1 + inside)


def unit_step(space: Space, epsilon: float) -> float:
    """Return the width of the grid, in units, with which nobody loses more than `epsilon` points in all."""
    return epsilon * (space.scale or 1.0) / thinned(space.scenario)


def whole(merger: Merger, progress: Progress | None) -> Part:
    """Return all tables joined, those first whose union is tied to the fewest other tables."""
    space = merger.space
    tables = space.scenario.tables
    bounds = {name: _bounds(space, name) for name in tables}
    nothing = Bounds(np.zeros(len(space.columns)), np.zeros(len(space.columns)))
    ties = [{*tables_of(term.options), *(term.signer or ())[:1]} for term in space.terms]
    ties += [set(one.tables) for one in space.totals.every]
    parts: dict[frozenset[str], Part] = {}
    for n, name in enumerate(tables):
        if progress:
            progress(n / (2 * len(tables)), name)
        parts[frozenset([name])] = merger.table(name, sum((bounds[t] for t in tables if t != name), nothing))
    while len(parts) > 1:
        one, other = _next(parts, ties)
        first, second = parts.pop(one), parts.pop(other)
        rest = sum((bounds[t] for t in tables if t not in one | other), nothing)
        tell = _teller(progress, first.size * second.size, len(parts), tables, one | other)
        parts[one | other] = merger.join(first, second, rest, thin=True, tell=tell)
    return parts.popitem()[1]


def _teller(
    progress: Progress | None, pairs: int, left: int, tables: Mapping[str, object], joined: frozenset[str]
) -> Callable[[int], None] | None:
    """Return a function that tells how far a join is; None without `progress`."""
    if progress is None:
        return None
    what, tried, share = ", ".join(t for t in tables if t in joined), 0, 0.5 / max(1, len(tables) - 1)

    def tell(more: int) -> None:
        nonlocal tried
        progress(
            1 - share * (left + 1 - tried / max(1, pairs)),
            phrase("{what}: {tried:,} of {pairs:,} pairs", what=what, tried=tried, pairs=pairs),
        )
        tried += more

    return tell


def _next(parts: Mapping[frozenset[str], Part], ties: Sequence[set[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the two parts to join next: tied ones, leaving the fewest tables tied to them, with the fewest pairs."""

    def cost(pair: tuple[frozenset[str], frozenset[str]]) -> tuple[bool, int, int]:
        one, other = pair
        tied = any(tie & one and tie & other for tie in ties)
        around = {table for tie in ties if tie & (one | other) for table in tie} - one - other
        return not tied, len(around), parts[one].size * parts[other].size

    return min(combinations(parts, 2), key=cost)


def _bounds(space: Space, name: str) -> Bounds:
    """Return the least and the most that a table can add to each column, links left out."""
    least, most = [], []
    for branch in space.branches(name):
        start = space.start(branch)[0]
        choices = [space.choice(branch, k)[0] for k in range(len(branch.options))]
        if all(len(points) for points in choices):
            least.append(sum((points.min(axis=0) for points in choices), start))
            most.append(sum((points.max(axis=0) for points in choices), start))
    nothing = np.zeros((1, len(space.columns)))
    return Bounds(np.min(least or nothing, axis=0), np.max(most or nothing, axis=0))
