"""The stability of outcomes: parties that leave a table, groups that do better on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.analysis.coalitions import Coalition
from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.frontier import MEMORY, frontier
from negotiation.analysis.problem import Problem
from negotiation.preferences import Preferences
from negotiation.scenario import Outcome, Scenario

STRICTLY = 1e-6
"""Points by which better is better."""


@dataclass(frozen=True)
class Leave:
    """A signer that would gain points by leaving a table, everything else unchanged.

    `decisive` says whether the table falls with it: always, except where a quorum can spare voters.
    """

    party: str
    table: str
    gain: float
    decisive: bool


def leavers(scenario: Scenario, sheets: Mapping[str, Preferences], outcome: Outcome) -> tuple[Leave, ...]:
    """Return the parties that would leave a signed table of an outcome, in table order, then by seat.

    Signers are those the deal needs, and all who may vote on it. Whether what remains is legal is not asked.
    """
    found = []
    for name, table in scenario.tables.items():
        deal = outcome.get(name)
        if deal is None:
            continue
        needs, rules = table.needs(deal), table.signers
        gains = {
            party: sheets[party].score({**outcome, name: None}) - sheets[party].score(outcome)
            for party in table.seats
            if table.signs(party, deal)
        }
        unwilling = [p for p in rules.of if gains.get(p, 0.0) > TOLERANCE]
        lost = len(rules.of) - len(unwilling) < rules.quorum
        found += [Leave(p, name, gain, p in needs or lost) for p, gain in gains.items() if gain > TOLERANCE]
    return tuple(found)


def better_alone(
    scenario: Scenario,
    sheets: Mapping[str, Preferences],
    outcome: Outcome,
    members: Coalition,
    memory: float = MEMORY,
) -> Outcome | None:
    """Return an outcome signed by some of these parties only that all of them strictly prefer; None: they do not block.

    Of several, one with the largest sum of the members' points. All tables that need others stay unsigned.
    """
    floors = {party: sheets[party].score(outcome) + STRICTLY for party in members}
    found = frontier(scenario, sheets, Problem((members,), floors=floors, within=members), memory=memory)
    return found.outcome(0) if len(found) else None
