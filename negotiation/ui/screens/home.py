"""Home: the alliance and a seat in it, the other cases, and what else can be done here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from negotiation.case import Case
from negotiation.formats import bundled, for_a_course
from negotiation.language import plural, tr
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.style import door, short
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.guide import guided_door
from negotiation.ui.play.setup import CASE, closed
from negotiation.ui.screens import analyse, edit, lab, play, watch
from negotiation.ui.server.identity import account_here, seat_here, served

FLAGSHIP = "alliance-2023"
A_ROW = 3
"""Short cases side by side."""


def page() -> None:
    """Draw the flagship with the way to its table, the other cases, and the other doors."""
    st.title(tr(words.TITLE))
    st.markdown(tr(words.TAGLINE))
    if served():
        _class_doors()
    cases = {name: load(name) for name in bundled()}
    _flagship(cases.pop(FLAGSHIP))
    short_ones = {name: cases.pop(name) for name in for_a_course()}
    st.header(tr("Other cases"))
    for place, (name, case) in zip(st.columns(len(cases), gap="medium"), cases.items(), strict=True):
        _case(place, name, case)
    _course(short_ones)
    if not served():
        _doors()
    st.caption(tr(words.FICTION))


def _flagship(case: Case) -> None:
    scenario = case.scenario
    with st.container(border=True, key="card-play"):
        told, picture = st.columns([5, 7], gap="large", vertical_alignment="center")
        with told:
            st.header(scenario.title)
            st.write(tr(words.CASES[case.name][0]))
            st.html(facts(case.name, scenario))
            st.write(tr("You take one seat; agents who want something of their own take the others."))
            if st.button(tr("Take a seat"), type="primary", icon=":material/handshake:"):
                st.switch_page(st.Page(play.page, title=tr("Play"), url_path="play"))
            if game := guided_door("guided-home"):
                st.switch_page(st.Page(play.page, title=tr("Play"), url_path="play"), query_params={play.ADDRESS: game})
        with picture:
            draw(State.opening(scenario, scenario.rounds, one_paper=False))


def _case(place: DeltaGenerator, name: str, case: Case) -> None:
    scenario = case.scenario
    with place.container(border=True, key=f"card-case-{name}", height="stretch"):
        st.markdown(f"### {scenario.title}")
        st.write(tr(words.CASES[name][0]) if name in words.CASES else scenario.synopsis or scenario.brief)
        st.html(facts(name, scenario))
        if closed(name):
            st.caption(tr(words.KEPT_BACK))
        elif st.button(
            tr("Play {case}", case=brief_title(scenario.title)), icon=":material/arrow_forward:", key=f"case-{name}"
        ):
            st.switch_page(st.Page(play.page, title=tr("Play"), url_path="play"), query_params={CASE: name})


def _course(cases: Mapping[str, Case]) -> None:
    """Draw the short cases of a course, by how many sit at the table."""
    st.header(tr("Short cases for a course"))
    for count in sorted({len(case.roles) for case in cases.values()}):
        some = [(name, case) for name, case in cases.items() if len(case.roles) == count]
        with st.expander(plural("For {n} person", "For {n} people", count)):
            for first in range(0, len(some), A_ROW):
                row = some[first : first + A_ROW]
                for place, (name, case) in zip(st.columns(A_ROW, gap="medium"), row, strict=False):
                    _case(place, name, case)


def facts(name: str, scenario: Scenario) -> str:
    """Return how large a case is, how long it takes, and who sits there, as HTML."""
    size = [
        plural("{n} party", "{n} parties", len(scenario.parties)),
        plural("{n} table", "{n} tables", len(scenario.tables)),
        words.lasting(scenario),
    ]
    size += [tr(words.CASES[name][1])] if name in words.CASES else []
    who = words.all_of([short(scenario, party) for party in scenario.parties])
    return f"<p class='note'>{escape(' · '.join(size))}<br>{escape(who)}</p>"


def _doors() -> None:
    """Draw the doors to what else is possible on one's own machine."""
    st.header(tr("Behind the table"))
    left, middle, right, last = st.columns(4, gap="medium")
    with left.container(border=True, key="card-watch", height="stretch"):
        st.markdown(f"### {tr('Watch')}")
        st.write(tr("Let agents negotiate, stop at any week, and see what each of them believed and asked for."))
        if st.button(tr("Watch agents"), icon=":material/visibility:"):
            st.switch_page(st.Page(watch.page, title=tr("Watch"), url_path="watch"))
    with middle.container(border=True, key="card-analyse", height="stretch"):
        st.markdown(f"### {tr('Analyse')}")
        st.write(
            tr("For authors, teachers and after the game: what could have been had, exactly, with every sheet open.")
        )
        if st.button(tr("Analyse a case"), icon=":material/query_stats:"):
            st.switch_page(st.Page(analyse.page, title=tr("Analyse"), url_path="analyse"))
    with right.container(border=True, key="card-lab", height="stretch"):
        st.markdown(f"### {tr('Lab')}")
        st.write(tr("Thousands of negotiations between agents: see what they came to, and start small experiments."))
        if st.button(tr("Open the lab"), icon=":material/science:"):
            st.switch_page(st.Page(lab.page, title=tr("Lab"), url_path="lab"))
    with last.container(border=True, key="card-edit", height="stretch"):
        st.markdown(f"### {tr('Edit')}")
        st.write(tr("A case of your own: parties, tables and points as grids, tried between agents, then played."))
        if st.button(tr("Write a case"), icon=":material/edit_note:"):
            st.switch_page(st.Page(edit.page, title=tr("Write a case"), url_path="edit"))


def _class_doors() -> None:
    """Draw the doors of a server of classes; both leave Streamlit, since a cookie needs a real navigation."""
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, key="card-join", height="stretch"):
        st.header(tr("Join"))
        st.write(tr("Your teacher shows a code: take your seat in the class, with your phone or your laptop."))
        st.html(door("/seat" if seat_here() else "/join", tr("Go to my seat") if seat_here() else tr("Join a class")))
    with right.container(border=True, key="card-teach", height="stretch"):
        st.header(tr("Teach"))
        st.write(tr("Classes of 2 to 200: groups, clock, talk, and a debrief the moment the clock stops."))
        st.html(door("/teach" if account_here() else "/login", tr("Teach")))
