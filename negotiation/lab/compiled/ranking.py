"""Deals in the order of their gains: `decision_rules.ranking` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import BEST, LOW, MARKS, RANKED, SCALES, SORTED, STEPS, Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.strategies.decision_rules import NEVER, NOTHING, TOLERANCE


@plain
def largest(values: Real, size: int) -> float:
    """Return the largest of the first values, four at a time."""
    one = two = three = four = -NEVER
    whole = size - size % 4
    for n in range(0, whole, 4):
        one = max(one, values[n])
        two = max(two, values[n + 1])
        three = max(three, values[n + 2])
        four = max(four, values[n + 3])
    for n in range(whole, size):
        one = max(one, values[n])
    return max(max(one, two), max(three, four))


@plain
def group(game: Game, found: int, table: int) -> None:
    """Put the deals of a slot that may be signed in groups of similar gain, ascending, each in deal order."""
    gains, scale = (
        reals(game.gains + ITEM * game.wide * found, unsigned(game, table) - game.rule.start[table]),
        reals(game.scales + ITEM * SCALES * found, SCALES),
    )
    order, ends = (
        wholes(game.order + ITEM * game.wide * found, game.wide),
        wholes(game.ends + ITEM * game.wide * found, game.wide),
    )
    low = NEVER
    for deal in range(len(gains)):
        low = min(low, gains[deal] if gains[deal] != -NEVER else NEVER)
    scale[LOW], scale[STEPS] = low, 0.0
    if scale[BEST] > low:
        scale[STEPS] = (len(gains) - 1) / (scale[BEST] - low)
    ends[: len(gains) + 1] = 0
    for deal in range(len(gains)):
        if gains[deal] != -NEVER:
            ends[_group(scale, gains[deal]) + 1] += 1
    for n in range(len(gains)):
        ends[n + 1] += ends[n]
    for deal in range(len(gains)):
        if gains[deal] != -NEVER:
            number = _group(scale, gains[deal])
            order[ends[number]] = deal
            ends[number] += 1
    marks = wholes(game.marks + ITEM * MARKS * found, MARKS)
    marks[RANKED], marks[SORTED] = ends[len(gains)], 0


@plain
def _group(scale: Real, gain: float) -> int:
    """Return the number of the group of a gain: never less than that of a smaller gain."""
    return int((gain - scale[LOW]) * scale[STEPS])


@plain
def lowest_grouped(game: Game, found: int, wanted: float) -> int:
    """Return the deal of `decision_rules.lowest` by a look at one group, or one more if that has none."""
    gains, order = (
        reals(game.gains + ITEM * game.wide * found, game.wide),
        wholes(game.order + ITEM * game.wide * found, game.wide),
    )
    ends, scale, limit = (
        wholes(game.ends + ITEM * game.wide * found, game.wide),
        reals(game.scales + ITEM * SCALES * found, SCALES),
        wanted - TOLERANCE,
    )
    if limit > scale[BEST]:
        return NOTHING
    number = _group(scale, max(limit, scale[LOW]))
    n, least, deal = ends[number - 1] if number else 0, NEVER, NOTHING
    while deal == NOTHING:
        while n < ends[number]:
            if limit <= gains[order[n]] < least:
                least, deal = gains[order[n]], order[n]
            n += 1
        if deal == NOTHING:
            number = _group(scale, gains[order[n]])
    return deal


@plain
def sort(game: Game, found: int, table: int) -> None:
    """Rank the deals of a slot, see `decision_rules.ranking`: groups, then merge sort, which is stable."""
    group(game, found, table)
    marks = wholes(game.marks + ITEM * MARKS * found, MARKS)
    order, spare = (
        wholes(game.order + ITEM * game.wide * found, game.wide),
        wholes(game.order + ITEM * game.wide * game.slots, game.wide),
    )
    merge_sort(reals(game.gains + ITEM * game.wide * found, game.wide), order, spare, marks[RANKED])
    marks[SORTED] = 1


@plain
def merge_sort(values: Real, order: Whole, spare: Whole, many: int) -> None:
    """Put the first places in `order` in the order of their values, equal ones as they were."""
    width = 1
    while width < many:
        for first in range(0, many - width, 2 * width):
            if values[order[first + width - 1]] > values[order[first + width]]:
                _merge(values, order, spare, first, first + width, min(first + 2 * width, many))
        width *= 2


@plain
def _merge(gains: Real, order: Whole, spare: Whole, first: int, middle: int, stop: int) -> None:
    """Merge two sorted runs that lie side by side; of equals those of the first run come first."""
    for n in range(first, middle):
        spare[n] = order[n]
    one, two, to = first, middle, first
    while one < middle:
        if two < stop and gains[order[two]] < gains[spare[one]]:
            order[to] = order[two]
            two += 1
        else:
            order[to] = spare[one]
            one += 1
        to += 1
