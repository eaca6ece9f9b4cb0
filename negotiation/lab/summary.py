"""What a batch says, in numbers small enough for a page: counted chunk by chunk, whatever the number of runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from negotiation.errors import SetupError, unknown
from negotiation.lab.plan import Levels, Plan, Range
from negotiation.lab.results import Results

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("agreement", "rounds", "welfare", "frontier_distance", "nash_share", "min_share", "gini")

UNSIGNED = ""
"""The option of an issue of a table that was not signed."""

BINS = 8
"""Into how many parts the range of a factor is cut."""

SQUARES = 36
"""Squares along the longer side of the map of two parties' gains."""


@dataclass(frozen=True)
class Mean:
    """A mean over so many runs, and its standard error."""

    mean: float
    error: float
    count: int


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
        The column whose values split `groups` and `options`.
    groups
        Rows `case`, `group`, `runs`, `errors` and by measure or `gain.PARTY` a `Mean` as a dictionary (None: never measured).
    options
        Rows `case`, `group`, `table`, `issue`, `option` (empty: unsigned), `share` of the group's runs.
    factors
        Rows `case`, `factor`, `value` (or the middle of a part of its range), `outcome`, and a `Mean` flattened.
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
        Two parties whose gains are mapped; the first two that sit in every case if left out.

    Raises
    ------
    LogError
        When nothing is finished.
    SetupError
        When there is no such column or party.
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
    counter = _Counter(plan, by, tuple(pair) or tuple(parties[:2]), parties)
    keep = dict.fromkeys(["key", "case", "engine", "error", by, *where, *counter.outcomes, *counter.factors])
    tables = [name for name in results.dataset("tables").schema.names if name not in ("round", "signed", "deal")]
    for runs, rows in results.parts(list(keep), tables):
        counter.add(_chosen(runs, where, plan), rows)
    return counter.told(planned_runs(results))


def planned_runs(results: Results) -> int:
    """How many runs the plan has."""
    from negotiation.lab.runs import Runs

    return len(Runs(results.plan))


def _chosen(runs: pd.DataFrame, where: Mapping[str, Sequence[Any]], plan: Plan) -> pd.DataFrame:
    for column, values in where.items():
        if _spread(plan.factors.get(column.removeprefix("factor."))):
            runs = runs[runs[column].between(values[0], values[1])]
        else:
            runs = runs[runs[column].isin(list(values))]
    return runs


def _spread(levels: Levels | None) -> bool:
    """Whether a factor's values are too many to be listed."""
    return isinstance(levels, Range) and (not levels.whole or levels.most - levels.least >= BINS) and not levels.steps


