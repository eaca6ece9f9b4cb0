"""The process of a game as a whole: who proposed to whom, what was created and claimed by when, what was traded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from negotiation.actions import Event
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.offer_steps import OfferStep, best_for_all
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.value_claimed import added
from negotiation.preferences import Preferences
from negotiation.rules import apply
from negotiation.scenario import Outcome, Scenario
from negotiation.state import State
from negotiation.table import Deal, Table


def proposed(found: Iterable[OfferStep]) -> dict[tuple[str, str], int]:
    """Return how many offers were made, by (author, party that would have to sign), a package once per table; no zeros.

    Rows and columns of the sociomatrix of Moreno (1934), with offers as choices. In order of the first offer.
    """
    counts: dict[tuple[str, str], int] = {}
    for move in found:
        for other in move.to:
            counts[move.party, other] = counts.get((move.party, other), 0) + 1
    return counts


class Value(NamedTuple):
    """The worth of what was signed by the end of a round (from 1).

    `claimed` by party: points over having nothing signed, without the cost of delay. `created` is the sum of all that
    was claimed: below 0 if what was signed does more harm than good. Value creation and claiming are the terms of Lax
    and Sebenius (1986).
    """

    round: int
    claimed: Mapping[str, float]
    created: float


def value(opening: State, events: Iterable[Event], sheets: Mapping[str, Preferences]) -> tuple[Value, ...]:
    """Return the value created and claimed by the end of each round of a log, from 1; the last may be cut short.

    Raises
    ------
    IllegalAction
        When the log breaks the rules.
    """
    rest = {party: resting(ours) for party, ours in sheets.items()}
    bound: dict[int, Outcome] = {}
    state = opening
    for event in events:
        now, state = state.round + 1, apply(state, event)
        bound[now] = state.bound
    found = []
    for now, there in bound.items():
        claimed = {p: round(ours.score(there) - rest[p], 9) + 0.0 for p, ours in sheets.items()}
        found.append(Value(now, claimed, added(claimed.values())))
    return tuple(found)


def logrolling(scenario: Scenario, sheets: Mapping[str, Preferences], name: str, deal: Deal) -> float | None:
    """Return how far a deal trades issues that matter more to one for those that matter more to another; 1 is all.

    0 is what parties get together who split every contested issue: the mean over the seats of the joint points of the
    option each likes best. 1 is what they get together when every contested issue goes where it is worth most. Below
    0 it is worse than splitting. None if no issue is contested or a trade could gain nothing. The index follows the
    contrast of compromise and logroll in Froman and Cohen (1970); links, issues on which all want one option and issues
    that decide who signs are left out. Points of different parties are added up.
    """
    table = scenario.tables[name]
    reached = possible = 0.0
    for k, points in _contested(table, sheets).items():
        joint = [_sum(column) for column in zip(*points, strict=True)]
        split = _sum(joint[_favourite(ours, joint)] for ours in points) / len(points)
        reached += joint[deal[k]] - split
        possible += max(joint) - split
    return round(reached / possible, 9) + 0.0 if possible > TOLERANCE else None


def _contested(table: Table, sheets: Mapping[str, Preferences]) -> dict[int, list[list[float]]]:
    """Return the points of every option per party that cares, by number of each contested issue."""
    deciding = {issue for _, issue, _ in table.signers.when}
    found = {}
    for k, issue in enumerate(table.issues):
        there = [sheets[party].sheets.get(f"{table.name}.{issue.name}") for party in table.seats]
        points = [[sheet.points(n) for n in range(len(issue.options))] for sheet in there if sheet]
        if issue.name not in deciding and points and not best_for_all(points):
            found[k] = points
    return found


def _favourite(points: list[float], joint: list[float]) -> int:
    """Return the option a party likes best; of equal ones that with the most joint points."""
    most = max(points) - TOLERANCE
    return max((n for n, worth in enumerate(points) if worth >= most), key=lambda n: (joint[n], -n))


def _sum(points: Iterable[float]) -> float:
    total = 0.0
    for worth in points:
        total += worth
    return total
