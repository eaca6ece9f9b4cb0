"""Coalitions: the worth of groups without the others, power, and divisions that no group would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import factorial
from typing import TypeAlias

import numpy as np

from negotiation.analysis.dominance import Points
from negotiation.analysis.frontier import MEMORY, Frontier, Progress, frontier
from negotiation.analysis.linear_program import exactly, largest
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem
from negotiation.language import phrase
from negotiation.preferences import Preferences
from negotiation.scenario import Scenario
from negotiation.table import Table

Coalition: TypeAlias = tuple[str, ...]
"""Parties, in the order of the case."""


def best(
    scenario: Scenario,
    sheets: Mapping[str, Preferences],
    members: Coalition,
    *,
    without: Sequence[str] = (),
    memory: float = MEMORY,
) -> Frontier:
    """Return the largest sum of the members' points where only they sign and none is worse off than without.

    One point, or none if there is no such outcome. Tables that need others, and those in `without`, stay unsigned;
    outsiders may lose.
    """
    floors = {party: resting(sheets[party]) for party in members}
    problem = Problem((members,), floors=floors, fixed=dict.fromkeys(without), within=members)
    return frontier(scenario, sheets, problem, memory=memory)


def values(
    scenario: Scenario,
    sheets: Mapping[str, Preferences],
    parties: Sequence[str],
    *,
    without: Sequence[str] = (),
    memory: float = MEMORY,
    progress: Progress | None = None,
) -> dict[Coalition, float]:
    """Return the worth of every coalition: the largest sum of its members' gains over having nothing signed, alone.

    Points of different parties are added up, so worths are only as comparable as the parties' points.
    """
    groups = [group for count in range(1, len(parties) + 1) for group in combinations(parties, count)]
    found = {}
    for n, group in enumerate(groups):
        if progress:
            progress(n / len(groups), phrase("coalition {parties}", parties=", ".join(group)))
        rest = 0.0
        for party in group:
            rest += resting(sheets[party])
        top = best(scenario, sheets, group, without=without, memory=memory)
        found[group] = round(float(top.points[0, 0]) - rest, 9) + 0.0 if len(top) else 0.0
    return found


def shapley(worth: Mapping[Coalition, float], parties: Sequence[str]) -> Points:
    """Return each party's mean addition to a coalition over all orders of joining (Shapley 1953), shape (parties,)."""
    count, found = len(parties), np.zeros(len(parties))
    for n, party in enumerate(parties):
        others = [p for p in parties if p != party]
        for size in range(count):
            share = factorial(size) * factorial(count - size - 1) / factorial(count)
            for group in combinations(others, size):
                joined = tuple(p for p in parties if p in group or p == party)
                found[n] += share * (worth[joined] - worth.get(group, 0.0))
    return found


def core(worth: Mapping[Coalition, float], parties: Sequence[str]) -> tuple[Points, float]:
    """Return a division of the worth of all that leaves no coalition with less than it can have alone, and its slack.

    The slack is the least that a coalition gets above its worth; the division is one where that is largest (in the
    least core of Maschler, Peleg and Shapley 1979). Below 0 the core is empty: some coalition always does better
    alone. By linear programming in fractions: exact.
    """
    whole = tuple(parties)
    groups = [group for group in worth if len(group) < len(whole)]
    if not groups:
        return np.array([worth[whole]]), 0.0
    rows = [[*(int(party in group) for party in whole), -1 if group != whole else 0] for group in (whole, *groups)]
    start = [0, *(1 + groups.index((party,)) for party in whole)]
    found, _ = largest(rows, [exactly(worth[group]) for group in (whole, *groups)], 1, start)
    *shares, slack = (round(float(number), 9) + 0.0 for number in found)
    return np.array(shares), slack


def winning(table: Table) -> tuple[Coalition, ...]:
    """Return the smallest coalitions whose signatures can make some deal of a table binding."""
    return _smallest(table, lambda group: bool(table.signable(p for p in table.seats if p not in group).any()))


def blocking(table: Table) -> tuple[Coalition, ...]:
    """Return the smallest coalitions without which no deal of a table can bind."""
    return _smallest(table, lambda group: not table.signable(group).any())


def _smallest(table: Table, does: Callable[[Coalition], bool]) -> tuple[Coalition, ...]:
    found: list[Coalition] = []
    for count in range(1, len(table.seats) + 1):
        for group in combinations(table.seats, count):
            if not any(set(smaller) <= set(group) for smaller in found) and does(group):
                found.append(group)
    return tuple(found)
