"""The mediator: what it puts to the vote next, worked out from nothing but the public log and its dice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from negotiation.actions import MEDIATOR, Action, Offer, Pass
from negotiation.dice import Dice
from negotiation.state import State
from negotiation.table import Deal

Mask = npt.NDArray[np.bool_]


def draft(state: State, dice: Dice) -> Action:
    """Return a draft for the first open table without one; a pass if nothing can be drafted at any of them.

    Without a text it drafts any deal; a text it changes on a few issues (`issues_to_change`). Nothing is put to the vote
    twice while something else is left. The single text of Klein, Faratin, Sayama and Bar-Yam, *Negotiating complex
    contracts* (Group Decision and Negotiation 12, 2003), where the mediator changes one issue at random. Left out is
    their mediator that anneals by itself, with strong and weak votes and an account of who has been overruled: here
    nothing is carried over anybody's no.
    """
    taken = {name for paper in state.drafts for name in paper.deals}
    for name in state.open:
        if name not in taken:
            text = next((paper.deals for paper in state.at(name) if not paper.draft), None)
            deals = _revision(state, text, dice) if text else _first(state, name, taken, dice)
            if deals and not taken & set(deals):
                return Offer(deals, _words(state, text, deals))
    return Pass()


def issues_to_change(time: float, issues: int, dice: Dice) -> int:
    """Return how many issues a revision changes: one, another with the chance `1 - time`, then another, and so on."""
    count = 1
    while count < issues and dice.uniform() < 1.0 - time:
        count += 1
    return count


def _words(state: State, text: Mapping[str, Deal] | None, deals: Mapping[str, Deal]) -> str:
    """Return what a draft changes, in one sentence."""
    if text is None:
        return "A draft to begin with."
    tables = [state.scenario.tables[name] for name in deals]
    pairs = [(table, issue, k) for table in tables for k, issue in enumerate(table.issues)]
    changed = [issue.title for table, issue, k in pairs if text[table.name][k] != deals[table.name][k]]
    return f"What if we changed: {', '.join(changed)}?"


def _revision(state: State, text: Mapping[str, Deal], dice: Dice) -> Mapping[str, Deal] | None:
    """Return the text changed on a few issues of one of its tables; None if there is no other deal for that table."""
    name = tuple(text)[dice.below(len(text))]
    table = state.scenario.tables[name]
    elsewhere = {other: deal for other, deal in text.items() if other != name}
    distance = (table.grid != np.array(text[name], dtype=np.int16)[:, None]).sum(axis=0)
    fresh = _fresh(state, name, elsewhere, _possible(state, name, elsewhere) & (distance > 0))
    if not fresh.any():
        return None
    asked = issues_to_change(state.time, len(table.issues), dice)
    near = np.abs(distance - asked)
    return {**text, name: _any(state, name, fresh & (near == near[fresh].min()), dice)}


def _first(state: State, name: str, taken: Collection[str], dice: Dice) -> Mapping[str, Deal] | None:
    """Return any deal of a table, with one of a tied table if none is possible alone; None if there is none."""
    possible = _possible(state, name, {})
    if possible.any():
        return {name: _any(state, name, _fresh(state, name, {}, possible), dice)}
    for other in state.scenario.tied(name):
        if other in state.open and other not in taken:
            partner = state.scenario.tables[other]
            start = dice.below(partner.size)
            binding = partner.signable(state.left.get(other, ()))
            for number in np.roll(np.arange(partner.size), -start)[np.roll(binding, -start)].tolist():
                deals = {other: partner.deal(number)}
                if (together := _possible(state, name, deals)).any():
                    return {name: _any(state, name, _fresh(state, name, deals, together), dice), **deals}
    return None


def _possible(state: State, name: str, elsewhere: Mapping[str, Deal]) -> Mask:
    """Return which deals of a table could bind on one paper with deals at other tables, shape (deals,)."""
    possible = state.scenario.tables[name].signable(state.left.get(name, ()))
    outcome = {**state.bound, **elsewhere}
    free = state.scenario.free(name, outcome)
    return possible if free is None else possible & free


def _fresh(state: State, name: str, elsewhere: Mapping[str, Deal], possible: Mask) -> Mask:
    """Return the possible deals not yet put to the vote with these deals elsewhere; all of them if none is left."""
    fresh = possible.copy()
    for event in state.events:
        if event.party == MEDIATOR and isinstance(event.action, Offer) and name in event.action.deals:
            deals = event.action.deals
            if all(deals.get(other) == deal for other, deal in elsewhere.items()) and len(deals) == len(elsewhere) + 1:
                fresh[state.scenario.tables[name].index(deals[name])] = False
    return fresh if fresh.any() else possible


def _any(state: State, name: str, mask: Mask, dice: Dice) -> Deal:
    numbers = np.flatnonzero(mask)
    return state.scenario.tables[name].deal(int(numbers[dice.below(len(numbers))]))
