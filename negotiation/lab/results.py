"""The results of a batch: Parquet part files, written one chunk at a time and opened as one data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.errors import LogError
from negotiation.lab import model_costs
from negotiation.lab.design import ends
from negotiation.lab.kept_cases import kept
from negotiation.lab.measures import MEASURES
from negotiation.lab.part_files import KINDS, Checked, checked, damage_text, part, written
from negotiation.lab.part_files import Part as Part
from negotiation.lab.plain_engine import Played
from negotiation.lab.plan import Levels, Plan, load_plan
from negotiation.lab.provenance import made, read, stamp
from negotiation.lab.runs import Row, Runs

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.dataset as ds

PLAN = "plan.yaml"

AT_ONCE = 20_000
"""About how many runs are looked at together."""

_TEXT, _NUMBER, _COUNT = pa.string(), pa.float64(), pa.int64()


def schemas(runs: Runs) -> dict[str, pa.Schema]:
    """Return the columns of each kind of row, common to all parts of a plan."""
    parties = list(dict.fromkeys(party for case in runs.cases.values() for party in case.roles))
    keys = dict.fromkeys(
        f"{name}.{issue.name}"
        for case in runs.cases.values()
        for name, table in case.scenario.tables.items()
        for issue in table.issues
    )
    run = {
        **dict.fromkeys(("key", "case", "variant", "protocol", "lineup"), _TEXT),
        "seed": _COUNT,
        "engine": _TEXT,
        **{f"factor.{name}": _kind(levels) for name, levels in runs.plan.factors.items()},
        **{name: _COUNT if measure.whole else _NUMBER for name, measure in MEASURES.items()},
        **{f"{what}.{party}": _TEXT for what in ("strategy", "type") for party in parties},
        **{f"{what}.{party}": _NUMBER for what in ("points", "gain") for party in parties},
        **{f"lost.{party}": _COUNT for party in parties},
        **{f"why.{party}": _TEXT for party in parties},
        **dict.fromkeys(model_costs.columns(runs.texts, parties), _COUNT),
        **dict.fromkeys(runs.plan.measures, _NUMBER),
        "error": _TEXT,
    }
    table = {
        **dict.fromkeys(("key", "case", "table"), _TEXT),
        **dict.fromkeys(("deal", "round"), _COUNT),
        "signed": pa.list_(_TEXT),
        **dict.fromkeys(keys, _TEXT),
    }
    event = {"key": _TEXT, "seq": _COUNT, "party": _TEXT, "event": _TEXT}
    made = {name: pa.schema(list(columns.items())) for name, columns in zip(KINDS, (run, table, event), strict=True)}
    return made if runs.plan.events else {name: made[name] for name in KINDS[:2]}


def _kind(levels: Levels) -> pa.DataType:
    values = ends(levels)
    if isinstance(values[0], bool):
        return pa.bool_()
    if isinstance(values[0], str):
        return _TEXT
    whole = all(isinstance(value, int) for value in values) and (isinstance(levels, tuple) or levels.whole)
    return _COUNT if whole else _NUMBER


def of_rows(found: Sequence[Played], shapes: Mapping[str, pa.Schema]) -> Part:
    """Return rows as tables, by kind."""
    return {
        kind: pa.Table.from_pylist([row for one in found for row in _rows(one, kind)], schema=shape)
        for kind, shape in shapes.items()
    }


def _rows(one: Played, kind: str) -> list[Row]:
    return [one.run] if kind == "runs" else one.tables if kind == "tables" else one.events


@dataclass(frozen=True)
class Results:
    """A folder of results, finished or still growing; nothing is read before it is asked for.

    Which parts are whole is checked once: for what is written afterwards, open the folder again.
    """

    out: Path

    @property
    def plan(self) -> Plan:
        """Return the plan that was to be played."""
        return load_plan(self.out / PLAN)

    @cached_property
    def versions(self) -> dict[str, Any]:
        """Return the versions that made the results."""
        return read(self.out)

    @cached_property
    def runs(self) -> Runs:
        """All runs of the plan, on the cases as they were when they were played."""
        plan = self.plan
        return Runs(plan, kept(self.out, plan.cases, plan.variant, self.versions.get("cases", {})))

    @cached_property
    def checked(self) -> Checked:
        """Return which parts are as they were written, and the faults of the others."""
        return checked(self.out)

    def dataset(self, kind: str = "runs") -> ds.Dataset:
        """Return all rows of a kind as an Arrow data set: filters and columns are pushed down to the files.

        Raises
        ------
        LogError
            When there are none (yet).
        """
        import pyarrow.dataset as ds  # brings pandas along, which workers do without

        files = [str(self.out / part(kind, n)) for n in self.checked.chunks]
        if not files or not Path(files[0]).exists():
            but = f": {wrong}" if (wrong := damage_text(self.checked.broken)) else ""
            raise LogError(f"{self.out}: holds no {kind} of a batch (yet){but}")
        return ds.dataset(files, format="parquet")

    def parts(self, columns: Sequence[str], table_columns: Sequence[str]) -> Iterator[tuple[pa.Table, pa.Table]]:
        """Yield the runs and the tables of some chunks after the other, in order, so that memory stays flat.

        Text comes as dictionaries, keys apart.
        """
        numbers = self.checked.chunks
        rows = max(pq.ParquetFile(self.out / part("runs", numbers[0])).metadata.num_rows, 1)
        step = max(1, AT_ONCE // rows)
        for first in range(0, len(numbers), step):
            some = numbers[first : first + step]
            yield self._read("runs", some, columns), self._read("tables", some, table_columns)

    def _read(self, kind: str, chunks: Sequence[int], columns: Sequence[str]) -> pa.Table:
        files = (pq.ParquetFile(self.out / part(kind, n), read_dictionary=_texts(columns)) for n in chunks)
        return pa.concat_tables([file.read(columns=list(columns), use_threads=False) for file in files])

    def frame(self, kind: str = "runs", columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return all rows of a kind as a pandas data frame, or some of the columns."""
        frame: pd.DataFrame = self.dataset(kind).to_table(columns=columns and list(columns)).to_pandas()
        return frame


def _texts(columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name != "key"]


def open_results(out: Path | str) -> Results:
    """Return the results in a folder.

    Raises
    ------
    LogError
        When no batch has been there.
    """
    found = Results(Path(out))
    if not (found.out / PLAN).exists():
        raise LogError(f"{out}: holds no batch ({PLAN} is missing)")
    return found


def size_of(found: Sequence[Part], runs: Runs) -> int:
    """Return about how many bytes the results of all runs take, judged by those of a few."""
    total, some = 0.0, sum(one["runs"].num_rows for one in found)
    mark = stamp(made(runs.cases, runs.files))
    for kind, schema in schemas(runs).items():
        empty = len(written(schema.empty_table(), mark))
        full = len(written(pa.concat_tables([one[kind] for one in found]), mark))
        total += runs.chunks * empty + (full - empty) * len(runs) / some
    return int(total)
