"""The bidding and acceptance rules of `strategies/` over arrays: what is asked for and put forward.

A new kind of strategy gets its number in `strategy_codes.py`, and here what it asks for (`level`), what it puts forward (`choose`)
and the gain at which it signs (`_asked`).
"""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.clock import share, time
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.estimated_utility import estimated_utility
from negotiation.lab.compiled.expectations import chances
from negotiation.lab.compiled.gains import best_of, floor, gain_at, gain_of, slot
from negotiation.lab.compiled.game import FOUND, LOOKS, MARKS, RANKED, SORTED, Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import group, lowest_grouped, sort
from negotiation.lab.compiled.strategy_codes import COMBI, CONST, CURVE, GIVING, LATE, LEVEL, MICRO, NEXT, RANDOM, TIME
from negotiation.lab.compiled.tactics import answer, giving, late, micro
from negotiation.strategies.decision_rules import (
    NEVER,
    NOTHING,
    favourite_unsorted,
    lowest_unsorted,
    random_deal,
    share_of_best,
    window,
)

MOST_LOOKS = 3
"""How often the lowest deal at or above a level is sought among all deals before they are put in groups."""


@plain
def bid(game: Game, table: int) -> int:
    """Return the deal to bid at a table, or `NOTHING`."""
    if game.bid_in[table] != game.turn:
        game.bid[table] = choose(game, table, slot(game, table))
        game.bid_in[table] = game.turn
    return game.bid[table]


@plain
def choose(game: Game, table: int, found: int) -> int:
    """Return the deal to bid where these gains hold, or `NOTHING`."""
    if game.who.bidding[game.me] == MICRO:
        return micro(game, table, found)
    if game.who.bidding[game.me] == RANDOM:
        marks = wholes(game.marks + ITEM * MARKS * found, MARKS)
        if not marks[SORTED]:
            sort(game, found, table)
        gains, order = reals(game.gains + ITEM * game.wide * found, game.wide), game.order + ITEM * game.wide * found
        return random_deal(gains, wholes(order, marks[RANKED]), game.draws[1], game.delay)
    wanted = max(level(game, table, found), floor(game, table))
    if game.who.bidding[game.me] == LATE:
        return late(game, table, found, wanted)
    if game.who.bidding[game.me] == GIVING:
        return giving(game, table, found, wanted)
    estimate = estimated_utility(game, table)
    if estimate:
        size = unsigned(game, table) - game.rule.start[table]
        return favourite_unsorted(reals(game.gains + ITEM * game.wide * found, size), wanted, reals(estimate, size))
    row, key = (found * 61 + game.now) & (FOUND - 1), game.epoch * game.slots + found
    known, sought = wholes(game.found + 2 * ITEM * row, 2), reals(game.sought + ITEM * row, 1)
    if known[0] != key or sought[0] != wanted:
        known[0], sought[0], known[1] = key, wanted, _lowest(game, table, found, wanted)
    return known[1]


@plain
def _lowest(game: Game, table: int, found: int, wanted: float) -> int:
    """Return the deal of `decision_rules.lowest`: by a look at all deals at first, later at a group of them."""
    marks = wholes(game.marks + ITEM * MARKS * found, MARKS)
    marks[LOOKS] += 1
    if marks[LOOKS] <= MOST_LOOKS:
        size = unsigned(game, table) - game.rule.start[table]
        return lowest_unsorted(reals(game.gains + ITEM * game.wide * found, size), wanted)
    if marks[RANKED] < 0:
        group(game, found, table)
    return lowest_grouped(game, found, wanted)


@plain
def level(game: Game, table: int, found: int) -> float:
    """Return the gain that the bidding asks for where these gains hold."""
    if game.who.bidding[game.me] in (CURVE, RANDOM, LATE, GIVING):
        return share_of_best(best_of(game, found), share(game, table))
    return answer(game, table, found)


@plain
def least(game: Game, table: int) -> float:
    """Return the gain at which a paper at a table is signed."""
    if game.least_in[table] != game.turn:
        game.least_in[table] = game.turn
        game.least[table] = _asked(game, table, slot(game, table))
    return game.least[table]


@plain
def _asked(game: Game, table: int, found: int) -> float:
    """Return the result of `least`, worked out by the kind of acceptance."""
    kind, setting = game.who.accept[game.me], game.who.setting[game.me]
    if kind == LEVEL:
        return level(game, table, found)
    if kind == CONST:
        return setting * max(best_of(game, found), 0.0)
    if kind == TIME:
        return 0.0 if time(game, table) >= setting else NEVER
    if kind in (NEXT, COMBI):
        deal = bid(game, table)
        asks = max(best_of(game, found) if deal == NOTHING else gain_of(game, found, deal), 0.0)
        return min(asks, _hoped(game, table)) if kind == COMBI else asks
    return 0.0 if game.draws[0] < setting else NEVER  # CHANCE


@plain
def _hoped(game: Game, table: int) -> float:
    """Return the best gain to hope for late in the talks (see `Combi`); `NEVER` before."""
    offers, now, received = wholes(game.offers, 4 * game.offered), time(game, table), 0
    for n in range(game.offered):
        received += offers[4 * n] == table and offers[4 * n + 1] != game.me
    if now < game.who.setting[game.me] or not received:
        return NEVER
    chances(game, table, -1, -1)
    left, best, n = window(received, now), 0.0, game.offered
    while left and n:
        n -= 1
        if offers[4 * n] == table and offers[4 * n + 1] != game.me:
            left -= 1
            best = max(best, gain_at(game, table, game.rule.start[table] + offers[4 * n + 3]))
    return best
