"""The ideal score of a party: the most points that any outcome gives it, exact, with links and constraints.

Only what links, totals and constraints ask of a deal ties tables to each other, so the deals of a table fall into few groups that
differ in nothing else; and what a choice of groups at the first tables leaves open is one of few states. Those are laid
out once for a set of links (`ways`); a score sheet then takes the best of each group, and of each state, table by table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import add
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.preferences import Link, Preferences, Scores
from negotiation.scenario import Scenario
from negotiation.table import Pattern, Table
from negotiation.totals import Total

Numbers: TypeAlias = npt.NDArray[np.int64]
State: TypeAlias = tuple[int, int, tuple[int, ...]]
"""The links that have not failed so far, and the constraints that are not kept clear of so far, as bits; the totals so far."""

Patterns: TypeAlias = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""The patterns of links, as a key."""

MOST_STEPS = 2_000_000
"""Steps that are laid out; a case with more ties between its tables is not answered."""

LEAST = -1e300
"""Less than any points."""


class Step(NamedTuple):
    """One table.

    Attributes
    ----------
    group
        By deal, and last for leaving it unsigned, the number of its group; shape (deals + 1,).
    source, taken, target
        Every way on from a state: the state before, the group that is chosen here, the state after; ordered by the last.
    states
        How many states there are after it.
    """

    group: Numbers
    source: Numbers
    taken: Numbers
    target: Numbers
    states: int


class Ways(NamedTuple):
    """The combinations that may hold at the tables together.

    Attributes
    ----------
    steps
        By table, in file order.
    met
        By link and last state, whether it is met; shape (links, states).
    broken
        By last state, whether a constraint is broken.
    sums
        By last state, what the deals add up to, by total.
    """

    steps: tuple[Step, ...]
    met: npt.NDArray[np.bool_]
    broken: npt.NDArray[np.bool_]
    sums: tuple[tuple[int, ...], ...]


def ideal_score(ours: Preferences) -> float:
    """Return the most points that an outcome has for a party, delay and discount left out; nan if too hard to find.

    It is the score of the best outcome to the last bit: sums are made in the order of `Preferences.score`.
    """
    found = ways_of(ours)
    if found is None:
        return np.nan
    now: Scores = np.zeros(1)
    for step, points in zip(found.steps, ours.points.values(), strict=True):
        best = _largest(points, step.group, int(step.group.max()) + 1)
        now = _largest(now[step.source] + best[step.taken], step.target, step.states)
    return float((now + effects(found, ours.links, ours.totals)).max())


def _largest(values: Scores, which: Numbers, many: int) -> Scores:
    """Return the largest of the values for each number in `which`."""
    largest = np.full(many, LEAST)
    np.maximum.at(largest, which, values)
    return largest


def effects(ways: Ways, links: tuple[Link, ...], given: tuple[Total, ...] = ()) -> Scores:
    """Return the points of the links met and of totals, by last state; `LEAST` where a constraint is broken."""
    totals = np.zeros(len(ways.broken))
    for link, met in zip(links, ways.met, strict=True):  # one by one, as `Preferences.score` adds them up
        totals[met] += link.points
    if given:
        totals += [sum(one.worth(n) for one, n in zip(given, sums, strict=True)) for sums in ways.sums]
    totals[ways.broken] = LEAST
    return totals


def ways_of(ours: Preferences) -> Ways | None:
    """Return the ways that the links and totals of a party leave open; None if they are too many."""
    links = tuple(tuple(link.pattern.items()) for link in ours.links)
    return _ways(ours.scenario, links, ours.totals) if ours.totals else ways(ours.scenario, links)


@lru_cache(maxsize=64)
def ways(scenario: Scenario, links: Patterns) -> Ways | None:
    """Return `ways_of` without totals by the patterns of the links, on which alone it depends; cached."""
    return _ways(scenario, links, ())


def _ways(scenario: Scenario, links: Patterns, totals: tuple[Total, ...]) -> Ways | None:
    patterns, constraints = [dict(link) for link in links], [c.pattern for c in scenario.constraints]
    states: dict[State, int] = {((1 << len(links)) - 1, (1 << len(constraints)) - 1, (0,) * len(totals)): 0}
    steps, laid = [], 0
    for table in scenario.tables.values():
        groups, group = _groups(table, patterns, constraints, totals)
        laid += len(states) * len(groups)
        if laid > MOST_STEPS:
            return None
        step, states = _step(states, groups, group)
        steps.append(step)
    met = [[bool(state >> n & 1) for state, _, _ in states] for n in range(len(links))]
    broken = np.array([bars > 0 for _, bars, _ in states])
    return Ways(tuple(steps), np.array(met, dtype=np.bool_), broken, tuple(sums for _, _, sums in states))


def _groups(
    table: Table, links: Iterable[Pattern], constraints: Iterable[Pattern], totals: tuple[Total, ...]
) -> tuple[dict[State, int], Numbers]:
    """Return the groups of deals of a table by their demands, numbered, and the group of each; last of unsigned."""
    adds = np.array([total.adds(table) for total in totals], dtype=np.int64).reshape(len(totals), table.size + 1)
    kinds = list(zip(_bits(table, links), _bits(table, constraints), map(tuple, adds.T.tolist()), strict=True))
    groups = {kind: n for n, kind in enumerate(dict.fromkeys(kinds))}
    return groups, np.array([groups[kind] for kind in kinds])


def _bits(table: Table, patterns: Iterable[Pattern]) -> list[int]:
    """Return the patterns that do not fail there as bits, by deal, and last for unsigned."""
    bits = np.zeros(table.size + 1, dtype=object)
    for n, pattern in enumerate(patterns):
        bits[table.mask(pattern)] |= 1 << n
    found: list[int] = bits.tolist()
    return found


def _step(states: Mapping[State, int], groups: Mapping[State, int], group: Numbers) -> tuple[Step, dict[State, int]]:
    after: dict[State, int] = {}
    ways = [
        (
            after.setdefault((open_ & kind, bars & barred, tuple(map(add, sums, more))), len(after)),
            source,
            number,
        )
        for (open_, bars, sums), source in states.items()
        for (kind, barred, more), number in groups.items()
    ]
    target, source, taken = np.array(sorted(ways), dtype=np.int64).T
    return Step(group, source.copy(), taken.copy(), target.copy(), len(after)), after
