"""A document as PDF, laid out so that no heading stands without what it heads, and no line on a page of its own."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, assert_never

from fpdf import FontFace

from negotiation.reports.blocks import Block, Bullets, Document, Figure, Fold, Grid, Lines, Section, Text
from negotiation.reports.figure_files import in_language, png
from negotiation.reports.font_coverage import readable
from negotiation.reports.palette import INK, ink
from negotiation.reports.pdf_page import SIZES, PdfPage, printed
from negotiation.reports.wrapping import BREAK, breakable, columns

WIDEST = 1000
"""Pixels of a figure before it is scaled to the paper."""

TIGHTER = (1.0, 0.97, 0.94, 0.91)
"""How much smaller all is set, one after the other, while a few lines would be alone on the last page."""

FROM_AFAR = 1.9
"""How much larger slides are set, to be read from the last row."""

SMALL = 0.4
"""The share of a page up to which a table or a section stays on one."""

FEW = 32.0
"""Millimetres: less than that on a last page is a few lines."""

WORD = re.compile(f"[\\s{BREAK}]+")
"""What parts words."""

Pictures: TypeAlias = dict[int, tuple[io.BytesIO, float]]
"""The figures of a document that are drawn, with their height to one of width."""


def pdf(document: Document, *, landscape: bool = False) -> bytes:
    """Return the whole document as a PDF file; equal documents give equal files.

    Where a few lines would be alone on the last page, all is set a little smaller, if that takes them in.
    """
    pictures: Pictures = {}
    first = _set(document, pictures, landscape=landscape)
    for scale in TIGHTER[1:]:
        if first.page == 1 or first.get_y() > first.t_margin + FEW:
            break
        tighter = _set(document, pictures, landscape=landscape, scale=scale)
        if tighter.page < first.page:
            first, tighter = tighter, first
        tighter.drop()
    return bytes(first.output())


def slides(document: Document) -> bytes:
    """Return a document as a PDF file for a screen at the front: large, and every section begins a page of its own."""
    return bytes(_set(document, {}, landscape=True, scale=FROM_AFAR, apart=True).output())


def _set(
    document: Document, pictures: Pictures, *, landscape: bool, scale: float = 1.0, apart: bool = False
) -> PdfPage:
    paper = PdfPage(document, landscape=landscape, scale=scale)
    paper.heading(document.title, 19)
    if document.subtitle:
        paper.heading(document.subtitle, 12, "accent", "")
    paper.ln(2)
    for note in document.notes:
        paper.paragraph(note, SIZES["note"], "soft")
    for section in document.sections:
        if apart:
            paper.add_page()
        _section(paper, section, pictures)
    return paper


def _section(paper: PdfPage, section: Section, pictures: Pictures) -> None:
    above = 11 + (paper.tall(section.about, SIZES["note"]) if section.about else 0.0)
    told = sum(_high(paper, block, pictures, 0.0) for block in section.blocks[:1] if isinstance(block, Text))
    over = above + told  # a figure leaves room on its page for what stands above it
    whole = above + sum(_high(paper, block, pictures, over) for block in section.blocks)
    small = whole < paper.eph * SMALL
    paper.room(whole if small else above + _start(paper, section.blocks, pictures, over))
    paper.ln(3)
    paper.heading(section.title, 14)
    paper.ln(1)
    if section.about:
        paper.paragraph(section.about, SIZES["note"], "soft")
    for n, block in enumerate(section.blocks):
        if isinstance(block, Text):
            paper.room(_start(paper, section.blocks[n:], pictures, over))
        _block(paper, block, pictures, over)


def _start(paper: PdfPage, blocks: Sequence[Block], pictures: Pictures, above: float) -> float:
    """Return the height of the first of some blocks, or of its part not to be alone, and what a text leads to."""
    match blocks[0]:
        case Text(text, kind):
            leads = len(blocks) > 1 and not isinstance(blocks[1], Text)
            return paper.tall(text, SIZES[kind]) + (_start(paper, blocks[1:], pictures, above) if leads else 0.0)
        case Bullets(items):
            return sum(paper.tall(item, indent=4) for item in items[:1])
        case Grid():
            return _together(paper, blocks[0])
        case Lines(_, count):
            return 8.0 + 9 * count
        case Fold(title, inside):
            return paper.tall(title) + _start(paper, inside, pictures, above)
        case Figure():
            return _scaled(paper, blocks[0], pictures, above)[1] + paper.tall(blocks[0].title, SIZES["note"])
        case _:
            assert_never(blocks[0])


def _high(paper: PdfPage, block: Block, pictures: Pictures, above: float) -> float:
    """Return how high a block is, near enough."""
    match block:
        case Text(text, kind):
            return paper.tall(text, SIZES[kind], whole=True)
        case Bullets(items):
            return sum(paper.tall(item, indent=4, whole=True) for item in items)
        case Grid():
            return sum(_rows_high(paper, block)) + 3
        case Fold(title, inside):
            return paper.tall(title) + sum(_high(paper, one, pictures, above) for one in inside)
        case _:
            return _start(paper, [block], pictures, above)


def _block(paper: PdfPage, block: Block, pictures: Pictures, above: float) -> None:
    match block:
        case Text(text, kind):
            paper.paragraph(text, SIZES[kind], "soft" if kind == "note" else "text")
        case Bullets(items, in_language):
            for n, item in enumerate(items, start=1):
                paper.paragraph(f"{n}.  {item}" if in_language else f"•  {item}", indent=4)
        case Grid():
            _table(paper, block)
        case Lines(label, count):
            _lines(paper, label, count)
        case Fold(title, inside):
            paper.room(_start(paper, [block], pictures, above))
            paper.paragraph(f"**{title}**")
            for one in inside:
                _block(paper, one, pictures, above)
        case Figure():
            _figure(paper, block, pictures, above)
        case _:
            assert_never(block)


def _lines(paper: PdfPage, label: str, count: int) -> None:
    paper.room(8 + 9 * count)
    paper.paragraph(f"**{label}**")
    paper.set_draw_color(INK[False]["line"])
    for _ in range(count):
        paper.ln(8)
        paper.line(paper.l_margin, paper.get_y(), paper.l_margin + paper.epw, paper.get_y())
    paper.ln(3)


def _scaled(paper: PdfPage, figure: Figure, pictures: Pictures, above: float) -> tuple[float, float]:
    """Return how wide and high a figure is on the paper, so that it has room on one page with what stands above it."""
    width = min(paper.epw, 180.0)
    high = width * _drawn(figure, pictures)[1]
    most = paper.eph - max(20.0, above + paper.tall(figure.title, SIZES["note"]) + 4)
    return (width * most / high, most) if high > most else (width, high)


def _drawn(figure: Figure, pictures: Pictures) -> tuple[io.BytesIO, float]:
    """Return the picture of a figure, drawn once for a document, and its height to one of width."""
    if id(figure) not in pictures:
        spec = {"width": WIDEST * 0.62, **figure.spec(ink(night=False)), "background": "white"}
        picture = png(in_language(spec))
        wide, high = struct.unpack(">II", picture[16:24])  # as every PNG file begins
        pictures[id(figure)] = io.BytesIO(picture), high / wide
    return pictures[id(figure)]


def _figure(paper: PdfPage, figure: Figure, pictures: Pictures, above: float) -> None:
    width, high = _scaled(paper, figure, pictures, above)
    paper.room(high + paper.tall(figure.title, SIZES["note"]))
    paper.image(_drawn(figure, pictures)[0], w=width)
    paper.paragraph(figure.title, SIZES["note"], "soft")


def _table(paper: PdfPage, grid: Grid) -> None:
    if not grid.rows:
        return
    size = _size(grid) * paper.scale
    paper.room(_together(paper, grid))
    paper.plain(_size(grid))
    paper.set_draw_color(INK[False]["line"])
    align = tuple("RIGHT" if grid.numeric(k) else "LEFT" for k in range(len(grid.head)))
    with paper.table(
        col_widths=tuple(_widths(grid)),
        text_align=align,
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD", color=INK[False]["dot"], size_pt=size),
        line_height=size * 0.52,
        padding=0.8,
    ) as table:
        for (cells, strong, shades), span in zip(_rows(grid), [1, *_spans(paper, grid)], strict=True):
            row = table.row()
            for k, (text, shade) in enumerate(zip(cells, shades, strict=True)):
                style = FontFace(emphasis="BOLD" if strong else None, fill_color=_tint(shade), size_pt=size)
                if k or span:
                    over: dict[str, Any] = {"rowspan": span, "v_align": "TOP"} if k == 0 and span > 1 else {}
                    row.cell(printed(text.replace("**", "")), style=style, **over)
    paper.ln(3)


def _spans(paper: PdfPage, grid: Grid) -> list[int]:
    """Return how many rows the first cell of each row spans, which stay on its page; 0 for those spanned.

    Where that is more than a small part of a page, as of an issue with a hundred options, rows stand by themselves.
    """
    high = list(_rows_high(paper, grid))[1:]
    spans = [1] * len(high)
    starts = [n for n, row in enumerate(grid.rows) if n == 0 or row[0] != ""]
    for start, end in zip(starts, [*starts[1:], len(high)], strict=True):
        if sum(high[start:end]) < paper.eph * SMALL:
            spans[start:end] = [end - start, *[0] * (end - start - 1)]
    return spans


def _size(grid: Grid) -> float:
    return 9.0 if len(grid.head) < 9 else 7.5


def _together(paper: PdfPage, grid: Grid) -> float:
    """Return how much of a table stays on one page, in millimetres: all of a small one, else head and two rows.

    Of rows that belong together all, see `_spans`.
    """
    high, first = list(_rows_high(paper, grid)), max(2, *_spans(paper, grid)[:1])
    return sum(high) + 3 if sum(high) < paper.eph * SMALL else sum(high[: 1 + first]) + 3


def _rows_high(paper: PdfPage, grid: Grid) -> Iterator[float]:
    """Yield how high the rows of a table are, its head first, in millimetres, near enough."""
    size, shares = _size(grid), list(_widths(grid))
    paper.plain(size)
    for texts, _, _ in _rows(grid) if grid.rows else ():
        wide = [paper.get_string_width(readable(text)) for text in texts]
        rooms = [max(paper.epw * share / sum(shares) - 2.6, 1.0) for share in shares]
        yield max(-(-w // room) or 1.0 for w, room in zip(wide, rooms, strict=True)) * size * paper.scale * 0.52 + 1.6


def _rows(grid: Grid) -> Iterator[tuple[list[str], bool, list[float]]]:
    yield [str(title) for title in grid.head], False, [0.0] * len(grid.head)
    for n in range(len(grid.rows)):
        columns = range(len(grid.head))
        yield (
            [grid.said(n, k) for k in columns],
            n in grid.strong,
            [(grid.shades or {}).get((n, k), 0.0) for k in columns],
        )


def _tint(share: float) -> tuple[int, int, int] | None:
    """Return white, towards the accent colour (below 0 the warning one) the larger the share; None for 0."""
    if not share:
        return None
    hue = INK[False]["accent" if share > 0 else "bad"]
    red, green, blue = (255 + int((int(hue[n : n + 2], 16) - 255) * 0.55 * abs(share)) for n in (1, 3, 5))
    return red, green, blue


def _widths(grid: Grid) -> Iterator[float]:
    """Yield how wide each column is, as shares: by its longest word at least, and by how much there is to say."""
    for k, title in enumerate(grid.head):
        texts = [str(title), *(grid.said(n, k) for n in range(len(grid.rows)))]
        longest = max(columns(word) for text in texts for word in (*WORD.split(breakable(text)), ""))
        mean = sum(map(columns, texts)) / len(texts)
        yield max(longest * 1.15, min(mean, 60.0), 4.0) + 2
