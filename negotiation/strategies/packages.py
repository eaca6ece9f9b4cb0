"""Offers that span linked tables: deals that are worth signing only together."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.strategies.decision_rules import NOTHING, TOLERANCE
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.parts import Bidding
from negotiation.table import Deal


def package(evaluation: Evaluation, bidding: Bidding, table: str) -> Mapping[str, Deal] | None:
    """Return a deal that clears the floor only with one at a linked table, with it; None if alone does as well."""
    tables = evaluation.state.scenario.tables
    alone = evaluation.position(table)
    for other in evaluation.linked(table):
        pick = bidding.bid(evaluation.position(other))
        if pick == NOTHING:
            continue
        deal = tables[other].deal(pick)
        together = evaluation.position_with(table, other, deal)
        if together.best <= max(alone.best, 0.0) + TOLERANCE:
            continue
        bid = bidding.bid(together)
        if bid == NOTHING or (evaluation.possible(table)[bid] and alone.gains[bid] >= evaluation.delay - TOLERANCE):
            continue
        deals = {table: tables[table].deal(bid), other: deal}
        if evaluation.gain(deals) >= evaluation.delay - TOLERANCE:
            return deals
    return None
