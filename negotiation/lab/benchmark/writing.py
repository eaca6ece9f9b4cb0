"""The results of a benchmark as files beside its games: JSON and Parquet for programs, Markdown and a page for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from negotiation.lab.benchmark.page import page
from negotiation.lab.benchmark.suites import case_of
from negotiation.lab.benchmark.text import benchmark_text
from negotiation.lab.checksum_lines import Row
from negotiation.lab.results_folder import whole_file, whole_text

RESULTS, TEXT, PAGE = "results.json", "report.md", "report.html"
SEATS, FIGURES = "seats.parquet", "figures.parquet"

COLUMNS = ("gains", "possible", "ideal", "below", "lost", "why", "unsaid")
"""What a row says by seat, and the columns that hold it."""


def write(out: Path, found: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """Write all files of results into a folder, and return the text for a terminal.

    Raises
    ------
    LogError
        When one cannot be written.
    """
    text = benchmark_text(found)
    whole_text(out / RESULTS, json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    whole_text(out / TEXT, text)
    whole_text(out / PAGE, page(found))
    for name, lines in ((SEATS, seats(rows)), (FIGURES, figures(found))):
        whole_file(out / name, partial(pq.write_table, pa.Table.from_pylist(list(lines))))
    return text


def seats(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield a line for every seat of every game that was played."""
    for row in rows:
        if "error" in row:
            continue
        whole = {
            name: row[name]
            for name in ("suite", "domain", "block", "talk", "zone", "joint", "signed", "tables", "rounds")
        }
        for number, party in enumerate(case_of(row["domain"]).roles):
            honesty = {
                name: row["honesty"][name][number] if row["talk"] else None
                for name in ("true", "false", "kept", "broken")
            }
            yield {
                **whole,
                "party": party,
                "seat": number,
                "agent": row["pair"][number % 2],
                "other": row["pair"][1 - number % 2],
                **{name: row[name][number] for name in COLUMNS},
                **honesty,
            }


def figures(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a line for every figure of every agent: scope, agent, figure, round (0: over all), value, interval."""
    for scope, here in found["scopes"].items():
        for agent, one in here["agents"].items():
            values = [("rating", 0, one["rating"])]
            values += [(name, 0, value) for name, value in one["figures"].items()]
            values += [(name, int(at), value) for name, some in one["rounds"].items() for at, value in some.items()]
            for name, at, value in values:
                yield {"scope": scope, "agent": agent, "figure": name, "round": at, "n": None, **value}
