"""Offers that span linked tables: deals that are worth signing only together."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.strategies.curves import NEVER, NOTHING, TOLERANCE, ranking
from negotiation.strategies.desk import Desk
from negotiation.strategies.parts import Bidding
from negotiation.table import Deal


def package(desk: Desk, bidding: Bidding, table: str) -> Mapping[str, Deal] | None:
    """A deal that clears the floor only with one at a linked table, with it; None if alone does as well."""
    alone, possible = desk.gains(table), desk.possible(table)
    best = float(alone[possible].max(initial=0.0))
    for other in desk.linked(table):
        pick = bidding.bid(desk.position(other))
        if pick == NOTHING:
            continue
        deal = desk.state.scenario.tables[other].deal(pick)
        gains, open_to = desk.gains_with(table, other, deal), desk.possible_with(table, other, deal)
        if gains[open_to].max(initial=-NEVER) <= best + TOLERANCE:
            continue
        order = ranking(gains, open_to)
        bid = bidding.bid(desk.supposing(table, gains, order))
        if bid == NOTHING or (possible[bid] and alone[bid] >= -TOLERANCE):
            continue
        deals = {table: desk.state.scenario.tables[table].deal(bid), other: deal}
        if desk.gain(deals) >= -TOLERANCE:
            return deals
    return None
