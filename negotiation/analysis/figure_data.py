"""Data of a game's figures: a frontier with outcomes marked on it, and a debrief's hindsight, as plain records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from negotiation.actions import MEDIATOR, Event
from negotiation.analysis.coalitions import best
from negotiation.analysis.findings import Asked, Debriefed, Hindsight, Missed, Picture, Placed, Signing
from negotiation.analysis.frontier import Frontier, Progress, distance, dominating, frontier
from negotiation.analysis.improvements import Improvement, improvements, nobody_hurt
from negotiation.analysis.offer_steps import compatible, offer_steps
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem
from negotiation.analysis.process import logrolling, proposed, value
from negotiation.analysis.report import Wish, wished
from negotiation.analysis.solutions import solutions
from negotiation.analysis.value_claimed import added
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.preferences import Preferences
from negotiation.rules import apply
from negotiation.scenario import Outcome, Scenario
from negotiation.state import State


def frontier_data(case: Case, front: Frontier, outcomes: Mapping[str, Outcome]) -> Picture:
    """Return a frontier (see `report.wished`) as points, its solutions, and named outcomes against it.

    Points of everything are in the order of `parties`. Of tied solutions the one with the largest sum stands.
    """
    sheets = front.space.sheets
    rest = [resting(sheets[party]) for party in front.parties]
    totals = front.points.sum(axis=1).round(6)
    found = solutions(front.points, rest)
    return Picture(
        parties=front.parties,
        points=tuple(map(tuple, front.points.round(9).tolist())),
        epsilon=front.epsilon,
        unsigned=tuple(rest),
        solutions={
            name: tuple(front.points[max(solution.rows, key=lambda row: (totals[row], -row))].round(9).tolist())
            for name, solution in found.items()
        },
        outcomes={name: _against(front, sheets, outcome) for name, outcome in outcomes.items()},
    )


def _against(front: Frontier, sheets: Mapping[str, Preferences], outcome: Outcome) -> Placed:
    scores = [round(sheets[party].score(outcome), 9) for party in front.parties]
    return Placed(tuple(scores), dominating(front, scores), distance(front, scores))


def debriefed(
    case: Case, wish: Wish, opening: State, events: Iterable[Event], progress: Progress | None = None
) -> Debriefed:
    """Return the hindsight on a log, and the picture that a wish asks for with its path and the references.

    Raises
    ------
    SetupError
        As `report.wished` does.
    """
    events = list(events)
    steps = path(opening, events)
    outcomes = {f"path-{n}": outcome for n, (_, outcome) in enumerate(steps)}
    outcomes |= {name: reference.outcome for name, reference in case.references.items()}
    return Debriefed(
        frontier_data(case, wished(case, wish, progress), outcomes),
        tuple(signing for signing, _ in steps),
        hindsight(case.scenario, sheets_of(case, wish.types), opening, events),
    )


def hindsight(
    scenario: Scenario, sheets: Mapping[str, Preferences], opening: State, events: Iterable[Event]
) -> Hindsight:
    """Return the hindsight on a game: created and claimed, left on the table, how offers moved, what was missed."""
    events = list(events)
    outcome = path(opening, events)[-1][1]
    rest = {party: resting(ours) for party, ours in sheets.items()}
    gained = {party: round(ours.score(outcome) - rest[party], 9) + 0.0 for party, ours in sheets.items()}
    created = added(gained.values())
    found = improvements(scenario, sheets, outcome)
    tops: dict[str, Improvement] = {}
    for better in found:
        tops.setdefault(better.table, better)
    made = [move for move in offer_steps(opening, events, sheets) if move.party != MEDIATOR]
    counts: dict[str, Counter[str]] = {}
    for move in made:
        counts.setdefault(move.party, Counter())[move.kind] += 1
    return Hindsight(
        gained=gained,
        unsigned=rest,
        possible=possible(scenario, sheets, rest),
        created=created,
        most=total_gain(best(scenario, sheets, tuple(sheets)), rest, 0.0),
        left=total_gain(nobody_hurt(scenario, sheets, outcome), rest, created),
        improvements=tuple(tops.values()),
        more=len(found) - len(tops),
        moves={party: dict(count) for party, count in counts.items()},
        proposed=tuple(Asked(*pair, count) for pair, count in proposed(made).items()),
        values=value(opening, events, sheets),
        logrolling={
            name: logrolling(scenario, sheets, name, deal) for name, deal in outcome.items() if deal is not None
        },
        missed=missed(scenario, sheets, outcome),
    )


def possible(
    scenario: Scenario, sheets: Mapping[str, Preferences], rest: Mapping[str, float]
) -> dict[str, float | None]:
    """Return the most each party could have above everything unsigned (`rest`) with nobody below; None if none."""
    found: dict[str, float | None] = {}
    for party in sheets:
        top = frontier(scenario, sheets, Problem(((party,),), floors=rest))
        found[party] = round(float(top.points[0, 0]) - rest[party], 9) + 0.0 if len(top) else None
    return found


def total_gain(top: Frontier, rest: Mapping[str, float], created: float) -> float | None:
    """Return the sum of a one-point frontier above everything unsigned and `created`; None if there is no point."""
    if not len(top):
        return None
    total = float(top.points[0, 0]) - created
    for points in rest.values():
        total -= points
    return round(total, 9) + 0.0


def missed(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> tuple[Missed, ...]:
    """Return the issues on which all wanted one option and the deal says otherwise."""
    return tuple(
        Missed(name, issue, tuple(options))
        for name, table in scenario.tables.items()
        if (deal := outcome.get(name)) is not None
        for issue, options in compatible(scenario, sheets, name).items()
        if deal[table.by_name[issue]] not in options
    )


def path(opening: State, events: Iterable[Event]) -> list[tuple[Signing, Outcome]]:
    """Return what was signed when, and the outcome then; the opening first."""
    state = opening
    found = [(Signing(0, ()), state.outcome)]
    for event in events:
        after = apply(state, event)
        if signed := tuple(name for name in after.bound if name not in state.bound):
            found.append((Signing(state.round + 1, signed), after.outcome))
        state = after
    return found
