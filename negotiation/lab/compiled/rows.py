"""What compiled runs came to, as the columns of the result files: the same rows as the plain engine's, made at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.analysis.frontier import distances
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.kernel import Ends
from negotiation.lab.compiled.setup import Ready
from negotiation.lab.measures import fair_points
from negotiation.lab.runs import Run

Columns: TypeAlias = dict[str, Any]

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


class Played(NamedTuple):
    """Runs of one cell with what they came to: see `Ready.play`."""

    runs: Sequence[Run]
    ready: Ready
    ends: Ends
    types: Whole


def joined(played: Sequence[Played]) -> Ends:
    """What the runs of several cells came to, one after the other."""
    return Ends._make(map(np.concatenate, zip(*(some.ends for some in played), strict=True)))


def run_rows(played: Sequence[Played], ends: Ends, shape: pa.Schema) -> pa.Table:
    """One row a run, of cells that differ in nothing but points; `ends` are theirs, `joined`."""
    ready, runs = played[0].ready, [run for some in played for run in some.runs]
    cell, game, parties = runs[0].cell, runs[0].game, list(ready.case.roles)
    types = np.concatenate([some.types for some in played])
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
        **{f"factor.{name}": [run.cell.settings[name] for run in runs] for name in cell.settings},
        "tables": ends.deal.shape[1],
        "signed": signed,
        "agreement": signed / ends.deal.shape[1],
        "rounds": ends.rounds,
        **_measured(ends, gains),
        **_compared(played, ends, gains),
    }
    for n, party in enumerate(parties):
        columns[f"strategy.{party}"] = game.seats[party]  # type: ignore[union-attr]  # what was made ready
        columns[f"type.{party}"] = pa.DictionaryArray.from_arrays(types[:, n], ready.types[n])
        columns[f"points.{party}"] = rounded(ends.points[:, n])
        columns[f"gain.{party}"] = rounded(gains[:, n])
        columns[f"lost.{party}"] = 0  # strategies of this house, and none of them fails
    return _table(columns, shape, len(runs))


def _measured(ends: Ends, gains: Real) -> Columns:
    """See `measures`: what every run has."""
    welfare = np.zeros(len(gains))
    for column in gains.T:
        welfare += column
    with np.errstate(invalid="ignore"):  # where it is not known what somebody could gain
        shares = np.divide(gains, ends.best, out=np.zeros_like(gains), where=~(ends.best <= 0))
        least, unequal = rounded(shares.min(axis=1)), _gini(np.maximum(shares, 0.0))
    return {"welfare": rounded(welfare), "min_share": _known(least), "gini": _known(unequal)}


def _compared(played: Sequence[Played], ends: Ends, gains: Real) -> Columns:
    """See `measures`: what runs have whose parties share the scores of a cell, by the types of the parties."""
    found: Columns = {name: np.full(len(gains), np.nan) for name in ("frontier_distance", "nash_share")}
    at = 0
    for _, ready, some, types in played:
        mine = slice(at, at + len(types))
        at += len(types)
        for kind in () if ready.noise else np.unique(types, axis=0):
            names = tuple(row[k] for row, k in zip(ready.types, kind, strict=True))
            front, nash = fair_points(ready.case, names)
            here = (types == kind).all(axis=1)
            if front is not None:
                outcomes, like = np.unique(some.points[here], axis=0, return_inverse=True)
                found["frontier_distance"][mine][here] = distances(front, outcomes)[like.reshape(-1)]
            if nash is not None:
                found["nash_share"][mine][here] = rounded(_product(gains[mine][here]) / nash)
    return {name: _known(values) for name, values in found.items()}


def _known(values: Real) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


def _product(gains: Real) -> Real:
    product = np.ones(len(gains))
    for column in gains.T:
        product *= np.maximum(column, 0.0)
    return product


def _gini(shares: Real) -> Real:
    """See `measures.gini`; nan where that is None."""
    total, apart = np.zeros(len(shares)), np.zeros(len(shares))
    for mine in shares.T:
        total += mine
        for theirs in shares.T:
            apart += np.abs(mine - theirs)
    return rounded(apart / np.where(total <= 0, np.nan, 2 * shares.shape[1] * total))


def table_rows(played: Sequence[Played], ends: Ends, shape: pa.Schema) -> pa.Table:
    """One row a run and table, of the same cells."""
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
