"""The largest value of a variable under linear conditions, in exact fractions, without any tolerance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeAlias

Row: TypeAlias = Sequence[int]
"""The whole numbers by which the variables are multiplied."""

Matrix: TypeAlias = list[list[Fraction]]


def exactly(number: float) -> Fraction:
    """Return a number as it is written: 0.1 is a tenth."""
    return Fraction(repr(float(number)))


def independent(rows: Sequence[Row], held: Sequence[Row] = ()) -> list[int]:
    """Return the numbers of the rows that do not follow from `held` and from rows before them."""
    base: list[tuple[int, list[Fraction]]] = []
    found = []
    for n, row in enumerate([*held, *rows]):
        rest = [Fraction(x) for x in row]
        for at, earlier in base:
            if rest[at]:
                rest = [x - rest[at] * y for x, y in zip(rest, earlier, strict=True)]
        lead = next((at for at, x in enumerate(rest) if x), None)
        if lead is not None:
            base.append((lead, [x / rest[lead] for x in rest]))
            found.append(n - len(held))
    return [n for n in found if n >= 0]


def largest(
    rows: Sequence[Row], ends: Sequence[Fraction], equal: int, start: Sequence[int]
) -> tuple[list[Fraction], dict[int, Fraction]]:
    """Return where the last variable is largest, and the prices of the conditions that stop it (0 if they need not).

    By the dual simplex method: from one corner to the next, always the best under some of the conditions, until none
    is broken. After a step that changes nothing the first broken condition is taken, not the most broken one, so
    that it ends (Bland 1977).

    Parameters
    ----------
    rows, ends
        Each row times the variables is at least its end, and just that for the first `equal` of them. They must allow
        something.
    start
        As many independent rows as there are variables, the equal ones among them, that alone bound the last variable.
    """
    unit = lcm(*(end.denominator for end in ends))
    wholes = [int(end * unit) for end in ends]
    basis, moved = list(start), True
    inverse = _inverse([[Fraction(x) for x in rows[n]] for n in basis])
    while True:
        point = [_times(line, (wholes[n] for n in basis)) for line in inverse]
        entering = _broken(rows, wholes, point, first=not moved)
        prices = [-price for price in inverse[-1]]
        if entering is None:
            return [x / unit for x in point], dict(zip(basis, prices, strict=True))
        weights = [_times(column, rows[entering]) for column in zip(*inverse, strict=True)]
        step, _, leaving = min(
            (prices[k] / weight, n, k)
            for k, (n, weight) in enumerate(zip(basis, weights, strict=True))
            if weight > 0 and n >= equal
        )
        moved = step > 0
        basis[leaving] = entering
        for line in inverse:
            line[leaving] /= weights[leaving]
            for k, weight in enumerate(weights):
                if k != leaving:
                    line[k] -= weight * line[leaving]


def _times(line: Iterable[Fraction], numbers: Iterable[int]) -> Fraction:
    total = Fraction(0)
    for x, y in zip(line, numbers, strict=True):
        if x and y:
            total += x * y
    return total


def _broken(rows: Sequence[Row], ends: Sequence[int], point: Sequence[Fraction], *, first: bool) -> int | None:
    """Return the condition that a point breaks most, or the first that it breaks; None if it breaks none."""
    unit = lcm(*(x.denominator for x in point))
    wholes = [int(x * unit) for x in point]
    most, found = 0, None
    for n, (row, end) in enumerate(zip(rows, ends, strict=True)):
        lacks = end * unit - sum(x * y for x, y in zip(row, wholes, strict=True) if x)
        if lacks > most:
            most, found = lacks, n
            if first:
                break
    return found


def _inverse(square: Matrix) -> Matrix:
    """Return the inverse of a square matrix, by Gauss and Jordan."""
    size = len(square)
    wide = [[*row, *(Fraction(int(n == k)) for k in range(size))] for n, row in enumerate(square)]
    for column in range(size):
        pivot = next(n for n in range(column, size) if wide[n][column])
        wide[column], wide[pivot] = wide[pivot], wide[column]
        wide[column] = [x / wide[column][column] for x in wide[column]]
        for n, row in enumerate(wide):
            if n != column and row[column]:
                wide[n] = [x - row[column] * y for x, y in zip(row, wide[column], strict=True)]
    return [row[size:] for row in wide]
