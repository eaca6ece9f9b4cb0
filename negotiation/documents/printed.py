"""A document as PDF, with fonts of our own: Latin, Greek, Cyrillic and Japanese letters never become boxes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, assert_never

from fontTools.ttLib import TTFont
from fpdf import FPDF, FontFace
from fpdf.image_parsing import preload_image

from negotiation.documents.blocks import Block, Bullets, Document, Figure, Grid, Lines, Section, Text
from negotiation.documents.palette import INK, ink

SANS, JAPANESE = "NotoSans", "NotoSansJP"
FILES = {
    (SANS, ""): "NotoSans-Regular.ttf",
    (SANS, "B"): "NotoSans-Bold.ttf",
    (JAPANESE, ""): "NotoSansJP-Regular.ttf",
}

WIDEST = 1000
"""Pixels of a figure before it is scaled to the paper."""

SAME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside every file, so that the same document is the same file."""

SIZES = {"plain": 10.5, "lead": 12.5, "note": 9.0}


def _font(name: str) -> str:
    return str(resources.files("negotiation.documents") / "fonts" / name)


@cache
def _letters(family: str) -> frozenset[int]:
    with TTFont(_font(FILES[family, ""]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def readable(text: str) -> str:
    """The text with every character that no font here has as its number, such as `[U+0E01]`."""
    known = _letters(SANS)
    if all(ord(c) in known or c == "\n" for c in text):
        return text
    known |= _letters(JAPANESE)
    return "".join(c if ord(c) in known or c == "\n" else f"[U+{ord(c):04X}]" for c in text)


class Paper(FPDF):
    """A4 pages with the title and a number at the foot."""

    def __init__(self, title: str, *, landscape: bool) -> None:
        super().__init__("landscape" if landscape else "portrait", format="A4")
        for (family, style), file in FILES.items():
            self.add_font(family, style, _font(file))
        self.set_fallback_fonts([JAPANESE], exact_match=False)
        self.set_margins(18, 16)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_creation_date(SAME_DAY)
        self.set_title(title)
        self.running = title
        self.add_page()
        self.plain()

    def plain(self, size: float = SIZES["plain"], style: str = "", colour: str = "text") -> None:
        """The font from now on."""
        self.set_font(SANS, style, size)
        self.set_text_color(INK[False]["dot"] if colour == "soft" else INK[False][colour])

    def footer(self) -> None:
        """The foot of every page."""
        self.set_y(-12)
        self.plain(8, colour="soft")
        self.cell(self.epw * 0.8, 5, self.running[:110])
        self.cell(0, 5, str(self.page_no()), align="R")

    def paragraph(self, text: str, size: float = SIZES["plain"], colour: str = "text", indent: float = 0.0) -> None:
        """A text with strong parts, wrapped."""
        left = self.l_margin
        self.set_left_margin(left + indent)
        self.set_x(left + indent)
        for n, part in enumerate(re.split(r"\*\*(.+?)\*\*", readable(text))):
            self.plain(size, "B" if n % 2 else "", colour)
            self.write(size * 0.5, part)
        self.set_left_margin(left)
        self.ln(size * 0.5)
        self.ln(1.2)

    def room(self, height: float) -> None:
        """A new page, if less than this is left."""
        if self.will_page_break(height):
            self.add_page()


def pdf(document: Document, *, landscape: bool = False) -> bytes:
    """The whole document as a PDF file; the same document is the same file."""
    paper = Paper(readable(document.title), landscape=landscape)
    paper.plain(19, "B")
    paper.multi_cell(0, 9, readable(document.title), align="L", new_x="LMARGIN", new_y="NEXT")
    if document.subtitle:
        paper.plain(12, colour="accent")
        paper.multi_cell(0, 7, readable(document.subtitle), align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(2)
    for note in document.notes:
        paper.paragraph(note, SIZES["note"], "soft")
    for section in document.sections:
        _section(paper, section)
    return bytes(paper.output())


def _section(paper: Paper, section: Section) -> None:
    paper.room(34)
    paper.ln(3)
    paper.plain(14, "B")
    paper.multi_cell(0, 7, readable(section.title), align="L", new_x="LMARGIN", new_y="NEXT")
    paper.ln(1)
    if section.about:
        paper.paragraph(section.about, SIZES["note"], "soft")
    for block in section.blocks:
        _block(paper, block)


def _block(paper: Paper, block: Block) -> None:
    match block:
        case Text(text, kind):
            paper.paragraph(text, SIZES[kind], "soft" if kind == "note" else "text")
        case Bullets(items, numbered):
            for n, item in enumerate(items, start=1):
                paper.paragraph(f"{n}.  {item}" if numbered else f"•  {item}", indent=4)
        case Grid():
            _table(paper, block)
        case Lines(label, count):
            _lines(paper, label, count)
        case Figure():
            _figure(paper, block)
        case _:
            assert_never(block)


def _lines(paper: Paper, label: str, count: int) -> None:
    paper.room(8 + 9 * count)
    paper.paragraph(f"**{label}**")
    paper.set_draw_color(INK[False]["line"])
    for _ in range(count):
        paper.ln(8)
        paper.line(paper.l_margin, paper.get_y(), paper.l_margin + paper.epw, paper.get_y())
    paper.ln(3)


def _figure(paper: Paper, figure: Figure) -> None:
    import vl_convert

    spec: dict[str, Any] = {"width": WIDEST * 0.62, **figure.spec(ink(night=False)), "background": "white"}
    picture = io.BytesIO(vl_convert.vegalite_to_png(spec, scale=2))
    info = preload_image(paper.image_cache, picture)[2]
    width = min(paper.epw, 180.0)
    high = width * float(str(info["h"])) / float(str(info["w"]))
    most = paper.eph - 20
    if high > most:
        width, high = width * most / high, most
    paper.room(high + 8)
    paper.image(picture, w=width)
    paper.paragraph(figure.title, SIZES["note"], "soft")


def _table(paper: Paper, grid: Grid) -> None:
    if not grid.rows:
        return
    size = 9.0 if len(grid.head) < 9 else 7.5
    paper.room(24)
    paper.plain(size)
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
        for cells, strong, shades in _rows(grid):
            row = table.row()
            for text, shade in zip(cells, shades, strict=True):
                style = FontFace(emphasis="BOLD" if strong else None, fill_color=_tint(shade), size_pt=size)
                row.cell(readable(text.replace("**", "")), style=style)
    paper.ln(3)


def _rows(grid: Grid) -> Iterator[tuple[list[str], bool, list[float]]]:
    yield list(grid.head), False, [0.0] * len(grid.head)
    for n in range(len(grid.rows)):
        columns = range(len(grid.head))
        yield (
            [grid.said(n, k) for k in columns],
            n in grid.strong,
            [(grid.shades or {}).get((n, k), 0.0) for k in columns],
        )


def _tint(share: float) -> tuple[int, int, int] | None:
    """White, towards the accent colour the larger the share."""
    if not share:
        return None
    accent = INK[False]["accent"]
    red, green, blue = (255 + int((int(accent[n : n + 2], 16) - 255) * 0.55 * share) for n in (1, 3, 5))
    return red, green, blue


def _widths(grid: Grid) -> Iterator[float]:
    """How wide each column is, as shares: by its longest word at least, and by how much there is to say."""
    for k, title in enumerate(grid.head):
        texts = [title, *(grid.said(n, k) for n in range(len(grid.rows)))]
        longest = max(len(word) for text in texts for word in (*text.split(), ""))
        mean = sum(map(len, texts)) / len(texts)
        yield max(longest * 1.15, min(mean, 60.0), 4.0) + 2
