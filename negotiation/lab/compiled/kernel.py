"""Whole games: the schedule of `game.py` under `alternating` and `open-floor`, over arrays, many runs in one call."""

from __future__ import annotations

from typing import NamedTuple

from negotiation.lab.compiled.acts import accept, note, offer, withdraw
from negotiation.lab.compiled.additive import SUMS, TOP, sums
from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.agent import decide
from negotiation.lab.compiled.arrays import Keys, Real, Whole
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.compiling import compiled, plain
from negotiation.lab.compiled.expectations import seat
from negotiation.lab.compiled.gains import forget
from negotiation.lab.compiled.game import (
    ACCEPT,
    BY,
    FOUND,
    FULL,
    KIND,
    OFFER,
    ONE,
    PLAYED,
    TICK,
    UNLAWFUL,
    WITHDRAW,
    Game,
)
from negotiation.lab.compiled.ideal_score import Mosts, largest_gain
from negotiation.lab.compiled.papers import last_signed, sits, unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.single import lay_out, single
from negotiation.lab.compiled.strategy_codes import TEXTBOOK
from negotiation.lab.compiled.textbook import reply
from negotiation.lab.compiled.worth import noisy, price, score


class Ends(NamedTuple):
    """The results of runs, one row a run.

    Attributes
    ----------
    status
        `PLAYED`, or why not.
    rounds, events
        Rounds played; events, clock included.
    deal, bound_in, signers, hands
        By table: the deal (-1: unsigned), its round from 0, how many signed, and who in the order they signed.
    points, base, best
        By party: points; those of nothing signed; and the largest gain (nan where it is not known).
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
    game: Game, prices: Prices, mosts: Mosts, noise: float, seeds: Keys, cast: Whole, ends: Ends, log: Whole
) -> None:
    """Play runs, and fill in their results.

    Parameters
    ----------
    cast
        By run and party, its sheet.
    log
        Room for the events of the last run, as acts; what does not fit is left out.
    """
    game.epoch += 1
    if noise == 0.0:
        for sheet in range(len(prices.weight)):
            seat(game, game.own.party[sheet], sheet)
            _price(game, prices, prices.weight[sheet])
            game.most[sheet] = _largest_gain(game, mosts)
    if not game.single:
        wholes(game.found, 2 * FOUND)[:] = -1
        forget(game)
    for run in range(len(seeds)):
        for party in range(game.rule.parties):
            game.cast[party] = cast[run, party]
        open_talks(game)
        if noise != 0.0:
            _own_scores(game, prices, mosts, noise, seeds[run])
        for party in range(game.rule.parties):
            ends.best[run, party] = game.most[game.cast[party]]
        if game.single:
            single(game, log)
        else:
            ends.status[run] = _one(game, seeds[run], log)
        _end(game, ends, run)


@plain
def _price(game: Game, prices: Prices, weights: Real) -> None:
    """Lay out my sheet with these weights."""
    if game.single:
        lay_out(game, prices, weights)
    else:
        price(game, prices, weights)


@plain
def _own_scores(game: Game, prices: Prices, mosts: Mosts, noise: float, seed: int) -> None:
    """Give every party a sheet of this run's own."""
    if game.single:
        game.epoch += 1
    else:
        forget(game)
    for party in range(game.rule.parties):
        seat(game, party, game.cast[party])
        noisy(game, prices, noise, seed)
        _price(game, prices, prices.noisy)
        game.most[game.sheet] = _largest_gain(game, mosts)


@plain
def _largest_gain(game: Game, mosts: Mosts) -> float:
    """Return the largest gain that my sheet allows over nothing signed."""
    return max(reals(sums(game), SUMS)[TOP], 0.0) if game.single else largest_gain(game, mosts)


@plain
def open_talks(game: Game) -> None:
    """Set everything to the state before anybody has spoken."""
    game.now = game.events = game.live = game.passed = game.offered = 0
    game.open, game.last, game.undrawn, game.changes = (1 << game.rule.tables) - 1, -1, -1, 0
    for table in range(game.rule.tables):
        game.at[table], game.count[table], game.talked[table] = unsigned(game, table), 0, 0
        game.changed[table] = 0
    for party in range(game.rule.parties):
        game.acted[party] = game.turns[party] = game.before[party] = game.early[party] = game.heard[party] = 0
        for table in range(game.rule.tables):
            game.estimated_at[party, table] = game.learnt[party, table] = -1
        game.stale[party] = game.unseen[party] = -1


