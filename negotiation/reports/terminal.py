"""A document as text for a terminal: no colour, columns aligned, pictures left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import assert_never

from negotiation.reports.blocks import Block, Bullets, Document, Figure, Fold, Grid, Lines, Text

WIDTH = 110
"""Letters of a line."""

NARROW = 30
"""Letters of a table's last column at least, however wide the others are."""


def text(document: Document) -> str:
    """Return the whole document."""
    lines = [document.title, *([document.subtitle] if document.subtitle else []), *_wrapped(document.notes)]
    for section in document.sections:
        lines += ["", section.title.upper(), *_wrapped([section.about] if section.about else [])]
        for block in section.blocks:
            lines += _told(block)
    return "\n".join(line.rstrip() for line in lines)


def _wrapped(texts: tuple[str, ...] | list[str]) -> Iterator[str]:
    for one in texts:
        yield from textwrap.wrap(one.replace("**", ""), WIDTH) or [""]


def _told(block: Block) -> Iterator[str]:
    match block:
        case Text(told, "code"):
            yield from told.splitlines()
        case Text(told, _):
            yield from _wrapped([told])
        case Bullets(items, numbered):
            for n, item in enumerate(items, start=1):
                mark = f"{n}. " if numbered else "- "
                yield from textwrap.wrap(
                    item.replace("**", ""), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark)
                )
        case Grid():
            yield from _columns(block)
        case Fold(title, blocks):
            yield ""
            yield title.replace("**", "")
            for one in blocks:
                yield from (f"  {line}" for line in _told(one))
        case Lines(label, count):
            yield from (f"{label.replace('**', '')}: ", *["_" * 60] * count)
        case Figure():
            return
        case _:
            assert_never(block)


def _columns(grid: Grid) -> Iterator[str]:
    columns = range(len(grid.head))
    rows = [[str(title) for title in grid.head], *([grid.said(n, k) for k in columns] for n in range(len(grid.rows)))]
    rows = [[cell.replace("**", "") for cell in row] for row in rows]
    wide = [max(len(row[k]) for row in rows) for k in columns]
    last = sum(wide[:-1]) + 2 * len(wide)
    room = max(WIDTH - last, NARROW)
    for row in rows:
        first, *more = [row[-1]] if grid.numeric(len(wide) - 1) else textwrap.wrap(row[-1], room) or [""]
        cells = zip([*row[:-1], first], wide, strict=True)
        yield "  " + "  ".join(c.rjust(w) if grid.numeric(k) else c.ljust(w) for k, (c, w) in enumerate(cells))
        yield from (" " * last + line for line in more)
