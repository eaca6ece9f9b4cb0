"""Totals in a search over partial outcomes: what the choices made so far add up to, kept as digits of one number.

Partial outcomes that have added up to the same differ in nothing that follows, so that sums are remembered, never the deals
that make them: four tables of six amounts each leave 21 states, not 1,296.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from negotiation.analysis.dominance import Points
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Table
from negotiation.totals import Total

NOTHING: Points = np.zeros(1)
"""No units, in every column."""


@dataclass(frozen=True, eq=False)
class Running:
    """A total whose points are known once all its choices are made.

    Attributes
    ----------
    effect
        Units by column with one unit of the total.
    left
        A table that counts as unsigned, whatever is agreed there.
    signer
        (table, party): there are no points unless the party signs there.
    """

    scenario: Scenario
    total: Total
    effect: Points
    left: str = ""
    signer: tuple[str, str] | None = None

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the choices that decide it: each table that counts as a whole, with all its issues."""
        return frozenset(key for name in self.tables for key in _choices(self.scenario.tables[name]))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Return the tables that decide it."""
        return tuple(dict.fromkeys((*self.total.tables, *(self.signer[:1] if self.signer else ()))))

    @cached_property
    def _least(self) -> Mapping[str, int]:
        """Return the least that each choice can add: digits count from there."""
        return {key: min(0, *self.total.amounts.get(key, {0: 0}).values()) for key in self.keys}

    @cached_property
    def span(self) -> int:
        """Return how many sums there can be, counted from the least."""
        most = {key: max(0, *self.total.amounts.get(key, {0: 0}).values()) for key in self.keys}
        return sum(most.values()) - sum(self._least.values()) + 1

    def option(self, table: str, issue: str, option: str) -> int:
        """Return what an option adds above the least; at the table that is left, what holds while it is unsigned."""
        key = f"{table}.{issue}"
        if key not in self.keys:
            return 0
        kept = self.scenario.tables[table].unsigned.get(issue, UNSIGNED) if table == self.left else option
        return self.total.amount(key, kept) - self._least[key]

    def start(self, table: Table, signers: Collection[str], *, signed: bool) -> int:
        """Return what a table adds before an option is chosen there; beyond all sums where a signer is missing."""
        added = 0
        if self.signer and self.signer[0] == table.name and self.signer[1] not in signers:
            added += self.span
        if not signed:
            for issue in table.issues:
                added += self.option(table.name, issue.name, table.unsigned.get(issue.name, UNSIGNED))
        return added

    def worth(self, digits: int) -> Points:
        """Return the units of a sum; none beyond all sums."""
        lacking = digits >= self.span
        return self.effect * (0.0 if lacking else self.total.worth(digits + sum(self._least.values())))

    @cached_property
    def bounds(self) -> tuple[Points, Points]:
        """Return the least and the most that it can add, whatever the choices."""
        every = (0.0, self.total.otherwise, *self.total.points.values())
        ends = np.array([self.effect * min(every), self.effect * max(every)])
        return ends.min(axis=0), ends.max(axis=0)


def _choices(table: Table) -> tuple[str, ...]:
    return (table.name, *(f"{table.name}.{issue.name}" for issue in table.issues))


@dataclass(frozen=True, eq=False)
class Runnings:
    """All totals of a search, each with its digits in one number above the first `bits` bits of a signature."""

    every: tuple[Running, ...]
    bits: int

    @cached_property
    def _places(self) -> tuple[int, ...]:
        places, at = [], self.bits
        for one in self.every:
            places.append(at)
            at += (2 * one.span + one.span).bit_length()
        return (*places, at)

    def start(self, table: Table, signers: Collection[str], *, signed: bool) -> int:
        """Return the digits of a table before an option is chosen there."""
        return sum(
            one.start(table, signers, signed=signed) << at for one, at in zip(self.every, self._places, strict=False)
        )

    def option(self, table: str, issue: str, option: str) -> int:
        """Return the digits of an option."""
        return sum(one.option(table, issue, option) << at for one, at in zip(self.every, self._places, strict=False))

    def together(self, mine: int, theirs: int) -> int:
        """Return the signature of two partial outcomes: terms that both may meet, and the sums added up."""
        if not self.every:
            return mine & theirs
        low = (1 << self.bits) - 1
        return (mine & theirs & low) + (mine & ~low) + (theirs & ~low)

    def decided(self, keys: Collection[str]) -> tuple[int, ...]:
        """Return the numbers of the totals that these choices decide."""
        return tuple(n for n, one in enumerate(self.every) if one.keys <= frozenset(keys))

    def settled(self, sign: int, numbers: Collection[int]) -> tuple[Points, int]:
        """Return the units of these totals, and the signature without their digits."""
        units = NOTHING
        for n in numbers:
            at, beyond = self._places[n], self._places[n + 1]
            digits = sign >> at & ((1 << beyond - at) - 1)
            units = units + self.every[n].worth(digits)
            sign -= digits << at
        return units, sign

    def pending(self, keys: Collection[str]) -> tuple[Points, Points]:
        """Return the least and the most that the totals add which these choices leave open."""
        done = self.decided(keys)
        bounds = [one.bounds for n, one in enumerate(self.every) if n not in done]
        return sum((low for low, _ in bounds), NOTHING), sum((high for _, high in bounds), NOTHING)
