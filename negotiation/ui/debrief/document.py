"""A document on a page of the browser: its texts and tables as HTML, its figures as charts with downloads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from negotiation.reports.blocks import Block, Figure, Fold, Section
from negotiation.reports.palette import ink
from negotiation.reports.web import fragment
from negotiation.ui.common.words import literal
from negotiation.ui.debrief.figure import figure


def sections(parts: Iterable[Section], key: str, *, projected: bool = False, folded: bool = False) -> None:
    """Show sections as cards; `key` keeps the widgets of several documents on one page apart.

    `projected`: dark whatever the theme, and nothing to take away. `folded`: only the titles, until they are opened.
    """
    for n, part in enumerate(parts):
        if folded:
            with st.expander(f"**{literal(part.title)}**"):
                if part.about:
                    st.caption(part.about)
                blocks(part.blocks, f"{key}-{n}", projected=projected)
            continue
        with st.container(border=True, key=f"card-{key}-{n}"):
            st.markdown(f"## {part.title}", help=part.about or None)
            blocks(part.blocks, f"{key}-{n}", projected=projected)


def blocks(parts: Iterable[Block], key: str, *, projected: bool = False) -> None:
    """Show blocks; several in a row that can be opened are shown side by side as tabs."""
    texts: list[str] = []
    folds: list[Fold] = []
    for k, block in enumerate(parts):
        if folds and not isinstance(block, Fold):
            _tabs(folds, f"{key}-{k}", projected=projected)
        if isinstance(block, Figure | Fold):
            _flush(texts)
        match block:
            case Figure():
                _figure(block, f"{key}-{k}", projected=projected)
            case Fold():
                folds.append(block)
            case _:
                texts.append(f"<div class='doc'>{fragment(block)}</div>")
    _flush(texts)
    _tabs(folds, key, projected=projected)


def _tabs(folds: list[Fold], key: str, *, projected: bool) -> None:
    """Show blocks that can be opened: as tabs if the first is open, else as expanders."""
    if folds and folds[0].open:
        places: Sequence[object] = st.tabs([literal(fold.title) for fold in folds])
    else:
        places = [st.expander(literal(fold.title)) for fold in folds]
    for k, (place, fold) in enumerate(zip(places, folds, strict=True)):
        with place:  # type: ignore[attr-defined]
            blocks(fold.blocks, f"{key}-fold-{k}", projected=projected)
    folds.clear()


def _flush(texts: list[str]) -> None:
    if texts:
        st.html("".join(texts))
        texts.clear()


def _figure(block: Figure, key: str, *, projected: bool) -> None:
    spec = lambda night: block.spec(ink(night=night))  # noqa: E731
    figure(key, spec, block.rows, block.name, alt=block.title, files=not projected, night=projected)
    st.caption(block.title)
