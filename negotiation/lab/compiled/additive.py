"""One table whose issues just add up: the lowest deal at or above a level, found without listing the deals.

The deals are halves put together (Horowitz and Sahni, 1974): every choice on the first issues, `heads`, with every choice on the
rest, `tails`, ascending by points. As a level falls, the first tail that is enough for a head only moves down. Sums of halves
may differ from points in the last bits; whatever lies that near is added up issue by issue, as `worth.price` does.
"""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.ranking import largest, merge_sort
from negotiation.lab.compiled.sheets import Prices
from negotiation.lab.compiled.worth import terms_of
from negotiation.strategies.decision_rules import NEVER, NOTHING, TOLERANCE

TOP, REST, SLACK, SOUGHT, GAIN, SUMS = range(6)
"""Columns of `sums`: my largest gain, the points of leaving the table unsigned, how far sums of halves may be off, and
the level sought last with the gain that was found."""

HEADS, TAILS, DEAL, HALVES = range(4)
"""Columns of `halves`: how many heads and tails I have, and the deal found last."""

_SLACK = 1e-13
"""How far sums may be off, as a share of the largest numbers in them."""


@plain
def _terms(game: Game, issue: int) -> int:
    """Return where my points by option of an issue are."""
    return game.terms + ITEM * game.most_options * (game.rule.keys[1] * game.sheet + issue)


@plain
def sums(game: Game) -> int:
    """Return where my row of `sums` is."""
    return game.sums + ITEM * SUMS * game.sheet


@plain
def _mine(game: Game, where: int, many: int) -> int:
    """Return where my row is among rows of so many."""
    return where + ITEM * many * game.sheet


@plain
def add_up(game: Game, prices: Prices, weights: Real) -> None:
    """Lay out my sheet with these weights by issue."""
    issues, wide, mine = game.rule.keys[1], game.most_options, reals(sums(game), SUMS)
    top, rest, size, differ = 0.0, 0.0, 0.0, 1
    for issue in range(issues):
        here = reals(_terms(game, issue), wide)
        terms_of(prices, weights, game.sheet, issue, here)
        top, size = top + largest(here, prices.options[issue]), size + _size(here, prices.options[issue])
        if game.rule.unsigned[issue] >= 0:
            rest += here[game.rule.unsigned[issue]]
        differ *= _choices(game, issue)
    mine[REST] = rest + prices.adjust[game.sheet, 0]
    mine[TOP], mine[SLACK] = top - mine[REST], _SLACK * (size + abs(rest) + abs(mine[REST]))
    mine[SOUGHT] = -1.0
    _halve(game, differ)


@plain
def _size(values: Real, many: int) -> float:
    """Return the largest of the first values, whatever its sign."""
    found = 0.0
    for n in range(many):
        found = max(found, abs(values[n]))
    return found


@plain
def _choices(game: Game, issue: int) -> int:
    """Return how many options of an issue are worth looking at: one, the first, if I like all equally."""
    here, many = reals(_terms(game, issue), game.most_options), wholes(game.sizes, issue + 1)[issue]
    for option in range(many):
        if here[option] != here[0]:
            return many
    return 1


@plain
def _halve(game: Game, differ: int) -> None:
    """List my heads and, in the order of their points, my tails: as many heads as tails, or more."""
    halves, split, heads = wholes(_mine(game, game.halves, HALVES), HALVES), 0, 1
    while heads * heads < differ:
        heads *= _choices(game, split)
        split += 1
    halves[HEADS] = _list(
        game, _mine(game, game.heads_of, game.most_heads), _mine(game, game.head_deals, game.most_heads), 0, split
    )
    many = halves[TAILS] = _list(game, game.loose, game.loose_deals, split, game.rule.keys[1])
    loose, numbers, order = reals(game.loose, many), wholes(game.loose_deals, many), wholes(game.loose_order, many)
    for n in range(many):
        order[n] = n
    merge_sort(loose, order, wholes(game.loose_spare, many), many)
    tails, deals = (
        reals(_mine(game, game.tails, game.most_tails), many),
        wholes(_mine(game, game.tail_deals, game.most_tails), many),
    )
    for n in range(many):
        tails[n], deals[n] = loose[order[n]], numbers[order[n]]


