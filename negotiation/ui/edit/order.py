"""Buttons that move or remove an entry, and a field that adds one: grids alone are hard to use on a phone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.authoring.document import Document, at, moved
from negotiation.language import mark, tr
from negotiation.ui.common.words import literal
from negotiation.ui.edit.desk import Desk

GOES = mark("It goes with all that speaks of it, such as points and links. You can undo it.")


def buttons(
    desk: Desk,
    path: tuple[str | int, ...],
    title: str,
    without: Callable[[Document], Document],
    *,
    removable: bool,
) -> None:
    """Draw the buttons that move an entry up or down, and the one that takes it out."""
    whole = at(desk.draft.document, path[:-1])
    order = list(range(len(whole))) if isinstance(whole, list) else list(whole)
    place, told = order.index(path[-1]), literal(title)
    with st.container(horizontal=True):
        if place and st.button(tr("Up"), icon=":material/arrow_upward:", key=desk.key("up", *path), help=told):
            desk.change(moved(desk.document, path, -1), fresh=True)
        if place < len(order) - 1 and st.button(
            tr("Down"), icon=":material/arrow_downward:", key=desk.key("down", *path), help=told
        ):
            desk.change(moved(desk.document, path, 1), fresh=True)
        if removable and st.button(
            tr("Remove {what}", what=told), icon=":material/delete:", key=desk.key("remove", *path), help=tr(GOES)
        ):
            desk.change(without(desk.document), fresh=True)


def added(desk: Desk, label: str, name: str) -> str:
    """Draw a field and a button that adds what is typed into it; return that once the button is pressed."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"add-{name}"):
        title = st.text_input(label, key=desk.key("add", name))
        pressed = st.button(tr("Add"), icon=":material/add:", key=desk.key("adding", name))
    return title.strip() if pressed else ""
