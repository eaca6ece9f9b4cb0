"""A document as HTML: its blocks for a page of the browser, the whole as one file that needs nothing else."""

from __future__ import annotations

import re
from html import escape
from typing import Any, assert_never

from negotiation.analysis.figures import svg
from negotiation.analysis.page import LOOK, WIDTH
from negotiation.analysis.page_style import STYLE
from negotiation.documents.blocks import Block, Bullets, Document, Figure, Grid, Lines, Section, Text
from negotiation.documents.palette import PAINT, variables

MORE = """
.lead{font-size:1.2rem;max-width:75ch}.wide{overflow-x:auto;margin:.8rem 0}.strong td{font-weight:700}
td.shade{background:color-mix(in srgb,var(--accent) calc(var(--s)*70%),transparent)}
ol,ul{padding-left:1.4rem;max-width:85ch}li{margin:.25rem 0}
.lines{margin:1rem 0}.lines i{display:block;height:1.9rem;border-bottom:1px solid var(--line)}
.figures figure{max-width:56rem}
@media (max-width:40rem){.figures figure{overflow-x:auto}.figures svg{min-width:34rem}}
@media print{section{break-inside:avoid;border:0;padding:.4rem 0}body{font-size:11pt}}
"""


ROOM = {"left": 26, "right": 10, "top": 5, "bottom": 5}
"""Pixels around a picture: a reader's font may be wider than the one it was laid out with."""


def strong(text: str) -> str:
    """A text as HTML, `**so**` strong and everything else as it is."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def fragment(block: Block) -> str:
    """One block as HTML."""
    match block:
        case Text(text, kind):
            return f"<p>{strong(text)}</p>" if kind == "plain" else f"<p class='{kind}'>{strong(text)}</p>"
        case Bullets(items, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{strong(item)}</li>' for item in items)}</{tag}>"
        case Grid():
            return _table(block)
        case Lines(label, count):
            return f"<div class='lines'><b>{strong(label)}</b>{'<i></i>' * count}</div>"
        case Figure():
            return f"<figure>{_drawn(block)}<figcaption>{escape(block.title)}</figcaption></figure>"
        case _:
            assert_never(block)


def _table(grid: Grid) -> str:
    right = [" class='n'" if grid.numeric(k) else "" for k in range(len(grid.head))]
    head = "".join(f"<th{right[k]}>{escape(title)}</th>" for k, title in enumerate(grid.head))
    rows = "".join(
        f"<tr{' class=strong' if n in grid.strong else ''}>"
        + "".join(_cell(grid, n, k, right[k]) for k in range(len(grid.head)))
        + "</tr>"
        for n in range(len(grid.rows))
    )
    return f"<div class='wide'><table class='terms'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"


def _cell(grid: Grid, row: int, column: int, right: str) -> str:
    shade = (grid.shades or {}).get((row, column))
    paint = "" if shade is None else f" style='--s:{shade:.2f}'"
    kind = right if shade is None else right.replace("'n'", "'n shade'") or " class='shade'"
    return f"<td{kind}{paint}>{strong(grid.said(row, column))}</td>"


def _drawn(figure: Figure) -> str:
    spec: dict[str, Any] = {"width": WIDTH * 1.6, "padding": ROOM, **figure.spec(PAINT), "config": LOOK}
    return svg(spec, figure.name)


def page(document: Document) -> str:
    """The whole document as one HTML file: light and dark, no script, nothing from elsewhere."""
    notes = "".join(f"<p class='fiction'>{strong(note)}</p>" for note in document.notes)
    sections = "\n".join(_section(section) for section in document.sections)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(document.title)}</title><style>{STYLE}{variables()}{MORE}</style></head>\n<body><main>\n"
        f"<header><h1>{escape(document.title)}</h1><p class='sub'>{escape(document.subtitle)}</p>{notes}</header>\n"
        f"{sections}\n</main></body></html>\n"
    )


def _section(section: Section) -> str:
    about = f"<p class='note'>{strong(section.about)}</p>" if section.about else ""
    inside = "".join(fragment(block) for block in section.blocks)
    return f"<section class='figures'><h2>{escape(section.title)}</h2>{about}{inside}</section>"
