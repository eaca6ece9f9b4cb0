"""The Streamlit entry: settings of the page and the way to every other page."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import Literal

import streamlit as st

from negotiation.language import tr
from negotiation.ui.common import pages as every
from negotiation.ui.common.feedback import ARRIVED
from negotiation.ui.common.style import style
from negotiation.ui.server import languages
from negotiation.ui.server.away import steady
from negotiation.ui.server.identity import account_here, own_machine, passer_by, sheets_open
from negotiation.ui.server.render_slots import passing, render_slot


@steady
def main() -> None:
    """Run the page that the address names."""
    from negotiation.ui.screens import analyse, edit, games, home, lab, play, replay, seat, teach, watch

    st.set_page_config(page_icon="🤝", layout="wide")
    languages.start()
    teaching: Literal["visible", "hidden"] = "visible" if account_here() else "hidden"
    pages = [
        st.Page(home.page, title=tr("Home"), url_path="home", icon=":material/home:", default=True),
        st.Page(play.page, title=tr("Play"), url_path="play", icon=":material/handshake:"),
        st.Page(
            games.page,
            title=tr("My games"),
            url_path="games",
            icon=":material/history:",
            visibility="visible" if own_machine() else "hidden",
        ),
        st.Page(replay.page, title=tr("Replay"), url_path="replay", visibility="hidden"),
        st.Page(teach.page, title=tr("Teach"), url_path="teach", icon=":material/school:", visibility=teaching),
        st.Page(teach.projected, title=tr("Projector"), url_path="projector", visibility="hidden"),
        st.Page(seat.page, title=tr("My seat"), url_path="seat", icon=":material/event_seat:", visibility="hidden"),
    ]
    if sheets_open():
        pages += [
            st.Page(watch.page, title=tr("Watch"), url_path="watch", icon=":material/visibility:"),
            st.Page(analyse.page, title=tr("Analyse"), url_path="analyse", icon=":material/query_stats:"),
            st.Page(edit.page, title=tr("Write a case"), url_path="edit", icon=":material/edit_note:"),
            st.Page(lab.page, title=tr("Lab"), url_path="lab", icon=":material/science:"),
        ]
    seated = re.split("[?#]", st.context.url or "")[0].endswith("/seat")  # what a browser says may be no address
    chosen = st.navigation(pages, position="hidden" if seated else "top")
    st.session_state[ARRIVED] = st.session_state.get("page") != chosen.url_path
    st.session_state["page"] = chosen.url_path
    every.titled("" if chosen.url_path in ("", "home") else chosen.title)
    with (
        render_slot() if seated else passing() if passer_by() else nullcontext()
    ):  # other pages may wait for a calculation
        style()
        st.html(f"<style>{every.CSS}</style>")
        if chosen.url_path != "projector":  # which shows nothing that is not for the whole room
            languages.choice()
        chosen.run()


if __name__ == "__main__":
    main()
