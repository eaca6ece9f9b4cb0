"""The composer's suggestion: worth as much to me, and better liked by the others as far as their offers tell."""

from __future__ import annotations

import numpy as np

from negotiation.analysis.suggest import suggest
from negotiation.preferences import Context
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.table import Deal
from negotiation.view import View


def advised(view: View, table: str, deal: Deal, context: Context) -> Deal | None:
    """Return the deal that its other signers should like most, among those no worse for me than `deal`.

    Their liking is inferred from their offers by the Bayesian model of the agents, which sees what I see. Ties
    go to my points, then to deal order. Where nothing is known of anybody, what `suggest` finds; None if nothing is
    better liked than `deal` itself.
    """
    estimated_utility = Evaluation(view, Bayes()).estimated_utility(table)
    if estimated_utility is None:
        return suggest(view, table, deal, context)
    there = view.scenario.tables[table]
    scores = view.preferences.given(table, context)[:-1]
    draft = there.index(deal)
    free = view.scenario.free(table, view.state.bound)
    allowed = there.may_sign(view.me) & (scores >= scores[draft] - 1e-9)
    allowed = allowed if free is None else allowed & free
    if not allowed.any():
        return None
    liked = np.where(allowed, estimated_utility.round(9), -1.0)
    best = np.flatnonzero(liked == liked.max())
    found = int(best[np.argmax(scores[best])])
    return None if liked[found] <= liked[draft] else there.deal(found)