@plain
def _one(game: Game, seed: int, log: Whole) -> int:
    """Play a game to its end, and return its status."""
    while game.now < game.rounds and game.open:
        party = next_to_move(game)
        if party < 0:
            end_round(game, log)
            continue
        think(game, party, seed)
        status = take_turn(game, party, log)
        if status != PLAYED:
            return status
    return PLAYED


@plain
def think(game: Game, party: int, seed: int) -> None:
    """Put into `game.act` what the strategy of a party wants."""
    seat(game, party, game.cast[party])
    if game.who.rolls[party]:
        dice = keyed(seed, party, game.turns[party])
        game.draws[0], game.draws[1], game.dice = uniform(dice, 1), uniform(dice, 2), dice
    make_room(game)
    if game.who.bidding[party] == TEXTBOOK:
        reply(game)
    else:
        decide(game)


@plain
def make_room(game: Game) -> None:
    """Forget gains if there may be no room for those of another decision."""
    if game.used + game.rule.tables * (game.rule.tables + 1) > game.slots:
        forget(game)


@plain
def take_turn(game: Game, party: int, log: Whole) -> int:
    """Do what is in `game.act` as a turn of a party; return `PLAYED`, or why it cannot be done."""
    note(game, log)
    if 1 <= game.now < 3:
        game.early[party] += (game.offered > 0) + (game.act[KIND] == OFFER)
    status = _do(game)
    if status == PLAYED:
        game.turns[party] += 1
        game.events += 1
        game.last = party
    return status


@plain
def _do(game: Game) -> int:
    """Do what is in `game.act`; return `PLAYED`, or why it cannot be done."""
    kind = game.act[KIND]
    if kind == OFFER:
        if not offer(game):
            return UNLAWFUL
        if game.who.remembers and game.offered > game.most_offers:
            return FULL
    elif kind == ACCEPT:
        accept(game)
    elif kind == WITHDRAW:
        withdraw(game)
    elif game.one_paper:
        game.acted[game.me] |= 1 << game.act[ONE]
    else:
        game.passed |= 1 << game.me
        game.acted[game.me] |= game.due
    return PLAYED


@plain
def next_to_move(game: Game) -> int:
    """Return the party that moves, with the tables where it may act in `game.due` (a set); -1 for the clock.

    Alternating: the first party with a table where it has not acted, at the first such table; none comes before the
    last to have acted. Open floor: the next
    around the table, beginning behind the last to have acted, that has not passed.
    """
    parties = game.rule.parties
    start = max(game.last, 0) if game.one_paper else game.last + 1
    for n in range(start, parties if game.one_paper else start + parties):
        party = n if n < parties else n - parties
        if not game.one_paper and game.passed >> party & 1:
            continue
        game.due = 0
        for table in range(game.rule.tables):
            if sits(game, party, table):
                if not game.one_paper:
                    game.due |= 1 << table
                elif not game.acted[party] >> table & 1:
                    game.due = 1 << table
                    return party
        if game.due:
            return party
    return -1


@plain
def end_round(game: Game, log: Whole) -> None:
    """End the round."""
    game.act[KIND], game.act[BY] = TICK, -1
    note(game, log)
    game.events += 1
    game.now += 1
    game.passed, game.last = 0, -1
    for party in range(game.rule.parties):
        game.acted[party], game.before[party] = 0, game.turns[party]


@plain
def _end(game: Game, ends: Ends, run: int) -> None:
    """Fill in the results of a run."""
    ends.rounds[run], ends.events[run] = played(game), game.events
    for table in range(game.rule.tables):
        place, many = game.at[table], game.count[table]
        ends.deal[run, table] = -1 if place == unsigned(game, table) else place - game.rule.start[table]
        ends.bound_in[run, table], ends.signers[run, table] = game.bound_in[table], many
        for n in range(many):
            ends.hands[run, table, n] = game.hands[table, n]
    for party in range(game.rule.parties):
        ends.points[run, party], ends.base[run, party] = points(game, party), score(game, 0)


@plain
def played(game: Game) -> int:
    """Return the rounds played, as at the end of the talks."""
    return game.now if game.open else min(game.now + 1, game.rounds)


@plain
def points(game: Game, party: int) -> float:
    """Return the points of a party, delay taken off and discounted, as at the end of the talks; it is seated then."""
    seat(game, party, game.cast[party])
    paid = last_signed(game) or played(game)
    decay = reals(game.decay + ITEM * (game.rounds + 1) * game.sheet, game.rounds + 1)[paid]
    return score(game, 1) * decay - game.own.delay[game.sheet] * paid
