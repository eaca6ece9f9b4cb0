"""The paper that documents are printed on: A4 with fonts of our own, and how much room something takes there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from negotiation.reports import font_coverage
from negotiation.reports.blocks import Document
from negotiation.reports.font_coverage import SANS, readable
from negotiation.reports.palette import INK
from negotiation.reports.wrapping import breakable

if TYPE_CHECKING:
    from fpdf.fonts import TTFFont

SAME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside every file, so that the same document is the same file."""

SIZES = {"plain": 10.5, "lead": 12.5, "note": 9.0, "code": 8.5}

WHOLE = 5
"""Lines up to which a paragraph stays on one page."""


def words(document: object) -> str:
    """Return all texts in a document and its parts."""
    if isinstance(document, str):
        return document
    if is_dataclass(document):
        document = [getattr(document, one.name) for one in fields(document)]
    elif isinstance(document, Mapping):
        document = [*document, *document.values()]
    return "\n".join(map(words, document)) if isinstance(document, list | tuple) else ""


def printed(text: str) -> str:
    """Return a text as it is set: with letters that there are, and signs for where a line may end."""
    return breakable(readable(text))


class PdfPage(FPDF):
    """A4 pages with the title and a number at the foot; all is set `scale` times as large."""

    def __init__(self, document: Document, *, landscape: bool, scale: float = 1.0) -> None:
        super().__init__("landscape" if landscape else "portrait", format="A4")
        text, title = words(document), readable(document.title)
        more = font_coverage.families(text)
        for style in ("", "B"):
            self.add_font(SANS, style, font_coverage.file(SANS, style))
        for family in more:
            self.add_font(family, "", font_coverage.file(family))
        self.set_fallback_fonts(more, exact_match=False)
        if font_coverage.joined(text):
            self.set_text_shaping(True)
        self.set_margins(18, 16)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_creation_date(SAME_DAY)
        self.set_title(title)
        self.running, self.scale = title, scale
        self.add_page()
        self.plain()

    def header(self) -> None:
        """Choose the first font on every page, before another may be needed; nothing is seen."""
        self.plain()
        self.cell(1, 0.01, " ")
        self.set_xy(self.l_margin, self.t_margin)

    def plain(self, size: float = SIZES["plain"], style: str = "", colour: str = "text") -> None:
        """Set the font from now on."""
        self.set_font(SANS, style, size * self.scale)
        self.set_text_color(INK[False]["dot"] if colour == "soft" else INK[False][colour])

    def footer(self) -> None:
        """Write the foot of every page."""
        self.set_y(-12)
        self.set_font(SANS, "", 8)
        self.set_text_color(INK[False]["dot"])
        self.cell(self.epw * 0.8, 5, self.running[:110])
        self.cell(0, 5, str(self.page_no()), align="R")

    def count(self, text: str, size: float, indent: float = 0.0) -> int:
        """Return how many lines a text takes."""
        self.plain(size)
        told = printed(text.replace("**", ""))
        lines = self.multi_cell(self.epw - indent, 5, told, dry_run=True, output=MethodReturnValue.LINES)
        return len(cast("list[str]", lines))

    def tall(self, text: str, size: float = SIZES["plain"], indent: float = 0.0, *, whole: bool = False) -> float:
        """Return a paragraph's height in millimetres; of a long one, unless `whole`, only of what must not be alone."""
        lines = self.count(text, size, indent)
        return (lines if whole or lines <= WHOLE else 2) * size * self.scale * 0.5 + 1.2

    def paragraph(self, text: str, size: float = SIZES["plain"], colour: str = "text", indent: float = 0.0) -> None:
        """Write a text with strong parts, wrapped."""
        self.room(self.tall(text, size, indent))
        left, high = self.l_margin, size * self.scale * 0.5
        self.set_left_margin(left + indent)
        self.set_x(left + indent)
        for n, part in enumerate(re.split(r"\*\*(.+?)\*\*", printed(text))):
            self.plain(size, "B" if n % 2 else "", colour)
            self.write(high, part)
        self.set_left_margin(left)
        self.ln(high)
        self.ln(1.2)

    def heading(self, text: str, size: float, colour: str = "text", style: str = "B") -> None:
        """Write a heading of a line or two."""
        self.plain(size, style, colour)
        self.multi_cell(0, size * self.scale * 0.5, printed(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def drop(self) -> None:
        """Close the fonts of a paper that is not wanted."""
        for font in self.fonts.values():
            cast("TTFFont", font).ttfont.close()

    def room(self, height: float) -> None:
        """Begin a new page if less than `height` is left."""
        if self.will_page_break(min(height, self.eph - 1)):
            self.add_page()
