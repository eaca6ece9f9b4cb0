"""Whole games: the schedule of `model.py` under `alternating` and `open-floor`, over arrays, many runs in one call."""

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
    Play,
)
from negotiation.lab.compiled.ideal_score import Mosts, largest_gain
from negotiation.lab.compiled.papers import last_signed, sits, unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.single import lay_out, single
from negotiation.lab.compiled.strategy_codes import TEXTBOOK
from negotiation.lab.compiled.textbook import reply
from negotiation.lab.compiled.worth import noisy, price, score


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
    it: Play, prices: Prices, mosts: Mosts, noise: float, seeds: Keys, cast: Whole, ends: Ends, log: Whole
) -> None:
    """Play runs, and fill in what they come to.

    Parameters
    ----------
    cast
        By run and party, its sheet.
    log
        Room for the events of the last run, as acts; what does not fit is left out.
    """
    it.epoch += 1
    if noise == 0.0:
        for sheet in range(len(prices.weight)):
            seat(it, it.own.party[sheet], sheet)
            _price(it, prices, prices.weight[sheet])
            it.most[sheet] = _largest_gain(it, mosts)
    if not it.single:
        wholes(it.found, 2 * FOUND)[:] = -1
        forget(it)
    for run in range(len(seeds)):
        for party in range(it.rule.parties):
            it.cast[party] = cast[run, party]
        _open(it)
        if noise != 0.0:
            _own_scores(it, prices, mosts, noise, seeds[run])
        for party in range(it.rule.parties):
            ends.best[run, party] = it.most[it.cast[party]]
        if it.single:
            single(it, log)
        else:
            ends.status[run] = _one(it, seeds[run], log)
        _end(it, ends, run)


@plain
def _price(it: Play, prices: Prices, weights: Real) -> None:
    """Lay out my sheet with these weights."""
    if it.single:
        lay_out(it, prices, weights)
    else:
        price(it, prices, weights)


@plain
def _own_scores(it: Play, prices: Prices, mosts: Mosts, noise: float, seed: int) -> None:
    """Give everybody a sheet of this run's own."""
    if it.single:
        it.epoch += 1
    else:
        forget(it)
    for party in range(it.rule.parties):
        seat(it, party, it.cast[party])
        noisy(it, prices, noise, seed)
        _price(it, prices, prices.noisy)
        it.most[it.sheet] = _largest_gain(it, mosts)


@plain
def _largest_gain(it: Play, mosts: Mosts) -> float:
    """What my sheet allows at most over nothing signed."""
    return max(reals(sums(it), SUMS)[TOP], 0.0) if it.single else largest_gain(it, mosts)


@plain
def _open(it: Play) -> None:
    """Set everything to before anybody has spoken."""
    it.now = it.events = it.live = it.passed = it.offered = 0
    it.open, it.last, it.undrawn, it.changes = (1 << it.rule.tables) - 1, -1, -1, 0
    for table in range(it.rule.tables):
        it.at[table], it.count[table], it.talked[table] = unsigned(it, table), 0, 0
        it.changed[table] = 0
    for party in range(it.rule.parties):
        it.acted[party] = it.turns[party] = it.before[party] = it.early[party] = it.heard[party] = 0
        for table in range(it.rule.tables):
            it.liked_at[party, table] = it.learnt[party, table] = -1
        it.stale[party] = it.unseen[party] = -1


@plain
def _one(it: Play, seed: int, log: Whole) -> int:
    """Play a game to its end; what became of it."""
    while it.now < it.rounds and it.open:
        party = _next(it)
        if party < 0:
            _tick(it)
            note(it, log)
            it.events += 1
            continue
        seat(it, party, it.cast[party])
        if it.who.rolls[party]:
            dice = keyed(seed, party, it.turns[party])
            it.draws[0], it.draws[1], it.dice = uniform(dice, 1), uniform(dice, 2), dice
        if it.used + it.rule.tables * (it.rule.tables + 1) > it.slots:
            forget(it)
        if it.who.bidding[party] == TEXTBOOK:
            reply(it)
        else:
            decide(it)
        note(it, log)
        if 1 <= it.now < 3:
            it.early[party] += (it.offered > 0) + (it.act[KIND] == OFFER)
        status = _act(it)
        if status != PLAYED:
            return status
        it.turns[party] += 1
        it.events += 1
        it.last = party
    return PLAYED


@plain
def _act(it: Play) -> int:
    """Do what is in `it.act`; `PLAYED`, or why it cannot be done."""
    kind = it.act[KIND]
    if kind == OFFER:
        if not offer(it):
            return UNLAWFUL
        if it.who.remembers and it.offered > it.most_offers:
            return FULL
    elif kind == ACCEPT:
        accept(it)
    elif kind == WITHDRAW:
        withdraw(it)
    elif it.one_paper:
        it.acted[it.me] |= 1 << it.act[ONE]
    else:
        it.passed |= 1 << it.me
        it.acted[it.me] |= it.due
    return PLAYED


@plain
def _next(it: Play) -> int:
    """Who moves, with the tables where it may act in `it.due` (a set); -1 for the clock.

    Alternating: the first party with a table where it has not acted, at the first such table; nobody comes before whoever
    acted last. Open floor: the next
    around the table, beginning behind whoever acted last, that has not passed.
    """
    parties = it.rule.parties
    start = max(it.last, 0) if it.one_paper else it.last + 1
    for n in range(start, parties if it.one_paper else start + parties):
        party = n if n < parties else n - parties
        if not it.one_paper and it.passed >> party & 1:
            continue
        it.due = 0
        for table in range(it.rule.tables):
            if sits(it, party, table):
                if not it.one_paper:
                    it.due |= 1 << table
                elif not it.acted[party] >> table & 1:
                    it.due = 1 << table
                    return party
        if it.due:
            return party
    return -1


@plain
def _tick(it: Play) -> None:
    """A round is over."""
    it.act[KIND], it.act[BY] = TICK, -1
    it.now += 1
    it.passed, it.last = 0, -1
    for party in range(it.rule.parties):
        it.acted[party], it.before[party] = 0, it.turns[party]


@plain
def _end(it: Play, ends: Ends, run: int) -> None:
    """Fill in what a run came to."""
    played = it.now if it.open else min(it.now + 1, it.rounds)
    ends.rounds[run], ends.events[run] = played, it.events
    for table in range(it.rule.tables):
        place, many = it.at[table], it.count[table]
        ends.deal[run, table] = -1 if place == unsigned(it, table) else place - it.rule.start[table]
        ends.bound_in[run, table], ends.signers[run, table] = it.bound_in[table], many
        for n in range(many):
            ends.hands[run, table, n] = it.hands[table, n]
    for party in range(it.rule.parties):
        seat(it, party, it.cast[party])
        paid = last_signed(it) or played
        decay = reals(it.decay + ITEM * (it.rounds + 1) * it.sheet, it.rounds + 1)[paid]
        ends.points[run, party] = score(it, 1) * decay - it.own.delay[it.sheet] * paid
        ends.base[run, party] = score(it, 0)
