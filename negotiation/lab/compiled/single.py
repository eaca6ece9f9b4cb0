"""One table that all must sign, alternating offers, everybody by the clock: the rules of `kernel.py` in a loop of their own.

What `kernel.py` looks up because it may have changed (links, papers, rivals, who may sign) cannot change here. `fits` says
where that holds. This is a second place where papers are signed, for speed alone: `test_single.py` holds it to the general
loop bit for bit and to the model event for event. A whole batch, writing included, takes 48 instead of 107 µs a run where each
run has its own scores (`noise`) and the table 4,096 deals; where all share them, or the deals are few, it gains a tenth or nothing.
"""

from __future__ import annotations

from negotiation.lab.compiled.additive import REST, SUMS, TOP, add_up, all_gains, lowest, points, sums
from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.coding import CURVE, LEVEL, NONE
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import ACCEPT, BY, FOUR, KIND, OFFER, ONE, PASS, THREE, TICK, TWO, Play
from negotiation.lab.compiled.outlook import seat
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.strategies.curves import NOTHING, TOLERANCE, asked


def fits(it: Play, prices: Prices, needs: Whole) -> bool:
    """Whether a game, made ready to be played, is one for this loop."""
    parties = int(it.rule.parties)
    who, everybody = it.who, (1 << parties) - 1
    return bool(
        it.one_paper
        and it.rule.tables == 1
        and parties > 1
        and not it.own.links.any()
        and not it.rule.named[0]
        and prices.full[0]
        and it.rule.seats[0] == everybody
        and (needs[:-1] == everybody).all()
        and (who.bidding[:parties] == CURVE).all()
        and (who.accept[:parties] == LEVEL).all()
        and (who.model[:parties] == NONE).all()
    )


@plain
def single(it: Play, log: Whole) -> None:
    """Play a game to its end."""
    author, signed, number, standing = -1, 0, 0, 0
    while it.now < it.rounds:
        for party in range(it.rule.parties):
            seat(it, party, it.cast[party])
            wanted = asked(
                reals(sums(it), SUMS)[TOP],
                reals(it.share, 2 * it.rounds * (party + 1))[2 * (it.rounds * party + it.now)],
            )
            if author >= 0 and not signed >> party & 1 and _takes(it, standing, wanted):
                _note(it, log, ACCEPT, number, -1)
                signed |= 1 << party
                it.hands[0, it.count[0]] = party
                it.count[0] += 1
                if it.count[0] == it.rule.parties:
                    _bind(it, _deal(it, standing))
                    return
                continue
            bid = _bid(it, wanted)
            if _deal(it, bid) == NOTHING or (author == party and _deal(it, bid) == _deal(it, standing)):
                _note(it, log, PASS, 0, -1)
                continue
            author, signed, number, standing = party, 1 << party, it.events, bid
            it.hands[0, 0], it.count[0] = party, 1
            _note(it, log, OFFER, 0, _deal(it, bid))
        it.me = -1
        _note(it, log, TICK, -1, -1)
        it.now += 1
    it.count[0] = 0


@plain
def _deal(it: Play, bid: int) -> int:
    """The deal of a bid."""
    return wholes(it.bids, bid + 1)[bid]


@plain
def _takes(it: Play, standing: int, wanted: float) -> bool:
    """Whether I sign: for what I ask for, or in the last round for no loss, if I am one who yields."""
    asks = 0.0 if it.who.yields[it.me] and it.now + 1 == it.rounds else wanted
    return reals(it.bid_gains, it.sheets * (standing + 1))[it.sheets * standing + it.sheet] >= asks - TOLERANCE


@plain
def _bid(it: Play, wanted: float) -> int:
    """The number of my bid of this round, worked out unless I have bid at this level with the same points before."""
    bid = it.rounds * it.sheet + it.now
    sought = reals(it.sought_at + 2 * ITEM * bid, 2)
    if sought[0] != wanted or sought[1] != it.epoch:
        sought[0], sought[1] = wanted, it.epoch
        deal = wholes(it.bids, bid + 1)[bid] = lowest(it, wanted)
        if deal != NOTHING:
            all_gains(it, deal, reals(it.bid_gains + ITEM * it.sheets * bid, it.sheets))
    return bid


@plain
def _bind(it: Play, deal: int) -> None:
    """The table is signed."""
    it.at[0], it.bound_in[0], it.open = deal, it.now, 0
    for party in range(it.rule.parties):
        seat(it, party, it.cast[party])
        reals(it.points, it.places)[deal] = points(it, deal)


@plain
def _note(it: Play, log: Whole, kind: int, one: int, two: int) -> None:
    """Write down an act."""
    if it.events < len(log):
        act = log[it.events]
        act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = kind, it.me, one, two, -1, -1
    it.events += 1


@plain
def lay_out(it: Play, prices: Prices, weights: Real) -> None:
    """Make my sheet ready with these weights, for the loop and for `worth.score`."""
    add_up(it, prices, weights)
    reals(it.points, it.places)[unsigned(it, 0)] = reals(sums(it), SUMS)[REST]
