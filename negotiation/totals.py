"""Points for what several deals add up to: the worth of a set of deals that no single deal of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.scenario import Outcome, Scenario
from negotiation.table import UNSIGNED, Deal, Table, tables_of


@dataclass(frozen=True)
class Total:
    """Points for one party by what deals add up to: how much was agreed at several tables together.

    Attributes
    ----------
    amounts
        By `table.issue`, by option (`unsigned` included), the whole number that it adds; 0 where none is given.
    points
        By total.
    otherwise
        Points of totals that `points` does not list.
    """

    name: str
    amounts: Mapping[str, Mapping[str, int]]
    points: Mapping[int, float]
    otherwise: float = 0.0

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Return the tables that count, once each, in its order."""
        return tables_of(dict.fromkeys(self.amounts, ()))

    def worth(self, total: int) -> float:
        """Return the points of a total."""
        return self.points.get(total, self.otherwise)

    def amount(self, key: str, option: str) -> int:
        """Return what an option of `table.issue`, or `unsigned` there, adds."""
        return self.amounts.get(key, {}).get(option, 0)

    def rest(self, table: Table) -> int:
        """Return what a table adds while it is unsigned."""
        return sum(
            self.amount(f"{table.name}.{issue.name}", table.unsigned.get(issue.name, UNSIGNED))
            for issue in table.issues
        )

    def adds(self, table: Table) -> npt.NDArray[np.int64]:
        """Return what every deal of a table, and last leaving it unsigned, adds; shape (deals + 1,)."""
        found = np.full(table.size + 1, self.rest(table), dtype=np.int64)
        found[:-1] = 0
        for k, issue in enumerate(table.issues):
            key = f"{table.name}.{issue.name}"
            found[:-1] += np.array([self.amount(key, option) for option in issue.options])[table.grid[k]]
        return found


@dataclass(frozen=True, eq=False)
class Tally:
    """All totals of one party over the tables of a case.

    At one table a total is much like links: of the amounts that the table may add just one comes about, and each is worth
    what the other tables make of it. `first` is the number of the first such amount, behind those of all links.
    """

    scenario: Scenario
    totals: tuple[Total, ...]
    first: int

    @cached_property
    def _adds(self) -> Mapping[tuple[int, str], npt.NDArray[np.int64]]:
        tables = self.scenario.tables
        return {(n, name): whole.adds(tables[name]) for n, whole in enumerate(self.totals) for name in whole.tables}

    @cached_property
    def _steps(self) -> Mapping[str, Mapping[int, Mapping[int, int]]]:
        """Return by table, by total, the amounts that it may add, ascending, with their numbers."""
        found: dict[str, dict[int, dict[int, int]]] = {name: {} for name in self.scenario.tables}
        for (n, name), adds in self._adds.items():
            at = self.first + sum(map(len, found[name].values()))
            found[name][n] = {amount: at + k for k, amount in enumerate(np.unique(adds).tolist())}
        return found

    def worth(self, outcome: Outcome) -> float:
        """Return the points of all totals of an outcome."""
        points = 0.0
        for n, whole in enumerate(self.totals):
            points += whole.worth(sum(self._added(n, name, outcome.get(name)) for name in whole.tables))
        return points

    def _added(self, n: int, table: str, deal: Deal | None) -> int:
        return int(self._adds[n, table][-1 if deal is None else self.scenario.tables[table].index(deal)])

    def chances(self, table: str, lottery: Mapping[Deal | None, float]) -> dict[int, float]:
        """Return the chance of each amount that a table may add, by its number."""
        found: dict[int, float] = {}
        for n, steps in self._steps[table].items():
            found |= dict.fromkeys(steps.values(), 0.0)
            for deal, chance in lottery.items():
                found[steps[self._added(n, table, deal)]] += chance
        return found

    def expected(self, table: str, parts: Mapping[str, Mapping[int, float]]) -> list[float]:
        """Return, for each total and each amount that a table may add, the points expected then.

        `parts` holds what `chances` returns for every other table. Tables are taken as independent.
        """
        found = []
        for n, steps in self._steps[table].items():
            whole = self.totals[n]
            sums = self._sums(n, [name for name in whole.tables if name != table], parts)
            found += [sum(chance * whole.worth(rest + amount) for rest, chance in sums.items()) for amount in steps]
        return found

    def elsewhere(self, table: str, parts: Mapping[str, Mapping[int, float]]) -> float:
        """Return the points expected of the totals that a table does not add to."""
        points = 0.0
        for n, whole in enumerate(self.totals):
            if table not in whole.tables:
                for total, chance in self._sums(n, whole.tables, parts).items():
                    points += chance * whole.worth(total)
        return points

    def _sums(
        self, n: int, tables: tuple[str, ...] | list[str], parts: Mapping[str, Mapping[int, float]]
    ) -> dict[int, float]:
        """Return the chance of each sum that some tables may add to a total."""
        sums = {0: 1.0}
        for name in tables:
            after: dict[int, float] = {}
            there = parts[name]
            for total, chance in sums.items():
                for amount, number in self._steps[name][n].items():
                    if there[number]:
                        after[total + amount] = after.get(total + amount, 0.0) + chance * there[number]
            sums = after
        return sums

    def added(self, table: str, expected: tuple[float, ...]) -> npt.NDArray[np.float64]:
        """Return what the totals give every deal of a table, and last leaving it unsigned, from what is `expected`."""
        points, at = np.zeros(self.scenario.tables[table].size + 1), 0
        for n, steps in self._steps[table].items():
            points += np.array(expected[at : at + len(steps)])[np.searchsorted([*steps], self._adds[n, table])]
            at += len(steps)
        return points


def runs(total: Total) -> list[tuple[int, int, float]]:
    """Return the totals that are listed as runs with equal points: first, last, points."""
    found: list[tuple[int, int, float]] = []
    for amount in sorted(total.points):
        points = total.points[amount]
        if found and found[-1][1] == amount - 1 and found[-1][2] == points:
            found[-1] = found[-1][0], amount, points
        else:
            found.append((amount, amount, points))
    return found


def told(total: Total) -> str:
    """Return a total in the names of the case: what adds how much, and what the sums are worth."""
    adds = "; ".join(
        f"{key} {', '.join(f'{option} {amount}' for option, amount in amounts.items())}"
        for key, amounts in total.amounts.items()
    )
    worth = ", ".join(
        f"{first if first == last else f'{first} to {last}'}: {points:g}" for first, last, points in runs(total)
    )
    return f"points by what these add up to ({adds}), with a sum of {worth}, of anything else: {total.otherwise:g}"
