"""A student's page: the seat that this device holds, from the lobby to the debrief. Made for a phone first."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import streamlit as st

from negotiation.analysis.transcript import transcript
from negotiation.classroom.look import Look
from negotiation.classroom.seats import Seat
from negotiation.errors import NegotiationError, Refused
from negotiation.protocols import protocols
from negotiation.ui import live, table, words
from negotiation.ui.alliance_map import draw
from negotiation.ui.brief import papers
from negotiation.ui.class_debrief import render_own
from negotiation.ui.hand import Seated
from negotiation.ui.look import door, short
from negotiation.ui.room import room, seat_here
from negotiation.ui.turns import turn
from negotiation.ui.worksheet import worksheet

TALKS = ("negotiate", "sign")


def page() -> None:
    """What the seat may see now."""
    seat = seat_here()
    if seat is None:
        st.title("No seat here")
        st.html(f"<p class='door'>This device holds no seat in a class.</p>{door('/join', 'Join with the code')}")
        return
    try:
        look = room().play.look(seat)
    except Refused as problem:
        _away(seat, str(problem))
        return
    st.session_state.drawn = _frame(look)
    _header(look)
    if look.phase in TALKS and look.seat.group and not _to_read(look):
        _talks(look)
        return
    live.seat(look.mark, key="seat")
    if not look.seat.group:
        _lobby(look)
    elif look.phase in ("lobby", "read", "prepare", *TALKS):
        _preparing(look)
    else:
        _debrief(look)


def _to_read(look: Look) -> bool:
    """Whether a person alone with agents has yet to read: homework has no phase for it."""
    if not look.homework or look.state is None or look.state.turns.get(look.seat.party):
        return False
    return not st.session_state.get(f"read-{look.seat.group}")


def _frame(look: Look) -> tuple[object, ...]:
    """What is drawn around the tables: where that changes, the whole page is drawn anew."""
    return look.phase, look.seat, look.agents, look.at, look.state is not None and look.state.over


def _away(seat: Seat, why: str) -> None:
    st.title("You are not at the table")
    st.write(f"{why[0].upper()}{why[1:]}.")
    if st.button("Come back", type="primary", icon=":material/login:"):
        _try(lambda: room().play.back(seat))


def _try(do: Callable[[], object]) -> None:
    """Do something and draw the page anew; or say why not."""
    try:
        do()
    except NegotiationError as problem:
        st.error(str(problem))
    else:
        st.rerun()


def _header(look: Look) -> None:
    scenario, me = look.scenario, look.seat.party
    with st.container(horizontal=True, vertical_alignment="center", key="seat-head"):
        st.markdown(f"### {words.literal(look.title.partition(':')[0])}")
        if me:
            st.badge(f"You are {short(scenario, me)}", icon=":material/badge:", color="green")
        elif look.seat.group:
            st.badge("You observe", icon=":material/visibility:", color="gray")
        if look.brief or look.view:
            with st.popover("Brief", icon=":material/description:"):
                papers(scenario, me, look.brief, look.view)
        with st.popover(words.literal(look.seat.name), icon=":material/person:"):
            _me(look)
    live.status(scenario, key="status")
    if me in look.agents:
        with st.container(border=True, key="card-taken"):
            st.write("**An agent plays your seat at the moment.** It sees what you saw, and no more.")
            if st.button("Take it back", type="primary", icon=":material/front_hand:"):
                _try(lambda: room().play.back(look.seat))
    others = [short(scenario, party) for party in look.agents if party != me]
    if others and look.phase in ("read", "prepare", *TALKS):
        st.caption(f"Agents play {words.all_of(others)}.")


def _me(look: Look) -> None:
    """Whoever holds the seat: another device, out of the class."""
    seat = look.seat
    st.write(f"You are **{words.literal(seat.name)}**. This device keeps your seat: reload, or come back tomorrow.")
    if st.button("Use another device", icon=":material/devices:"):
        code = room().seats.device(seat.session, seat.person, seat.person)
        st.html(
            f"<p>On the other device go to <b>/join</b> and type within ten minutes, once:</p><p class='big'>{code}</p>"
        )
    st.html("<form method='post' action='/leave'><button class='quiet'>Forget my seat on this device</button></form>")


def _lobby(look: Look) -> None:
    st.title("You are in")
    wait = "Groups are being formed." if look.phase == "lobby" else "Your teacher will give you a seat."
    st.write(f"Welcome, **{words.literal(look.seat.name)}**. {wait} Keep this page open: it goes on by itself.")
    with st.container(border=True, key="card-about"):
        st.markdown(f"#### {look.scenario.title}")
        st.write(look.scenario.synopsis or look.scenario.brief)
        st.caption(look.scenario.disclaimer or words.FICTION)
    live.talk(look.scenario, "", key="talk")


def _preparing(look: Look) -> None:
    """Reading and preparing: the papers that are revealed, and the sheet."""
    me, scenario = look.seat.party, look.scenario
    left, right = st.columns([8.2, 4.4], gap="medium")
    with left:
        if look.phase == "lobby":
            st.write(
                f"Welcome, **{words.literal(look.seat.name)}**. You have a seat; your brief comes when your teacher begins."
            )
        if look.homework and st.button("Go to the table", type="primary", icon=":material/arrow_forward:"):
            st.session_state[f"read-{look.seat.group}"] = True
            st.rerun()
        if (look.phase == "prepare" or look.homework) and me:
            with st.container(border=True, key="card-sheet"):
                st.markdown("#### Prepare")
                worksheet(look)
        with st.container(border=True, key="card-brief"):
            who = f"You are **{scenario.parties[me].title}**. " if me else "You observe this group. "
            st.markdown(f"{who}{'Read your brief.' if look.brief else ''}")
            papers(scenario, me, look.brief, look.view)
        st.caption(scenario.disclaimer or words.FICTION)
    with right.container(border=True, key="card-talk"):
        live.talk(scenario, me, key="talk")


def _talks(look: Look) -> None:
    """The table on the left, drawn anew whenever it changes; the conversation on the right draws itself."""
    left, right = st.columns([9.2, 3.6], gap="medium")
    with left:
        _tables()
    with right.container(border=True, key="card-talk"):
        live.talk(look.scenario, look.seat.party, key="talk")
    st.caption(words.FICTION)


@st.fragment(key="tables")
def _tables() -> None:
    with turn():
        _drawn()


def _drawn() -> None:
    """The tables as they are now."""
    seat = seat_here()
    try:
        look = room().play.look(seat) if seat else None
    except Refused:
        look = None
    if look is None or _frame(look) != st.session_state.get("drawn"):
        st.rerun()
    live.seat(look.mark, key="seat")
    if look.view is None or look.state is None:
        _observing(look)
        return
    hand = Seated(look.seat.group, look.view, look.phase, suggests=look.suggest)
    if look.state.over:
        _over(look)
        return
    mediated = protocols()[look.protocol].mediated
    if look.phase == "sign":
        st.info("Only signatures count now: sign what lies there, or take yours back.", icon=":material/draw:")
    week = f"{look.scenario.unit} {look.state.round + 1} of {look.state.rounds}"
    chosen = table.standing(look.view, mediated=mediated, told=week)
    if look.phase == "negotiate":
        table.my_round(hand, mediated=mediated)
    if not chosen:
        st.write("No table where you have a seat is open any more; the others go on.")
    elif mediated:
        opening = protocols()[look.protocol]().opening(look.scenario, look.state.rounds)
        rows = transcript(opening, look.state.events)
        table.mediated(hand, chosen, [v["paper"] for row in rows for v in row.get("ballot", ()) if v["carried"]])
    else:
        table.free(hand, chosen)


def _observing(look: Look) -> None:
    if look.state is None:
        return
    st.write("You see what everybody at the tables sees, and nobody's score sheet.")
    with st.container(border=True, key="card-map"):
        draw(look.state)


def _over(look: Look) -> None:
    """The talks of this group have ended before the class goes on."""
    st.markdown("#### The talks of your group are over")
    me, decimals = look.seat.party, look.scenario.decimals
    if me in look.points:
        st.metric("Your points", words.points(look.points[me], decimals))
    if look.homework:
        begun, most = look.attempts
        st.write(f"This was attempt {begun}{f' of {most}' if most else ''}.")
        if not most or begun < most:
            key = st.session_state.setdefault(f"again-{look.seat.group}", secrets.token_hex(12))
            if st.button("Play once more", type="primary", icon=":material/replay:"):
                if why := room().play.again(look.seat, key):
                    st.error(why)
                else:
                    st.rerun()
    else:
        st.write("Wait for the others: your teacher opens the debrief for everybody.")
    if look.state is not None:
        draw(look.state, me)


def _debrief(look: Look) -> None:
    st.markdown("## Debrief")
    if look.phase == "closed":
        st.caption("This class is closed: nothing changes here any more.")
    render_own(room(), look.seat)
    if look.state is not None:
        with st.expander("The map of your group"):
            draw(look.state, look.seat.party)
    with st.container(border=True, key="card-talk"):
        live.talk(look.scenario, look.seat.party, key="talk")
    st.caption(words.FICTION)
