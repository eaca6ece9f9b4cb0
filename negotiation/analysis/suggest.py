"""A deal worth as much to me that the others should like better: the trade-off along one's own indifference curve."""

from __future__ import annotations

import numpy as np

from negotiation.preferences import Context
from negotiation.table import Deal
from negotiation.view import View


def suggest(view: View, table: str, deal: Deal, context: Context) -> Deal | None:
    """Return the deal nearest to the others' last offer, of those no worse for me than `deal`; None if it is itself.

    Without a model of the others, what they ask for is the best guess at what they want: each issue on which a
    deal agrees with the last offer of another party counts one, as in the similarity-based trade-off of Faratin,
    Sierra and Jennings (2002). Ties go to my points, then to deal order. Uses only what the view shows.
    """
    there = view.scenario.tables[table]
    scores = view.preferences.given(table, context)[:-1]
    allowed = there.may_sign(view.me) & (scores >= scores[there.index(deal)] - 1e-9)
    free = view.scenario.free(table, view.state.bound)
    allowed = allowed if free is None else allowed & free
    likeness = np.zeros(there.size)
    for theirs in last_offers(view, table).values():
        for k, option in enumerate(theirs):
            likeness += there.grid[k] == option
    likeness[~allowed] = -1.0
    best = np.flatnonzero(likeness == likeness.max())
    found = there.deal(int(best[np.argmax(scores[best])]))
    return None if found == deal or likeness.max() < 0 else found


def last_offers(view: View, table: str) -> dict[str, Deal]:
    """Return the last offer that each other party made at a table, by party, the latest last."""
    found: dict[str, Deal] = {}
    for party, _, deal in view.state.offers.get(table, ()):
        if party != view.me:
            found.pop(party, None)
            found[party] = deal
    return found
