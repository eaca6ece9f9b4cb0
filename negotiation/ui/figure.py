"""A figure on a page with its downloads: the picture as SVG and PNG, its points as CSV."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from negotiation.ui.look import dark
from negotiation.ui.working import drawn

EXPORT_WIDTH = 680
"""Pixels of a figure in a file; a PNG has twice as many."""


def figure(key: str, spec: Callable[[bool], dict[str, Any]], rows: str, name: str, *, files: bool = True) -> None:
    """Show a chart, whose specification is asked for dark or light, and what can be taken away of it."""
    st.vega_lite_chart(spec=spec(dark()), key=key)
    if files:
        _files(key, spec, rows, name)


def _files(key: str, spec: Callable[[bool], dict[str, Any]], rows: str, name: str) -> None:
    printed = printable(spec(False))  # noqa: FBT003  paper is white
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
    """The numbers of a table on a page to be taken away."""
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


def printable(spec: dict[str, Any]) -> dict[str, Any]:
    """The same chart for paper: white, with a width of its own."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        **spec,
        "width": EXPORT_WIDTH,
        "background": "white",
    }
