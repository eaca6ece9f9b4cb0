"""Deals in the order of their gains: `curves.ranking` over arrays."""

from __future__ import annotations

from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import MARKS, RANKED, Play
from negotiation.lab.compiled.papers import unsigned
from negotiation.strategies.curves import NEVER


@plain
def largest(values: Real, size: int) -> float:
    """The largest of the first values, four at a time."""
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
def sort(it: Play, found: int, table: int) -> None:
    """Rank the deals of a slot that may be signed: merge sort, which is stable."""
    gains = reals(it.gains + ITEM * it.wide * found, unsigned(it, table) - it.rule.start[table])
    order, spare = (
        wholes(it.order + ITEM * it.wide * found, it.wide),
        wholes(it.order + ITEM * it.wide * it.slots, it.wide),
    )
    wholes(it.marks + ITEM * MARKS * found, MARKS)[RANKED] = rank(gains, order, spare)


@plain
def rank(gains: Real, order: Whole, spare: Whole) -> int:
    """Put all deals but those out of reach in order, ascending, equals in deal order; how many there are."""
    many = 0
    for deal in range(len(gains)):
        if gains[deal] != -NEVER:
            order[many] = deal
            many += 1
    width = 1
    while width < many:
        for first in range(0, many - width, 2 * width):
            _merge(gains, order, spare, first, first + width, min(first + 2 * width, many))
        width *= 2
    return many


@plain
def _merge(gains: Real, order: Whole, spare: Whole, first: int, middle: int, stop: int) -> None:
    """Merge two sorted runs that lie side by side; of equals those of the first run come first."""
    if gains[order[middle - 1]] <= gains[order[middle]]:
        return
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
