"""Whole games: the schedule of `model.py` under `alternating` and `open-floor`, over arrays, many runs in one call."""

from __future__ import annotations

from typing import NamedTuple

from negotiation.lab.compiled.agent import ACTS_PER_ROUND, decide
from negotiation.lab.compiled.arrays import Board, Keys, Prices, Real, Sheets, Whole
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.coding import Seats
from negotiation.lab.compiled.compiling import compiled, plain
from negotiation.lab.compiled.desk import clear
from negotiation.lab.compiled.game import (
    ACCEPT,
    BY,
    EVENTS,
    FULL,
    KIND,
    LAST,
    LIVE,
    OFFER,
    OFFERED,
    ONE,
    OPEN,
    PASSED,
    PLAYED,
    ROUND,
    ROUNDS,
    TICK,
    UNLAWFUL,
    USED,
    WITHDRAW,
    Game,
    Kept,
)
from negotiation.lab.compiled.papers import accept, note, offer, sits, unsigned, withdraw
from negotiation.lab.compiled.worth import best, noisy, price, score


class Ends(NamedTuple):
    """What runs come to, one row a run.

    Attributes
    ----------
    status
        `PLAYED`, or why not.
    rounds, events
        Rounds played; events, clock included.
    deal, bound_in, signers, hands
        By table: the deal (-1: unsigned), its round from 0, how many signed, and who in the order they signed.
    points, base, best
        By party: points; those of nothing signed; and the largest gain (only where scores are a run's own, else 0).
    """

    status: Whole
    rounds: Whole
    events: Whole
    deal: Whole
    bound_in: Whole
    signers: Whole
    hands: Whole
    points: Real
    base: Real
    best: Real


@compiled
def play(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    decay: Real,
    game: Game,
    kept: Kept,
    one_paper: bool,  # noqa: FBT001 - compiled code has no keywords
    noise: float,
    seeds: Keys,
    cast: Whole,
    ends: Ends,
    points: Real,
    weights: Real,
    room: Real,
    prices: Prices,
    log: Whole,
) -> None:
    """Play runs, and fill in what they come to.

    Parameters
    ----------
    game
        Room, with `now[ROUNDS]` set.
    cast
        By run and party, its sheet.
    points, weights, room
        Room for the points of every sheet by place, for weights by issue, and for a number for each deal of a table.
    log
        Room for the events of the last run, as acts; what does not fit is left out.
    """
    if noise == 0.0:
        for sheet in range(len(points)):
            price(board, prices, sheets, sheet, prices.weight[sheet], points[sheet])
    game.now[USED] = 0
    kept.heads[:] = -1
    for run in range(len(seeds)):
        _open(board, game)
        if noise != 0.0:
            game.now[USED] = 0
            kept.heads[:] = -1
            for party in range(board.rule.parties):
                sheet = cast[run, party]
                noisy(prices, sheet, noise, seeds[run], party, weights)
                price(board, prices, sheets, sheet, weights, points[sheet])
                ends.best[run, party] = best(board, sheets, points[sheet], game, party, sheet, room)
        ends.status[run] = _one(board, sheets, seats, points, game, kept, one_paper, seeds[run], cast[run], log)
        _end(board, sheets, decay, points, game, cast[run], ends, run)


@plain
def _open(board: Board, game: Game) -> None:
    """Set everything to before anybody has spoken."""
    game.now[ROUND] = game.now[EVENTS] = game.now[LIVE] = game.now[PASSED] = game.now[OFFERED] = 0
    game.now[OPEN], game.now[LAST] = (1 << board.rule.tables) - 1, -1
    for table in range(board.rule.tables):
        game.at[table], game.count[table] = unsigned(board, table), 0
    game.acted[:] = 0
    game.turns[:] = 0
    game.before[:] = 0
    game.version[:] = 0
    game.drawn[:] = -1
    game.parts_of[:] = -1
    game.stamp[:] = 0


