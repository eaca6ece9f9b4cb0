"""The exact frontier of a scenario for any of its parties, and how far below it an outcome lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import TOLERANCE, Points, snapped, undominated
from negotiation.analysis.elimination import Progress as Progress
from negotiation.analysis.elimination import thinned, unit_step, whole
from negotiation.analysis.memory_forecast import SURELY, forecast, what_fits
from negotiation.analysis.merging import Merger, TooLarge
from negotiation.analysis.outcome_space import Space
from negotiation.analysis.partial_outcomes import Part, Trail, trace
from negotiation.analysis.problem import Problem
from negotiation.errors import SetupError
from negotiation.language import phrase
from negotiation.preferences import Preferences
from negotiation.rounding import plain
from negotiation.scenario import Outcome, Scenario

MEMORY = 2e9
"""Bytes that an analysis may take unless told otherwise."""

FEW = 3
"""Parties up to which a frontier hardly ever outgrows memory, and an estimate would cost as much as the work."""

LITTLE = 64e6
"""Bytes that the work for so few parties may take before it is estimated."""

BLOCK = 4096
"""Points of a frontier compared at once with one outcome."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """Outcomes that no other outcome beats for all of the parties at once.

    Attributes
    ----------
    parties
        The parties whose points the columns are; a group whose points are added up is written `a+b`.
    points
        Distinct and undominated, shape (n, parties), in points, sorted descending by the first party, then the next.
    epsilon
        0: the frontier is exact. Else it is approximate: for every outcome asked about there is a point here that
        gives each party at least its points less `epsilon`.
    """

    parties: tuple[str, ...]
    points: Points
    epsilon: float
    space: Space = field(repr=False)
    _trail: Trail = field(repr=False)
    _rows: npt.NDArray[np.int32] = field(repr=False)

    def __len__(self) -> int:
        return len(self.points)

    def options(self, rows: Sequence[int] | npt.NDArray[np.signedinteger]) -> dict[str, npt.NDArray[np.int16]]:
        """Return the options taken in these points' outcomes, by table, shape (rows, issues); -1 where unsigned."""
        return trace(self.space, self._trail, self._rows[np.asarray(rows, dtype=np.intp)])

    def outcome(self, row: int) -> Outcome:
        """Return one outcome that attains a point; `attaining` finds them all."""
        return _outcome(self.options([row]), 0)

    @cached_property
    def _by_total(self) -> tuple[Points, Points]:
        """Return the points by falling total, and the mean of each over the parties."""
        means = self.points.mean(axis=1)
        order = np.argsort(-means, kind="stable")
        return self.points[order], means[order]


def frontier(
    scenario: Scenario,
    sheets: Mapping[str, Preferences],
    problem: Problem,
    *,
    epsilon: float = 0.0,
    memory: float = MEMORY,
    progress: Progress | None = None,
) -> Frontier:
    """Return the undominated points of all outcomes of a problem.

    Points are counted in decimal units, so that sums are exact, if all are multiples of 0.0001 or more; else sums
    are floats, and at the end numbers that differ by no more than 1e-9 are equal.

    Parameters
    ----------
    sheets
        What each party wants, by party: those that the problem names, at least.
    epsilon
        Points that each party may lose against the exact frontier. What was lost at most stands in the result.
    memory
        Bytes it may take.

    Raises
    ------
    SetupError
        When the problem names a party or table that does not exist, or memory does not suffice: before it is used
        if `memory_forecast.forecast` is twice the memory, else when it is about to be exceeded. The message says what would
        fit, by the same estimate.
    """
    space = Space(scenario, sheets, problem, lossy=epsilon > 0)
    found = _found(space, epsilon, memory, progress)
    points, at = found.groups.get(space.every, (np.zeros((0, len(space.columns))), 0))
    points = space.points(points[:, : space.objectives])
    if not space.scale:
        points = snapped(points)
    rows = np.flatnonzero(undominated(points))
    rows = rows[np.lexsort(-points[rows].T[::-1])]
    names = tuple("+".join(group) for group in problem.objectives)
    lost = found.coarse * epsilon / thinned(scenario)
    return Frontier(names, points[rows], lost, space, found.trail, (rows + at).astype(np.int32))


def _found(space: Space, epsilon: float, memory: float, progress: Progress | None) -> Part:
    """Return all tables joined, if that fits into memory; what needs more than a LITTLE is estimated first."""
    step = unit_step(space, epsilon)
    try:
        if space.objectives <= FEW:
            with suppress(TooLarge):
                return whole(Merger(space, memory, step, most=min(memory, LITTLE)), progress)
        if (needed := forecast(space, epsilon, memory)) > SURELY * memory:
            raise TooLarge(memory, phrase("about {size} GB by estimate", size=plain(needed / 1e9, 2)))  # noqa: TRY301 - one message for both
        return whole(Merger(space, memory, step), progress)
    except TooLarge as error:
        fits = what_fits(space, epsilon, memory)
        raise SetupError(phrase("{why}. What would fit: {fits}", why=error.args[0], fits=fits)) from error


def attaining(front: Frontier, row: int, memory: float = MEMORY / 10) -> tuple[Outcome, ...]:
    """Return all outcomes that attain a point of a frontier, not only the one that stands for it, each once.

    Raises
    ------
    SetupError
        When they do not fit into memory.
    """
    space = Space(front.space.scenario, front.space.sheets, front.space.problem, lossy=False)
    own = slice(0, space.objectives)
    units = [space.units(points) for points in front.points[row].tolist()]
    space.floors[own] = np.maximum(space.floors[own], np.array(units) - (0.0 if space.scale else TOLERANCE))
    every = whole(Merger(space, memory, everything=True), None)
    found = trace(space, every.trail, np.arange(every.size, dtype=np.int32))
    outcomes = (_outcome(found, n) for n in range(every.size))
    return tuple({tuple(outcome.values()): outcome for outcome in outcomes}.values())


def _outcome(options: Mapping[str, npt.NDArray[np.int16]], row: int) -> Outcome:
    deals = {name: tuple(int(n) for n in rows[row]) for name, rows in options.items()}
    return {name: None if deal[0] < 0 else deal for name, deal in deals.items()}


def distance(front: Frontier, scores: Sequence[float] | Points) -> float:
    """Return the largest t such that some outcome gives every party its score plus t; 0 on the frontier.

    What an outcome leaves on the table for each, if all are to gain alike. Negative for a wish nobody can fulfil.
    An approximate frontier may fall short by its epsilon. `scores` in the order of the frontier's parties.
    """
    return float(distances(front, np.array([scores], dtype=np.float64))[0])


def distances(front: Frontier, scores: Points) -> Points:
    """Return `distance` for many outcomes: scores of shape (outcomes, parties), one distance per row."""
    points, means = front._by_total
    found = np.full(len(scores), -np.inf)
    for n, wanted in enumerate(scores):
        best, mean = -np.inf, wanted.mean()
        for first in range(0, len(points), BLOCK):
            if means[first] - mean <= best:
                break
            best = max(best, (points[first : first + BLOCK] - wanted).min(axis=1).max())
        found[n] = best
    return np.round(found, 9) + 0.0


def dominating(front: Frontier, scores: Sequence[float]) -> int:
    """Return how many points of a frontier are at least as good as these scores for every party, and better for one."""
    wanted = np.array(scores, dtype=np.float64)
    no_worse = (front.points >= wanted - TOLERANCE).all(axis=1)
    return int((no_worse & (front.points > wanted + TOLERANCE).any(axis=1)).sum())
