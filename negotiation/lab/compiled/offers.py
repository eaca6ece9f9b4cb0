"""The offers: a deal at a table, alone or with one at a linked table (`strategies/packages.py` over arrays)."""

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
    Game,
)
from negotiation.lab.compiled.papers import sits
from negotiation.strategies.decision_rules import NOTHING, TOLERANCE


@plain
def offers(game: Game, table: int) -> bool:
    """Return whether there is something to offer at a table, alone or with a linked one; it is in `game.act` then."""
    act, deal = game.act, bid(game, table)
    act[ONE], act[TWO], act[THREE], act[FOUR] = table, deal, -1, -1
    found = not game.one_paper and _package(game, table)
    if deal != NOTHING or found:
        for row in range(game.live):
            if game.papers[row, AUTHOR] == game.me and same_deals(game.papers[row], act):
                deal, found = NOTHING, False
    if deal != NOTHING or found:
        act[KIND] = OFFER
        return True
    act[ONE], act[TWO], act[THREE], act[FOUR] = -1, -1, -1, -1
    return False


@plain
def same_deals(paper: Whole, act: Whole) -> bool:
    """Return whether a paper has the deals of an offer."""
    if paper[FIRST] == act[ONE] and paper[SECOND] == act[THREE]:
        return paper[DEAL] == act[TWO] and (act[THREE] < 0 or paper[OTHER] == act[FOUR])
    if paper[FIRST] == act[THREE] and paper[SECOND] == act[ONE]:
        return paper[DEAL] == act[FOUR] and paper[OTHER] == act[TWO]
    return False


@plain
def _package(game: Game, table: int) -> bool:
    """Return whether a deal clears the floor only with one at a linked table; both are in `game.act` then."""
    act, alone = game.act, slot(game, table)
    for other in range(game.rule.tables):
        if not game.own.tied[game.sheet, table] >> other & 1 or not sits(game, game.me, other):
            continue
        pick = bid(game, other)
        if pick == NOTHING:
            continue
        there = game.rule.start[other] + pick
        together = slot_paired(game, table, other, there)
        if best_of(game, together) <= max(best_of(game, alone), 0.0) + TOLERANCE:
            continue
        deal = choose(game, table, together)
        place = game.rule.start[table] + deal
        if (
            deal == NOTHING
            or gain_of(game, alone, deal) >= game.delay - TOLERANCE
            or gain_together(game, table, place, other, there) < game.delay - TOLERANCE
        ):
            continue
        act[ONE], act[TWO], act[THREE], act[FOUR] = table, deal, other, pick
        return True
    return False