@plain
def _list(game: Game, where: int, numbers: int, first: int, stop: int) -> int:
    """List the choices on some issues, with their part of points and deal number; return how many there are."""
    many = 1
    for issue in range(first, stop):
        many *= _choices(game, issue)
    values, deals, there = reals(where, many), wholes(numbers, many), 1
    values[0], deals[0] = 0.0, 0
    for issue in range(first, stop):
        terms, options, step = reals(_terms(game, issue), game.most_options), _choices(game, issue), _step(game, issue)
        for n in range(there - 1, -1, -1):
            start, deal = values[n], deals[n]
            for option in range(options):
                values[n * options + option], deals[n * options + option] = start + terms[option], deal + option * step
        there *= options
    return many


@plain
def _step(game: Game, issue: int) -> int:
    """Return the step in the number of a deal from one option of an issue to the next: the last issue is fastest."""
    sizes, step = wholes(game.sizes, game.rule.keys[1]), 1
    for later in range(issue + 1, len(sizes)):
        step *= sizes[later]
    return step


@plain
def lowest(game: Game, wanted: float) -> int:
    """Return the deal of `decision_rules.lowest`: lowest gain from `wanted` up; of equals the first; or `NOTHING`."""
    mine, halves = reals(sums(game), SUMS), wholes(_mine(game, game.halves, HALVES), HALVES)
    heads, tails, at = (
        reals(_mine(game, game.heads_of, game.most_heads), halves[HEADS]),
        reals(_mine(game, game.tails, game.most_tails), halves[TAILS]),
        wholes(_mine(game, game.enough, game.most_heads), halves[HEADS]),
    )
    if mine[SOUGHT] < wanted:
        at[:], mine[GAIN], halves[DEAL] = halves[TAILS], NEVER, NOTHING
    mine[SOUGHT], limit, least, found = wanted, wanted - TOLERANCE, mine[GAIN], halves[DEAL]
    under, over = limit + mine[REST] - mine[SLACK], least + mine[REST] + mine[SLACK]
    for head in range(halves[HEADS]):
        tail, start = at[head], heads[head]
        while tail > 0 and start + tails[tail - 1] >= under:
            tail -= 1
        at[head] = tail
        while tail < halves[TAILS] and start + tails[tail] <= over:
            deal = (
                wholes(_mine(game, game.head_deals, game.most_heads), game.most_heads)[head]
                + wholes(_mine(game, game.tail_deals, game.most_tails), game.most_tails)[tail]
            )
            gain = points(game, deal) - mine[REST]
            if gain >= limit and (gain < least or (gain == least and deal < found)):
                least, found = gain, deal
                over = least + mine[REST] + mine[SLACK]
            tail += 1
    halves[DEAL], mine[GAIN] = found, least
    return found


@plain
def _option(game: Game, issue: int, deal: int) -> int:
    """Return the option that a deal takes on an issue."""
    return wholes(game.options + ITEM * game.places * issue, game.places)[deal]


@plain
def points(game: Game, deal: int) -> float:
    """Return my points for a deal."""
    total, wide = 0.0, game.most_options
    terms = reals(_terms(game, 0), game.rule.keys[1] * wide)
    for issue in range(game.rule.keys[1]):
        total += terms[issue * wide + _option(game, issue, deal)]
    return total


@plain
def all_gains(game: Game, deal: int, gains: Real) -> None:
    """Fill in the gains of a deal, by sheet."""
    issues, wide = game.rule.keys[1], game.most_options
    terms, rows = reals(game.terms, len(gains) * issues * wide), reals(game.sums, len(gains) * SUMS)
    gains[:] = 0.0
    for issue in range(issues):
        at = issue * wide + _option(game, issue, deal)
        for sheet in range(len(gains)):
            gains[sheet] += terms[sheet * issues * wide + at]
    for sheet in range(len(gains)):
        gains[sheet] -= rows[sheet * SUMS + REST]
