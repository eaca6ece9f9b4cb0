"""Points over arrays: score sheets, their noise, and scores of outcomes (see `preferences.py`, `lab/factors.py`)."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals
from negotiation.lab.compiled.arrays import Real
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.expectations import links_at, worth
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.papers import needs, unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.factors import NOISE_TURN


@plain
def price(game: Game, prices: Prices, weights: Real) -> None:
    """Fill in `Preferences.points` of my sheet with these weights: the points of every place, links left out."""
    for table in range(game.rule.tables):
        if not prices.valued[game.sheet, table]:
            continue
        first, size, rest = game.rule.start[table], 1, 0.0
        deals = unsigned(game, table) - first
        points = reals(game.points + ITEM * first, deals + 1)
        sums = points if prices.full[table] else prices.room
        sums[0] = 0.0
        for key in range(game.rule.keys[table], game.rule.keys[table + 1]):
            terms = prices.terms[: prices.options[key]]
            terms_of(prices, weights, game.sheet, key, terms)
            size = _spread(sums, size, terms)
            if game.rule.unsigned[key] >= 0:
                rest += terms[game.rule.unsigned[key]]
        points[deals] = rest + prices.adjust[game.sheet, table]
        if not prices.full[table]:
            legal = prices.legal[first : first + deals]
            for deal in range(deals):
                points[deal] = sums[legal[deal]]
        if game.rule.sometimes[table] >> game.me & 1:
            for deal in range(deals):
                if not (needs(game, first + deal) | game.rule.of[table]) >> game.me & 1:
                    points[deal] = points[deals]


@plain
def terms_of(prices: Prices, weights: Real, sheet: int, key: int, terms: Real) -> None:
    """Put the points of every option of an issue into `terms`."""
    share = prices.share[sheet, key]
    for option in range(prices.options[key]):
        terms[option] = weights[key] * share[option] / prices.whole[sheet, key]


@plain
def _spread(sums: Real, size: int, terms: Real) -> int:
    """Add the points of one more issue: each of the first sums becomes one for every option; return how many there are.

    Deals are in the order of their options, the last issue fastest, so those that differ in later issues only share sums.
    """
    for n in range(size - 1, -1, -1):
        start = sums[n]
        for option in range(len(terms)):
            sums[n * len(terms) + option] = start + terms[option]
    return size * len(terms)


@plain
def noisy(game: Game, prices: Prices, noise: float, seed: int) -> None:
    """Put into `prices.noisy` the weights of my sheet, each changed by chance, their sum kept (see `factors.noisy`)."""
    dice, sheet, weights = keyed(seed, game.me, NOISE_TURN), game.sheet, prices.noisy
    for key in range(len(weights)):
        weights[key] = prices.weight[sheet, key] * (1 + noise * (2 * uniform(dice, key + 1) - 1))
    before, after, n = 0.0, 0.0, 0
    while prices.listed[sheet, n] >= 0:
        before += prices.weight[sheet, prices.listed[sheet, n]]
        after += weights[prices.listed[sheet, n]]
        n += 1
    for key in range(len(weights)):
        weights[key] = weights[key] * (before / after) if after > 0 else prices.weight[sheet, key]


@plain
def score(game: Game, counts: int) -> float:
    """Return `Preferences.score` of what binds, before delay and discount; of nothing signed if it `counts` 0."""
    total, links, effect = 0.0, -1, 0.0
    for table in range(game.rule.tables):
        place = game.at[table] if counts else unsigned(game, table)
        total += worth(game, place)
        links &= links_at(game, place)
    for link in range(game.own.links[game.sheet]):
        if links >> link & 1:
            effect += game.own.points[game.sheet, link]
    return total + effect
