"""A document on a page of the browser: its texts and tables as our own HTML, its figures as charts with downloads."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from negotiation.documents.blocks import Block, Figure, Section
from negotiation.documents.palette import ink
from negotiation.documents.web import fragment
from negotiation.ui.figure import figure


def sections(parts: Iterable[Section], key: str, *, files: bool = True) -> None:
    """Sections as cards; `key` keeps the widgets of several documents on one page apart.

    `files`: whether figures can be taken away.
    """
    for n, part in enumerate(parts):
        with st.container(border=True, key=f"card-{key}-{n}"):
            st.markdown(f"#### {part.title}", help=part.about or None)
            texts: list[str] = []
            for k, block in enumerate(part.blocks):
                if isinstance(block, Figure):
                    _flush(texts)
                    _figure(block, f"{key}-{n}-{k}", files=files)
                else:
                    texts.append(_told(block))
            _flush(texts)


def _told(block: Block) -> str:
    return f"<div class='doc'>{fragment(block)}</div>"


def _flush(texts: list[str]) -> None:
    if texts:
        st.html("".join(texts))
        texts.clear()


def _figure(block: Figure, key: str, *, files: bool) -> None:
    spec = lambda night: block.spec(ink(night=night))  # noqa: E731
    figure(key, spec, block.rows, block.name, files=files)
    st.caption(block.title)
