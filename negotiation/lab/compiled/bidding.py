"""What is asked for and put forward: the bidding and acceptance rules of `strategies/` over arrays.

A new kind of strategy gets its number in `strategy_codes.py`, and here what it asks for (`level`), what it puts forward (`choose`)
and the gain at which it signs (`_asked`).
"""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.clock import share, time
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.estimated_utility import liking
from negotiation.lab.compiled.expectations import chances
from negotiation.lab.compiled.gains import best_of, floor, gain_at, gain_of, slot
from negotiation.lab.compiled.game import FOUND, LOOKS, MARKS, RANKED, SORTED, Play
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import group, lowest_grouped, sort
from negotiation.lab.compiled.strategy_codes import COMBI, CONST, CURVE, LATE, LEVEL, MICRO, NEXT, TIME, WHIM
from negotiation.lab.compiled.tactics import answer, late, micro
from negotiation.strategies.decision_rules import (
    NEVER,
    NOTHING,
    asked,
    favourite_unsorted,
    lowest_unsorted,
    whim,
    window,
)

MOST_LOOKS = 3
"""How often the lowest deal at or above a level is sought among all deals before they are put in groups."""


@plain
def bid(it: Play, table: int) -> int:
    """The deal to bid at a table, or `NOTHING`."""
    if it.bid_in[table] != it.turn:
        it.bid[table] = choose(it, table, slot(it, table))
        it.bid_in[table] = it.turn
    return it.bid[table]


@plain
def choose(it: Play, table: int, found: int) -> int:
    """The deal to bid where these gains hold, or `NOTHING`."""
    if it.who.bidding[it.me] == MICRO:
        return micro(it, table, found)
    if it.who.bidding[it.me] == WHIM:
        marks = wholes(it.marks + ITEM * MARKS * found, MARKS)
        if not marks[SORTED]:
            sort(it, found, table)
        gains, order = reals(it.gains + ITEM * it.wide * found, it.wide), it.order + ITEM * it.wide * found
        return whim(gains, wholes(order, marks[RANKED]), it.draws[1], it.delay)
    wanted = max(level(it, table, found), floor(it, table))
    if it.who.bidding[it.me] == LATE:
        return late(it, table, found, wanted)
    likes = liking(it, table)
    if likes:
        size = unsigned(it, table) - it.rule.start[table]
        return favourite_unsorted(reals(it.gains + ITEM * it.wide * found, size), wanted, reals(likes, size))
    row, key = (found * 61 + it.now) & (FOUND - 1), it.epoch * it.slots + found
    known, sought = wholes(it.found + 2 * ITEM * row, 2), reals(it.sought + ITEM * row, 1)
    if known[0] != key or sought[0] != wanted:
        known[0], sought[0], known[1] = key, wanted, _lowest(it, table, found, wanted)
    return known[1]


@plain
def _lowest(it: Play, table: int, found: int, wanted: float) -> int:
    """`decision_rules.lowest`: a look at all deals at first, later at a group of them."""
    marks = wholes(it.marks + ITEM * MARKS * found, MARKS)
    marks[LOOKS] += 1
    if marks[LOOKS] <= MOST_LOOKS:
        size = unsigned(it, table) - it.rule.start[table]
        return lowest_unsorted(reals(it.gains + ITEM * it.wide * found, size), wanted)
    if marks[RANKED] < 0:
        group(it, found, table)
    return lowest_grouped(it, found, wanted)


@plain
def level(it: Play, table: int, found: int) -> float:
    """What the bidding asks for where these gains hold."""
    if it.who.bidding[it.me] in (CURVE, WHIM, LATE):
        return asked(best_of(it, found), share(it, table))
    return answer(it, table, found)


@plain
def least(it: Play, table: int) -> float:
    """The gain at which a paper at a table is signed."""
    if it.least_in[table] != it.turn:
        it.least_in[table] = it.turn
        it.least[table] = _asked(it, table, slot(it, table))
    return it.least[table]


@plain
def _asked(it: Play, table: int, found: int) -> float:
    """The same, worked out by the kind of acceptance."""
    kind, setting = it.who.accept[it.me], it.who.setting[it.me]
    if kind == LEVEL:
        return level(it, table, found)
    if kind == CONST:
        return setting * max(best_of(it, found), 0.0)
    if kind == TIME:
        return 0.0 if time(it, table) >= setting else NEVER
    if kind in (NEXT, COMBI):
        deal = bid(it, table)
        asks = max(best_of(it, found) if deal == NOTHING else gain_of(it, found, deal), 0.0)
        return min(asks, _hoped(it, table)) if kind == COMBI else asks
    return 0.0 if it.draws[0] < setting else NEVER  # CHANCE


@plain
def _hoped(it: Play, table: int) -> float:
    """What can still be hoped for late in the talks (see `Combi`); `NEVER` before."""
    offers, now, received = wholes(it.offers, 4 * it.offered), time(it, table), 0
    for n in range(it.offered):
        received += offers[4 * n] == table and offers[4 * n + 1] != it.me
    if now < it.who.setting[it.me] or not received:
        return NEVER
    chances(it, table, -1, -1)
    left, best, n = window(received, now), 0.0, it.offered
    while left and n:
        n -= 1
        if offers[4 * n] == table and offers[4 * n + 1] != it.me:
            left -= 1
            best = max(best, gain_at(it, table, it.rule.start[table] + offers[4 * n + 3]))
    return best
