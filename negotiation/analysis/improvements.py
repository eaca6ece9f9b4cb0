"""Improvements left on the table: changes of a signed outcome that nobody would refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.frontier import MEMORY, Frontier, frontier
from negotiation.analysis.problem import Problem
from negotiation.preferences import Preferences, Scores
from negotiation.rounding import shown
from negotiation.scenario import Outcome, Scenario
from negotiation.table import Deal


@dataclass(frozen=True)
class Improvement:
    """Another deal at one table, all else unchanged: some party is better off and none worse.

    `gains` by party, those that gain only; `changed` are the issues settled otherwise (all, if nothing was signed).
    """

    table: str
    deal: Deal
    changed: tuple[str, ...]
    gains: Mapping[str, float]


def improvements(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> tuple[Improvement, ...]:
    """Return every improvement at one table that makes no needless change, by falling sum of gains, then in deal order.

    A change is needless if going without it leaves nobody worse off.
    """
    found = [better for name in scenario.tables for better in _at(scenario, sheets, outcome, name)]
    return tuple(sorted(found, key=lambda better: -round(_total(better.gains), 9)))


def left_on_the_table(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> dict[str, float]:
    """Return by table, how many points all parties together would gain by the best of its improvements; 0 without one."""
    left = {}
    for name in scenario.tables:
        gains, fine = _changes(scenario, sheets, outcome, name)
        left[name] = most_together(gains, fine)
    return left


def most_together(gains: Scores, fine: npt.NDArray[np.bool_]) -> float:
    """Return the largest sum of gains, shape (parties, deals), over the deals that are `fine`; 0 if there are none."""
    total = np.zeros(gains.shape[1])
    for row in gains:
        total += row
    return float(total[fine].max()) if fine.any() else 0.0


def _total(gains: Mapping[str, float]) -> float:
    total = 0.0
    for gain in gains.values():
        total += gain
    return total


def _at(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome, name: str) -> list[Improvement]:
    table, now = scenario.tables[name], outcome.get(name)
    gains, fine = _changes(scenario, sheets, outcome, name)
    numbers = np.flatnonzero(fine)
    changed = {int(n): _changed(table.deal(int(n)), now) for n in numbers}
    kept: list[int] = []
    for n in sorted(changed, key=lambda n: (len(changed[n]), n)):
        if not any(changed[m] < changed[n] and (gains[:, m] >= gains[:, n] - TOLERANCE).all() for m in kept):
            kept.append(n)
    return [
        Improvement(
            name,
            table.deal(n),
            tuple(table.issues[k].name for k, _ in sorted(changed[n])),
            {party: float(gain) for party, gain in zip(sheets, gains[:, n], strict=True) if gain > TOLERANCE},
        )
        for n in sorted(kept)
    ]


def _changes(
    scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome, name: str
) -> tuple[Scores, npt.NDArray[np.bool_]]:
    """Return what every deal of a table would add to an outcome, shape (parties, deals), and which deals are improvements."""
    table, now = scenario.tables[name], outcome.get(name)
    at = -1 if now is None else table.index(now)
    gains = np.stack([scores[:-1] - scores[at] for scores in (ours.given(name, outcome) for ours in sheets.values())])
    fine = np.asarray((gains >= -TOLERANCE).all(axis=0) & (gains > TOLERANCE).any(axis=0))
    free = scenario.free(name, outcome)
    return gains, fine if free is None else fine & free


def _changed(deal: Deal, now: Deal | None) -> frozenset[tuple[int, int]]:
    """Return the issues settled otherwise, each with its new option."""
    return frozenset((k, option) for k, option in enumerate(deal) if now is None or option != now[k])


def nobody_hurt(
    scenario: Scenario,
    sheets: Mapping[str, Preferences],
    outcome: Outcome,
    parties: Sequence[str] = (),
    *,
    without: Sequence[str] = (),
    memory: float = MEMORY,
) -> Frontier:
    """Return the frontier of all outcomes, whatever changes where, in which nobody is worse off than in this one.

    Parameters
    ----------
    parties
        Whose points; without, the sum of everybody's, so that the one point says how much all together left.
    without
        Tables that stay unsigned.
    """
    groups = tuple((party,) for party in parties) or (tuple(sheets),)
    floors = {party: ours.score(outcome) for party, ours in sheets.items()}
    problem = Problem(groups, floors=floors, fixed=dict.fromkeys(without))
    return frontier(scenario, sheets, problem, memory=memory)


def said(scenario: Scenario, better: Improvement) -> str:
    """Return an improvement in words: what to settle otherwise, who gains how much."""
    table = scenario.tables[better.table]
    changes = "; ".join(
        f"{issue.title}: {issue.texts[option]}"
        for issue, option in zip(table.issues, better.deal, strict=True)
        if issue.name in better.changed
    )
    gains = ", ".join(f"{party} +{shown(gain, 2)}" for party, gain in better.gains.items())
    return f"{better.table}: {changes} ({gains}, nobody worse)"
