"""The results of compiled runs as columns of the result files: the rows of the plain engine, made at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.kernel import Ends
from negotiation.lab.compiled.setup import Ready
from negotiation.lab.measures import Alike, Ended, fair_points, measured, rounded
from negotiation.lab.runs import Run

Columns: TypeAlias = dict[str, Any]

Shapes: TypeAlias = Mapping[str, pa.Schema]


class Played(NamedTuple):
    """Runs of one cell with their results: see `Ready.play`."""

    runs: Sequence[Run]
    ready: Ready
    ends: Ends
    types: Whole


def joined(played: Sequence[Played]) -> Ends:
    """Return the results of the runs of several cells, one after the other."""
    return Ends._make(map(np.concatenate, zip(*(some.ends for some in played), strict=True)))


def run_rows(played: Sequence[Played], ends: Ends, shape: pa.Schema) -> pa.Table:
    """Return one row a run, of cells that differ in nothing but points; `ends` are theirs, `joined`."""
    ready, runs = played[0].ready, [run for some in played for run in some.runs]
    cell, game, parties = runs[0].cell, runs[0].game, list(ready.case.roles)
    types = np.concatenate([some.types for some in played])
    ended = _ended(played, ends)
    columns: Columns = {
        "key": [run.key for run in runs],
        "case": cell.case.name,
        "variant": cell.case.variant,
        "protocol": cell.protocol,
        "lineup": cell.lineup,
        "seed": [run.seed for run in runs],
        "engine": "compiled",
        **{f"factor.{name}": [run.cell.settings[name] for run in runs] for name in cell.settings},
        **{name: pa.array(values, mask=np.isnan(values)) for name, values in measured(ended).items()},
    }
    for n, party in enumerate(parties):
        columns[f"strategy.{party}"] = game.seats[party]  # type: ignore[union-attr]  # what was made ready
        columns[f"type.{party}"] = pa.DictionaryArray.from_arrays(types[:, n], ready.types[n])
        columns[f"points.{party}"] = rounded(ends.points[:, n])
        columns[f"gain.{party}"] = rounded(ended.gains[:, n])
        columns[f"lost.{party}"] = 0  # strategies of this house, and none of them fails
    return _table(columns, shape, len(runs))


def _ended(played: Sequence[Played], ends: Ends) -> Ended:
    """Return the games for `measures`: held against the best possible where parties share the scores of a cell."""
    found, at = [], 0
    for _, ready, _, types in played:
        for kind in () if ready.noise else np.unique(types, axis=0):
            names = tuple(row[k] for row, k in zip(ready.types, kind, strict=True))
            here = at + np.flatnonzero((types == kind).all(axis=1))
            found.append(Alike(here, *fair_points(ready.case, names)))
        at += len(types)
    return Ended(ends.points, ends.points - ends.base, ends.best, ends.deal >= 0, ends.rounds, found)


def table_rows(played: Sequence[Played], ends: Ends, shape: pa.Schema) -> pa.Table:
    """Return one row a run and table, for runs of one case."""
    ready, runs = played[0].ready, [run for some in played for run in some.runs]
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
    """Return the signers, by run and table."""
    count = np.where(ends.deal < 0, 0, ends.signers).reshape(-1)
    hands: npt.NDArray[np.int64] = ends.hands.reshape(len(count), -1)
    there = np.arange(hands.shape[1]) < count[:, None]
    names = pa.DictionaryArray.from_arrays(hands[there], list(ready.case.roles)).cast(pa.string())
    return pa.ListArray.from_arrays(np.concatenate([[0], np.cumsum(count)]).astype(np.int32), names)


def _table(columns: Columns, shape: pa.Schema, many: int) -> pa.Table:
    """Return columns in the order of the result files; a missing one is empty, a single value holds in every row."""
    return pa.Table.from_arrays([_column(columns.get(f.name), f.type, many) for f in shape], schema=shape)


def _column(values: object, kind: pa.DataType, many: int) -> object:
    if isinstance(values, pa.Array):
        return values.cast(kind)
    if isinstance(values, list | np.ndarray):
        return pa.array(values, kind)
    return pa.repeat(pa.scalar(values, kind), many)
