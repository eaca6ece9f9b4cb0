"""The deal with which a person's draft begins: one's own last offer, an answer to theirs, or a fair opening.

Like an agent it knows one's own sheet, what was asked for and said, and what the case tells of everybody's types.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from negotiation.analysis.suggest import last_offers
from negotiation.preferences import Scores
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.reputation import Reputation, sketched
from negotiation.table import Deal, Table
from negotiation.view import View
from negotiation.worth import worth

Mask = npt.NDArray[np.bool_]

ASKED = 0.8
"""The share of what there is to be gained that an opening asks for, at least."""

NOISE = 1e-9
"""Differences in points that are none."""


def opening_draft(view: View, table: str) -> Deal:
    """Return the deal with which my draft at a table begins: one that the rules take, if there is any.

    My last offer, if it can still be made without a loss. Else what they asked for last, if it is good for me; if not,
    moved half the way to what I would ask for (from where I lose nothing, if it is worse), on as few issues as possible.
    Where nobody has asked for anything, of the deals that give me `ASKED` of what I can gain, and not all of it, the one
    that the others should like best. Never worse for me than leaving the table unsigned, if there is a better one.
    """
    there = view.scenario.tables[table]
    possible = _possible(view, there)
    scores = view.preferences.given(table, view.state.outcome)[:-1]
    least, top = _least(view), float(scores[possible].max())
    fine = possible & (scores >= min(least, top) - NOISE)
    mine = [deal for party, _, deal in view.state.offers.get(table, ()) if party == view.me]
    if mine and fine[there.index(mine[-1])]:
        return mine[-1]
    bar = least + ASKED * (top - least) if top > least else top
    theirs = next(reversed(last_offers(view, table).values()), None)
    if theirs is None:
        asked = _not_all(possible & (scores >= bar - NOISE), scores, top)
    else:
        number = there.index(theirs)
        if possible[number] and scores[number] >= bar - NOISE:
            return theirs
        half = (min(max(least, float(scores[number])), bar) + bar) / 2
        asked = _nearest(there, theirs, _not_all(possible & (scores >= half - NOISE), scores, top))
    return there.deal(_best(asked, _liked(view, there), scores))


def _possible(view: View, there: Table) -> Mask:
    """Return which deals I could offer and sign now; those that the rules take at least, if there are none."""
    possible = np.ones(there.size, dtype=np.bool_)
    free = view.scenario.free(there.name, view.state.bound)
    mine = there.may_sign(view.me) if view.me in there.seats else None
    for more in (there.signable(view.state.left.get(there.name, ())), free, mine):
        if more is not None and (possible & more).any():
            possible = possible & more
    return possible


def _least(view: View) -> float:
    """Return the points, before delay and discount, that a deal I sign now must have to be no worse than signing nothing."""
    state, ours = view.state, view.preferences
    later = min(state.round + 1, state.rounds)
    kept = worth(state, ours, {}).otherwise + ours.delay * later
    return float(kept / ours.discount ** (later / (state.rounds + 1)))


def _not_all(asked: Mask, scores: Scores, top: float) -> Mask:
    """Return the deals asked for without those that give me the most there is, if any are left."""
    modest = asked & (scores < top - NOISE)
    return modest if modest.any() else asked


def _nearest(there: Table, theirs: Deal, asked: Mask) -> Mask:
    """Return the deals asked for that differ from theirs on the fewest issues."""
    alike = np.zeros(there.size, dtype=np.int64)
    for k, option in enumerate(theirs):
        alike += there.grid[k] == option
    nearest: Mask = asked & (alike == alike[asked].max())
    return nearest


def _best(asked: Mask, liked: Scores, scores: Scores) -> int:
    """Return the deal of those asked for that the others should like best; ties go to my points, then to deal order."""
    best = np.flatnonzero(asked & (liked >= liked[asked].max() - NOISE))
    return int(best[np.argmax(scores[best])])


def _liked(view: View, there: Table) -> Scores:
    """Return what every deal should be worth to the others who would sign it, shape (deals,), from 0 to 1."""
    model = Reputation()
    known = Evaluation(view, model).estimates(there.name)
    believed = model.beliefs(view)
    opposed = _opposed(view, there)
    total, hands = np.zeros(there.size), np.zeros(there.size)
    for party in there.seats:
        if party != view.me:
            signs = there.may_sign(party)
            guess = known.get(party)
            total += signs * (
                _guessed(view, there, party, believed.get(party, {}), opposed) if guess is None else guess
            )
            hands += signs
    return (total / np.maximum(hands, 1.0)).round(9)


def _guessed(view: View, there: Table, party: str, kinds: Mapping[str, float], opposed: Scores) -> Scores:
    """Return what deals should be worth to a party that has asked for nothing: half by its types, if they are sketched."""
    guess = np.zeros(there.size)
    for kind, chance in kinds.items():
        values = sketched(view.scenario, party, kind, there.name)
        if values is None:
            return opposed
        guess += chance * values
    return (guess + opposed) / 2.0 if kinds else opposed


def _opposed(view: View, there: Table) -> Scores:
    """Return what deals are worth to one who wants the contrary of what I want on each issue, all of them weighing alike.

    So one gives way where one has least at stake; where one has nothing, all options are alike.
    """
    worth_to_them = np.zeros(there.size)
    for k, points in enumerate(view.preferences.by_option[there.name]):
        low, span = min(points), max(points) - min(points)
        share = [(point - low) / span if span > NOISE else 0.5 for point in points]
        worth_to_them += 1.0 - np.array(share)[there.grid[k]]
    return worth_to_them / len(there.issues)
