"""The summary of a batch, in numbers small enough for a page: counted chunk by chunk, whatever the number of runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from negotiation.errors import SetupError, unknown
from negotiation.lab import lost_turns
from negotiation.lab.exact_sums import coded, reals
from negotiation.lab.plan import Plan
from negotiation.lab.results import Results
from negotiation.lab.strata import Strata
from negotiation.lab.tally import Tally, spread

MOST_GROUPS = 1000
"""Groups that a summary may have: more are no summary."""


@dataclass(frozen=True)
class Summary:
    """The results of a batch in numbers.

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
        In every mean each combination of drawn types counts by its odds; its standard `error`, and `half` of its 95 %
        interval, are over other seeds (see `Estimate`).
    options
        Rows `case`, `group`, `table`, `issue`, `option` (empty: unsigned), `share` of the group's runs, its `error` and `half`, `runs`.
    factors
        Rows `case`, `factor`, `value` (or the middle of a part of its range), `outcome`, and a `Mean` flattened.
    differences
        Rows `case`, `group`, `against` (the case's first group), `outcome`, and the `Mean` of the difference, paired by seed,
        flattened; and rows with `factor` for its values against its first one.
    different
        How many games there are if all with equal settings and types had equal results: the others are copies.
        None: dice or noise decide something.
    undrawn
        How many combinations of types no seed drew: the means leave them out.
    lost
        A line for every strategy that lost turns because it failed; None: older results, which do not say.
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
    lost: list[str] | None = None


def summarise(
    results: Results, by: str = "lineup", where: Mapping[str, Sequence[object]] | None = None, pair: Sequence[str] = ()
) -> Summary:
    """Return the summary of the finished part of a batch.

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
    counter = Tally(plan, by, tuple(pair) or tuple(parties[:2]), parties, strata)
    keep = dict.fromkeys(
        [
            *("engine", "error", by, *where, *strata.columns, *counter.outcomes, *counter.factors, "signed"),
            *lost_turns.columns(names),
        ]
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
    return _told(counter, planned_runs(results), by, counted=lost_turns.are_counted(names))


def _told(tally: Tally, planned: int, by: str, *, counted: bool) -> Summary:
    return Summary(
        runs=tally.runs,
        planned=planned,
        errors=tally.errors,
        engines=dict(sorted(tally.engines.items())),
        by=by,
        groups=list(tally.told_groups()),
        options=list(tally.told_options()),
        factors=list(tally.told_factors()),
        map=[{"case": case, "x": x, "y": y, "runs": count} for case, x, y, count in tally.squares.told()],
        pair=tally.pair,
        side=tally.squares.side,
        differences=list(tally.told_differences()),
        different=None if tally.games is None else len(tally.games),
        undrawn=tally.undrawn,
        lost=lost_turns.lost_turns_text(tally.lost) if counted else None,
    )


def planned_runs(results: Results) -> int:
    """Return how many runs the plan has."""
    return len(results.runs)


def _chosen(runs: pa.Table, where: Mapping[str, Sequence[Any]], plan: Plan) -> pa.Array:
    keep = np.ones(len(runs), dtype=np.bool_)
    for column, values in where.items():
        if spread(plan.factors.get(column.removeprefix("factor."))):
            numbers = reals(runs[column])
            keep &= (numbers >= values[0]) & (numbers <= values[1])
        else:
            names, codes = coded(runs[column])
            keep &= np.array([*(value in values for (value,) in names), False])[codes]
    return pa.array(keep)
