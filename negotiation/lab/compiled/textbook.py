"""The textbook negotiators at their one table: `strategies/peers/compat.py` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.chance import below
from negotiation.lab.compiled.clock import share
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
    Game,
)
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.ranking import largest, sort
from negotiation.lab.compiled.strategy_codes import BETTER, BY_TIME, KIND_FOR_KIND, TAKE
from negotiation.lab.compiled.tactics import distinct
from negotiation.strategies.decision_rules import NOTHING
from negotiation.strategies.peers import textbook
from negotiation.strategies.peers.textbook import accept_better, by_time, concede_in_kind, naive, place_of, take_it

SIGN, REPEAT = textbook.ACCEPT, textbook.REPEAT


@plain
def reply(game: Game) -> None:
    """Put into `game.act` what I do at the table."""
    act = game.act
    game.turn += 1
    act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = PASS, game.me, 0, -1, -1, -1
    u, none = reals(game.points, game.places), unsigned(game, 0)
    every = wholes(_every(game), none)
    if u[every[none - 1]] < u[none]:
        return
    deal = _deal(game, every, game.papers[0, DEAL] if game.live else NOTHING)
    if deal == SIGN:
        act[KIND], act[ONE] = ACCEPT, 0
        return
    act[KIND], act[TWO] = OFFER, _again(game) if deal == REPEAT else deal


@plain
def _deal(game: Game, every: Whole, standing: int) -> int:
    """Return the deal to offer, or another answer, by my rule."""
    rule, u = game.who.rule[game.me], reals(game.points, game.places)
    reserved = u[unsigned(game, 0)]
    low = max(u[every[0]], reserved)
    rational = every[place_of(u, every, reserved) :]
    if rule == BY_TIME:
        high = u[every[len(every) - 1]]
        return by_time(u, rational, low, high, share(game, 0), game.who.tactic[game.me], standing)
    if rule == KIND_FOR_KIND:
        return concede_in_kind(u, rational, reserved, distinct(game, 0, game.me), distinct(game, 0, -1), standing)
    if rule == BETTER:
        return accept_better(u, rational, reserved, _count(game), standing)
    if rule == TAKE:
        return take_it(u, every, standing)
    return naive(u, every, low, reserved, game.now, game.early[game.me], _latest(game), standing)


@plain
def _every(game: Game) -> int:
    """Return where all deals are, ascending by my utility, ties in deal order."""
    size = unsigned(game, 0)
    if game.ranked_of[game.sheet] < 0:
        new, game.used = game.used, game.used + 1
        gains, u = reals(game.gains + ITEM * game.wide * new, size), reals(game.points, size)
        for deal in range(size):
            gains[deal] = u[deal]
        wholes(game.marks + ITEM * MARKS * new, MARKS)[SHEET] = -1
        reals(game.scales + ITEM * SCALES * new, SCALES)[BEST] = largest(gains, size)
        sort(game, new, 0)
        game.ranked_of[game.sheet] = new
    return game.order + ITEM * game.wide * game.ranked_of[game.sheet]


@plain
def _count(game: Game) -> int:
    """Return how many offers I have made."""
    offers, many = wholes(game.offers, 4 * game.offered), 0
    for n in range(game.offered):
        many += offers[4 * n + 1] == game.me
    return many


@plain
def _latest(game: Game) -> int:
    """Return the others' latest deal; `NOTHING` if there is none."""
    offers, latest = wholes(game.offers, 4 * game.offered), NOTHING
    for n in range(game.offered):
        if offers[4 * n + 1] != game.me:
            latest = offers[4 * n + 3]
    return latest


@plain
def _again(game: Game) -> int:
    """Return any of the different deals that I have offered, by chance."""
    pick = below(game.dice, 1, distinct(game, 0, game.me))
    offers, seen, n = wholes(game.offers, 4 * game.offered), wholes(game.seen, game.wide), 0
    game.stamp += 1
    while True:
        if offers[4 * n + 1] == game.me and seen[offers[4 * n + 3]] != game.stamp:
            seen[offers[4 * n + 3]] = game.stamp
            if not pick:
                return offers[4 * n + 3]
            pick -= 1
        n += 1
