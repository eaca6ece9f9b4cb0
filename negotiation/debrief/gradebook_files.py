"""The gradebook as files: for Canvas and Moodle as they import it, as CSV, and as one Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from negotiation.classroom.courses.state import PARTS, Weights
from negotiation.classroom.rows import Table, neutral
from negotiation.debrief.export import workbook
from negotiation.debrief.gradebook import Gradebook, Line, Score, counts, overall, score

MOST_POINTS = 100


def titles(book: Gradebook) -> list[str]:
    """Return what the exercises are called, each differently."""
    found: list[str] = []
    for exercise in book.exercises:
        again = [name for name in found if name == exercise.title or name.startswith(f"{exercise.title} (")]
        found.append(f"{exercise.title} ({len(again) + 1})" if again else exercise.title)
    return found


def canvas(book: Gradebook, weights: Weights) -> bytes:
    """Return the gradebook as Canvas imports it: a column an exercise, the points possible in the second line.

    People are found by the school's ID (SIS User ID); Canvas's own ID and login are passed on where the roster has them.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *titles(book)]
    possible = ["    Points Possible", "", "", "", "", *[MOST_POINTS for _ in book.exercises]]
    rows = [
        [
            line.name,
            line.more.get("ID", ""),
            line.number,
            line.more.get("SIS Login ID", line.email),
            line.section,
            *(_points(score(mark, weights)) for mark in line.marks),
        ]
        for line in book.lines
    ]
    return _comma([head, possible, *rows])


def moodle(book: Gradebook, weights: Weights) -> bytes:
    """Return the gradebook as Moodle imports it: people by e-mail address or ID number, a column an exercise."""
    head = ["ID number", "Email address", "Full name", *titles(book), "Total"]
    rows = [
        [
            line.number,
            line.email,
            line.name,
            *(_points(score(mark, weights)) for mark in line.marks),
            _points(overall(book, line, weights)),
        ]
        for line in book.lines
    ]
    return _comma([head, *rows])


def plain(book: Gradebook, weights: Weights) -> bytes:
    """Return everything as CSV, for a spreadsheet: a row a person."""
    return _comma(_sheet(rows_of(book, weights)), mark=True)


def excel(book: Gradebook, weights: Weights) -> bytes:
    """Return everything as an Excel workbook: the gradebook, and on a second sheet what counted how much."""
    weighed: Table = [
        {"what": PARTS[name], "weight": weight} for name, weight in weights.parts.items() if name in PARTS
    ]
    weighed += [
        {"what": title, "weight": weights.exercises.get(exercise.id, 1.0)}
        for exercise, title in zip(book.exercises, titles(book), strict=True)
    ]
    every = {"gradebook": rows_of(book, weights), "weights": weighed}
    return workbook({name: [_guarded(row) for row in rows] for name, rows in every.items()})


FILES: Mapping[str, Callable[[Gradebook, Weights], bytes]] = {
    "canvas": canvas,
    "moodle": moodle,
    "csv": plain,
    "xlsx": excel,
}


def rows_of(book: Gradebook, weights: Weights) -> Table:
    """Return a row a person: what is known of them, and of every exercise the score, its parts, and how sure it is."""
    return [_row(book, line, weights) for line in book.lines]


def _row(book: Gradebook, line: Line, weights: Weights) -> dict[str, object]:
    total = overall(book, line, weights)
    row: dict[str, object] = {
        "name": line.name,
        "id": line.number,
        "email": line.email,
        "section": line.section,
        "total": _points(total),
        "total ±": _off(total),
    }
    for title, mark in zip(titles(book), line.marks, strict=True):
        found = score(mark, weights)
        row |= {title: _points(found), f"{title} ±": _off(found)}
        row[f"{title}: outcome within role"] = mark.outcome if mark else None
        row[f"{title}: n in role"] = mark.n if mark else None
        row[f"{title}: outcome counts"] = counts(mark, weights) if mark else None
        row |= {f"{title}: {name}": share for name, share in (mark.parts if mark else {}).items()}
    return row


def _points(found: Score | None) -> float | None:
    return None if found is None else round(found.points, 1)


def _off(found: Score | None) -> float | None:
    return None if found is None else round(found.off, 1)


def _guarded(row: Mapping[str, object]) -> dict[str, object]:
    return {str(neutral(key)): neutral(value) for key, value in row.items()}


def _sheet(rows: Table) -> list[list[object]]:
    head = list(dict.fromkeys(key for row in rows for key in row))
    return [[*head], *([row.get(key) for key in head] for row in rows)]


def _comma(lines: Iterable[Sequence[object]], *, mark: bool = False) -> bytes:
    """Return lines as CSV, no text in them a formula; with a `mark` of UTF-8 at the beginning, which Excel needs."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for line in lines:
        writer.writerow([neutral(value) for value in line])
    return file.getvalue().encode("utf-8-sig" if mark else "utf-8")
