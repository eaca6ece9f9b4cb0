"""All outcomes of a scenario as a product of small choices, so that nobody has to list them.

A table is left unsigned or signed by certain parties; signed, it is one option per issue. Points add up over those
choices. Whatever does not add up is a *term*: a pattern over several choices that, when met, adds points (a link)
or cannot be (a constraint). A partial outcome needs to remember of the open terms only which it still may meet, and of
open totals what it adds to them: together its *signature*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from negotiation.analysis.dominance import TOLERANCE, Points
from negotiation.analysis.problem import Branch, Problem, branches, check, not_needed
from negotiation.analysis.running_totals import Running, Runnings
from negotiation.preferences import Link, Preferences
from negotiation.scenario import Scenario
from negotiation.table import UNSIGNED, Pattern, Table, tables_of

SCALES = (1.0, 10.0, 100.0, 1000.0, 10000.0)
"""Points are counted in units of 1, 0.1, ... 0.0001 if all are multiples: then sums are exact."""


@dataclass
class Term:
    """A pattern that adds points when met, or that cannot be.

    `options` by `table.issue` as in a Pattern; `signer` (table, party) asks besides that the party signs there,
    `signed` that this table is signed at all.
    """

    options: Pattern
    signer: tuple[str, str] | None
    effect: Points
    forbidden: bool = False
    signed: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the choices that decide it: `table.issue`, and `table` where a signature counts."""
        return frozenset((*self.options, *(self.signer[:1] if self.signer else ())))


@dataclass(frozen=True)
class Column:
    """One number to follow: points of some parties, or what a signer would lose by leaving a table.

    `leaving` = (table, whether links across tables count); the column then exists for its floor of 0 only.
    """

    parties: tuple[str, ...]
    floor: float = -np.inf
    objective: bool = True
    leaving: tuple[str, bool] | None = None