@plain
def _one(
    board: Board,
    sheets: Sheets,
    seats: Seats,
    points: Real,
    game: Game,
    kept: Kept,
    one_paper: bool,  # noqa: FBT001
    seed: int,
    cast: Whole,
    log: Whole,
) -> int:
    """Play a game to its end; what became of it."""
    act, now = game.act, game.now
    while now[ROUND] < now[ROUNDS] and now[OPEN]:
        party, due = _next(board, game, one_paper)
        if party < 0:
            act[KIND], act[BY] = TICK, -1
            note(game, log)
            now[EVENTS] += 1
            now[ROUND] += 1
            now[PASSED], now[LAST] = 0, -1
            for other in range(board.rule.parties):
                game.acted[other], game.before[other] = 0, game.turns[other]
            continue
        if seats.who.rolls[party]:
            dice = keyed(seed, party, game.turns[party])
            game.draws[0], game.draws[1] = uniform(dice, 1), uniform(dice, 2)
        clear(game, kept, board.rule.tables * (board.rule.tables + 1))
        sheet = cast[party]
        may_act = one_paper or game.turns[party] - game.before[party] < ACTS_PER_ROUND
        decide(board, sheets, seats, points[sheet], game, kept, party, sheet, due, one_paper, may_act)
        note(game, log)
        if act[KIND] == OFFER:
            if not offer(board, game, kept, one_paper):
                return UNLAWFUL
            if seats.who.remembers and now[OFFERED] > len(kept.offers):
                return FULL
        elif act[KIND] == ACCEPT:
            accept(board, game)
        elif act[KIND] == WITHDRAW:
            withdraw(board, game)
        elif one_paper:
            game.acted[party] |= 1 << act[ONE]
        else:
            now[PASSED] |= 1 << party
            game.acted[party] |= due
        game.turns[party] += 1
        now[EVENTS] += 1
        now[LAST] = party
    return PLAYED


@plain
def _next(board: Board, game: Game, one_paper: bool) -> tuple[int, int]:  # noqa: FBT001
    """Who moves, and the tables where it may act (a set); -1 for the clock.

    Alternating: the first party with a table where it has not acted, at the first such table. Open floor: the next
    around the table, beginning behind whoever acted last, that has not passed.
    """
    parties = board.rule.parties
    for n in range(parties):
        party = n if one_paper else (game.now[LAST] + 1 + n) % parties
        if not one_paper and game.now[PASSED] >> party & 1:
            continue
        due = 0
        for table in range(board.rule.tables):
            if sits(board, game, party, table):
                if not one_paper:
                    due |= 1 << table
                elif not game.acted[party] >> table & 1:
                    return party, 1 << table
        if due:
            return party, due
    return -1, 0


@plain
def _end(
    board: Board, sheets: Sheets, decay: Real, points: Real, game: Game, cast: Whole, ends: Ends, run: int
) -> None:
    """Fill in what a run came to."""
    now = game.now
    played = now[ROUND] if now[OPEN] else min(now[ROUND] + 1, now[ROUNDS])
    ends.rounds[run], ends.events[run] = played, now[EVENTS]
    for table in range(board.rule.tables):
        place, many = game.at[table], game.count[table]
        ends.deal[run, table] = -1 if place == unsigned(board, table) else place - board.rule.start[table]
        ends.bound_in[run, table], ends.signers[run, table] = game.bound_in[table], many
        for n in range(many):
            ends.hands[run, table, n] = game.hands[table, n]
    for party in range(board.rule.parties):
        sheet, paid = cast[party], -1
        for table in range(board.rule.tables):
            for n in range(game.count[table]):
                if game.hands[table, n] == party:
                    paid = max(paid, game.bound_in[table] + 1)
        paid = played if paid < 0 else paid
        total = score(board, sheets, points[sheet], game, sheet, 1)
        ends.points[run, party] = total * decay[sheet, paid] - sheets.own.delay[sheet] * paid
        ends.base[run, party] = score(board, sheets, points[sheet], game, sheet, 0)
