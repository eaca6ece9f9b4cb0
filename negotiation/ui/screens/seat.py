"""A student's page: the seat that this device holds, from the lobby to the debrief; made for a phone first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.classroom.look import Look
from negotiation.classroom.phases import Phase
from negotiation.classroom.seats import Seat
from negotiation.errors import NegotiationError, Refused
from negotiation.handouts.procedure import procedure
from negotiation.language import language
from negotiation.ui.common import words
from negotiation.ui.common.focus import attend
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.style import door, short
from negotiation.ui.debrief.of_class import render_own
from negotiation.ui.play import class_tables
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.brief import papers
from negotiation.ui.play.preparation import at_hand, worksheet
from negotiation.ui.server import live
from negotiation.ui.server.identity import room, seat_here


def page() -> None:
    """Draw what the seat may see now."""
    seat = seat_here()
    if seat is None:
        st.title("No seat here")
        st.html(f"<p class='door'>This device holds no seat in a class.</p>{door('/join', 'Join with the code')}")
        return
    try:
        look = room().play.look(seat).told(language())
    except Refused as problem:
        _away(seat, str(problem))
        return
    class_tables.enter(look)
    _header(look)
    attend(look.phase, 0, top=not look.phase.talks)
    if look.phase.talks and look.seat.group and not _to_read(look):
        class_tables.page(look)
        return
    live.seat(look.mark, key="seat")
    if not look.seat.group:
        _lobby(look)
    elif not look.phase.over:
        _preparing(look)
    else:
        _debrief(look)


def _to_read(look: Look) -> bool:
    """Return whether a person alone with agents has yet to read: homework has no phase for it."""
    if not look.homework or look.state is None or look.state.turns.get(look.seat.party):
        return False
    return not st.session_state.get(f"read-{look.seat.group}")


def _away(seat: Seat, why: str) -> None:
    st.title("You are not at the table")
    st.write(words.literal(f"{why[0].upper()}{why[1:]}."))
    if st.button("Come back", type="primary", icon=":material/login:"):
        _try(lambda: room().play.back(seat))


def _try(do: Callable[[], object]) -> None:
    """Call `do` and draw the page anew, or show why it was refused."""
    try:
        do()
    except NegotiationError as problem:
        st.error(words.literal(str(problem)))
    else:
        st.rerun()


def _header(look: Look) -> None:
    """Draw what stands over a page: during the talks one line, for the tables need the room."""
    me, talks = look.seat.party, look.phase.talks and not _to_read(look)
    with st.container(horizontal=True, vertical_alignment="center", key="seat-head-talks" if talks else "seat-head"):
        if talks:
            live.status(look.scenario, key="status")
        else:
            _named(look)
        if me and talks:
            at_hand(look)
        with st.popover(words.literal(look.seat.name), icon=":material/person:"):
            _me(look)
    if not talks:
        live.status(look.scenario, key="status")
    if me in look.agents:
        with st.container(border=True, key="card-taken"):
            st.write("**An agent plays your seat at the moment.** It sees what you saw, and no more.")
            if st.button("Take it back", type="primary", icon=":material/front_hand:"):
                _try(lambda: room().play.back(look.seat))


def _named(look: Look) -> None:
    """Draw the case, who I am, and my brief."""
    scenario, me = look.scenario, look.seat.party
    st.markdown(f"### {words.literal(brief_title(look.title))}")
    if me:
        st.badge(f"You are {short(scenario, me)}", icon=":material/badge:", color="green")
    elif look.seat.group:
        st.badge("You observe", icon=":material/visibility:", color="gray")
    if look.state is not None:
        with st.popover("Brief", icon=":material/description:"):
            papers(scenario, me, look.brief, look.view, _how(look))


def _me(look: Look) -> None:
    """Show who holds the seat, with a way to another device and out of the class."""
    seat = look.seat
    others = [short(look.scenario, party) for party in look.agents if party != seat.party]
    if others and look.phase.timed:
        st.caption(f"Agents play {words.all_of(others)}.")
    st.write(f"You are **{words.literal(seat.name)}**. This device keeps your seat: reload, or come back tomorrow.")
    if st.button("Use another device", icon=":material/devices:"):
        code = room().seats.device(seat.session, seat.person, seat.person)
        st.html(
            f"<p>On the other device go to <b>/join</b> and type within ten minutes, once:</p><p class='big'>{code}</p>"
        )
    st.html("<form method='post' action='/leave'><button class='quiet'>Forget my seat on this device</button></form>")


def _lobby(look: Look) -> None:
    st.title("You are in")
    wait = "Groups are being formed." if look.phase is Phase.LOBBY else "Your teacher will give you a seat."
    st.write(f"Welcome, **{words.literal(look.seat.name)}**. {wait} Keep this page open: it goes on by itself.")
    with st.container(border=True, key="card-about"):
        st.markdown(f"#### {look.scenario.title}")
        st.write(look.scenario.synopsis or look.scenario.brief)
        st.caption(look.scenario.disclaimer or words.FICTION)
    live.talk(look.scenario, "", key="talk")


def _how(look: Look) -> str:
    """Return how the talks of this class go, in sentences."""
    rounds = look.state.rounds if look.state else None
    return procedure(look.scenario, look.protocol, rounds, look.round_seconds)


def _preparing(look: Look) -> None:
    """Draw the page for reading and preparing: the papers that are revealed, and the sheet."""
    me, scenario = look.seat.party, look.scenario
    left, right = st.columns([8.2, 4.4], gap="medium")
    with left:
        if look.phase is Phase.LOBBY:
            st.write(
                f"Welcome, **{words.literal(look.seat.name)}**. You have a seat; your brief comes when your teacher begins."
            )
        if look.homework and st.button("Go to the table", type="primary", icon=":material/arrow_forward:"):
            st.session_state[f"read-{look.seat.group}"] = True
            st.rerun()
        if (look.phase is Phase.PREPARE or look.homework) and me:
            with st.container(border=True, key="card-sheet"):
                st.markdown("#### Prepare")
                worksheet(look)
        with st.container(border=True, key="card-brief"):
            who = f"You are **{scenario.parties[me].title}**. " if me else "You observe this group. "
            st.markdown(f"{who}{'Read your brief.' if look.brief else ''}")
            papers(scenario, me, look.brief, look.view, _how(look))
        st.caption(scenario.disclaimer or words.FICTION)
    with right.container(border=True, key="card-talk"):
        live.talk(scenario, me, key="talk")


def _debrief(look: Look) -> None:
    st.markdown("## Debrief")
    if look.phase is Phase.CLOSED:
        st.caption("This class is closed: nothing changes here any more.")
    render_own(room(), look.seat)
    if look.state is not None:
        with st.expander("The map of your group"):
            draw(look.state, look.seat.party)
    with st.container(border=True, key="card-talk"):
        live.talk(look.scenario, look.seat.party, key="talk")
    st.caption(words.FICTION)
