"""One table that all must sign, alternating offers, all by the clock: the rules of `kernel.py` in their own loop.

What `kernel.py` looks up because it may have changed (links, papers, rivals, who may sign) cannot change here. `fits` says
where that holds. This is a second place where papers are signed, for speed alone: `test_single.py` holds it to the general
loop bit for bit and to the model event for event. A whole batch, writing included, takes 48 instead of 107 µs a run where each
run has its own scores (`noise`) and the table 4,096 deals; where all share them, or the deals are few, it gains a tenth or nothing.
"""

from __future__ import annotations

from negotiation.lab.compiled.additive import REST, SUMS, TOP, add_up, all_gains, lowest, points, sums
from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.expectations import seat
from negotiation.lab.compiled.game import ACCEPT, BY, FOUR, KIND, OFFER, ONE, PASS, THREE, TICK, TWO, Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.strategy_codes import CURVE, LEVEL, NONE
from negotiation.strategies.decision_rules import NOTHING, TOLERANCE, share_of_best


def fits(game: Game, prices: Prices, needs: Whole) -> bool:
    """Return whether a game, made ready to be played, is one for this loop."""
    parties = int(game.rule.parties)
    who, everybody = game.who, (1 << parties) - 1
    return bool(
        game.one_paper
        and game.rule.tables == 1
        and parties > 1
        and not game.own.links.any()
        and not game.rule.named[0]
        and prices.full[0]
        and game.rule.seats[0] == everybody
        and (needs[:-1] == everybody).all()
        and (who.bidding[:parties] == CURVE).all()
        and (who.accept[:parties] == LEVEL).all()
        and (who.model[:parties] == NONE).all()
    )


@plain
def single(game: Game, log: Whole) -> None:
    """Play a game to its end."""
    author, signed, number, standing = -1, 0, 0, 0
    while game.now < game.rounds:
        for party in range(game.rule.parties):
            seat(game, party, game.cast[party])
            wanted = share_of_best(
                reals(sums(game), SUMS)[TOP],
                reals(game.share, 2 * game.rounds * (party + 1))[2 * (game.rounds * party + game.now)],
            )
            if author >= 0 and not signed >> party & 1 and _takes(game, standing, wanted):
                _note(game, log, ACCEPT, number, -1)
                signed |= 1 << party
                game.hands[0, game.count[0]] = party
                game.count[0] += 1
                if game.count[0] == game.rule.parties:
                    _bind(game, _deal(game, standing))
                    return
                continue
            bid = _bid(game, wanted)
            if _deal(game, bid) == NOTHING or (author == party and _deal(game, bid) == _deal(game, standing)):
                _note(game, log, PASS, 0, -1)
                continue
            author, signed, number, standing = party, 1 << party, game.events, bid
            game.hands[0, 0], game.count[0] = party, 1
            _note(game, log, OFFER, 0, _deal(game, bid))
        game.me = -1
        _note(game, log, TICK, -1, -1)
        game.now += 1
    game.count[0] = 0


@plain
def _deal(game: Game, bid: int) -> int:
    """Return the deal of a bid."""
    return wholes(game.bids, bid + 1)[bid]


@plain
def _takes(game: Game, standing: int, wanted: float) -> bool:
    """Return whether I sign: for what I ask for, or in the last round for no loss, if I am one who yields."""
    asks = 0.0 if game.who.yields[game.me] and game.now + 1 == game.rounds else wanted
    return reals(game.bid_gains, game.sheets * (standing + 1))[game.sheets * standing + game.sheet] >= asks - TOLERANCE


@plain
def _bid(game: Game, wanted: float) -> int:
    """Return the number of my bid of this round, computed unless I have bid at this level with these points before."""
    bid = game.rounds * game.sheet + game.now
    sought = reals(game.sought_at + 2 * ITEM * bid, 2)
    if sought[0] != wanted or sought[1] != game.epoch:
        sought[0], sought[1] = wanted, game.epoch
        deal = wholes(game.bids, bid + 1)[bid] = lowest(game, wanted)
        if deal != NOTHING:
            all_gains(game, deal, reals(game.bid_gains + ITEM * game.sheets * bid, game.sheets))
    return bid


@plain
def _bind(game: Game, deal: int) -> None:
    """Sign the table."""
    game.at[0], game.bound_in[0], game.open = deal, game.now, 0
    for party in range(game.rule.parties):
        seat(game, party, game.cast[party])
        reals(game.points, game.places)[deal] = points(game, deal)


@plain
def _note(game: Game, log: Whole, kind: int, one: int, two: int) -> None:
    """Write down an act."""
    if game.events < len(log):
        act = log[game.events]
        act[KIND], act[BY], act[ONE], act[TWO], act[THREE], act[FOUR] = kind, game.me, one, two, -1, -1
    game.events += 1


@plain
def lay_out(game: Game, prices: Prices, weights: Real) -> None:
    """Make my sheet ready with these weights, for the loop and for `worth.score`."""
    add_up(game, prices, weights)
    reals(game.points, game.places)[unsigned(game, 0)] = reals(sums(game), SUMS)[REST]
