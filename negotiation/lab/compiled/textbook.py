"""The textbook negotiators at their one table: `strategies/peers/compat.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.chance import below
from negotiation.lab.compiled.clock import share
from negotiation.lab.compiled.coding import BETTER, BY_TIME, KIND_FOR_KIND, TAKE
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import (
    ACCEPT,
    BEST,
    BY,
    DEAL,
    FOUR,
    KIND,
    MARKS,
    OFFER,
    ONE,
    PASS,
    SCALES,
    SHEET,
    THREE,
    TWO,
    Play,
)
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import largest, sort
from negotiation.lab.compiled.tactics import distinct
from negotiation.strategies.curves import NOTHING
from negotiation.strategies.peers import textbook
from negotiation.strategies.peers.textbook import accept_better, by_time, concede_in_kind, naive, place_of, take_it

SIGN, REPEAT = textbook.ACCEPT, textbook.REPEAT


@plain
def reply(it: Play) -> None:
    """Put into `it.act` what I do at the table."""
    act = it.act
    it.turn += 1
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, it.me, 0, -1, -1, -1
    u, none = reals(it.points, it.places), unsigned(it, 0)
    every = wholes(_every(it), none)
    if u[every[none - 1]] < u[none]:
        return
    deal = _deal(it, every, it.papers[0, DEAL] if it.live else NOTHING)
    if deal == SIGN:
        act[KIND], act[ONE] = ACCEPT, 0
        return
    act[KIND], act[TWO] = OFFER, _again(it) if deal == REPEAT else deal


@plain
def _deal(it: Play, every: Whole, standing: int) -> int:
    """The deal to offer, or another answer, by my rule."""
    rule, u = it.who.rule[it.me], reals(it.points, it.places)
    reserved = u[unsigned(it, 0)]
    low = max(u[every[0]], reserved)
    rational = every[place_of(u, every, reserved) :]
    if rule == BY_TIME:
        high = u[every[len(every) - 1]]
        return by_time(u, rational, low, high, share(it, 0), it.who.tactic[it.me], standing)
    if rule == KIND_FOR_KIND:
        return concede_in_kind(u, rational, reserved, distinct(it, 0, it.me), distinct(it, 0, -1), standing)
    if rule == BETTER:
        return accept_better(u, rational, reserved, _count(it), standing)
    if rule == TAKE:
        return take_it(u, every, standing)
    return naive(u, every, low, reserved, it.now, it.early[it.me], _latest(it), standing)


@plain
def _every(it: Play) -> int:
    """Where all deals are, ascending by my utility, ties in deal order."""
    size = unsigned(it, 0)
    if it.ranked_of[it.sheet] < 0:
        new, it.used = it.used, it.used + 1
        gains, u = reals(it.gains + ITEM * it.wide * new, size), reals(it.points, size)
        for deal in range(size):
            gains[deal] = u[deal]
        wholes(it.marks + ITEM * MARKS * new, MARKS)[SHEET] = -1
        reals(it.scales + ITEM * SCALES * new, SCALES)[BEST] = largest(gains, size)
        sort(it, new, 0)
        it.ranked_of[it.sheet] = new
    return it.order + ITEM * it.wide * it.ranked_of[it.sheet]


@plain
def _count(it: Play) -> int:
    """How many offers I have made."""
    offers, many = wholes(it.offers, 4 * it.offered), 0
    for n in range(it.offered):
        many += offers[4 * n + 1] == it.me
    return many


@plain
def _latest(it: Play) -> int:
    """The others' latest deal; `NOTHING` if there is none."""
    offers, latest = wholes(it.offers, 4 * it.offered), NOTHING
    for n in range(it.offered):
        if offers[4 * n + 1] != it.me:
            latest = offers[4 * n + 3]
    return latest


@plain
def _again(it: Play) -> int:
    """Any of the different deals that I have offered, by chance."""
    pick = below(it.dice, 1, distinct(it, 0, it.me))
    offers, seen, n = wholes(it.offers, 4 * it.offered), wholes(it.seen, it.wide), 0
    it.stamp += 1
    while True:
        if offers[4 * n + 1] == it.me and seen[offers[4 * n + 3]] != it.stamp:
            seen[offers[4 * n + 3]] = it.stamp
            if not pick:
                return offers[4 * n + 3]
            pick -= 1
        n += 1
