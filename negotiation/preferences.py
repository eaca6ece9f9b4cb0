"""The interests of one party: the confidential half of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.scenario import Outcome, Scenario
from negotiation.table import Deal, Pattern, tables_of, tied
from negotiation.totals import Tally, Total

Scores: TypeAlias = npt.NDArray[np.float64]

Lottery: TypeAlias = Mapping[Deal | None, float]
"""Probabilities, summing to 1, of what a table may end with; None is unsigned."""

Context: TypeAlias = Mapping[str, Deal | Lottery | None]
"""What holds, or may hold, at each table; a table without entry is unsigned."""

MOST_KEPT, LEAST_KEPT, MOST_POINTS = 512, 2, 2**20
"""Arrays of gains kept per party: fewer of large tables, so that they hold about so many points together."""


@dataclass(frozen=True, slots=True)
class Link:
    """Points for one party when a pattern across tables (or within one) is met.

    `says`: what happens then, by language, a sentence for those who score it.
    """

    name: str
    pattern: Pattern
    points: float
    says: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The worth of one issue: `weight` points at stake, and the share (0 .. `whole`) of them each option earns."""

    weight: float
    shares: tuple[float, ...]
    whole: float = 100.0

    def points(self, option: int) -> float:
        """Return the points of one option."""
        return self.weight * self.shares[option] / self.whole


