"""Lessons of each group: what it created, claimed and missed, and the smallest improvements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.analysis.coalitions import best
from negotiation.analysis.figure_data import missed, possible, total_gain
from negotiation.analysis.improvements import Improvement, improvements, nobody_hurt
from negotiation.analysis.offer_steps import compatible
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.value_claimed import Claims, added, part
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario
from negotiation.table import Deal

MOST = 3
"""Improvements told of one group."""


@dataclass(frozen=True)
class Ceiling:
    """The limits of a case for parties of given types.

    Attributes
    ----------
    most
        The largest sum of gains above everything unsigned, nobody below; None if that cannot be.
    each
        The most each could gain, nobody below.
    wanted
        By table, by issue: the options that all there like best.
    """

    rest: Mapping[str, float]
    most: float | None
    each: Mapping[str, float | None]
    wanted: Mapping[str, Mapping[str, tuple[int, ...]]]


@dataclass(frozen=True)
class Lesson:
    """The lesson of a group; points are without the cost of delay.

    Attributes
    ----------
    claims
        What each claimed, and all created.
    most
        The largest sum of gains above everything unsigned there was for these types, nobody below; None: none.
    share
        What was created as a share of the most there was; None where it is no part of it (see `part`).
    left
        The points that all together could have had more, nobody having fewer; None if there are none.
    improvements
        The three smallest changes that nobody would have refused: fewest issues first, then the largest sum of gains.
    missed
        (table, issue, options): where all wanted one option and the deal says otherwise.
    """

    claims: Claims
    most: float | None
    share: float | None
    left: float | None
    improvements: tuple[Improvement, ...]
    missed: tuple[tuple[str, str, tuple[int, ...]], ...]


def ceiling(scenario: Scenario, sheets: Mapping[str, Preferences]) -> Ceiling:
    """Return the limits of a case for these sheets."""
    rest = {party: resting(ours) for party, ours in sheets.items()}
    most = total_gain(best(scenario, sheets, tuple(sheets)), rest, 0.0)
    wanted = {name: compatible(scenario, sheets, name) for name in scenario.tables}
    return Ceiling(rest, most, possible(scenario, sheets, rest), wanted)


def lesson(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome, top: Ceiling) -> Lesson:
    """Return the lesson of an outcome."""
    claimed = {p: round(ours.score(outcome) - top.rest[p], 9) + 0.0 for p, ours in sheets.items()}
    claims = Claims(claimed)
    better = improvements(scenario, sheets, outcome)
    return Lesson(
        claims,
        top.most,
        part(claims.created, top.most),
        total_gain(nobody_hurt(scenario, sheets, outcome), top.rest, claims.created),
        tuple(sorted(better, key=lambda one: (len(one.changed), -added(one.gains.values()))))[:MOST],
        missed(scenario, sheets, outcome),
    )


def lessons(klass: ClassData) -> dict[str, Lesson]:
    """Return the lesson of each group; equal outcomes are judged once."""
    known: dict[tuple[object, ...], Lesson] = {}
    tops: dict[tuple[str, ...], Ceiling] = {}
    found = {}
    for group in klass.groups:
        types = tuple(group.game.game.types.values())
        if types not in tops:
            tops[types] = ceiling(klass.case.scenario, group.sheets)
        key = (types, *_deals(group))
        if key not in known:
            known[key] = lesson(klass.case.scenario, group.sheets, group.outcome, tops[types])
        found[group.id] = known[key]
    return found


def _deals(group: GroupGame) -> tuple[Deal | None, ...]:
    return tuple(group.outcome[name] for name in group.state.scenario.tables)
