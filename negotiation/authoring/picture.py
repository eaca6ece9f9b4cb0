"""What could be had in a case that is being written: the zone of agreement of each table, and options nobody would take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from negotiation.analysis.dominance import Mask, snapped, undominated
from negotiation.analysis.whatif import alone, sheets_of
from negotiation.case import Case
from negotiation.formats.check import zones
from negotiation.table import Table

MOST_DEALS = 20_000
"""Deals of a table that are compared with each other; in a larger one no dead options are looked for."""


@dataclass(frozen=True)
class Zone:
    """The deals of a table: all, those that the rules allow, and those that harm none who must sign; links between tables left out.

    `efficient`: those that no other deal of the table beats for all at once; None where there are too many to compare.
    """

    table: str
    deals: int
    legal: int
    acceptable: int
    efficient: int | None


@dataclass(frozen=True)
class Dead:
    """An option that nobody would choose: for every deal with it another suits all at the table as well, and one better."""

    table: str
    issue: str
    option: str


def picture(case: Case) -> tuple[tuple[Zone, ...], tuple[Dead, ...]]:
    """Return the zone of every table, and the dead options of the case; private types as the first of each party."""
    found, dead = [], []
    for name, table in case.scenario.tables.items():
        best = efficient(case, name) if table.size <= MOST_DEALS else None
        acceptable = sum(int(zone.sum()) for _, zone in zones(case, name))
        found.append(Zone(name, table.raw, table.size, acceptable, None if best is None else int(best.sum())))
        dead += [] if best is None else list(_dead(table, best))
    return tuple(found), tuple(dead)


def efficient(case: Case, name: str) -> Mask:
    """Return which deals of a table, seen alone, no other deal beats: at least as good for all there, better for one."""
    _, sheets = alone(case.scenario, sheets_of(case), [name])
    table = case.scenario.tables[name]
    columns = []
    for party in table.seats:
        ours = sheets[party]
        points = ours.points[name][:-1].copy()
        for link in ours.links:
            points += link.points * table.mask(link.pattern)[:-1]
        columns.append(points)
    rows, which = np.unique(snapped(np.stack(columns, axis=1)), axis=0, return_inverse=True)
    found: Mask = undominated(rows)[which.reshape(-1)]
    return found


def _dead(table: Table, best: Mask) -> Iterator[Dead]:
    for k, issue in enumerate(table.issues):
        for number, option in enumerate(issue.options):
            taken = table.grid[k] == number
            if taken.any() and not (taken & best).any():
                yield Dead(table.name, issue.name, option)
