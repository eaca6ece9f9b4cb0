"""The blocks of a document; its author need not know whether it becomes a page, a file or paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from negotiation.language import decimal
from negotiation.reports.words import all_of
from negotiation.rounding import rounded

Ink: TypeAlias = Mapping[str, str]
"""Colours by name, see `palette.ink`."""


@dataclass(frozen=True)
class Parties:
    """Parties in a table: their names, and by name the number of each one's colour."""

    names: tuple[str, ...]
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        """Return the names in words."""
        return all_of(self.names)


Cell: TypeAlias = str | float | Parties | None
"""A number is said with as many decimals as its table says; None is a dash."""


@dataclass(frozen=True)
class Text:
    """A paragraph (`**so**` is strong); `kind` is "plain", "lead" (large), "note" (small) or "code" (lines kept)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: columns of numbers are set to the right.

    Attributes
    ----------
    signed
        Columns whose numbers are said with their sign.
    shades
        Cells behind which colour lies, by (row, column): from -1 to 1, of the largest share; below 0 is bad.
    strong
        Rows that stand out.
    right
        Whether all columns but the first are set to the right, numbers or not.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    decimals: int = 1
    signed: tuple[int, ...] = ()
    shades: Mapping[tuple[int, int], float] | None = None
    strong: tuple[int, ...] = ()
    right: bool = False

    def said(self, row: int, column: int) -> str:
        """Return a cell as people read it."""
        return said(self.rows[row][column], self.decimals, signed=column in self.signed)

    def numeric(self, column: int) -> bool:
        """Return whether a column is set to the right: it holds numbers, shares and dashes only, or is said to be."""
        if self.right:
            return column > 0
        cells = [row[column] for row in self.rows if row[column] is not None]
        return bool(cells) and all(_number(cell) for cell in cells)


@dataclass(frozen=True)
class Figure:
    """A picture: a Vega-Lite dictionary, made for given colours; and the numbers in it, as rows of text.

    `name` is short and of letters, digits and dashes: what a file of it is called.
    """

    title: str
    name: str
    spec: Callable[[Ink], dict[str, Any]]
    rows: str


@dataclass(frozen=True)
class Lines:
    """Room to write on, by hand: a label and so many lines."""

    label: str
    count: int = 2


@dataclass(frozen=True)
class Fold:
    """Something that a reader may open; on paper and in a terminal all of it stands there."""

    title: str
    blocks: tuple[Block, ...]
    open: bool = False


Block: TypeAlias = "Text | Bullets | Grid | Figure | Lines | Fold"


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `about` says what the reader is looking at."""

    title: str
    blocks: tuple[Block, ...]
    about: str = ""


@dataclass(frozen=True)
class Document:
    """A title and sections."""

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()


def _number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.endswith("%"))


def said(cell: Cell, decimals: int, *, signed: bool = False) -> str:
    """Return a cell as people read it.

    Examples
    --------
    >>> said(-2.04, 1, signed=True), said(None, 1), said(-0.001, 1), said("a", 1), said(3, 2)
    ('−2.0', '–', '0.0', 'a', '3')
    """
    if cell is None:
        return "–"
    if isinstance(cell, str | Parties):
        return str(cell)
    if isinstance(cell, int):
        return decimal(f"{cell:+,}" if signed else f"{cell:,}")
    number = rounded(cell, decimals)
    told = f"{number:+,.{decimals}f}" if signed and number else f"{number:,.{decimals}f}"
    return decimal(told.replace("-", "−"))


def rows_of(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return rows as comma-separated values."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()
