"""What a picture of a game needs: a frontier with outcomes marked on it, and the hindsight of a debrief, as JSON rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from negotiation.actions import MEDIATOR, Event
from negotiation.analysis.coalitions import best
from negotiation.analysis.frontier import Frontier, distance, dominating, frontier
from negotiation.analysis.improvements import Improvement, improvements, nobody_hurt
from negotiation.analysis.offer_steps import compatible, offer_steps
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem
from negotiation.analysis.process import logrolling, proposed, value
from negotiation.analysis.solutions import solutions
from negotiation.analysis.value_claimed import added
from negotiation.case import Case
from negotiation.preferences import Preferences
from negotiation.rules import apply
from negotiation.scenario import Outcome, Scenario
from negotiation.state import State

Rows = dict[str, Any]


def frontier_data(case: Case, front: Frontier, outcomes: Mapping[str, Outcome]) -> Rows:
    """A frontier (see `report.wished`) as points, its solutions, and named outcomes against it.

    Points of everything are in the order of `parties`. Of tied solutions the one with the largest sum stands.
    """
    sheets = front.space.sheets
    rest = [resting(sheets[party]) for party in front.parties]
    totals = front.points.sum(axis=1).round(6)
    found = solutions(front.points, rest)
    return {
        "parties": list(front.parties),
        "points": front.points.round(9).tolist(),
        "epsilon": front.epsilon,
        "unsigned": rest,
        "solutions": {
            name: front.points[max(solution.rows, key=lambda row: (totals[row], -row))].round(9).tolist()
            for name, solution in found.items()
        },
        "outcomes": {name: _against(front, sheets, outcome) for name, outcome in outcomes.items()},
    }


def _against(front: Frontier, sheets: Mapping[str, Preferences], outcome: Outcome) -> Rows:
    scores = [round(sheets[party].score(outcome), 9) for party in front.parties]
    return {"scores": scores, "dominated_by": dominating(front, scores), "equal_gain": distance(front, scores)}


def hindsight(scenario: Scenario, sheets: Mapping[str, Preferences], opening: State, events: Iterable[Event]) -> Rows:
    """What a game made of the case: created and claimed, left on the table, how offers moved, what was missed.

    All points are without the cost of delay.

    Attributes of the row
    ---------------------
    gained, possible, unsigned
        By party, points above everything unsigned: in this game, and the most it could have with nobody below; and the
        points of everything unsigned.
    created, most
        The sum of all gains, and the largest sum with nobody below.
    left
        The largest sum that could be added without anybody being worse off than in this game.
    improvements
        The best per table that nobody would refuse: `table`, `deal`, `changed` issues, `gains`; and `more`, how many
        others there are.
    moves
        By party, how many offers of which kind (see `Kind`).
    proposed
        (author, who would have to sign, how many offers): see `process.proposed`.
    values
        (round from 1, gains by party, their sum) of what was signed by the end of each round: see `process.value`.
    logrolling
        By signed table how far its deal trades, see `process.logrolling`; None where nothing could be traded.
    missed
        (table, issue, options): issues on which all wanted the same and the deal says otherwise.
    """
    events = list(events)
    outcome = path(opening, events)[-1][2]
    rest = {party: resting(ours) for party, ours in sheets.items()}
    gained = {party: round(ours.score(outcome) - rest[party], 9) + 0.0 for party, ours in sheets.items()}
    created = added(gained.values())
    return {
        "gained": gained,
        "unsigned": rest,
        "possible": possible(scenario, sheets, rest),
        "created": created,
        "most": total_gain(best(scenario, sheets, tuple(sheets)), rest, 0.0),
        "left": total_gain(nobody_hurt(scenario, sheets, outcome), rest, created),
        **_improvements(scenario, sheets, outcome),
        **_course(opening, events, sheets),
        "logrolling": {
            name: logrolling(scenario, sheets, name, deal) for name, deal in outcome.items() if deal is not None
        },
        "missed": missed(scenario, sheets, outcome),
    }


def possible(
    scenario: Scenario, sheets: Mapping[str, Preferences], rest: Mapping[str, float]
) -> dict[str, float | None]:
    """By party, the most it could have above everything unsigned (`rest`) with nobody below; None if that cannot be."""
    found: dict[str, float | None] = {}
    for party in sheets:
        top = frontier(scenario, sheets, Problem(((party,),), floors=rest))
        found[party] = round(float(top.points[0, 0]) - rest[party], 9) + 0.0 if len(top) else None
    return found


def total_gain(top: Frontier, rest: Mapping[str, float], created: float) -> float | None:
    """The sum of a one-point frontier above everything unsigned and what was created; None if there is no point."""
    if not len(top):
        return None
    total = float(top.points[0, 0]) - created
    for points in rest.values():
        total -= points
    return round(total, 9) + 0.0


def _improvements(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> Rows:
    found = improvements(scenario, sheets, outcome)
    tops: dict[str, Improvement] = {}
    for better in found:
        tops.setdefault(better.table, better)
    rows = [
        {"table": b.table, "deal": list(b.deal), "changed": list(b.changed), "gains": dict(b.gains)}
        for b in tops.values()
    ]
    return {"improvements": rows, "more": len(found) - len(tops)}


def _course(opening: State, events: Iterable[Event], sheets: Mapping[str, Preferences]) -> Rows:
    """How the offers moved, to whom they went, and what was made by when."""
    events = list(events)
    made = [move for move in offer_steps(opening, events, sheets) if move.party != MEDIATOR]
    counts: dict[str, Counter[str]] = {}
    for move in made:
        counts.setdefault(move.party, Counter())[move.kind] += 1
    return {
        "moves": {party: dict(count) for party, count in counts.items()},
        "proposed": [[author, other, count] for (author, other), count in proposed(made).items()],
        "values": [[row.round, dict(row.claimed), row.created] for row in value(opening, events, sheets)],
    }


def missed(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> list[tuple[str, str, list[int]]]:
    """(table, issue, options): the issues on which all wanted the same and the deal says otherwise."""
    found = []
    for name, table in scenario.tables.items():
        deal = outcome.get(name)
        if deal is not None:
            found += [
                (name, issue, list(options))
                for issue, options in compatible(scenario, sheets, name).items()
                if deal[table.by_name[issue]] not in options
            ]
    return found


def path(opening: State, events: Iterable[Event]) -> list[tuple[int, tuple[str, ...], Outcome]]:
    """The outcome after each signing: the round from 1, the tables signed there, the outcome; nothing signed first."""
    state = opening
    found: list[tuple[int, tuple[str, ...], Outcome]] = [(0, (), state.outcome)]
    for event in events:
        after = apply(state, event)
        if signed := tuple(name for name in after.bound if name not in state.bound):
            found.append((state.round + 1, signed, after.outcome))
        state = after
    return found
