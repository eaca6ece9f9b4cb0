"""A document as HTML: its blocks for a page of the browser, the whole as one file that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, assert_never

from negotiation.language import language, tr
from negotiation.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Figure,
    Fold,
    Grid,
    Lines,
    Parties,
    Section,
    Text,
)
from negotiation.reports.figure_files import LOOK, in_language, svg
from negotiation.reports.palette import PAINT, party_colour, variables
from negotiation.reports.wrapping import WIDE as WIDE_LETTERS
from negotiation.reports.wrapping import columns

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")

WIDTH = 672
"""Pixels of a picture's frame, before the page scales it."""

KEPT = 16
"""Columns of a text without spaces up to which it stays on one line in a table, however narrow that is."""

ROOM = {"left": 26, "right": 10, "top": 5, "bottom": 5}
"""Pixels around a picture: a reader's font may be wider than the one it was laid out with."""


class Wide:
    """What a table lies in that may be wider than the screen, told when it is drawn: it is moved with the arrow keys too."""

    def __str__(self) -> str:
        """Return it as HTML."""
        told = escape(tr("Table that scrolls sideways"))
        return f"<div class='wide' tabindex='0' role='group' aria-label='{told}'>"


WIDE = Wide()


def strong(text: str) -> str:
    """Return a text as HTML, `**so**` strong and everything else as it is."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def fragment(block: Block) -> str:
    """Return one block as HTML."""
    match block:
        case Text(text, "code"):
            return f"<pre>{escape(text)}</pre>"
        case Text(text, kind):
            return f"<p>{strong(text)}</p>" if kind == "plain" else f"<p class='{kind}'>{strong(text)}</p>"
        case Bullets(items, in_language):
            tag = "ol" if in_language else "ul"
            return f"<{tag}>{''.join(f'<li>{strong(item)}</li>' for item in items)}</{tag}>"
        case Grid():
            return _table(block)
        case Lines(label, count):
            return f"<div class='lines'><b>{strong(label)}</b>{'<i></i>' * count}</div>"
        case Fold(title, blocks, opened):
            inside = "".join(map(fragment, blocks))
            return f"<details{' open' if opened else ''}><summary>{strong(title)}</summary>{inside}</details>"
        case Figure():
            return f"<figure>{_drawn(block)}<figcaption>{escape(block.title)}</figcaption></figure>"
        case _:
            assert_never(block)


def _table(grid: Grid) -> str:
    right = ["n" if grid.numeric(k) else "" for k in range(len(grid.head))]
    head = "".join(_head(title, right[k]) for k, title in enumerate(grid.head))
    rows = "".join(
        f"<tr{' class=strong' if n in grid.strong else ''}>"
        + "".join(_cell(grid, n, k, right[k]) for k in range(len(grid.head)))
        + "</tr>"
        for n in range(len(grid.rows))
    )
    return f"{WIDE}<table class='terms'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _head(title: Cell, right: str) -> str:
    """Return the head of a column as HTML; one without a name heads nothing."""
    tag = "th" if title not in ("", None) else "td"
    return f"<{tag}{_class(right)}>{_said(title, '')}</{tag}>"


def _cell(grid: Grid, row: int, column: int, right: str) -> str:
    shade = (grid.shades or {}).get((row, column))
    paint = "" if shade is None else f" style='--s:{abs(shade):.2f}'"
    hue = "" if shade is None else "shade" if shade >= 0 else "bad"
    return f"<td{_class(right, hue)}{paint}>{_said(grid.rows[row][column], grid.said(row, column))}</td>"


def _class(*names: str) -> str:
    named = " ".join(name for name in names if name)
    return f" class='{named}'" if named else ""


def _said(cell: Cell, text: str) -> str:
    """Return a cell as HTML: parties in their colours, everything else as its text."""
    if isinstance(cell, Parties):
        return " ".join(
            f"<span class='who' style='--c:var(--{party_colour(n)})'>{escape(name)}</span>"
            for name, n in zip(cell.names, cell.numbers, strict=True)
        )
    told = text or str(cell)
    short = WIDE_LETTERS.search(told) and columns(told) <= KEPT
    return f"<span style='word-break:keep-all'>{strong(told)}</span>" if short else strong(told)


def _drawn(figure: Figure) -> str:
    spec = figure.spec(PAINT)
    several = {"hconcat", "vconcat", "concat", "facet"} & spec.keys()
    frame: dict[str, Any] = {"padding": ROOM, "config": LOOK, **({} if several else {"width": WIDTH})}
    return svg(in_language({**frame, **spec}), figure.name)


def picture(figure: Figure) -> str:
    """Return a figure as an SVG file of its own, light or dark as the reader's screen is."""
    head, start, rest = _drawn(figure).partition(">")
    style = f"<style>{variables()}svg{{background:var(--card)}}</style>"
    return f"{head}{start}{style}{rest}"


def page(document: Document) -> str:
    """Return the whole document as one HTML file: light and dark, no script, nothing from elsewhere."""
    notes = "".join(f"<p class='fiction'>{strong(note)}</p>" for note in document.notes)
    sections = "\n".join(_section(section) for section in document.sections)
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(document.title)}</title><style>{variables()}{STYLE}</style></head>\n<body><main>\n"
        f"<header><h1>{escape(document.title)}</h1><p class='sub'>{escape(document.subtitle)}</p>{notes}</header>\n"
        f"{sections}\n</main></body></html>\n"
    )


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield blocks as HTML, figures in a row together."""
    for _, run in groupby(enumerate(blocks), lambda at: -1 if isinstance(at[1], Figure) else at[0]):
        here = [block for _, block in run]
        yield here[0], "".join(map(fragment, here))


def _section(section: Section) -> str:
    about = f"<p class='note'>{strong(section.about)}</p>" if section.about else ""
    inside = "".join(
        f"<div class='pictures'>{drawn}</div>" if isinstance(first, Figure) else drawn
        for first, drawn in _runs(section.blocks)
    )
    return f"<section class='figures'><h2>{escape(section.title)}</h2>{about}{inside}</section>"
