"""Points over arrays: score sheets, their noise, and what an outcome is worth (see `preferences.py`, `lab/factors.py`)."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.arrays import Real
from negotiation.lab.compiled.chance import keyed, uniform
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Play
from negotiation.lab.compiled.outlook import chances, links_at, worth
from negotiation.lab.compiled.papers import needs, unsigned
from negotiation.lab.compiled.ranking import largest
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.factors import NOISE_TURN


@plain
def price(it: Play, prices: Prices, weights: Real) -> None:
    """`Preferences.points` of my sheet with these weights by issue: the points of every place, links left out."""
    listed, n, points, sums = 0, 0, reals(it.points, it.places), prices.room
    while prices.listed[it.sheet, n] >= 0:
        listed |= 1 << prices.listed[it.sheet, n]
        n += 1
    for table in range(it.rule.tables):
        first, none, size, rest = it.rule.start[table], unsigned(it, table), 1, 0.0
        sums[0] = 0.0
        for key in range(it.rule.keys[table], it.rule.keys[table + 1]):
            terms, share, whole = (
                prices.terms[: prices.options[key]],
                prices.share[it.sheet, key],
                prices.whole[it.sheet, key],
            )
            counts = (listed >> key & 1) != 0
            for option in range(len(terms)):
                terms[option] = weights[key] * share[option] / whole if counts else 0.0
            size = _spread(sums, size, terms)
            if it.rule.unsigned[key] >= 0:
                rest += terms[it.rule.unsigned[key]]
        points[none] = rest + prices.adjust[it.sheet, table]
        for place in range(first, none):
            points[place] = sums[prices.legal[place]]
        if it.rule.sometimes[table] >> it.me & 1:
            for place in range(first, none):
                if not (needs(it, place) | it.rule.of[table]) >> it.me & 1:
                    points[place] = points[none]


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


@plain
def best(it: Play, prices: Prices) -> float:
    """`yardstick`: my best gains at all tables added up, links between tables left out; before anything has happened."""
    total, links, room = 0.0, -1, prices.room
    for table in range(it.rule.tables):
        links &= links_at(it, unsigned(it, table))
    for table in range(it.rule.tables):
        first, none = it.rule.start[table], unsigned(it, table)
        chances(it, table, -1, -1)
        for place in range(first, none + 1):
            room[place - first] = worth(it, place)
        rest, n, mask = 0.0, 0, it.own.mask_at[it.sheet, table]
        for near in range(it.rule.tables):
            if near != table:
                rest += worth(it, unsigned(it, near))
        for link in range(it.own.links[it.sheet]):
            points = it.own.points[it.sheet, link]
            if it.own.naming[it.sheet, table, n] == link:
                points *= it.odds[n]
                if points != 0.0:
                    meets = reals(it.masks, mask + none + 1 - first)
                    for deal in range(none + 1 - first):
                        room[deal] += points * meets[mask + deal]
                mask += none + 1 - first
                n += 1
            else:
                rest += points if links >> link & 1 else points * 0.0
        total += max(largest(room, none - first) + rest - (room[none - first] + rest), 0.0)
    return total