class Space:
    """A scenario's outcomes with the columns of a problem."""

    def __init__(self, scenario: Scenario, sheets: Mapping[str, Preferences], problem: Problem, *, lossy: bool) -> None:
        self.scenario, self.sheets, self.problem = scenario, sheets, problem
        check(scenario, sheets, problem)
        self.columns = tuple(self._columns(lossy=lossy))
        self.objectives = len(problem.objectives)
        self.conditions = np.array([not column.objective for column in self.columns])
        self.scale = self._scale()
        self.floors = np.array([self._floor(column.floor) for column in self.columns])
        self.terms = tuple(self._terms())
        self.every = (1 << len(self.terms)) - 1
        self.totals = Runnings(tuple(self._totals()), len(self.terms))
        self.barred = sum(1 << n for n, term in enumerate(self.terms) if term.forbidden)
        self._kept: dict[int, tuple[Points, Points, Points]] = {}

    def _floor(self, floor: float) -> float:
        return floor - TOLERANCE if self.scale == 0 else float(np.ceil(floor * self.scale - 1e-7))

    def _columns(self, *, lossy: bool) -> Iterator[Column]:
        problem = self.problem
        for parties in problem.objectives:
            floor = problem.floors.get(parties[0], -np.inf) if len(parties) == 1 and not lossy else -np.inf
            yield Column(parties, floor)
        for party, floor in problem.floors.items():
            if lossy or (party,) not in problem.objectives:
                yield Column((party,), floor, objective=False)
        for across, parties in ((False, problem.alone), (True, problem.stable)):
            for name, table in self.scenario.tables.items():
                for party in parties:
                    if party in table.seats:
                        yield Column((party,), 0.0, objective=False, leaving=(name, across))

    def _scale(self) -> float:
        """Return how many units make a point if every number is a multiple of a unit, else 0."""
        numbers = np.array([n for c in self.columns for party in c.parties for n in _numbers(self.sheets[party])])
        for scale in SCALES:
            if (np.abs(numbers * scale - np.rint(numbers * scale)) < 1e-7).all():
                return scale
        return 0.0

    def units(self, points: float) -> float:
        """Return points in units."""
        return float(np.rint(points * self.scale)) if self.scale else points

    def points(self, units: Points) -> Points:
        """Return units as points."""
        return units / self.scale if self.scale else units

    def _terms(self) -> Iterator[Term]:
        merged: dict[tuple[object, ...], Term] = {}
        for options, signer, points, column in self._effects():
            key = (*sorted((k, tuple(sorted(v))) for k, v in options.items()), signer)
            if key not in merged:
                merged[key] = Term(options, signer, np.zeros(len(self.columns)))
            merged[key].effect[column] += self.units(points)
        yield from (term for term in merged.values() if term.effect.any())
        nothing = np.zeros(len(self.columns))
        for constraint in self.scenario.constraints:
            yield Term(constraint.pattern, None, nothing, forbidden=True)
        for table in self.scenario.tables.values():
            for constraint in table.forbidden:
                yield Term(constraint.pattern, None, nothing, forbidden=True, signed=table.name)
            for party in dict.fromkeys(party for party, _, _ in table.signers.when):
                if party not in table.signers.always:
                    yield Term(not_needed(table, party), (table.name, party), nothing, forbidden=True)

    def _effects(self) -> Iterator[tuple[Pattern, tuple[str, str] | None, float, int]]:
        """Yield pattern, signature asked for, points and column of everything that links add."""
        for n, column in enumerate(self.columns):
            for party in column.parties:
                for link in self.sheets[party].links:
                    if column.leaving is None:
                        yield link.pattern, None, link.points, n
                    else:
                        yield from self._if_left(link, column, n)

    def _if_left(self, link: Link, column: Column, n: int) -> Iterator[tuple[Pattern, tuple[str, str], float, int]]:
        """Yield a link's part in what a signer would lose by leaving a table."""
        (party,), (name, across) = column.parties, column.leaving or ("", False)
        tables = tables_of(link.pattern)
        if name not in tables or not (across or len(tables) == 1):
            return
        yield link.pattern, (name, party), link.points, n
        table = self.scenario.tables[name]
        here = {f"{name}.{issue.name}": table.unsigned.get(issue.name, UNSIGNED) for issue in table.issues}
        if all(option in link.pattern[key] for key, option in here.items() if key in link.pattern):
            rest = {key: options for key, options in link.pattern.items() if key not in here}
            yield rest, (name, party), -link.points, n

    def _totals(self) -> Iterator[Running]:
        """Yield the totals of every column: for one that leaves a table, what it is worth less what it is worth then."""
        for n, column in enumerate(self.columns):
            one = np.zeros(len(self.columns))
            one[n] = 1.0
            for party in column.parties:
                for given in self.sheets[party].totals:
                    points = {amount: self.units(worth) for amount, worth in given.points.items()}
                    total = replace(given, points=points, otherwise=self.units(given.otherwise))
                    if column.leaving is None:
                        yield Running(self.scenario, total, one)
                    elif column.leaving[0] in total.tables and (column.leaving[1] or len(total.tables) == 1):
                        signer = column.leaving[0], party
                        yield Running(self.scenario, total, one, "", signer)
                        yield Running(self.scenario, total, -one, signer[0], signer)

    def branches(self, name: str) -> Iterator[Branch]:
        """Return the ways a table can end, unsigned first."""
        return branches(self.scenario.tables[name], self.problem)

    def start(self, branch: Branch) -> tuple[Points, int]:
        """Return the worth of a branch before any option is chosen, shape (columns,), and its signature."""
        units = np.zeros(len(self.columns))
        name = branch.table.name
        for n, column in enumerate(self.columns):
            for party in column.parties:
                at_rest = self.units(_unsigned(self.sheets[party], branch.table))
                if column.leaving is None:
                    units[n] += at_rest if not branch.signed or party in branch.unbound else 0.0
                elif column.leaving[0] == name and party in branch.signers:
                    units[n] -= at_rest
        alive = self.every
        for n, term in enumerate(self.terms):
            there = branch.bound if term.forbidden else branch.signers
            if term.signer and term.signer[0] == name and term.signer[1] not in there:
                alive &= ~(1 << n)
            if term.signed == name and not branch.signed:
                alive &= ~(1 << n)
        if not branch.signed:
            for issue in branch.table.issues:
                alive &= self._alive(f"{name}.{issue.name}", branch.table.unsigned.get(issue.name, UNSIGNED))
        return units, alive + self.totals.start(branch.table, branch.signers, signed=branch.signed)

    def choice(self, branch: Branch, k: int) -> tuple[Points, list[int]]:
        """Return the worth of each open option of issue `k`, shape (options, columns), and its signature."""
        issue, name = branch.table.issues[k], branch.table.name
        units = np.zeros((len(branch.options[k]), len(self.columns)))
        for n, column in enumerate(self.columns):
            for party in column.parties:
                sheet = self.sheets[party].sheets.get(f"{name}.{issue.name}")
                counts = column.leaving is None or (column.leaving[0] == name and party in branch.signers)
                if sheet is not None and counts and party not in branch.unbound:
                    units[:, n] += [self.units(sheet.points(option)) for option in branch.options[k]]
        options = [issue.options[n] for n in branch.options[k]]
        return units, [
            self._alive(f"{name}.{issue.name}", option) + self.totals.option(name, issue.name, option)
            for option in options
        ]

    def _alive(self, key: str, option: str) -> int:
        alive = self.every
        for n, term in enumerate(self.terms):
            if key in term.options and option not in term.options[key]:
                alive &= ~(1 << n)
        return alive

    def effect(self, met: int) -> tuple[Points, Points, Points]:
        """Return the units that these terms (bit n for term n) add together; the losses only; the gains only."""
        if met not in self._kept:
            total, losses, gains = np.zeros((3, len(self.columns)))
            for n, term in enumerate(self.terms):
                if met >> n & 1:
                    total += term.effect
                    losses += np.minimum(term.effect, 0.0)
                    gains += np.maximum(term.effect, 0.0)
            self._kept[met] = total, losses, gains
        return self._kept[met]

    def within(self, keys: Iterable[str]) -> int:
        """Return the terms that these choices decide, bit n for term n."""
        known = frozenset(keys)
        return sum(1 << n for n, term in enumerate(self.terms) if term.keys <= known)


