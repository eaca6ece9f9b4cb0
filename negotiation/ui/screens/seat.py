"""A student's page: the seat that this device holds, from the lobby to the debrief; made for a phone first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.classroom.look import Look
from negotiation.classroom.phases import Phase
from negotiation.classroom.seats import Seat
from negotiation.errors import NegotiationError, Refused
from negotiation.handouts.procedure import procedure
from negotiation.language import language, mark, tr
from negotiation.ui.common import words
from negotiation.ui.common.focus import attend
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.style import door, short
from negotiation.ui.debrief.of_class import render_own
from negotiation.ui.play import class_tables
from negotiation.ui.play.alliance_map import draw
from negotiation.ui.play.brief import papers
from negotiation.ui.play.preparation import at_hand, worksheet
from negotiation.ui.play.questionnaires import due, questionnaires
from negotiation.ui.server import live
from negotiation.ui.server.identity import room, seat_here

CORNER = """
[data-testid="stApp"]:has(.st-key-seat-head-talks) .st-key-languages { right:.5rem !important }
.st-key-seat-head-talks { padding-right:7.5rem }
"""
"""During the talks the line at the top ends where the languages stand."""

FORMING = mark("Welcome, **{who}**. Groups are being formed. Keep this page open: it goes on by itself.")
WAITING = mark("Welcome, **{who}**. Your teacher will give you a seat. Keep this page open: it goes on by itself.")
SEATED = mark("Welcome, **{who}**. You have a seat; your brief comes when your teacher begins.")


def page() -> None:
    """Draw what the seat may see now."""
    seat = seat_here()
    if seat is None:
        st.title(tr("No seat here"))
        none = tr("This device holds no seat in a class.")
        st.html(f"<p class='door'>{none}</p>{door('/join', tr('Join with the code'))}")
        return
    try:
        look = room().play.look(seat).told(language())
    except Refused as problem:
        _away(seat, tr(problem.said))
        return
    class_tables.enter(look)
    _header(look)
    attend(look.phase, 0, top=not look.phase.talks)
    if look.phase.talks and look.seat.group and not _to_read(look):
        if look.state is not None and not look.state.over and due(look):
            _first(look)
            return
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


def _first(look: Look) -> None:
    """Draw what is required of this person before the talks, which go on without."""
    live.seat(look.mark, key="seat")
    st.write(tr("The talks have begun. **You come to the table once this is handed in.**"))
    questionnaires(look, after=False, only_due=True)
    with st.container(border=True, key="card-brief"):
        papers(look.scenario, look.seat.party, look.brief, look.view, _how(look))


def _away(seat: Seat, why: str) -> None:
    st.title(tr("You are not at the table"))
    st.write(words.literal(tr("{why}.", why=f"{why[0].upper()}{why[1:]}")))
    if st.button(tr("Come back"), type="primary", icon=":material/login:"):
        _try(lambda: room().play.back(seat))


def _try(do: Callable[[], object]) -> None:
    """Call `do` and draw the page anew, or show why it was refused."""
    try:
        do()
    except NegotiationError as problem:
        st.error(words.literal(tr(problem.said)))
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
    if talks:
        st.html(f"<style>{CORNER}</style>")
    else:
        live.status(look.scenario, key="status")
    if me in look.agents:
        with st.container(border=True, key="card-taken"):
            st.write(tr("**An agent plays your seat at the moment.** It sees what you saw, and no more."))
            if st.button(tr("Take it back"), type="primary", icon=":material/front_hand:"):
                _try(lambda: room().play.back(look.seat))


def _named(look: Look) -> None:
    """Draw the case, who I am, and my brief."""
    scenario, me = look.scenario, look.seat.party
    st.markdown(f"### {words.literal(brief_title(look.title))}")
    if me:
        st.badge(tr("You are {party}", party=short(scenario, me)), icon=":material/badge:", color="green")
    elif look.seat.group:
        st.badge(tr("You observe"), icon=":material/visibility:", color="gray")
    if look.state is not None:
        with st.popover(tr("Brief"), icon=":material/description:"):
            papers(scenario, me, look.brief, look.view, _how(look))


def _me(look: Look) -> None:
    """Show who holds the seat, with a way to another device and out of the class."""
    seat = look.seat
    others = [short(look.scenario, party) for party in look.agents if party != seat.party]
    if others and look.phase.timed:
        st.caption(tr("Agents play {parties}.", parties=words.all_of(others)))
    st.write(
        tr(
            "You are **{who}**. This device keeps your seat: reload, or come back tomorrow.",
            who=words.literal(seat.name),
        )
    )
    if st.button(tr("Use another device"), icon=":material/devices:"):
        code = room().seats.device(seat.session, seat.person, seat.person)
        there = tr("On the other device go to {address} and type within ten minutes, once:", address="<b>/join</b>")
        st.html(f"<p>{there}</p><p class='big'>{code}</p>")
    forget = tr("Forget my seat on this device")
    st.html(f"<form method='post' action='/leave'><button class='quiet'>{forget}</button></form>")


def _lobby(look: Look) -> None:
    st.title(tr("You are in"))
    st.write(tr(FORMING if look.phase is Phase.LOBBY else WAITING, who=words.literal(look.seat.name)))
    with st.container(border=True, key="card-about"):
        st.markdown(f"#### {look.scenario.title}")
        st.write(look.scenario.synopsis or look.scenario.brief)
        st.caption(look.scenario.disclaimer or tr(words.FICTION))
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
            st.write(tr(SEATED, who=words.literal(look.seat.name)))
        if look.homework and st.button(tr("Go to the table"), type="primary", icon=":material/arrow_forward:"):
            st.session_state[f"read-{look.seat.group}"] = True
            st.rerun()
        if (look.phase is Phase.PREPARE or look.homework) and me:
            with st.container(border=True, key="card-sheet"):
                st.markdown(f"#### {tr('Prepare')}")
                worksheet(look)
        questionnaires(look, after=False)
        with st.container(border=True, key="card-brief"):
            who = tr("You are **{party}**.", party=scenario.parties[me].title) if me else tr("You observe this group.")
            st.markdown(f"{who} {tr('Read your brief.')}" if look.brief else who)
            papers(scenario, me, look.brief, look.view, _how(look))
        st.caption(scenario.disclaimer or tr(words.FICTION))
    with right.container(border=True, key="card-talk"):
        live.talk(scenario, me, key="talk")


def _debrief(look: Look) -> None:
    st.markdown(f"## {tr('Debrief')}")
    if look.phase is Phase.CLOSED:
        st.caption(tr("This class is closed: nothing changes here any more."))
    if look.phase is Phase.DEBRIEF and due(look):
        st.write(tr("**You see your result once this is handed in.**"))
        questionnaires(look, after=True, only_due=True)
        return
    questionnaires(look, after=True)
    render_own(room(), look.seat)
    if look.state is not None:
        with st.expander(tr("The map of your group")):
            draw(look.state, look.seat.party)
    with st.container(border=True, key="card-talk"):
        live.talk(look.scenario, look.seat.party, key="talk")
    st.caption(tr(words.FICTION))
