"""The division of what all can have together about which the unhappiest coalitions have the least to complain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from negotiation.analysis.coalitions import Coalition
from negotiation.analysis.dominance import Points
from negotiation.analysis.linear_program import exactly, independent, largest


def nucleolus(worth: Mapping[Coalition, float], parties: Sequence[str]) -> Points | None:
    """Return the nucleolus (Schmeidler 1969), shape (parties,), to six decimals.

    Of all divisions that give nobody less than it has alone, the one whose smallest surplus of a coalition over its
    worth is largest, then the next smallest, and so on: there is exactly one. In the core if that is not empty. None
    if all together have less than each alone. By one linear program in fractions after another (Maschler, Peleg and
    Shapley 1979): coalitions with a positive price have one surplus in all best divisions and are held to it,
    until these determine the division.
    """
    whole, count = tuple(parties), len(parties)
    member = {group: [int(party in group) for party in parties] for group in worth}
    least = {group: exactly(points) for group, points in worth.items()}
    alone = [least[party,] for party in parties]
    found, lacks = alone, least[whole] - sum(alone)
    if lacks < 0:
        return None
    held, sums = [member[whole]], [least[whole]]
    far = sum((abs(points) for points in (*least.values(), *alone)), Fraction(1))
    while len(held) < count:
        free = [group for group in worth if independent([member[group]], held)]
        found, surplus, tight = _widest([(member[g], least[g]) for g in free], held, sums, alone, far)
        rows = [member[free[n]] for n in tight]
        for n in independent(rows, held):
            held.append(rows[n])
            sums.append(least[free[tight[n]]] + surplus)
    return np.array([round(float(share), 6) + 0.0 for share in found])


def _widest(
    free: Sequence[tuple[list[int], Fraction]],
    held: Sequence[list[int]],
    sums: Sequence[Fraction],
    alone: Sequence[Fraction],
    far: Fraction,
) -> tuple[list[Fraction], Fraction, list[int]]:
    """Return a division with the largest smallest surplus, that surplus, and which coalitions have it in every such.

    `far` is above any surplus there can be: the corner from which the search begins.
    """
    count, own = len(alone), [[int(n == k) for k in range(len(alone))] for n in range(len(alone))]
    rows = [*([*row, 0] for row in held), *([*row, 0] for row in own), [*[0] * count, -1], *([*r, -1] for r, _ in free)]
    ends = [*sums, *alone, -far, *(points for _, points in free)]
    start = [*range(len(held)), *(len(held) + n for n in independent(own, held)), len(held) + count]
    point, prices = largest(rows, ends, len(held), start)
    first = len(held) + count + 1
    return point[:-1], point[-1], sorted(n - first for n, price in prices.items() if n >= first and price > 0)
