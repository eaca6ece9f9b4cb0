"""The console: one class live, every group at a glance, and everything a teacher does within two clicks."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.attention import by_need
from negotiation.classroom.classes import talk_of
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.presence import place
from negotiation.classroom.sessions import Session
from negotiation.classroom.tiles import Tile
from negotiation.ui.live import watch
from negotiation.ui.session import flash
from negotiation.ui.teach.controls import clock_controls, phase_controls, questions, to_all
from negotiation.ui.teach.grid import CSS, FILTERS, Found, chosen, grid, summary
from negotiation.ui.teach.group import group_panel
from negotiation.ui.teach.parts import clock, opener
from negotiation.ui.teach.people import people
from negotiation.ui.teach.phases import NAMES, steps
from negotiation.ui.teach.record import record
from negotiation.ui.teach.sharing import sharing, spaced

EVERY = 2.0
"""Seconds between two pictures of the groups at least: a class of 120 does more than one thing a second."""

A_SECOND = 15
"""Tiles drawn a second at most: one costs 0.7 ms."""

SAFETY = 20
"""Seconds after which groups are drawn anew although nothing was heard: who is away is told by silence alone."""

SECTIONS = ("Groups", "People", "Join", "Record")


def console(room: Classroom, by: Account, session_id: str) -> None:
    """The page of one class."""
    flash()
    st.html(f"<style>{CSS}</style>")
    session = room.play.keep_time(session_id)
    tiles = _tiles(room, by, session)
    st.session_state["drawn"] = _decisive(session, tiles)
    _head(room, by, session)
    section = _section(by, session)
    if section == "Join":
        sharing(room, by, session)
    elif section == "People":
        people(room, by, session)
    elif section == "Record":
        record(room, by, session)
    else:
        _groups(room, by, session, tiles)


def _head(room: Classroom, by: Account, session: Session) -> None:
    with st.container(key="card-head", border=True):
        left, middle, right = st.columns([6, 2, 5], vertical_alignment="center")
        code = room.seats.code(session.id)
        door = f"code <b>{escape(spaced(code))}</b>" if code else "joining is closed"
        left.html(
            f"<div class='class-title'>{escape(session.title)}</div>{steps(session)}"
            f"<div class='note'>{door} · {escape(by.name)}, {by.role} · <a href='?' target='_self'>all classes</a></div>"
        )
        if session.phase not in ("lobby", "debrief", "closed"):
            with middle:
                clock(session.clock, room.classes.now(), "clock", what=f"left to {NAMES[session.phase].lower()}")
        if by.role != "observer":
            with right.container(horizontal=True, key="controls"):
                clock_controls(room, by, session)
                phase_controls(room, by, session)
                to_all(room, by, session)


def _section(by: Account, session: Session) -> str:
    sections = SECTIONS if by.role != "observer" else ("Groups", "Join")
    wanted = st.session_state.pop("section", None)  # another part of the page sends here
    if "show" not in st.session_state:
        wanted = wanted or ("Groups" if session.people else "Join")
    if wanted in sections:
        st.session_state["show"] = wanted
    with st.container(horizontal=True, vertical_alignment="center"):
        section = st.segmented_control("Show", sections, required=True, key="show", label_visibility="collapsed")
        st.link_button("Projector", f"projector?class={session.id}", icon=":material/cast:", type="tertiary")
    return section or "Groups"


def _groups(room: Classroom, by: Account, session: Session, tiles: tuple[Tile, ...]) -> None:
    if by.role != "observer":
        questions(room, by, session, tiles)
        opened = next((tile for tile in tiles if tile.group == st.query_params.get("group")), None)
        if opened is not None:
            group_panel(room, by, session, opened)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.segmented_control(
            "Which groups",
            list(FILTERS),
            default="all",
            required=True,
            format_func=FILTERS.__getitem__,
            key="filter",
            label_visibility="collapsed",
        )
        st.toggle("By need", value=True, key="by-need")
        st.toggle("Points", value=True, key="scored")
    opener("opener", _open)
    _live(room, by, session.id)


def _open(group: str) -> None:
    """Open a group beneath the head; a second click on it closes it."""
    if st.query_params.get("group") == group:
        st.query_params.pop("group")
    else:
        st.query_params["group"] = group


@st.fragment(key="grid", run_every=SAFETY)
def _live(room: Classroom, by: Account, session_id: str) -> None:
    """The tiles; drawn anew when something was heard of a group, the whole page when the class has changed."""
    session = room.classes.get(session_id)
    tiles = _tiles(room, by, session)
    if _decisive(session, tiles) != st.session_state.get("drawn"):
        st.rerun()
    found: Found = by_need(session, tiles, room.classes.now())
    if not st.session_state.get("by-need", True):
        found = sorted(found, key=lambda one: one[0].number)
    shown = chosen(session, found, st.session_state.get("filter") or "all")
    here = st.query_params.get("group", "")
    st.html(
        f"<div class='note'>{escape(summary(session, found))}</div>"
        + grid(session, shown, here=here, scored=bool(st.session_state.get("scored", True)))
    )
    watch(_versions(room, session, tiles), "watch-groups", every=max(EVERY, len(tiles) / A_SECOND))


def _tiles(room: Classroom, by: Account, session: Session) -> tuple[Tile, ...]:
    """The tiles of a class; in homework of those who are there now or ask something."""
    states = room.wire.presence.states(session.id, session.people)
    also = st.query_params.get("group", "")
    return room.teaching.tiles(by, session.id, states, now_only=session.settings.homework, also=also)


def _versions(room: Classroom, session: Session, tiles: tuple[Tile, ...]) -> dict[str, int]:
    """What the tiles show, and how far: the class, games, private talk, and who is there."""
    drawn = {session.id: session.version, **{tile.group: len(tile.state.events) for tile in tiles}}
    here = {place(log): max(0, room.store.hub.version(place(log))) for log in drawn}
    with room.store.reading() as look:
        return drawn | here | look.versions([talk_of(log) for log in drawn])


def _decisive(session: Session, tiles: tuple[Tile, ...]) -> tuple[object, ...]:
    """What the page around the tiles depends on."""
    here = st.query_params.get("group")
    inside = next((len(tile.state.events) for tile in tiles if tile.group == here), 0)
    return session.version, inside, tuple(request for tile in tiles for request in tile.unanswered)
