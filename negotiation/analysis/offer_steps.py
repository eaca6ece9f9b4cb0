"""Steps from offer to offer: what each gave its author and the others, against the author's offer before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from negotiation.actions import Event, Offer
from negotiation.analysis.dominance import TOLERANCE
from negotiation.preferences import Preferences
from negotiation.rules import apply
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.table import Deal

Kind: TypeAlias = Literal["first", "silent", "concession", "step back", "trade", "fortunate", "unfortunate"]
"""The author's points and the others' (their sum) against the author's offer before at that table.

first: there is none. silent: nobody's points change. concession: the author's fall, the others' do not. step back: the
author's rise, the others' do not. fortunate, unfortunate: both rise, both fall. trade: the author's stay, somebody
else's change. After the step classes of Hindriks, Jonker and Tykhonov (2007), for any number of others.
"""


@dataclass(frozen=True)
class OfferStep:
    """One table of one offer.

    Attributes
    ----------
    seq, round
        Place in the log from 0, and round from 1.
    gains
        By party with a seat at the table: points over leaving it unsigned, all else as signed by then. Their sum is
        the value created, the author's part the value claimed.
    steps
        `gains` less those of the author's offer before, valued now; empty for a first offer.
    to
        The other parties that have to sign.
    """

    seq: int
    round: int
    party: str
    table: str
    deal: Deal
    kind: Kind
    gains: Mapping[str, float]
    steps: Mapping[str, float]
    to: tuple[str, ...]


def offer_steps(opening: State, events: Iterable[Event], sheets: Mapping[str, Preferences]) -> tuple[OfferStep, ...]:
    """Return every offer of a log, a row per table it names, in order.

    Raises
    ------
    IllegalAction
        When the log breaks the rules.
    """
    found: list[OfferStep] = []
    before: dict[tuple[str, str], Deal] = {}
    state = opening
    for seq, event in enumerate(events):
        if isinstance(event.action, Offer):
            for name, deal in event.action.deals.items():
                found.append(_move(state, seq, event.party, name, deal, before.get((event.party, name)), sheets))
                before[event.party, name] = deal
        state = apply(state, event)
    return tuple(found)


def _move(
    state: State, seq: int, party: str, name: str, deal: Deal, before: Deal | None, sheets: Mapping[str, Preferences]
) -> OfferStep:
    table = state.scenario.tables[name]
    gains = _gains(state, name, deal, sheets)
    steps: dict[str, float] = {}
    if before is not None:
        last = _gains(state, name, before, sheets)
        steps = {who: round(gain - last[who], 9) + 0.0 for who, gain in gains.items()}
    to = tuple(who for who in table.seats if who != party and table.signs(who, deal))
    return OfferStep(seq, state.round + 1, party, name, deal, kind_of(party, steps), gains, steps, to)


def _gains(state: State, name: str, deal: Deal, sheets: Mapping[str, Preferences]) -> dict[str, float]:
    number = state.scenario.tables[name].index(deal)
    scores = {party: sheets[party].given(name, state.bound) for party in state.scenario.tables[name].seats}
    return {party: round(float(there[number] - there[-1]), 9) + 0.0 for party, there in scores.items()}


def kind_of(party: str, steps: Mapping[str, float]) -> Kind:
    """Return the class of a step, from what it changes for its author and for the others."""
    if not steps:
        return "first"
    if not any(abs(step) > TOLERANCE for step in steps.values()):
        return "silent"
    own, others = steps.get(party, 0.0), 0.0
    for who, step in steps.items():
        others += 0.0 if who == party else step
    if abs(own) <= TOLERANCE:
        return "trade"
    if own < 0:
        return "unfortunate" if others < -TOLERANCE else "concession"
    return "fortunate" if others > TOLERANCE else "step back"


def conceded(found: Iterable[OfferStep]) -> dict[tuple[str, str], float]:
    """Return the share of its first demand that a party has given up in its last, by (party, table) with a demand.

    Demands are gains over leaving the table unsigned, each as things stood when it was made: 0 is firm, 1 is all.
    """
    firsts: dict[tuple[str, str], float] = {}
    lasts: dict[tuple[str, str], float] = {}
    for move in found:
        key = move.party, move.table
        lasts[key] = move.gains.get(move.party, 0.0)
        firsts.setdefault(key, lasts[key])
    return {key: (first - lasts[key]) / first for key, first in firsts.items() if first > TOLERANCE}


def compatible(scenario: Scenario, sheets: Mapping[str, Preferences], name: str) -> dict[str, tuple[int, ...]]:
    """Return the options that are best for every party at once, by issue of a table, links left out.

    Issues without such an option, about which nobody cares, or which decide who signs are left out. To miss one of
    these is the incompatibility bias of Thompson and Hastie (1990): nobody gains from it.
    """
    table = scenario.tables[name]
    deciding = {issue for _, issue, _ in table.signers.when}
    found = {}
    for issue in table.issues:
        there = [sheets[party].sheets.get(f"{name}.{issue.name}") for party in table.seats]
        shared = best_for_all([[sheet.points(n) for n in range(len(sheet.shares))] for sheet in there if sheet])
        if shared and len(shared) < len(issue.options) and issue.name not in deciding:
            found[issue.name] = tuple(sorted(shared))
    return found


def best_for_all(points: Sequence[Sequence[float]]) -> frozenset[int]:
    """Return the options of an issue that are best for every party at once, from their points; none: contested."""
    best = [{n for n, value in enumerate(ours) if value >= max(ours) - TOLERANCE} for ours in points]
    return frozenset(set.intersection(*best)) if best else frozenset()
