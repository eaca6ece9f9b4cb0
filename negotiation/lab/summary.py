"""What a batch says, in numbers small enough for a page: counted chunk by chunk, whatever the number of runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from negotiation.errors import SetupError, unknown
from negotiation.lab.counting import Estimate, Name, Places, Reals, Squares, Sums, coded, estimate, reals
from negotiation.lab.plan import Levels, Plan, Range
from negotiation.lab.results import Results
from negotiation.lab.strata import Strata

MEASURES = ("agreement", "rounds", "welfare", "frontier_distance", "nash_share", "min_share", "gini")

UNSIGNED = ""
"""The option of an issue of a table that was not signed."""

BINS = 8
"""Into how many parts the range of a factor is cut."""

MOST_GROUPS = 1000
"""Groups that a summary may have: more are no summary."""

MOST_DIFFERENT = 200_000
"""Different games up to which copies are looked for."""


@dataclass(frozen=True)
class Summary:
    """What a batch came to.

    Attributes
    ----------
    runs, planned, errors
        How many runs were looked at, how many the plan has, and how many of those looked at failed.
    engines
        Runs by the engine that played them.
    by
        The column whose values split `groups` and `options`; None is a value: a column need not be everywhere.
    groups
        Rows `case`, `group`, `runs`, `errors` and by measure or `gain.PARTY` a `Mean` as a dictionary (None: never measured).
        In every mean each combination of drawn types counts by its odds, and `error` is over other seeds (see `Estimate`).
    options
        Rows `case`, `group`, `table`, `issue`, `option` (empty: unsigned), `share` of the group's runs, its `error`, `runs`.
    factors
        Rows `case`, `factor`, `value` (or the middle of a part of its range), `outcome`, and a `Mean` flattened.
    differences
        Rows `case`, `group`, `against` (the case's first group), `outcome`, and the `Mean` of the difference, paired by seed,
        flattened; and the same with `factor` for its values against its first one.
    different
        How many games there are where every one with the same settings and types came to the same: the others are copies.
        None: dice or noise decide something.
    undrawn
        How many combinations of types no seed drew: the means leave them out.
    map
        Rows `case`, `x`, `y`, `runs`: gains of the two parties `pair`, in squares with sides of `side` points.
    """

    runs: int
    planned: int
    errors: int
    engines: Mapping[str, int]
    by: str
    groups: list[dict[str, Any]]
    options: list[dict[str, Any]]
    factors: list[dict[str, Any]]
    map: list[dict[str, Any]] = field(default_factory=list)
    pair: tuple[str, ...] = ()
    side: float = 1.0
    differences: list[dict[str, Any]] = field(default_factory=list)
    different: int | None = None
    undrawn: int = 0


def summarise(
    results: Results, by: str = "lineup", where: Mapping[str, Sequence[Any]] | None = None, pair: Sequence[str] = ()
) -> Summary:
    """What the finished part of a batch came to.

    Parameters
    ----------
    by
        A column of `runs` that splits it.
    where
        Values by column: only runs with one of them count. A factor with a range takes (least, most).
    pair
        Two parties whose gains are mapped; the first two of the first case if left out.

    Raises
    ------
    LogError
        When nothing is finished.
    SetupError
        When there is no such column or party, or the column has too many values.
    """
    plan, names = results.plan, results.dataset().schema.names
    where = where or {}
    for column in (by, *where):
        if column not in names:
            raise SetupError(f"{results.out}: {unknown('column', column, names)}")
    parties = [name.removeprefix("gain.") for name in names if name.startswith("gain.")]
    for party in pair:
        if party not in parties:
            raise SetupError(f"{results.out}: {unknown('party', party, parties)}")
    if pair and len(set(pair)) != 2:
        raise SetupError(f"{results.out}: a map has two parties, not {', '.join(pair)}")
    strata = Strata(plan, results.runs.cases)
    counter = _Counter(plan, by, tuple(pair) or tuple(parties[:2]), parties, strata)
    keep = dict.fromkeys(
        ["engine", "error", by, *where, *strata.columns, *counter.outcomes, *counter.factors, "signed"]
    )
    tables = [
        name for name in results.dataset("tables").schema.names if name not in ("case", "round", "signed", "deal")
    ]
    for runs, rows in results.parts(list(keep), tables):
        counter.add(runs.filter(_chosen(runs, where, plan)) if where else runs, rows)
        if len(counter.groups.places) > MOST_GROUPS:
            raise SetupError(
                f"{results.out}: {by} splits the runs into more than {MOST_GROUPS:,} groups; take another column"
            )
    return counter.told(planned_runs(results))


def planned_runs(results: Results) -> int:
    """How many runs the plan has."""
    return len(results.runs)


def _chosen(runs: pa.Table, where: Mapping[str, Sequence[Any]], plan: Plan) -> pa.Array:
    keep = np.ones(len(runs), dtype=np.bool_)
    for column, values in where.items():
        if _spread(plan.factors.get(column.removeprefix("factor."))):
            numbers = reals(runs[column])
            keep &= (numbers >= values[0]) & (numbers <= values[1])
        else:
            names, codes = coded(runs[column])
            keep &= np.array([*(value in values for (value,) in names), False])[codes]
    return pa.array(keep)


def _spread(levels: Levels | None) -> bool:
    """Whether a factor's values are too many to be listed."""
    return isinstance(levels, Range) and (not levels.whole or levels.most - levels.least >= BINS) and not levels.steps


class _Counter:
    """What was seen so far."""

    def __init__(self, plan: Plan, by: str, pair: tuple[str, ...], parties: Sequence[str], strata: Strata) -> None:
        self.plan, self.by, self.pair, self.strata = plan, by, pair, strata
        self.gains = [f"gain.{party}" for party in parties]
        self.outcomes = [*MEASURES, *self.gains]
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

    def _count_different(self, runs: pa.Table, clusters: Places, numbers: Mapping[str, Reals]) -> None:
        """Look whether games of one cell with the same types came to the same in all we measure."""
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
        """A column with the numbers of a range gathered in the middles of its parts."""
        levels = self.plan.factors.get(column.removeprefix("factor."))
        if not _spread(levels) or not isinstance(levels, Range):
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

    def told(self, planned: int) -> Summary:
        """All of it as rows."""
        groups = list(self._groups())
        return Summary(
            runs=sum(self.engines.values()),
            planned=planned,
            errors=self.errors,
            engines=dict(sorted(self.engines.items())),
            by=self.by,
            groups=groups,
            options=list(self._options()),
            factors=list(self._factors()),
            map=[{"case": case, "x": x, "y": y, "runs": count} for case, x, y, count in self.squares.told()],
            pair=self.pair,
            side=self.squares.side,
            differences=[*self._differences(self.groups, {}), *self._by_factor()],
            different=None if self.games is None else len(self.games),
            undrawn=sum(self._undrawn(case) for (case,) in self.everybody.places),
        )

    def _mean(self, sums: Sums, name: Name, outcome: str) -> Estimate | None:
        return sums.of(name, outcome, self._everybody(name[0]), self.strata.odds[name[0]])

    def _everybody(self, case: str) -> Reals:
        """How many runs of a case were played, by cluster."""
        return self.everybody.counted((case,), "agreement")

    def _undrawn(self, case: str) -> int:
        odds = self.strata.odds[case]
        return int(((self._everybody(case)[: len(odds)].sum(axis=1) == 0) & (odds > 0)).sum())

    def _groups(self) -> Iterator[dict[str, Any]]:
        for name in self.groups.names():
            case, group = name
            runs = int(self.groups.runs[self.groups.places[name]])
            means = {outcome: self._mean(self.groups, name, outcome) for outcome in self.outcomes}
            played = means["agreement"].count if means["agreement"] else 0
            told = {outcome: mean and asdict(mean.told()) for outcome, mean in means.items()}
            yield {"case": case, "group": group, "runs": runs, "errors": runs - played, **told}

    def _options(self) -> Iterator[dict[str, Any]]:
        for name, sums in sorted(self.options.items(), key=lambda one: [(x is None, x) for x in one[0]]):
            case, group, table, issue, option = name
            played, counts = self.groups.counted((case, group), "agreement"), sums.reshape(self.strata.shape)
            found = estimate(played, counts, self._everybody(case), self.strata.odds[case])
            share = {"share": round(found.mean, 9), "error": found.error, "runs": int(sums.sum())}
            yield {"case": case, "group": group, "table": table, "issue": issue, "option": option, **share}

    def _factors(self) -> Iterator[dict[str, Any]]:
        for factor, sums in self.values.items():
            for name in sums.names():
                for outcome in sums.columns:
                    if mean := self._mean(sums, name, outcome):
                        what = {"case": name[0], "factor": factor.removeprefix("factor."), "value": name[1]}
                        yield {**what, "outcome": outcome, **asdict(mean.told())}

    def _by_factor(self) -> Iterator[dict[str, Any]]:
        for factor, sums in self.values.items():
            if not _spread(self.plan.factors[factor.removeprefix("factor.")]):
                yield from self._differences(sums, {"factor": factor.removeprefix("factor.")})

    def _differences(self, sums: Sums, what: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every group of a case against its first one."""
        firsts: dict[str, Name] = {}
        for name in sums.names():
            first = firsts.setdefault(name[0], name)
            for outcome in sums.columns if name != first else ():
                here, there = (self._mean(sums, one, outcome) for one in (name, first))
                if here and there:
                    pair = {"case": name[0], "group": name[1], "against": first[1], "outcome": outcome}
                    yield {**what, **pair, **asdict(here.less(there))}


def _places(tables: pa.Table, runs: pa.Table) -> Places:
    """The run of every row of tables (−1: not among these)."""
    found: Places = pc.index_in(tables["key"], value_set=runs["key"]).fill_null(-1).to_numpy().astype(np.intp)
    return found
