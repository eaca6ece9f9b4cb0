"""Points over arrays: score sheets, their noise, and what an outcome is worth (see `preferences.py`, `lab/factors.py`)."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals
from negotiation.lab.compiled.arrays import Real
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.expectations import links_at, worth
from negotiation.lab.compiled.game import Play
from negotiation.lab.compiled.papers import needs, unsigned
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.factors import NOISE_TURN


@plain
def price(it: Play, prices: Prices, weights: Real) -> None:
    """`Preferences.points` of my sheet with these weights by issue: the points of every place, links left out."""
    for table in range(it.rule.tables):
        if not prices.valued[it.sheet, table]:
            continue
        first, size, rest = it.rule.start[table], 1, 0.0
        deals = unsigned(it, table) - first
        points = reals(it.points + ITEM * first, deals + 1)
        sums = points if prices.full[table] else prices.room
        sums[0] = 0.0
        for key in range(it.rule.keys[table], it.rule.keys[table + 1]):
            terms = prices.terms[: prices.options[key]]
            terms_of(prices, weights, it.sheet, key, terms)
            size = _spread(sums, size, terms)
            if it.rule.unsigned[key] >= 0:
                rest += terms[it.rule.unsigned[key]]
        points[deals] = rest + prices.adjust[it.sheet, table]
        if not prices.full[table]:
            legal = prices.legal[first : first + deals]
            for deal in range(deals):
                points[deal] = sums[legal[deal]]
        if it.rule.sometimes[table] >> it.me & 1:
            for deal in range(deals):
                if not (needs(it, first + deal) | it.rule.of[table]) >> it.me & 1:
                    points[deal] = points[deals]


@plain
def terms_of(prices: Prices, weights: Real, sheet: int, key: int, terms: Real) -> None:
    """Put the points of every option of an issue into `terms`."""
    share = prices.share[sheet, key]
    for option in range(prices.options[key]):
        terms[option] = weights[key] * share[option] / prices.whole[sheet, key]


@plain
def _spread(sums: Real, size: int, terms: Real) -> int:
    """Add the points of one more issue: each of the first sums becomes one for every option; how many there are then.

    Deals are in the order of their options, the last issue fastest, so those that differ in later issues only share sums.
    """
    for n in range(size - 1, -1, -1):
        start = sums[n]
        for option in range(len(terms)):
            sums[n * len(terms) + option] = start + terms[option]
    return size * len(terms)


@plain
def noisy(it: Play, prices: Prices, noise: float, seed: int) -> None:
    """Put into `prices.noisy` the weights of my sheet, each changed by chance, their sum kept (see `factors.noisy`)."""
    dice, sheet, weights = keyed(seed, it.me, NOISE_TURN), it.sheet, prices.noisy
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
def score(it: Play, counts: int) -> float:
    """`Preferences.score` of what binds, before delay and discount; of nothing signed if it `counts` 0."""
    total, links, effect = 0.0, -1, 0.0
    for table in range(it.rule.tables):
        place = it.at[table] if counts else unsigned(it, table)
        total += worth(it, place)
        links &= links_at(it, place)
    for link in range(it.own.links[it.sheet]):
        if links >> link & 1:
            effect += it.own.points[it.sheet, link]
    return total + effect
