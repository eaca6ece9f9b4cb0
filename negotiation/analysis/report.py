"""The exact picture of a case as one dictionary: what could be had, who would leave, what groups are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from negotiation.analysis.coalitions import core, shapley, values
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.frontier import MEMORY, Frontier, Progress, attaining, distance, dominating, frontier
from negotiation.analysis.improvements import improvements, nobody_hurt, said
from negotiation.analysis.nucleolus import nucleolus
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem, branches
from negotiation.analysis.solutions import SOLUTIONS, solutions
from negotiation.analysis.stability import leavers
from negotiation.analysis.whatif import alone, sheets_of, shortfalls, unlinked
from negotiation.case import Case
from negotiation.errors import SetupError, unknown
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
    """What to analyse, and how.

    Attributes
    ----------
    parties
        Whose frontier; all if empty. The others sign no table which, seen alone, is worth less to them than
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
    """The frontier that a wish asks for; its space holds the sheets and the question.

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
        raise SetupError(f"{case.name}: no outcome meets all constraints")
    return front


def analyse(case: Case, wish: Wish, progress: Progress | None = None, front: Frontier | None = None) -> dict[str, Any]:
    """The frontier with its solutions, references against it, who leaves, coalitions: JSON rows.

    Parameters
    ----------
    front
        What `wished` returned for the same wish, if it is there already.

    Raises
    ------
    SetupError
        As `wished` does.
    """
    front = front or wished(case, wish, progress)
    sheets, parties, others = front.space.sheets, front.parties, front.space.problem.alone
    rest = {party: resting(sheet) for party, sheet in sheets.items()}
    return {
        "case": case.name,
        "variant": case.variant,
        "parties": list(parties),
        "never_below_unsigned": list(others),
        "types": {party: wish.types.get(party, next(iter(roles))) for party, roles in case.roles.items()},
        "without": list(wish.without),
        "linked": wish.linked,
        "unsigned_scores": _rounded(rest),
        "frontier": {"points": len(front), "exact": not front.epsilon, "epsilon": front.epsilon, **_range(front)},
        "solutions": _solutions(front, rest),
        "tables": {
            name: _bargains(case.scenario, sheets, name) for name in case.scenario.tables if name not in wish.without
        },
        "references": {
            name: _reference(case, sheets, front, reference.outcome, wish)
            for name, reference in case.references.items()
        },
        **_coalitions(case.scenario, sheets, wish, progress),
    }


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


def _range(front: Frontier) -> dict[str, Any]:
    ends = front.points.min(axis=0), front.points.max(axis=0)
    lowest, highest = (_rounded(dict(zip(front.parties, end.tolist(), strict=True))) for end in ends)
    return {"lowest": lowest, "highest": highest}


def _solutions(front: Frontier, rest: Mapping[str, float]) -> dict[str, Any]:
    found = solutions(front.points, [rest[party] for party in front.parties])
    totals = front.points.sum(axis=1)
    told = {
        name: sorted(solution.rows, key=lambda row: (-round(float(totals[row]), 6), row))[:MOST_TIES]
        for name, solution in found.items()
    }
    points = {row: _point(front, rest, row) for row in dict.fromkeys(row for rows in told.values() for row in rows)}
    return {
        name: {
            "maximises": SOLUTIONS[name],
            "value": round(solution.value, 9),
            "ties": len(solution.rows),
            "points": [points[row] for row in told[name]],
        }
        for name, solution in found.items()
    }


def _point(front: Frontier, rest: Mapping[str, float], row: int) -> dict[str, Any]:
    """One point with an outcome that attains it, and how many do (None: too many to count)."""
    try:
        count = len(attaining(front, row, FEW))
    except SetupError:
        count = None
    scores = dict(zip(front.parties, front.points[row].tolist(), strict=True))
    return {
        "scores": _rounded(scores),
        "gains": _rounded({party: points - rest[party] for party, points in scores.items()}),
        "outcomes": count,
        "outcome": _named(front.space.scenario, front.outcome(row)),
    }


def _bargains(scenario: Scenario, sheets: Mapping[str, Preferences], name: str) -> list[dict[str, Any]]:
    """A table alone: per set of signers the frontier of its deals, and the solutions over leaving it unsigned."""
    small, ours = alone(scenario, sheets, [name])
    table, rows = small.tables[name], []
    ways = [branch for branch in branches(table, Problem(())) if branch.signed]
    groups = {tuple(p for p in table.seats if p in (*way.signers, *table.signers.of)) for way in ways}
    rest = {party: resting(sheet) for party, sheet in ours.items()}
    for group in sorted(groups, key=lambda group: [table.seats.index(party) for party in group]):
        problem = Problem(tuple((p,) for p in group), signed={name: group})
        front = frontier(small, ours, problem)
        if len(front):
            rows.append({"signers": list(group), "points": len(front), "solutions": _solutions(front, rest)})
    return rows


def _reference(
    case: Case, sheets: Mapping[str, Preferences], front: Frontier, outcome: Outcome, wish: Wish
) -> dict[str, Any]:
    outcome = {**outcome, **dict.fromkeys(wish.without)}
    scores = {party: sheet.score(outcome) for party, sheet in sheets.items()}
    own = [scores[party] for party in front.parties]
    return {
        "scores": _rounded(scores),
        "dominated_by": dominating(front, own),
        "equal_gain": distance(front, own),
        "total_left": _total_left(case.scenario, sheets, outcome, wish),
        "improvements": [
            {
                "table": better.table,
                "deal": list(better.deal),
                "changed": list(better.changed),
                "gains": _rounded(better.gains),
                "words": said(case.scenario, better),
            }
            for better in [b for b in improvements(case.scenario, sheets, outcome) if b.table not in wish.without][
                :MOST_IMPROVEMENTS
            ]
        ],
        "leaves": [
            {"party": leave.party, "table": leave.table, "gain": round(leave.gain, 9), "decisive": leave.decisive}
            for leave in leavers(case.scenario, sheets, outcome)
        ],
        "needed": {
            party: {"at": _rounded(lacks.at), "overall": round(lacks.overall, 9)}
            for party, lacks in shortfalls(case.scenario, sheets, outcome).items()
            if lacks.overall > TOLERANCE or any(points > TOLERANCE for points in lacks.at.values())
        },
    }


def _total_left(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome, wish: Wish) -> float:
    """How many points more all together could have had without anybody being hurt."""
    total = 0.0
    for sheet in sheets.values():
        total += sheet.score(outcome)
    best = nobody_hurt(scenario, sheets, outcome, without=wish.without, memory=wish.memory)
    return round(float(best.points[0, 0]) - total, 9) + 0.0


def _coalitions(
    scenario: Scenario, sheets: Mapping[str, Preferences], wish: Wish, progress: Progress | None
) -> dict[str, Any]:
    """Worths, Shapley value and core; tables left out stay unsigned here too."""
    everybody = tuple(sheets)
    if len(everybody) > MOST_IN_COALITIONS:
        return {"coalitions": None, "shapley": None, "core": None, "nucleolus": None}
    worth = values(scenario, sheets, everybody, without=wish.without, memory=wish.memory, progress=progress)
    division, slack = core(worth, everybody)
    middle = nucleolus(worth, everybody)
    return {
        "coalitions": [{"members": list(group), "worth": points} for group, points in worth.items()],
        "shapley": _rounded(dict(zip(everybody, shapley(worth, everybody).tolist(), strict=True))),
        "nucleolus": None if middle is None else dict(zip(everybody, middle.tolist(), strict=True)),
        "core": {
            "empty": slack < -TOLERANCE,
            "slack": slack,
            "division": dict(zip(everybody, division.tolist(), strict=True)),
        },
    }


def _named(scenario: Scenario, outcome: Outcome) -> dict[str, dict[str, str] | None]:
    return {
        name: None if (deal := outcome.get(name)) is None else table.name_of(deal)
        for name, table in scenario.tables.items()
    }


def _rounded(points: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 9) + 0.0 for name, value in points.items()}