class _Counter:
    """Sums of what was seen so far."""

    def __init__(self, plan: Plan, by: str, pair: tuple[str, ...], parties: Sequence[str]) -> None:
        self.plan, self.by, self.pair = plan, by, pair
        self.gains = [f"gain.{party}" for party in parties]
        self.outcomes = [*MEASURES, *self.gains]
        self.factors = [
            f"factor.{name}" for name, levels in plan.factors.items() if isinstance(levels, Range) or len(levels) > 1
        ]
        self.engines: dict[str, int] = {}
        self.groups: pd.DataFrame | None = None
        self.values: dict[str, pd.DataFrame] = {}
        self.options: dict[tuple[str, Any, str, str, str], int] = {}
        self.squares: dict[tuple[str, int, int], int] = {}
        self.side = 0.0

    def add(self, runs: pd.DataFrame, tables: pd.DataFrame) -> None:
        """Count a chunk."""
        if runs.empty:
            return
        runs = runs.assign(group=self._binned(runs, self.by))
        for engine, count in runs["engine"].value_counts().items():
            self.engines[str(engine)] = self.engines.get(str(engine), 0) + int(count)
        self.groups = _summed(self.groups, runs, ["case", "group"], self.outcomes)
        for name in self.factors:
            here = runs.assign(value=self._binned(runs, name))
            self.values[name] = _summed(self.values.get(name), here, ["case", "value"], ["agreement", *self.gains])
        self._count_options(runs, tables)
        self._count_squares(runs)

    def _binned(self, runs: pd.DataFrame, column: str) -> pd.Series:
        """A column with the numbers of a range gathered in the middles of its parts."""
        levels = self.plan.factors.get(column.removeprefix("factor."))
        if not _spread(levels) or not isinstance(levels, Range):
            return runs[column]
        width = (levels.most - levels.least) / BINS
        place = ((runs[column] - levels.least) / width).clip(0, BINS - 1).astype(int)
        return (levels.least + (place + 0.5) * width).round(9)

    def _count_options(self, runs: pd.DataFrame, tables: pd.DataFrame) -> None:
        issues = [name for name in tables.columns if "." in name]
        joined = tables.merge(runs[["key", "group"]], on="key")
        for key in issues:
            name, _, issue = key.partition(".")
            here = joined[joined["table"] == name]
            if here.empty:
                continue
            counts = here[key].fillna(UNSIGNED).groupby([here["case"], here["group"]]).value_counts()
            for (case, group, option), count in counts.items():
                place = (case, group, name, issue, option)
                self.options[place] = self.options.get(place, 0) + int(count)

    def _count_squares(self, runs: pd.DataFrame) -> None:
        both = runs[["case", *(f"gain.{party}" for party in self.pair)]].dropna()
        if both.empty:
            return
        x, y = (both[f"gain.{party}"] for party in self.pair)
        if not self.side:
            self.side = _nice(max(x.max() - x.min(), y.max() - y.min()) / SQUARES)
        places = both["case"], (x // self.side).astype(int), (y // self.side).astype(int)
        for place, count in both.groupby(list(places)).size().items():
            self.squares[place] = self.squares.get(place, 0) + int(count)

    def told(self, planned: int) -> Summary:
        """All of it as rows."""
        groups = [] if self.groups is None else list(self._groups(self.groups))
        return Summary(
            runs=sum(self.engines.values()),
            planned=planned,
            errors=sum(row["errors"] for row in groups),
            engines=dict(sorted(self.engines.items())),
            by=self.by,
            groups=groups,
            options=list(self._options(groups)),
            factors=list(self._factors()),
            map=[
                {"case": case, "x": (x + 0.5) * self.side, "y": (y + 0.5) * self.side, "runs": count}
                for (case, x, y), count in sorted(self.squares.items())
            ],
            pair=self.pair,
            side=self.side or 1.0,
        )

    def _groups(self, sums: pd.DataFrame) -> Iterator[dict[str, Any]]:
        for (case, group), row in sums.iterrows():
            means = {name: _mean(row, name) for name in self.outcomes}
            told = {name: mean and asdict(mean) for name, mean in means.items()}
            runs = int(row["runs"])
            yield {
                "case": case,
                "group": _plain(group),
                "runs": runs,
                "errors": runs - int(row["count agreement"]),
                **told,
            }

    def _options(self, groups: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        played = {(row["case"], row["group"]): row["runs"] - row["errors"] for row in groups}
        for (case, group, table, issue, option), count in self.options.items():
            share = count / played[case, _plain(group)]
            names = {"case": case, "group": _plain(group), "table": table, "issue": issue, "option": option}
            yield {**names, "share": share, "runs": count}

    def _factors(self) -> Iterator[dict[str, Any]]:
        for factor, sums in self.values.items():
            for (case, value), row in sums.iterrows():
                for outcome in ("agreement", *self.gains):
                    if mean := _mean(row, outcome):
                        name = factor.removeprefix("factor.")
                        yield {"case": case, "factor": name, "value": _plain(value), "outcome": outcome, **asdict(mean)}


def _summed(before: pd.DataFrame | None, runs: pd.DataFrame, by: list[str], columns: Sequence[str]) -> pd.DataFrame:
    """Counts, sums and sums of squares by group, added to those from before."""
    import pandas as pd

    wanted = {"runs": pd.Series(1, index=runs.index)}
    for name in columns:
        values = runs[name].astype(float)
        wanted |= {f"count {name}": values.notna().astype(int), f"sum {name}": values, f"square {name}": values**2}
    here = pd.DataFrame(wanted).groupby([runs[name] for name in by], sort=True).sum()
    return here if before is None else before.add(here, fill_value=0).sort_index()


def _mean(row: pd.Series, name: str) -> Mean | None:
    count = int(row[f"count {name}"])
    if not count:
        return None
    mean = float(row[f"sum {name}"]) / count
    spread = max(float(row[f"square {name}"]) / count - mean**2, 0.0)
    return Mean(round(mean, 9), round(math.sqrt(spread / count), 9), count)


def _plain(value: Any) -> Any:
    """A value of a data frame as Python's own."""
    return value.item() if hasattr(value, "item") else value


def _nice(size: float) -> float:
    """The next larger of 1, 2, 5 times a power of ten."""
    if size <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= size)
