"""Sets of partial outcomes, and the trail from a row of them back to a whole outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import Points
from negotiation.analysis.outcome_space import Space

Rows: TypeAlias = npt.NDArray[np.int32]

Block: TypeAlias = tuple[Points, int]
"""Points of one signature, and the number of the first row."""

Kept: TypeAlias = tuple[Points, Rows, Rows]
"""Points, and the rows they come from."""

NO_ROWS = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Trail:
    """The origin of the rows of a part: row n of a join is row `left[n]` of the first, `right[n]` of the second.

    A leaf has no origins: a branch (unsigned, or signed with no option chosen yet), or the options of one issue.
    A table has its branches as origins: row n is row `right[n]` of the branch `left[n]`.
    """

    left: Rows
    right: Rows
    origins: tuple[Trail, ...] = ()
    table: str = ""
    issue: int = -1


@dataclass(frozen=True)
class Part:
    """Undominated partial outcomes: those that settle the choices `keys`, by signature.

    `groups` holds per signature the points, shape (rows, columns), and the number of its first row in the trail.
    `coarse` is how many times a grid has left something out on the way to a row, at most.
    """

    keys: frozenset[str]
    groups: Mapping[int, tuple[Points, int]]
    trail: Trail
    coarse: int = 0

    @cached_property
    def size(self) -> int:
        """Return how many rows there are."""
        return sum(len(points) for points, _ in self.groups.values())


@dataclass(frozen=True)
class Bounds:
    """The least and the most that the choices still open can add, per column, terms left out."""

    least: Points
    most: Points

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.least + other.least, self.most + other.most)


def choices_of(space: Space, table: str) -> frozenset[str]:
    """Return all choices of a table."""
    return frozenset((table, *(f"{table}.{issue.name}" for issue in space.scenario.tables[table].issues)))


def leaf_of(
    space: Space,
    keys: frozenset[str],
    points: Points,
    alive: Sequence[int],
    table: str = "",
    issue: int = -1,
    options: Sequence[int] = (0,),
) -> Part:
    """Return a part whose rows are given, terms that lie wholly inside counted."""
    inside, decided = space.within(keys), space.totals.decided(keys)
    found: dict[int, list[tuple[Points, int]]] = {}
    for row, option, may in zip(points, options, alive, strict=True):
        if not may & inside & space.barred:
            units, sign = space.totals.settled(may | inside, decided)
            found.setdefault(sign, []).append((row + space.effect(may & inside)[0] + units, option))
    groups = {}
    for sign, rows in found.items():
        numbers = np.array([option for _, option in rows], dtype=np.int32)
        groups[sign] = np.stack([row for row, _ in rows]), numbers, numbers
    return gathered(keys, groups, Trail(*NO_ROWS, (), table, issue), 0)


def gathered(keys: frozenset[str], found: Mapping[int, Kept], trail: Trail, coarse: int) -> Part:
    """Return a part of what was found by signature; the trail gets its rows here."""
    groups, at = {}, 0
    for sign, (points, _, _) in found.items():
        groups[sign] = points, at
        at += len(points)
    left, right = (np.concatenate([NO_ROWS[0], *(kept[side] for kept in found.values())]) for side in (1, 2))
    return Part(keys, groups, replace(trail, left=left, right=right), coarse)


def trace(space: Space, trail: Trail, rows: Rows) -> dict[str, npt.NDArray[np.int16]]:
    """Return the option of each issue in these rows, by table, shape (rows, issues); -1 where the table is unsigned."""
    tables = space.scenario.tables
    found = {name: np.full((len(rows), len(table.issues)), -1, dtype=np.int16) for name, table in tables.items()}
    waiting = [(trail, rows, np.arange(len(rows)))]
    while waiting:
        trail, rows, places = waiting.pop()
        if trail.table and trail.origins:
            for n, origin in enumerate(trail.origins):
                here = trail.left[rows] == n
                waiting.append((origin, trail.right[rows][here], places[here]))
        elif trail.origins:
            first, second = trail.origins
            waiting += [(first, trail.left[rows], places), (second, trail.right[rows], places)]
        elif trail.issue >= 0:
            found[trail.table][places, trail.issue] = trail.left[rows]
    return found
