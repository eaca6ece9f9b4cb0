"""The exact picture of a case: what could be had, who would leave, what groups are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict

from negotiation.analysis.coalitions import core, shapley, values
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.findings import Analysis, Bargain, Better, Compared, Core, Extent, Point, Solved, Worth
from negotiation.analysis.frontier import MEMORY, Frontier, Progress, attaining, distance, dominating, frontier
from negotiation.analysis.improvements import improvements, nobody_hurt, said
from negotiation.analysis.nucleolus import nucleolus
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem, branches
from negotiation.analysis.solutions import SOLUTIONS, solutions
from negotiation.analysis.stability import leavers
from negotiation.analysis.whatif import Shortfall, alone, sheets_of, shortfalls, unlinked
from negotiation.case import Case
from negotiation.errors import SetupError, unknown
from negotiation.language import phrase
from negotiation.preferences import Preferences
from negotiation.rounding import plain
from negotiation.scenario import Outcome, Scenario

MOST_TIES = 3
"""Tied points of a solution that are told, those with the largest sum; how many there are is told besides."""

MOST_IMPROVEMENTS = 3
"""Improvements told per reference."""

MOST_IN_COALITIONS = 10
"""Parties beyond which coalitions are left out: every further one doubles their number."""

FEW = 1e7
"""Bytes beyond which the outcomes behind one point are too many to count."""


@dataclass(frozen=True)
class Wish:
    """The wish of a user: what to analyse, and how.

    Attributes
    ----------
    parties
        Those on the frontier; all if empty. The others sign no table which, seen alone, is worth less to them than
        leaving it unsigned.
    types
        Private types, by party; the first of each party where none is given.
    without
        Tables that stay unsigned whatever happens.
    linked
        Whether links between tables count.
    epsilon, memory
        As in `frontier`.
    """

    parties: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    linked: bool = True
    epsilon: float = 0.0
    memory: float = MEMORY


def wished(case: Case, wish: Wish, progress: Progress | None = None) -> Frontier:
    """Return the frontier that a wish asks for; its space holds the sheets and the problem.

    Raises
    ------
    SetupError
        When the wish names what does not exist, or the analysis does not fit into memory.
    """
    sheets = sheets_of(case, wish.types)
    sheets = sheets if wish.linked else unlinked(sheets)
    parties = wish.parties or tuple(sheets)
    _check(case.scenario, sheets, wish)
    others = tuple(party for party in sheets if party not in parties)
    fixed: Outcome = dict.fromkeys(wish.without)
    problem = Problem(tuple((party,) for party in parties), alone=others, fixed=fixed)
    front = frontier(case.scenario, sheets, problem, epsilon=wish.epsilon, memory=wish.memory, progress=progress)
    if not len(front):
        raise SetupError(phrase("{case}: no outcome meets all constraints", case=case.name))
    return front


def analyse(case: Case, wish: Wish, progress: Progress | None = None, front: Frontier | None = None) -> Analysis:
    """Return the frontier with its solutions, references against it, who leaves, coalitions.

    Parameters
    ----------
    front
        The result of `wished` for this wish, if it is there already.

    Raises
    ------
    SetupError
        As `wished` does.
    """
    front = front or wished(case, wish, progress)
    sheets, parties, others = front.space.sheets, front.parties, front.space.problem.alone
    rest = {party: resting(sheet) for party, sheet in sheets.items()}
    return Analysis(
        case=case.name,
        variant=case.variant,
        parties=parties,
        never_below_unsigned=others,
        types={party: wish.types.get(party, next(iter(roles))) for party, roles in case.roles.items()},
        without=wish.without,
        linked=wish.linked,
        unsigned_scores=_rounded(rest),
        frontier=_extent(front),
        solutions=_solutions(front, rest),
        tables={
            name: _bargains(case.scenario, sheets, name) for name in case.scenario.tables if name not in wish.without
        },
        references={
            name: _compared(case, sheets, front, reference.outcome, wish) for name, reference in case.references.items()
        },
        **_coalitions(case.scenario, sheets, wish, progress),
    )


def _check(scenario: Scenario, sheets: Mapping[str, Preferences], wish: Wish) -> None:
    for party in wish.parties:
        if party not in sheets:
            raise SetupError(unknown("party", party, sheets))
    if len(set(wish.parties)) < len(wish.parties):
        raise SetupError(f"a party is named twice: {', '.join(wish.parties)}")
    for table in wish.without:
        if table not in scenario.tables:
            raise SetupError(unknown("table", table, scenario.tables))
    if not 0 <= wish.epsilon < float("inf"):
        raise SetupError(f"epsilon is {plain(wish.epsilon)}: it must be 0 (exact) or points that a party may lose")
    if not wish.memory > 0:
        raise SetupError(f"memory is {plain(wish.memory / 1e9)} GB: it must be more than 0")


def _extent(front: Frontier) -> Extent:
    ends = front.points.min(axis=0), front.points.max(axis=0)
    lowest, highest = (_rounded(dict(zip(front.parties, end.tolist(), strict=True))) for end in ends)
    return Extent(len(front), not front.epsilon, front.epsilon, lowest, highest)


def _solutions(front: Frontier, rest: Mapping[str, float]) -> dict[str, Solved]:
    found = solutions(front.points, [rest[party] for party in front.parties])
    totals = front.points.sum(axis=1)
    told = {
        name: sorted(solution.rows, key=lambda row: (-round(float(totals[row]), 6), row))[:MOST_TIES]
        for name, solution in found.items()
    }
    points = {row: _point(front, rest, row) for row in dict.fromkeys(row for rows in told.values() for row in rows)}
    return {
        name: Solved(
            SOLUTIONS[name].maximises,
            round(solution.value, 9),
            len(solution.rows),
            tuple(points[row] for row in told[name]),
        )
        for name, solution in found.items()
    }


def _point(front: Frontier, rest: Mapping[str, float], row: int) -> Point:
    """Return one point with an outcome that attains it, and how many do."""
    try:
        count = len(attaining(front, row, FEW))
    except SetupError:
        count = None
    scores = dict(zip(front.parties, front.points[row].tolist(), strict=True))
    gains = _rounded({party: points - rest[party] for party, points in scores.items()})
    return Point(_rounded(scores), gains, count, _named(front.space.scenario, front.outcome(row)))


def _bargains(scenario: Scenario, sheets: Mapping[str, Preferences], name: str) -> tuple[Bargain, ...]:
    """Return the analysis of a table alone: by set of signers the frontier of its deals, and solutions over no deal."""
    small, ours = alone(scenario, sheets, [name])
    table, found = small.tables[name], []
    ways = [branch for branch in branches(table, Problem(())) if branch.signed]
    groups = {tuple(p for p in table.seats if p in (*way.signers, *table.signers.of)) for way in ways}
    rest = {party: resting(sheet) for party, sheet in ours.items()}
    for group in sorted(groups, key=lambda group: [table.seats.index(party) for party in group]):
        problem = Problem(tuple((p,) for p in group), signed={name: group})
        front = frontier(small, ours, problem)
        if len(front):
            found.append(Bargain(group, len(front), _solutions(front, rest)))
    return tuple(found)


def _compared(case: Case, sheets: Mapping[str, Preferences], front: Frontier, outcome: Outcome, wish: Wish) -> Compared:
    scenario = case.scenario
    outcome = {**outcome, **dict.fromkeys(wish.without)}
    scores = {party: sheet.score(outcome) for party, sheet in sheets.items()}
    own = [scores[party] for party in front.parties]
    better = [b for b in improvements(scenario, sheets, outcome) if b.table not in wish.without]
    return Compared(
        scores=_rounded(scores),
        dominated_by=dominating(front, own),
        equal_gain=distance(front, own),
        total_left=_total_left(scenario, sheets, outcome, wish),
        improvements=tuple(
            Better(b.table, b.deal, b.changed, _rounded(b.gains), said(scenario, b)) for b in better[:MOST_IMPROVEMENTS]
        ),
        leaves=tuple(replace(leave, gain=round(leave.gain, 9)) for leave in leavers(scenario, sheets, outcome)),
        needed={
            party: Shortfall(_rounded(lacks.at), round(lacks.overall, 9))
            for party, lacks in shortfalls(scenario, sheets, outcome).items()
            if lacks.overall > TOLERANCE or any(points > TOLERANCE for points in lacks.at.values())
        },
    )


def _total_left(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome, wish: Wish) -> float:
    """Return how many points more all together could have had without anybody being worse off."""
    total = 0.0
    for sheet in sheets.values():
        total += sheet.score(outcome)
    best = nobody_hurt(scenario, sheets, outcome, without=wish.without, memory=wish.memory)
    return round(float(best.points[0, 0]) - total, 9) + 0.0


class _Groups(TypedDict):
    """The part of an analysis on groups."""

    coalitions: tuple[Worth, ...] | None
    shapley: Mapping[str, float] | None
    nucleolus: Mapping[str, float] | None
    core: Core | None


def _coalitions(
    scenario: Scenario, sheets: Mapping[str, Preferences], wish: Wish, progress: Progress | None
) -> _Groups:
    """Return worths, Shapley value and core; tables left out stay unsigned here too."""
    everybody = tuple(sheets)
    if len(everybody) > MOST_IN_COALITIONS:
        return {"coalitions": None, "shapley": None, "nucleolus": None, "core": None}
    worth = values(scenario, sheets, everybody, without=wish.without, memory=wish.memory, progress=progress)
    division, slack = core(worth, everybody)
    middle = nucleolus(worth, everybody)
    return {
        "coalitions": tuple(Worth(group, points) for group, points in worth.items()),
        "shapley": _rounded(dict(zip(everybody, shapley(worth, everybody).tolist(), strict=True))),
        "nucleolus": None if middle is None else dict(zip(everybody, middle.tolist(), strict=True)),
        "core": Core(slack < -TOLERANCE, slack, dict(zip(everybody, division.tolist(), strict=True))),
    }


def _named(scenario: Scenario, outcome: Outcome) -> dict[str, dict[str, str] | None]:
    return {
        name: None if (deal := outcome.get(name)) is None else table.name_of(deal)
        for name, table in scenario.tables.items()
    }


def _rounded(points: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 9) + 0.0 for name, value in points.items()}
