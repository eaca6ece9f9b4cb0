"""One table whose issues just add up: the lowest deal at or above a level, found without listing the deals.

Points of a deal are added issue by issue, in the order of `worth.price`, so they are the same to the last bit. What the
issues left can still bring bounds a search in deal order; whatever lies within `_SLACK` of a bound is added up.
"""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Play
from negotiation.lab.compiled.ranking import largest
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.worth import terms_of
from negotiation.strategies.curves import NEVER, NOTHING, TOLERANCE

TOP, REST, SLACK, SUMS = range(4)
"""Columns of `sums`: my largest gain, the points of leaving the table unsigned, and how far sums in another order may be off."""

_SLACK = 1e-13
"""The same as a share of the largest points."""


@plain
def _terms(it: Play, issue: int) -> int:
    """Where my points by option of an issue are."""
    return it.terms + ITEM * it.most_options * (it.rule.keys[1] * it.sheet + issue)


@plain
def _bounds(it: Play) -> int:
    """Where it says what the issues from each one on bring me at most and at least."""
    return it.bounds + 2 * ITEM * (it.rule.keys[1] + 1) * it.sheet


@plain
def sums(it: Play) -> int:
    """Where my row of `sums` is."""
    return it.sums + ITEM * SUMS * it.sheet


@plain
def add_up(it: Play, prices: Prices, weights: Real) -> None:
    """Lay out my sheet with these weights by issue."""
    issues, wide, mine = it.rule.keys[1], it.most_options, reals(sums(it), SUMS)
    bounds, top, rest = reals(_bounds(it), 2 * issues + 2), 0.0, 0.0
    for issue in range(issues):
        here = reals(_terms(it, issue), wide)
        terms_of(prices, weights, it.sheet, issue, here)
        top += largest(here, prices.options[issue])
        if it.rule.unsigned[issue] >= 0:
            rest += here[it.rule.unsigned[issue]]
    mine[REST] = rest + prices.adjust[it.sheet, 0]
    mine[TOP], size = top - mine[REST], abs(rest) + abs(mine[REST])
    bounds[2 * issues] = bounds[2 * issues + 1] = 0.0
    for issue in range(issues - 1, -1, -1):
        here = reals(_terms(it, issue), wide)
        high, low = largest(here, prices.options[issue]), _least(here, prices.options[issue])
        bounds[2 * issue], bounds[2 * issue + 1] = bounds[2 * issue + 2] + high, bounds[2 * issue + 3] + low
        size += max(abs(high), abs(low))
    mine[SLACK] = _SLACK * size


@plain
def _least(values: Real, many: int) -> float:
    """The least of the first values."""
    found = NEVER
    for n in range(many):
        found = min(found, values[n])
    return found


@plain
def points(it: Play, bid: Whole) -> float:
    """My points for a bid."""
    issues, wide, total = it.rule.keys[1], it.most_options, 0.0
    terms = reals(_terms(it, 0), issues * wide)
    for issue in range(issues):
        total += terms[issue * wide + bid[issue]]
    return total


@plain
def lowest(it: Play, wanted: float, bid: Whole) -> None:
    """`curves.lowest`: put the deal with my lowest gain at or above `wanted` into `bid`; of equals the first."""
    issues, wide, mine = it.rule.keys[1], it.most_options, reals(sums(it), SUMS)
    bounds, terms = reals(_bounds(it), 2 * issues + 2), reals(_terms(it, 0), issues * wide)
    path, partial, sizes = wholes(it.path, issues), reals(it.partial, issues), wholes(it.sizes, issues)
    limit, least, depth = wanted - TOLERANCE, NEVER, 0
    under, over = limit + mine[REST] - mine[SLACK], NEVER
    bid[issues], path[0], partial[0] = NOTHING, -1, 0.0
    while depth >= 0:
        path[depth] += 1
        if path[depth] == sizes[depth]:
            depth -= 1
            continue
        total = partial[depth] + terms[depth * wide + path[depth]]
        if total + bounds[2 * depth + 2] < under or total + bounds[2 * depth + 3] > over:
            continue
        if depth + 1 < issues:
            depth += 1
            path[depth], partial[depth] = -1, total
        elif limit <= total - mine[REST] < least:
            least = total - mine[REST]
            over = least + mine[REST] + mine[SLACK]
            _keep(bid, path, sizes)


@plain
def _keep(bid: Whole, path: Whole, sizes: Whole) -> None:
    """Write down the options that are taken, and the number of their deal: the last issue is fastest."""
    deal = 0
    for issue in range(len(path)):
        bid[issue] = path[issue]
        deal = deal * sizes[issue] + path[issue]
    bid[len(path)] = deal
