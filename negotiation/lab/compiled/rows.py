"""What compiled runs came to, as the columns of the result files: the same rows as the Mesa model's, made at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.analysis.frontier import distances
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.kernel import Ends
from negotiation.lab.compiled.setup import Ready
from negotiation.lab.measures import fair_points
from negotiation.lab.runs import Run
from negotiation.lab.yardstick import yardstick

Columns: TypeAlias = dict[str, Any]

AGAINST = ("frontier_distance", "nash_share", "min_share", "gini")
"""What is held against the best there is: empty where every run has scores of its own."""

Shapes: TypeAlias = Mapping[str, pa.Schema]


def rounded(values: Real) -> Real:
    """`round(value, 9)` of every value: exact, for where rounding is not clear-cut Python's own is asked.

    Examples
    --------
    >>> rounded(np.array([0.1 + 0.2, 2.0000000005])).tolist() == [0.3, round(2.0000000005, 9)]
    True
    """
    scaled = values * 1e9
    near = np.rint(scaled)
    found = near / 1e9
    unclear = (np.abs(np.abs(scaled - near) - 0.5) < 1e-3) | (np.abs(scaled) > 1e12)
    for at in np.argwhere(unclear):
        found[tuple(at)] = round(float(values[tuple(at)]), 9)
    return found


def run_rows(runs: Sequence[Run], ready: Ready, ends: Ends, types: Whole, shape: pa.Schema) -> pa.Table:
    """One row a run."""
    cell, parties = runs[0].cell, list(ready.case.roles)
    gains = ends.points - ends.base
    signed = (ends.deal >= 0).sum(axis=1)
    columns: Columns = {
        "key": [run.key for run in runs],
        "case": cell.case.name,
        "variant": cell.case.variant,
        "protocol": cell.protocol,
        "lineup": cell.lineup,
        "seed": [run.seed for run in runs],
        "engine": "compiled",
        **{f"factor.{name}": value for name, value in cell.settings.items()},
        "tables": ends.deal.shape[1],
        "signed": signed,
        "agreement": signed / ends.deal.shape[1],
        "rounds": ends.rounds,
        **_measured(ready, ends, types, gains),
    }
    for n, party in enumerate(parties):
        columns[f"strategy.{party}"] = runs[0].game.seats[party]  # type: ignore[union-attr]  # what was made ready
        columns[f"type.{party}"] = pa.DictionaryArray.from_arrays(types[:, n], ready.types[n])
        columns[f"points.{party}"] = rounded(ends.points[:, n])
        columns[f"gain.{party}"] = rounded(gains[:, n])
    return _table(columns, shape, len(runs))


def _measured(ready: Ready, ends: Ends, types: Whole, gains: Real) -> Columns:
    """See `measures`; games whose parties are of the same types are held against the same yardstick."""
    found: Columns = {name: np.full(len(gains), np.nan) for name in AGAINST}
    if not ready.noise:
        kinds, which = np.unique(types, axis=0, return_inverse=True)
        for n, kind in enumerate(kinds):
            names, here = tuple(row[k] for row, k in zip(ready.types, kind, strict=True)), which.reshape(-1) == n
            bests = np.array(yardstick(ready.case, names).best)
            shares = np.divide(gains[here], bests, out=np.zeros_like(gains[here]), where=bests > 0)
            found["min_share"][here], found["gini"][here] = rounded(shares.min(axis=1)), _gini(np.maximum(shares, 0.0))
            front, nash = fair_points(ready.case, names)
            if front is not None:
                outcomes, like = np.unique(ends.points[here], axis=0, return_inverse=True)
                found["frontier_distance"][here] = distances(front, outcomes)[like.reshape(-1)]
            if nash is not None:
                found["nash_share"][here] = rounded(_product(gains[here]) / nash)
    welfare = np.zeros(len(gains))
    for column in gains.T:
        welfare += column
    return {
        "welfare": rounded(welfare),
        **{name: pa.array(values, mask=np.isnan(values)) for name, values in found.items()},
    }


def _product(gains: Real) -> Real:
    product = np.ones(len(gains))
    for column in gains.T:
        product *= np.maximum(column, 0.0)
    return product


def _gini(shares: Real) -> Real:
    """See `measures.gini`; NaN where nobody gained."""
    total, apart = np.zeros(len(shares)), np.zeros(len(shares))
    for mine in shares.T:
        total += mine
        for theirs in shares.T:
            apart += np.abs(mine - theirs)
    nobody = total <= 0
    return np.where(nobody, np.nan, rounded(apart / np.where(nobody, 1.0, 2 * shares.shape[1] * total)))


def table_rows(runs: Sequence[Run], ready: Ready, ends: Ends, shape: pa.Schema) -> pa.Table:
    """One row a run and table."""
    tables, many = ready.case.scenario.tables, len(runs)
    keys = pa.array([run.key for run in runs])
    unsigned = ends.deal < 0
    columns: Columns = {
        "key": keys.take(pa.array(np.repeat(np.arange(many), len(tables)))),
        "case": runs[0].cell.case.name,
        "table": pa.DictionaryArray.from_arrays(np.tile(np.arange(len(tables)), many), list(tables)),
        "deal": pa.array(ends.deal.reshape(-1), mask=unsigned.reshape(-1)),
        "round": pa.array(ends.bound_in.reshape(-1) + 1, mask=unsigned.reshape(-1)),
        "signed": _hands(ready, ends),
    }
    for t, (name, table) in enumerate(tables.items()):
        none = np.ones((many, len(tables)), dtype=np.bool_)
        none[:, t] = unsigned[:, t]
        for issue, options in zip(table.issues, table.grid, strict=True):
            taken = np.zeros(none.shape, dtype=np.int32)
            taken[:, t] = options[np.maximum(ends.deal[:, t], 0)]
            places = pa.array(taken.reshape(-1), mask=none.reshape(-1))
            columns[f"{name}.{issue.name}"] = pa.DictionaryArray.from_arrays(places, list(issue.options))
    return _table(columns, shape, many * len(tables))


def _hands(ready: Ready, ends: Ends) -> pa.Array:
    """Who signed, by run and table."""
    count = np.where(ends.deal < 0, 0, ends.signers).reshape(-1)
    hands: npt.NDArray[np.int64] = ends.hands.reshape(len(count), -1)
    there = np.arange(hands.shape[1]) < count[:, None]
    names = pa.DictionaryArray.from_arrays(hands[there], list(ready.case.roles)).cast(pa.string())
    return pa.ListArray.from_arrays(np.concatenate([[0], np.cumsum(count)]).astype(np.int32), names)


def _table(columns: Columns, shape: pa.Schema, many: int) -> pa.Table:
    """Columns in the order of the result files; what is not there is empty, what is one value holds in every row."""
    return pa.Table.from_arrays([_column(columns.get(f.name), f.type, many) for f in shape], schema=shape)


def _column(values: Any, kind: pa.DataType, many: int) -> Any:
    if isinstance(values, pa.Array):
        return values.cast(kind)
    if isinstance(values, list | np.ndarray):
        return pa.array(values, kind)
    return pa.repeat(pa.scalar(values, kind), many)