def _numbers(preferences: Preferences) -> Iterator[float]:
    for sheet in preferences.sheets.values():
        yield from (sheet.points(n) for n in range(len(sheet.shares)))
    yield from preferences.adjust.values()
    yield from (link.points for link in preferences.links)
    for total in preferences.totals:
        yield from (total.otherwise, *total.points.values())


def resting(preferences: Preferences) -> float:
    """Return the points of a party with nothing signed anywhere, without listing any deals: the disagreement point."""
    tables = preferences.scenario.tables
    total = 0.0
    for table in tables.values():
        total += _unsigned(preferences, table)
    for link in preferences.links:
        keys = (key.partition(".")[::2] for key in link.pattern)
        holds = {f"{name}.{issue}": tables[name].unsigned.get(issue, UNSIGNED) for name, issue in keys}
        if all(option in link.pattern[key] for key, option in holds.items()):
            total += link.points
    for whole in preferences.totals:
        total += whole.worth(sum(whole.rest(tables[name]) for name in whole.tables))
    return total


def _unsigned(preferences: Preferences, table: Table) -> float:
    """Return the points of an unsigned table, links left out."""
    points = preferences.adjust.get(table.name, 0.0)
    for issue in table.issues:
        sheet = preferences.sheets.get(f"{table.name}.{issue.name}")
        if sheet is not None and issue.name in table.unsigned:
            points += sheet.points(issue.number(table.unsigned[issue.name]))
    return points
