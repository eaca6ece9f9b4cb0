"""The grids of the editor as rows of plain values, and what a changed cell does to the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from negotiation.authoring import edits
from negotiation.authoring.document import Document, at, mapping, put, words

MOST_SHOWN = 12
"""Options that a grid of a table's issues shows; an issue with more is edited in the YAML."""

SPARE = 2
"""Empty cells after the last option of the longest issue."""


@dataclass(frozen=True)
class Cell:
    """A cell that was changed: its row, its column, and what it holds now; None where it was emptied."""

    row: int
    column: str
    value: Any


def changed(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Cell]:
    """Return the cells in which two states of a grid differ; empty texts and no value are the same."""
    return [
        Cell(n, column, None if value == "" else value)
        for n, (old, new) in enumerate(zip(before, after, strict=True))
        for column, value in new.items()
        if (value if value != "" else None) != (old.get(column) if old.get(column) != "" else None)
    ]


def option_column(number: int) -> str:
    """Return the column of the option with a number."""
    return f"option {number + 1}"


def agenda(document: Document, table: str) -> list[dict[str, Any]]:
    """Return the issues of a table: title and options, a column each; of an issue with too many, none."""
    issues = mapping(document, "tables", table, "issues")
    texts = {name: list(mapping(model, "options").values()) for name, model in issues.items()}
    most = max((len(one) for one in texts.values() if len(one) <= MOST_SHOWN), default=0)
    columns = min(most + SPARE, MOST_SHOWN)
    return [
        {"title": words(issues[name], "title")}
        | {option_column(n): str(told[n]) if len(told) <= MOST_SHOWN and n < len(told) else "" for n in range(columns)}
        for name, told in texts.items()
    ]


def with_agenda(document: Document, table: str, cells: Sequence[Cell]) -> Document:
    """Return the case with changed cells of `agenda`; of several options emptied at once the last goes first."""
    names = list(mapping(document, "tables", table, "issues"))
    for cell in sorted(
        cells, key=lambda cell: (cell.value is None, -_number(cell.column) if cell.value is None else 0)
    ):
        path = ["tables", table, "issues", names[cell.row]]
        if cell.column == "title":
            document = put(document, [*path, "title"], cell.value or "")
        elif len(mapping(document, *path, "options")) <= MOST_SHOWN:
            number = _number(cell.column)
            document = edits.change_option(document, table, names[cell.row], number, cell.value or "")
    return document


def _number(column: str) -> int:
    return int(column.removeprefix("option ")) - 1 if column != "title" else -1


def keys(document: Document) -> list[str]:
    """Return every issue of the case as `table.issue`."""
    return [
        f"{table}.{issue}" for table, model in mapping(document, "tables").items() for issue in mapping(model, "issues")
    ]


def weight_rows(document: Document) -> list[dict[str, Any]]:
    """Return the weight of every issue for every party, a column each; None where it is worth nothing to a party."""
    return [
        {"issue": label(document, key)}
        | {
            party: _figure(at(document, ["preferences", party, key, "weight"]))
            for party in mapping(document, "parties")
        }
        for key in keys(document)
    ]


def with_weights(document: Document, cells: Sequence[Cell]) -> Document:
    """Return the case with changed cells of `weight_rows`."""
    rows = keys(document)
    for cell in cells:
        if cell.column != "issue" and plain(document, cell.column, rows[cell.row]):
            document = edits.set_weight(document, cell.column, rows[cell.row], cell.value)
    return document


def score_keys(document: Document, table: str) -> list[tuple[str, str]]:
    """Return every option of a table: `table.issue`, and the option; of issues with too many, none."""
    return [
        (f"{table}.{issue}", option)
        for issue, model in mapping(document, "tables", table, "issues").items()
        for option in mapping(model, "options")
        if len(mapping(model, "options")) <= MOST_SHOWN
    ]


def score_rows(document: Document, table: str) -> list[dict[str, Any]]:
    """Return the score of every option of a table for every party, a column each; None where a party has no sheet."""
    found = []
    for key, option in score_keys(document, table):
        issue = ["tables", table, "issues", key.partition(".")[2]]
        row: dict[str, Any] = {
            "issue": words(document, *issue, "title"),
            "option": words(document, *issue, "options", option),
        }
        for party in mapping(document, "parties"):
            row[party] = _figure(at(document, ["preferences", party, key, "scores", option]))
        found.append(row)
    return found


def with_scores(document: Document, table: str, cells: Sequence[Cell]) -> Document:
    """Return the case with changed cells of `score_rows`; an emptied one scores nothing."""
    rows = score_keys(document, table)
    for cell in cells:
        key, option = rows[cell.row]
        if cell.column not in ("issue", "option") and plain(document, cell.column, key):
            document = edits.set_score(document, cell.column, key, option, cell.value or 0)
    return document


def by_party(document: Document, path: Sequence[str | int]) -> list[dict[str, Any]]:
    """Return a number of every party that stands at a path, such as the cost of each round; None where it has none."""
    return [
        {"party": words(document, "parties", party, "name") or party, "points": _figure(at(document, [*path, party]))}
        for party in mapping(document, "parties")
    ]


def with_by_party(document: Document, path: Sequence[str | int], cells: Sequence[Cell]) -> Document:
    """Return the case with changed cells of `by_party`."""
    names = list(mapping(document, "parties"))
    for cell in cells:
        document = edits.set_by_party(document, path, names[cell.row], cell.value)
    return document


def plain(document: Document, party: str, key: str) -> bool:
    """Return whether a party's sheet for an issue is one that grids show: weight and scores, or none yet."""
    sheet = at(document, ["preferences", party, key])
    return sheet is None or {"weight", "scores"} <= mapping(sheet).keys()


def label(document: Document, key: str) -> str:
    """Return an issue in words: `Contract · Price`, without the table where there is only one."""
    table, _, issue = key.partition(".")
    title = words(document, "tables", table, "issues", issue, "title") or issue
    return title if len(mapping(document, "tables")) < 2 else f"{words(document, 'tables', table, 'title')} · {title}"


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
