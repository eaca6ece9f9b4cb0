"""What is put forward: a deal at a table, alone or with one at a linked table (`strategies/packages.py` over arrays)."""

from __future__ import annotations

from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.bidding import bid, choose
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.gains import best_of, gain_of, gain_together, slot, slot_paired
from negotiation.lab.compiled.game import (
    AUTHOR,
    DEAL,
    FIRST,
    FOUR,
    KIND,
    OFFER,
    ONE,
    OTHER,
    SECOND,
    THREE,
    TWO,
    Play,
)
from negotiation.lab.compiled.papers import sits
from negotiation.strategies.decision_rules import NOTHING, TOLERANCE


@plain
def offers(it: Play, table: int) -> bool:
    """Whether there is something to offer at a table, alone or with a linked one; it is in `it.act` then."""
    act, deal = it.act, bid(it, table)
    act[ONE], act[TWO], act[THREE], act[FOUR] = table, deal, -1, -1
    found = not it.one_paper and _package(it, table)
    if deal != NOTHING or found:
        for row in range(it.live):
            if it.papers[row, AUTHOR] == it.me and same_deals(it.papers[row], act):
                deal, found = NOTHING, False
    if deal != NOTHING or found:
        act[KIND] = OFFER
        return True
    act[ONE], act[TWO], act[THREE], act[FOUR] = -1, -1, -1, -1
    return False


@plain
def same_deals(paper: Whole, act: Whole) -> bool:
    """Whether a paper has the deals of an offer."""
    if paper[FIRST] == act[ONE] and paper[SECOND] == act[THREE]:
        return paper[DEAL] == act[TWO] and (act[THREE] < 0 or paper[OTHER] == act[FOUR])
    if paper[FIRST] == act[THREE] and paper[SECOND] == act[ONE]:
        return paper[DEAL] == act[FOUR] and paper[OTHER] == act[TWO]
    return False


@plain
def _package(it: Play, table: int) -> bool:
    """Whether a deal clears the floor only with one at a linked table; both are in `it.act` then."""
    act, alone = it.act, slot(it, table)
    for other in range(it.rule.tables):
        if not it.own.tied[it.sheet, table] >> other & 1 or not sits(it, it.me, other):
            continue
        pick = bid(it, other)
        if pick == NOTHING:
            continue
        there = it.rule.start[other] + pick
        together = slot_paired(it, table, other, there)
        if best_of(it, together) <= max(best_of(it, alone), 0.0) + TOLERANCE:
            continue
        deal = choose(it, table, together)
        place = it.rule.start[table] + deal
        if (
            deal == NOTHING
            or gain_of(it, alone, deal) >= it.delay - TOLERANCE
            or gain_together(it, table, place, other, there) < it.delay - TOLERANCE
        ):
            continue
        act[ONE], act[TWO], act[THREE], act[FOUR] = table, deal, other, pick
        return True
    return False
