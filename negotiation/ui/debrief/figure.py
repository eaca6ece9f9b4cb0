"""A figure on a page with its downloads: the picture as SVG and PNG, its points as CSV."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from negotiation.reports.figure_files import Spec, in_language, printable
from negotiation.reports.palette import INK
from negotiation.ui.common.chart import chart
from negotiation.ui.common.pages import source
from negotiation.ui.common.style import dark
from negotiation.ui.jobs.processes import drawn

_INK = {"labelColor": INK[True]["text"], "titleColor": INK[True]["text"], "labelFontSize": 19, "titleFontSize": 20}

NIGHT = {
    "font": "Inter, system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {**_INK, **dict.fromkeys(("gridColor", "domainColor", "tickColor"), INK[True]["line"])},
    "legend": {**_INK, "symbolSize": 240},
    "text": {"fontSize": 17},
}
"""How a chart looks on a projector, which is dark and far away."""

LENGTHS = {"size", "fontSize", "strokeWidth", "thickness", "labelLimit", "titleLimit", "dx", "dy", "step", "height"}
"""What is larger on a projector by the same factor; the size of a mark is an area, but for ticks."""

LARGER = 1.45

TALLEST = 620
"""Pixels of a chart so that all of it is on the screen, unless it is taller anyway."""


def larger(spec: Any) -> Any:
    """Return a chart for a distant audience: its marks, texts and rows larger, its numbers unchanged."""
    if isinstance(spec, list):
        return [larger(one) for one in spec]
    if not isinstance(spec, dict):
        return spec
    made = {key: value if key in ("data", "datasets", "scale") else larger(value) for key, value in spec.items()}
    for key, value in made.items():
        if key in LENGTHS and isinstance(value, int | float):
            area = key == "size" and made.get("type") != "tick"
            grown = value * (LARGER**2 if area else LARGER)
            made[key] = min(grown, max(value, TALLEST)) if key == "height" else grown
    return made


def figure(
    key: str, spec: Callable[[bool], Spec], rows: str, name: str, *, alt: str, files: bool = True, night: bool = False
) -> None:
    """Show a chart, whose specification is asked for dark or light, and its downloads.

    `alt` says what it shows to those who do not see it; `night` shows it dark whatever the theme, and larger.
    """
    if night:
        st.vega_lite_chart(spec=in_language({**larger(spec(True)), "config": NIGHT}), key=key, theme=None, alt=alt)  # noqa: FBT003
    else:
        chart(in_language(spec(dark())), key, alt)
    if files:
        taken(key, spec(False), rows, name, alt)  # noqa: FBT003  paper is white


def taken(key: str, spec: Spec, rows: str, name: str, title: str, note: str = "") -> None:
    """Show the buttons that take a chart away: its picture says what it shows, of which case and day, and how it is read."""
    printed = printable(spec, title, [source(), *([note] if note else [])])
    with st.container(horizontal=True):
        for kind, mime in (("svg", "image/svg+xml"), ("png", "image/png")):
            st.download_button(
                kind.upper(),
                partial(drawn, printed, kind),
                file_name=f"{name}.{kind}",
                mime=mime,
                key=f"{key}-{kind}",
                icon=":material/image:",
                on_click="ignore",
            )
        _csv(key, name, rows)


def data(name: str, rows: str) -> None:
    """Show a button that downloads the numbers of a table on a page."""
    with st.container(horizontal=True):
        _csv(name, name, rows)


def _csv(key: str, name: str, rows: str) -> None:
    st.download_button(
        "CSV",
        rows,
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        icon=":material/table:",
        on_click="ignore",
    )
