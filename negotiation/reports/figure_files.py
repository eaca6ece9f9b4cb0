"""Vega-Lite dictionaries drawn as files: one picture whenever and wherever it is drawn."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from negotiation.language import language
from negotiation.reports import font_coverage
from negotiation.reports.picture_fonts import by_script
from negotiation.reports.wrapping import WIDE, wrapped

Spec: TypeAlias = dict[str, Any]

Ink: TypeAlias = Mapping[str, str]
"""CSS colours by name, see `palette`."""

LOOK = {
    "font": "Inter, system-ui, sans-serif",
    "view": {"stroke": None},
    **dict.fromkeys(
        ("axis", "legend"),
        {"gridColor": "var(--line)", "domainColor": "var(--line)", "tickColor": "var(--line)"}
        | dict.fromkeys(("labelColor", "titleColor"), "var(--text)")
        | {"labelFontSize": 13, "titleFontSize": 14},
    ),
}
"""What pictures in a file look like whose style sheet sets the colours."""


EXPORT_WIDTH = 680
"""Pixels of a figure in a file; a PNG has twice as many."""


LINE = 84
"""Letters of a figure's heading on one line."""

PARTS = ("hconcat", "vconcat", "concat")


FRENCH = {
    "decimal": ",",
    "thousands": "\N{NARROW NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NO-BREAK SPACE}€"],
}
"""How numbers are written on a figure in French, see `language.decimal`."""


def in_language(spec: Spec) -> Spec:
    """Return a figure whose numbers are written as in the reader's language."""
    if language() != "fr":
        return spec
    return {**spec, "config": {**spec.get("config", {}), "locale": {"number": FRENCH}}}


def printable(spec: Spec, title: str, about: Sequence[str] = ()) -> Spec:
    """Return a figure for paper: white, with a width of its own, headed by its title and lines about it.

    What a reader needs who has the file alone stands in `about`: the case, the date, how shades are read.
    """
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    head = {
        "text": wrapped(title, LINE),
        "subtitle": [line for text in about for line in wrapped(text, LINE + 20)],
        "anchor": "start",
        "offset": 14,
        "fontSize": 17,
        "subtitleFontSize": 13,
        "subtitlePadding": 6,
    }
    return {"$schema": schema, **in_language(spec), "title": head, "width": EXPORT_WIDTH, "background": "white"}


def numbers(spec: Spec) -> str:
    """Return the numbers that a figure draws, as comma-separated values; of several views each with its own title."""
    rows = list(_rows(spec))
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _rows(spec: Spec) -> Iterator[dict[str, object]]:
    title = spec.get("title")
    said = {"of": title["text"]} if isinstance(title, Mapping) else {}
    for row in spec.get("data", {}).get("values", ()):
        yield {**said, **row}
    for part in [*(view for parts in PARTS for view in spec.get(parts, ())), *spec.get("layer", ())]:
        yield from _rows(part)


UNDRAWN = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no picture can hold: controls, halves of characters, and what is none."""


def drawable(spec: Any) -> Any:
    """Return a figure without characters that no picture can hold: drawing them would end the whole program."""
    if isinstance(spec, str):
        return UNDRAWN.sub("\ufffd", spec)
    if isinstance(spec, Mapping):
        return {drawable(key): drawable(value) for key, value in spec.items()}
    return [drawable(one) for one in spec] if isinstance(spec, list | tuple) else spec


def svg(spec: Spec, name: str) -> str:
    """Return a figure as an SVG element, equal whenever it is drawn; its inner references are named after `name`."""
    import vl_convert

    text: str = vl_convert.vegalite_to_svg(drawable(spec))
    for n, known in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', text))):
        # the library counts them through all pictures it ever drew
        text = re.sub(rf'(id="|url\(#|href="#){re.escape(known)}(?=["\)])', rf"\g<1>{name}-{n}", text)
    return text


def png(spec: Spec, scale: float = 2) -> bytes:
    """Return a figure as a PNG file, set in our own fonts."""
    import vl_convert

    vl_convert.register_font_directory(font_coverage.directory())
    drawn = drawable(spec)
    if WIDE.search(json.dumps(drawn, ensure_ascii=False)):
        file: bytes = vl_convert.svg_to_png(by_script(vl_convert.vegalite_to_svg(drawn)), scale=scale)
    else:
        file = vl_convert.vegalite_to_png(drawn, scale=scale)
    return file
