"""Counts the runs of a batch chunk by chunk, and tells in rows what they came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from negotiation.lab import lost_turns
from negotiation.lab.estimates import Estimate, Reals, estimate
from negotiation.lab.exact_sums import Name, Places, Squares, Sums, coded, reals
from negotiation.lab.measures import MEASURES
from negotiation.lab.plan import Levels, Plan, Range
from negotiation.lab.strata import Strata

UNSIGNED = ""
"""The option of an issue of a table that was not signed."""

BINS = 8
"""Into how many parts the range of a factor is cut."""

MOST_DIFFERENT = 200_000
"""Different games up to which copies are looked for."""


def spread(levels: Levels | None) -> bool:
    """Return whether a factor's values are too many to be listed."""
    return isinstance(levels, Range) and (not levels.whole or levels.most - levels.least >= BINS) and not levels.steps


class Tally:
    """The counts and sums of the rows seen so far."""

    def __init__(self, plan: Plan, by: str, pair: tuple[str, ...], parties: Sequence[str], strata: Strata) -> None:
        self.plan, self.by, self.pair, self.strata = plan, by, pair, strata
        self.gains = [f"gain.{party}" for party in parties]
        measured = (name for name, measure in MEASURES.items() if measure.averaged)
        self.outcomes = [*measured, *plan.measures, *self.gains]
        self.factors = [
            f"factor.{name}" for name, levels in plan.factors.items() if isinstance(levels, Range) or len(levels) > 1
        ]
        self.errors, self.engines = 0, dict[str, int]()
        self.everybody = Sums(["agreement"], strata.shape)
        self.groups = Sums(self.outcomes, strata.shape)
        self.values = {name: Sums(["agreement", *self.gains], strata.shape) for name in self.factors}
        self.options: dict[Name, Reals] = {}
        self.squares = Squares()
        self.games: dict[Name, bytes] | None = {}
        self.lost: dict[str, lost_turns.Lost] = {}

    def add(self, runs: pa.Table, tables: pa.Table) -> None:
        """Count some runs, in order, and the tables of these and perhaps others."""
        numbers = {name: reals(runs[name]) for name in self.outcomes}
        self.errors += len(runs) - runs["error"].null_count
        names, codes = coded(runs["engine"])
        for (engine,), count in zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True):
            self.engines[engine] = self.engines.get(engine, 0) + count
        clusters = self.strata.codes(runs)
        self.everybody.add(*coded(runs["case"]), clusters, numbers)
        for name in self.factors:
            self.values[name].add(*coded(runs["case"], self._binned(runs, name)), clusters, numbers)
        names, codes = coded(runs["case"], self._binned(runs, self.by), empty=True)
        self.groups.add(names, codes, clusters, numbers)
        places = _places(tables, runs)
        self._count_options(names, np.append(codes, -1)[places], np.append(clusters, -1)[places], tables)
        self._count_squares(runs["case"], numbers)
        self._count_different(runs, clusters, numbers)
        self.lost = lost_turns.together(self.lost, lost_turns.by_strategy(runs))

    def _count_different(self, runs: pa.Table, clusters: Places, numbers: Mapping[str, Reals]) -> None:
        """Check whether games of one cell with equal types had equal results in all that is measured."""
        if self.games is None:
            return
        cells, codes = coded(pc.utf8_slice_codeunits(runs["key"], 0, 24))
        columns = [codes, clusters // self.strata.shape[1], *numbers.values()]
        for row in np.unique(np.column_stack(columns)[clusters >= 0], axis=0):
            game, end = (*cells[int(row[0])], int(row[1])), row[2:].tobytes()
            if self.games.setdefault(game, end) != end or len(self.games) > MOST_DIFFERENT:
                self.games = None
                return

    def _binned(self, runs: pa.Table, column: str) -> pa.ChunkedArray:
        """Return a column with the numbers of a range gathered in the middles of its parts."""
        levels = self.plan.factors.get(column.removeprefix("factor."))
        if not spread(levels) or not isinstance(levels, Range):
            return runs[column]
        width = (levels.most - levels.least) / BINS
        place = np.floor((reals(runs[column]) - levels.least) / width).clip(0, BINS - 1)
        return pa.chunked_array([np.round(levels.least + (place + 0.5) * width, 9)])

    def _count_options(self, names: Sequence[Name], codes: Places, clusters: Places, tables: pa.Table) -> None:
        owners, whose = coded(tables["table"])
        size = self.strata.shape[0] * self.strata.shape[1]
        for key in (key for key in tables.column_names if "." in key):
            table, _, issue = key.partition(".")
            if (table,) not in owners:
                continue
            mine = (whose == owners.index((table,))) & (codes >= 0) & (clusters >= 0)
            options, taken = coded(tables[key])
            options.append((UNSIGNED,))
            both = codes[mine] * len(options) + np.where(taken < 0, len(options) - 1, taken)[mine]
            for place in np.unique(both).tolist():
                group, option = divmod(place, len(options))
                name = (*names[group], table, issue, *options[option])
                count = np.bincount(clusters[mine][both == place], minlength=size).astype(np.float64)
                self.options[name] = self.options.get(name, 0.0) + count

    def _count_squares(self, cases: pa.ChunkedArray, numbers: Mapping[str, Reals]) -> None:
        points = np.column_stack([numbers[f"gain.{party}"] for party in self.pair])
        there = ~np.isnan(points).any(axis=1)
        names, codes = coded(cases)
        self.squares.add([case for (case,) in names], codes[there], points[there])

    @property
    def copies(self) -> bool:
        """Return whether games were played again with other seeds, each with one result every time."""
        return self.games is not None and len(self.games) < self.runs - self.errors

    @property
    def runs(self) -> int:
        """Return how many runs were looked at."""
        return sum(self.engines.values())

    @property
    def undrawn(self) -> int:
        """Return how many combinations of types no seed drew."""
        return sum(self._undrawn(case) for (case,) in self.everybody.places)

    def _mean(self, sums: Sums, name: Name, outcome: str) -> Estimate | None:
        return sums.of(name, outcome, self._everybody(name[0]), self.strata.odds[name[0]])

    def _told(self, mean: Estimate) -> dict[str, object]:
        return asdict(mean.told(copies=self.copies))

    def _everybody(self, case: str) -> Reals:
        """Return how many runs of a case were played, by cluster."""
        return self.everybody.counted((case,), "agreement")

    def _undrawn(self, case: str) -> int:
        odds = self.strata.odds[case]
        return int(((self._everybody(case)[: len(odds)].sum(axis=1) == 0) & (odds > 0)).sum())

    def told_groups(self) -> Iterator[dict[str, object]]:
        """Yield the rows of `Summary.groups`."""
        for name in self.groups.names():
            case, group = name
            runs = int(self.groups.runs[self.groups.places[name]])
            means = {outcome: self._mean(self.groups, name, outcome) for outcome in self.outcomes}
            played = means["agreement"].count if means["agreement"] else 0
            told = {outcome: mean and self._told(mean) for outcome, mean in means.items()}
            yield {"case": case, "group": group, "runs": runs, "errors": runs - played, **told}

    def told_options(self) -> Iterator[dict[str, object]]:
        """Yield the rows of `Summary.options`."""
        for name, sums in sorted(self.options.items(), key=lambda one: [(x is None, x) for x in one[0]]):
            case, group, table, issue, option = name
            played, counts = self.groups.counted((case, group), "agreement"), sums.reshape(self.strata.shape)
            found = self._told(estimate(played, counts, self._everybody(case), self.strata.odds[case]))
            share = {"share": found["mean"], "error": found["error"], "half": found["half"], "runs": int(sums.sum())}
            yield {"case": case, "group": group, "table": table, "issue": issue, "option": option, **share}

    def told_factors(self) -> Iterator[dict[str, object]]:
        """Yield the rows of `Summary.factors`."""
        for factor, sums in self.values.items():
            for name in sums.names():
                for outcome in sums.columns:
                    if mean := self._mean(sums, name, outcome):
                        what = {"case": name[0], "factor": factor.removeprefix("factor."), "value": name[1]}
                        yield {**what, "outcome": outcome, **self._told(mean)}

    def told_differences(self) -> Iterator[dict[str, object]]:
        """Yield every group, and every value of a factor that is no range, against the first one."""
        yield from self._differences(self.groups, {})
        for factor, sums in self.values.items():
            if not spread(self.plan.factors[factor.removeprefix("factor.")]):
                yield from self._differences(sums, {"factor": factor.removeprefix("factor.")})

    def _differences(self, sums: Sums, what: Mapping[str, object]) -> Iterator[dict[str, object]]:
        """Yield every group of a case against its first one."""
        firsts: dict[str, Name] = {}
        for name in sums.names():
            first = firsts.setdefault(name[0], name)
            for outcome in sums.columns if name != first else ():
                here, there = (self._mean(sums, one, outcome) for one in (name, first))
                if here and there:
                    pair = {"case": name[0], "group": name[1], "against": first[1], "outcome": outcome}
                    yield {**what, **pair, **asdict(here.less(there, copies=self.copies))}


def _places(tables: pa.Table, runs: pa.Table) -> Places:
    """Return the run of every row of tables (−1: not among these)."""
    found: Places = pc.index_in(tables["key"], value_set=runs["key"]).fill_null(-1).to_numpy().astype(np.intp)
    return found
