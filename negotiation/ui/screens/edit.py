"""Edit: write a case, from a template to a game; only where everybody's sheets may be seen."""

from __future__ import annotations

import streamlit as st

from negotiation.errors import NegotiationError, StoreError
from negotiation.language import mark, tr
from negotiation.ui.common.feedback import flash
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title, titled
from negotiation.ui.common.words import FICTION, literal
from negotiation.ui.edit import about, links, packets, parties, points, tables, tryout, whole_text
from negotiation.ui.edit.begin import DRAFT, begin
from negotiation.ui.edit.desk import CSS, Desk
from negotiation.ui.edit.toolbar import toolbar
from negotiation.ui.screens import play, teach

VIEWS = {
    "about": (mark("Case"), about.draw),
    "parties": (mark("Parties"), parties.draw),
    "tables": (mark("Tables"), tables.draw),
    "points": (mark("Points"), points.draw),
    "links": (mark("Links"), links.draw),
    "try": (mark("Try it"), tryout.draw),
    "packets": (mark("Packets"), packets.draw),
    "yaml": (mark("YAML"), whole_text.draw),
}
"""The parts of a case, and what draws each."""


def page() -> None:
    """Draw the ways to begin, or the draft that the address names."""
    st.html(f"<style>{CSS}</style>")
    flash()
    name = st.query_params.get(DRAFT)
    if not name:
        begin()
        return
    try:
        desk = Desk(name)
    except StoreError:
        raise
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")
        if st.button(tr("All drafts")):
            st.query_params.clear()
            st.rerun()
        return
    _desk(desk)


def _desk(desk: Desk) -> None:
    titled(tr("Write a case"), brief_title(str(desk.draft.document.get("title", ""))))
    if wanted := toolbar(desk):
        where, what = wanted
        if where == "play":
            st.switch_page(st.Page(play.page, title=tr("Play"), url_path="play"), query_params={play.ADDRESS: what})
        st.switch_page(st.Page(teach.page, title=tr("Teach"), url_path="teach"))
    st.session_state.setdefault("edit-view", "about")
    view = st.segmented_control(
        tr("Part of the case"),
        list(VIEWS),
        required=True,
        format_func=among(VIEWS, lambda one: tr(VIEWS[one][0])),
        key="edit-view",
        label_visibility="collapsed",
    )
    VIEWS[view or "about"][1](desk)
    st.caption(tr(FICTION))
    desk.keep()