@dataclass(frozen=True, eq=False)
class Preferences:
    """One party's utility function: additive over issues, plus links and totals of tables, less the cost of delay.

    Sums are made in one fixed order in float64: at a table issue by issue, then table by table, then links, then
    totals in file order, so that an outcome has equal points on every machine.

    Attributes
    ----------
    sheets
        What each issue is worth, by `table.issue`; issues not listed are worth nothing.
    adjust
        Points while a table is unsigned (the reservation value there), by table.
    links
        Only those with points for this party, in file order.
    delay
        Points lost per round until the last table this party signs is signed.
    discount
        Factor in (0, 1] on all points at relative time 1: points at time t count `discount ** t` (as in GENIUS).
    totals
        Those with points for this party, in file order.
    """

    scenario: Scenario
    party: str
    sheets: Mapping[str, Sheet]
    adjust: Mapping[str, float] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    delay: float = 0.0
    discount: float = 1.0
    totals: tuple[Total, ...] = ()

    @cached_property
    def points(self) -> Mapping[str, Scores]:
        """Own points of every deal by table, links left out; shape (deals + 1,), last entry = unsigned.

        A party that signs only `when` a deal names it keeps its unsigned points under deals that do not.
        """
        return {name: self._points(name) for name in self.scenario.tables}

    def _points(self, name: str) -> Scores:
        table = self.scenario.tables[name]
        scores, rest = np.zeros(table.size + 1), 0.0
        for k, issue in enumerate(table.issues):
            sheet = self.sheets.get(f"{name}.{issue.name}")
            if sheet is None:
                continue
            scores[:-1] += np.array([sheet.points(n) for n in range(len(issue.options))])[table.grid[k]]
            if issue.name in table.unsigned:
                rest += sheet.points(issue.number(table.unsigned[issue.name]))
        scores[-1] = rest + self.adjust.get(name, 0.0)
        if any(party == self.party for party, _, _ in table.signers.when):
            scores[:-1][~table.may_sign(self.party)] = scores[-1]
        scores.flags.writeable = False
        return scores

    @cached_property
    def by_option(self) -> Mapping[str, tuple[tuple[float, ...], ...]]:
        """Own points of every option by table, in the order of its issues."""
        return {
            name: tuple(self._issue(f"{name}.{issue.name}", len(issue.options)) for issue in table.issues)
            for name, table in self.scenario.tables.items()
        }

    def _issue(self, key: str, options: int) -> tuple[float, ...]:
        sheet = self.sheets.get(key)
        return tuple(sheet.points(n) if sheet else 0.0 for n in range(options))

    @cached_property
    def _masks(self) -> Mapping[str, tuple[tuple[int, Scores], ...]]:
        """Return the links that name each table, by table: link number, and 1.0 where its part is met, else 0.0."""
        return {
            name: tuple(
                (n, table.mask(link.pattern).astype(np.float64))
                for n, link in enumerate(self.links)
                if name in tables_of(link.pattern)
            )
            for name, table in self.scenario.tables.items()
        }

    @cached_property
    def _bits(self) -> Mapping[str, list[int]]:
        """Return bits by table, for every deal and last for unsigned: bit n is set unless link n fails there."""
        every, bits = (1 << len(self.links)) - 1, {}
        for name, table in self.scenario.tables.items():
            if not self._masks[name]:
                continue
            row = np.full(table.size + 1, every, dtype=object)
            for n, mask in self._masks[name]:
                row[mask == 0.0] &= ~(1 << n)
            bits[name] = row.tolist()
        return bits

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], ...]:
        """Return the tables each link names."""
        return tuple(tables_of(link.pattern) for link in self.links)

    def tied(self, table: str) -> tuple[str, ...]:
        """Return the other tables that a link or a total ties to this one."""
        return self._tied[table]

    @cached_property
    def _tied(self) -> Mapping[str, tuple[str, ...]]:
        patterns = [link.pattern for link in self.links] + [dict.fromkeys(total.amounts, ()) for total in self.totals]
        return {name: tied(name, patterns) for name in self.scenario.tables}

    @cached_property
    def _tally(self) -> Tally:
        return Tally(self.scenario, self.totals, len(self.links))

    @cached_property
    def _counting(self) -> tuple[str, ...]:
        """Return the tables that a link or a total names."""
        named = {name for total in self.totals for name in total.tables}
        return tuple(name for name in self.scenario.tables if name in self._bits or name in named)

    @cached_property
    def _lists(self) -> Mapping[str, memoryview]:
        return {name: points.data for name, points in self.points.items()}

    @cached_property
    def _kept(self) -> dict[tuple[str, tuple[float, ...]], tuple[Scores, Scores]]:
        return {}

    def score(self, outcome: Outcome, rounds: float = 0.0, time: float = 0.0) -> float:
        """Return the points (utility) of an outcome, discounted for `time`, less the cost of `rounds` of delay."""
        total, met = 0.0, -1
        for name, points in self._lists.items():
            deal = outcome.get(name)
            at = -1 if deal is None else self.scenario.tables[name].index(deal)
            total += points[at]
            if name in self._bits:
                met &= self._bits[name][at]
        effect = self._effect(met)
        if self.totals:
            effect += self._tally.worth(outcome)
        total += effect
        return (total if self.discount == 1.0 else total * self.discount**time) - self.delay * rounds

    def met(self, outcome: Outcome) -> tuple[Link, ...]:
        """Return the links that an outcome meets, in file order."""
        met = (1 << len(self.links)) - 1
        for name, bits in self._bits.items():
            deal = outcome.get(name)
            met &= bits[-1 if deal is None else self.scenario.tables[name].index(deal)]
        return tuple(link for n, link in enumerate(self.links) if met >> n & 1)

    def _effect(self, met: int) -> float:
        if not self.links:
            return 0.0
        met &= (1 << len(self.links)) - 1
        total = 0.0
        while met:
            lowest = met & -met
            total += self.links[lowest.bit_length() - 1].points
            met ^= lowest
        return total

    def given(self, table: str, context: Context) -> Scores:
        """Return the points of every deal of one table, all else as in `context`.

        Where the context holds a lottery the points are expected points, tables taken as independent.
        Whatever the context says about `table` itself is ignored.

        Returns
        -------
        array of shape (deals + 1,), in deal order; the last entry is leaving the table unsigned
        """
        parts = {name: self.chances(name, context.get(name)) for name in self._counting if name != table}
        rest = 0.0
        for name in self._lists:
            if name != table:
                rest += self._mean(name, context.get(name))
        for n, names in self._elsewhere[table]:
            chance = self.links[n].points
            for name in names:
                chance *= parts[name][n]
            rest += chance
        if self.totals:
            rest += self._tally.elsewhere(table, parts)
        return self._at(table, self.odds(table, parts))[0] + rest

    @cached_property
    def _elsewhere(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """Return the links that do not name each table, by table, with the tables they name."""
        return {
            table: tuple((n, names) for n, names in enumerate(self._names) if table not in names)
            for table in self.scenario.tables
        }

    def gains(self, table: str, odds: tuple[float, ...]) -> Scores:
        """Return the points of every deal of one table over leaving it unsigned, shape (deals,), read-only.

        `odds` are those that `odds` returns; few of them recur often, so the arrays are kept.
        """
        return self._at(table, odds)[1]

    def _at(self, table: str, odds: tuple[float, ...]) -> tuple[Scores, Scores]:
        """Return points of every deal and last of none, links elsewhere left out; and the gains that follow."""
        kept = self._kept.get((table, odds))
        if kept is None:
            scores = self._linked(table, odds)
            kept = scores, scores[:-1] - scores[-1]
            for array in kept:
                array.flags.writeable = False
            if len(self._kept) >= min(MOST_KEPT, max(LEAST_KEPT, MOST_POINTS // len(kept[0]))):
                self._kept.clear()
            self._kept[table, odds] = kept
        return kept

    def odds(self, table: str, parts: Mapping[str, Mapping[int, float]]) -> tuple[float, ...]:
        """Return, for each link that names the table, in file order, the chance that its parts elsewhere are met.

        Then, for each total that the table adds to, the points expected with each amount that it may add. `parts`
        holds, for every other table that some link or total names, what `chances` returns.
        """
        odds = []
        for n, names in self._others[table]:
            chance = 1.0
            for name in names:
                chance *= parts[name][n]
            odds.append(chance)
        if self.totals:
            odds += self._tally.expected(table, parts)
        return tuple(odds)

    @cached_property
    def _others(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """Return the links that name each table, by table, with the other tables they name."""
        return {
            table: tuple((n, tuple(name for name in self._names[n] if name != table)) for n, _ in masks)
            for table, masks in self._masks.items()
        }

    def chances(self, table: str, there: Deal | Lottery | None) -> dict[int, float]:
        """Return the chance that its part at this table is met, by number of each link that names the table.

        Then, behind the numbers of all links, the chance of each amount that the table may add to a total.
        """
        met = self._met(table, there)
        if self.totals:
            met |= self._tally.chances(table, there if isinstance(there, Mapping) else {there: 1.0})
        return met

    def _met(self, table: str, there: Deal | Lottery | None) -> dict[int, float]:
        if table not in self._bits:
            return {}
        bits, index = self._bits[table], self.scenario.tables[table].index
        if not isinstance(there, Mapping):
            row = bits[-1 if there is None else index(there)]
            return {n: 1.0 if row >> n & 1 else 0.0 for n, _ in self._masks[table]}
        rows = [(bits[-1 if deal is None else index(deal)], chance) for deal, chance in there.items()]
        met = {}
        for n, _ in self._masks[table]:
            total = 0.0
            for row, chance in rows:
                if row >> n & 1:
                    total += chance
            met[n] = total
        return met

    def _linked(self, table: str, odds: tuple[float, ...]) -> Scores:
        """Return own points of every deal, and last of none, with the links that name the table at their odds."""
        scores, many = self.points[table].copy(), len(self._masks[table])
        for (n, mask), chance in zip(self._masks[table], odds[:many], strict=True):
            if chance:
                scores += (self.links[n].points * chance) * mask
        return scores + self._tally.added(table, odds[many:]) if self.totals else scores

    def _mean(self, name: str, there: Deal | Lottery | None) -> float:
        points, index = self._lists[name], self.scenario.tables[name].index
        if not isinstance(there, Mapping):
            return float(points[-1 if there is None else index(there)])
        mean = 0.0
        for deal, chance in there.items():
            mean += chance * points[-1 if deal is None else index(deal)]
        return mean
