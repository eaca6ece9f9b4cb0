"""The tables on a student's page, drawn anew in parts: only what an act has changed for this page."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import cast

import streamlit as st

from negotiation.analysis.transcript import carried_in, steps
from negotiation.classroom.look import Look
from negotiation.classroom.phases import Phase
from negotiation.errors import Refused
from negotiation.handouts.procedure import procedure
from negotiation.language import language, tr
from negotiation.protocols import protocols
from negotiation.ui.common import words
from negotiation.ui.play import frame, table_screen
from negotiation.ui.play.action_buttons import ClassButtons
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.brief import papers
from negotiation.ui.play.questionnaires import questionnaires
from negotiation.ui.play.quick import quick
from negotiation.ui.play.strip import chosen, spoken_of
from negotiation.ui.server import live
from negotiation.ui.server.away import steady
from negotiation.ui.server.identity import room, seat_here
from negotiation.ui.server.render_slots import render_slot
from negotiation.view import View


def enter(look: Look) -> None:
    """Store what stands around the tables, now that the whole page is drawn."""
    st.session_state.drawn = _frame(look)


def _frame(look: Look) -> tuple[object, ...]:
    """Return what is drawn around the tables: when it changes, the whole page is drawn anew."""
    return look.phase, look.seat, look.agents, look.at, look.state is not None and look.state.over


def page(look: Look) -> None:
    """Draw the tables on the left, anew as they change; the conversation on the right draws itself."""
    frame.style()
    with st.container(key="screen"):
        with st.container(key="desk"):
            _tables()
            with st.container(key="pane-brief"):
                how = procedure(
                    look.scenario, look.protocol, look.state.rounds if look.state else None, look.round_seconds
                )
                papers(look.scenario, look.seat.party, look.brief, look.view, how)
        with st.container(key="pane-talk"):
            with st.container(border=True, key="card-talk"):
                live.talk(
                    look.scenario,
                    look.seat.party,
                    key="talk",
                    thinks=look.view is not None and bool(look.view.talk),
                    tab=True,
                )
            _quick()


def _look() -> Look:
    """Return what the seat may see now; if it does not fit what is drawn around the tables, run the page again."""
    seat = seat_here()
    try:
        look = room().play.look(seat).told(language()) if seat else None
    except Refused:
        look = None
    if look is None or _frame(look) != st.session_state.get("drawn"):
        st.rerun()
    return look


@st.fragment(key="tables")
@steady
def _tables() -> None:
    """Draw all there is at the tables."""
    with render_slot():
        look = _look()
        if look.view is None or look.state is None or look.state.over:
            live.seat(look.mark, key="seat")
            _watching(look)
            return
        st.session_state.below = _below(look), look.mark
        if look.phase is Phase.SIGN:
            st.info(tr("Only signatures count now: sign what lies there, or take yours back."), icon=":material/draw:")
        table, hand, mediated = _top([look]), _hand(look), protocols()[look.protocol].mediated
        if not look.view.state.sits(look.seat.party):
            st.caption(tr("No table where you have a seat is open any more; the others go on."))
        carried: Collection[int] = ()
        if mediated:
            opening = protocols()[look.protocol]().opening(look.scenario, look.state.rounds)
            carried = carried_in(steps(opening, look.state.events))
        table_screen.panes(hand, table, mediated=mediated, carried=carried)


@st.fragment(key="quick")
@steady
def _quick() -> None:
    """Draw the buttons for what is often said, where somebody plays who may speak now."""
    with render_slot():
        look = _look()
        view, me = look.view, look.seat.party
        if view is None or look.state is None or look.state.over or me in look.agents or not view.state.sits(me):
            return
        with st.container(border=True, key="card-quick"):
            quick(_hand(look), spoken_of(view))


@st.fragment(key="top")
@steady
def _top(known: list[Look]) -> str:
    """Draw what every act may change (where I stand, the tables, my round), and return the chosen table.

    It takes the look in `known` when all is drawn, and looks for itself when it is drawn alone.
    """
    with render_slot():
        look = known.pop() if known else _look()
        below, mark = st.session_state.below
        current = _below(look) == below
        live.seat(look.mark if current else f"{look.mark} over {mark}", key="seat", on_tick=_ticked)
        return table_screen.above(
            _hand(look),
            mediated=protocols()[look.protocol].mediated,
            ends=look.phase is Phase.NEGOTIATE,
            on_choice=_ticked,
            reader=look.seat.person,
        )


def _ticked() -> None:
    """Draw all tables, before the top is drawn alone, if more than the top has changed."""
    if _below(_look()) != st.session_state.below[0]:
        st.rerun("tables")


def _below(look: Look) -> object:
    """Return what the part below the top depends on; if every act may matter, the mark, which every act changes."""
    view = cast("View", look.view)
    table = chosen(view)
    if look.suggest or look.coach or protocols()[look.protocol].mediated or frame.shown("map"):
        return table, look.mark
    return table_screen.matters(view, table)


def _hand(look: Look) -> ClassButtons:
    return ClassButtons(look.seat, cast("View", look.view), look.phase, suggests=look.suggest, coaches=look.coach)


def _watching(look: Look) -> None:
    """Draw the page of an observer, or of a party whose talks have ended before the class goes on."""
    if look.state is None:
        return
    frame.frame(tabs=frame.WATCHING)
    with st.container(key="panes"), st.container(key="pane-papers"):
        if look.state.over and look.view is not None:
            _over(look)
            return
        st.write(tr("You see what everybody at the tables sees, and nobody's score sheet."))
        with st.container(border=True, key="card-map"):
            draw(look.state)


def _over(look: Look) -> None:
    st.markdown(tr("## The talks of your group are over"))
    me, decimals = look.seat.party, look.scenario.decimals
    if me in look.points:
        st.metric(tr("Your points"), words.points(look.points[me], decimals))
    if look.homework:
        questionnaires(look, after=True)
        begun, most = look.attempts
        st.write(
            tr("This was attempt {n} of {most}.", n=begun, most=most) if most else tr("This was attempt {n}.", n=begun)
        )
        if not most or begun < most:
            key = st.session_state.setdefault(f"again-{look.seat.group}", secrets.token_hex(12))
            if st.button(tr("Play once more"), type="primary", icon=":material/replay:"):
                if why := room().play.again(look.seat, key):
                    st.error(words.literal(tr(why)))
                else:
                    st.rerun()
    else:
        st.write(tr("Wait for the others: your teacher opens the debrief for everybody."))
    if look.state is not None:
        draw(look.state, me)
