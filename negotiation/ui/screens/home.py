"""Home: the doors, and the cases."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from negotiation.formats import bundled, load
from negotiation.ui.common import words
from negotiation.ui.common.style import door
from negotiation.ui.screens import analyse, lab, play, watch
from negotiation.ui.server.identity import account_here, seat_here, served


def page() -> None:
    """Draw the doors and the list of cases."""
    st.title(words.TITLE)
    st.markdown(f"**{words.TAGLINE}.** Linked tables, private interests, and nobody who can decide alone.")
    alone = not served()
    left, middle, right, *more = st.columns(4 if alone else 3, gap="medium")
    with left.container(border=True, key="card-play"):
        st.subheader("Play")
        st.write(
            "Take a seat against agents who want something. Ten minutes for a small case, half an hour for the flagship."
        )
        if st.button("Take a seat", type="primary", icon=":material/handshake:"):
            st.switch_page(st.Page(play.page, title="Play", url_path="play"))
    if alone:
        _doors(middle, right, *more)
    else:
        _class_doors(middle, right)
    _cases()
    st.caption(words.FICTION)


def _doors(middle: DeltaGenerator, right: DeltaGenerator, last: DeltaGenerator) -> None:
    """Draw the doors to what else is possible on one's own machine."""
    with middle.container(border=True, key="card-watch"):
        st.subheader("Watch")
        st.write("Let agents negotiate, stop at any week, and see what each of them believed and asked for.")
        if st.button("Watch agents", icon=":material/visibility:"):
            st.switch_page(st.Page(watch.page, title="Watch", url_path="watch"))
    with right.container(border=True, key="card-analyse"):
        st.subheader("Analyse")
        st.write("For authors, teachers and after the game: what could have been had, exactly, with every sheet open.")
        if st.button("Analyse a case", icon=":material/query_stats:"):
            st.switch_page(st.Page(analyse.page, title="Analyse", url_path="analyse"))
    with last.container(border=True, key="card-lab"):
        st.subheader("Lab")
        st.write("Thousands of negotiations between agents: see what they came to, and start small experiments.")
        if st.button("Open the lab", icon=":material/science:"):
            st.switch_page(st.Page(lab.page, title="Lab", url_path="lab"))


def _class_doors(middle: DeltaGenerator, right: DeltaGenerator) -> None:
    """Draw the doors of a server of classes; both leave Streamlit, since a cookie needs a real navigation."""
    with middle.container(border=True, key="card-join"):
        st.subheader("Join")
        st.write("Your teacher shows a code: take your seat in the class, with your phone or your laptop.")
        st.html(door("/seat" if seat_here() else "/join", "Go to my seat" if seat_here() else "Join a class"))
    with right.container(border=True, key="card-teach"):
        st.subheader("Teach")
        st.write("Classes of 2 to 200: groups, clock, talk, and a debrief the moment the clock stops.")
        st.html(door("/teach" if account_here() else "/login", "Teach"))


def _cases() -> None:
    st.subheader("Cases")
    for name in bundled():
        scenario = load(name).scenario
        with st.container(border=True, key=f"card-case-{name}"):
            st.markdown(f"#### {scenario.title}")
            st.write(scenario.synopsis or scenario.brief)
            parties = ", ".join(escape(party.title) for party in scenario.parties.values())
            facts = f"{len(scenario.parties)} parties · {words.counted(len(scenario.tables), 'table')} · {words.counted(scenario.rounds, scenario.unit)}"
            st.html(f"<div class='note'>{facts} · {parties}</div>")
