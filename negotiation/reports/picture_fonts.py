"""Japanese texts on pictures in our own fonts: what draws them would else take all letters from any font of the machine."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

from fontTools.ttLib import TTFont

from negotiation.reports import font_coverage
from negotiation.reports.wrapping import WIDE

TEXT = re.compile(r"<text\b([^>]*)>([^<]+)</text>")
RUN = re.compile(f"{WIDE.pattern}+|[^{WIDE.pattern[1:]}+")
"""Letters that come from one font: Japanese ones, or all others."""

JAPANESE, OTHERS = "NotoSansJP", font_coverage.SANS
FAMILIES = {JAPANESE: "Noto Sans JP", OTHERS: "Noto Sans"}


def by_script(picture: str) -> str:
    """Return an SVG whose texts with Japanese letters are parted by script, each part placed, and in its own font."""
    return TEXT.sub(lambda found: _parted(found[1], found[2]) if WIDE.search(found[2]) else found[0], picture)


def _parted(attributes: str, content: str) -> str:
    size, x = float(_value(attributes, "font-size") or 11), float(_value(attributes, "x") or 0)
    runs = [(run, JAPANESE if WIDE.match(run) else OTHERS) for run in RUN.findall(unescape(content))]
    widths = [size * advance(run, family) for run, family in runs]
    x -= sum(widths) * {"middle": 0.5, "end": 1.0}.get(_value(attributes, "text-anchor"), 0.0)
    told = []
    for (run, family), width in zip(runs, widths, strict=True):
        told.append(f"<tspan x='{x:.2f}' font-weight='400' font-family='{FAMILIES[family]}'>{escape(run)}</tspan>")
        x += width
    kept = re.sub(r"\stext-anchor=(['\"])\w+\1", "", attributes)
    return f"<text{kept} text-anchor='start' xml:space='preserve'>{''.join(told)}</text>"


def _value(attributes: str, name: str) -> str:
    """Return the value of an attribute, without its unit; empty if there is none."""
    found = re.search(rf"(?<![\w-]){name}=(['\"])(.*?)\1", attributes)
    return found[2].removesuffix("px") if found else ""


def advance(text: str, family: str) -> float:
    """Return how wide a text is in a font, as a share of the size."""
    widths = _advances(family)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


@cache
def _advances(family: str) -> dict[int, float]:
    """Return how wide the letters of a font are, as shares of the size."""
    with TTFont(font_coverage.file(family), lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
