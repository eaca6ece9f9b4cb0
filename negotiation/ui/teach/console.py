"""The console: one class live, every group at a glance, and everything a teacher does within two clicks."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.access import sees
from negotiation.classroom.accounts import Account
from negotiation.classroom.attention import by_need
from negotiation.classroom.classes import talk_of
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.presence import place
from negotiation.classroom.sessions import Session
from negotiation.classroom.tiles import Tile
from negotiation.language import language, mark, tr
from negotiation.ui.common import words
from negotiation.ui.common.feedback import flash
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import titled
from negotiation.ui.debrief.of_class import render
from negotiation.ui.server.away import steady
from negotiation.ui.server.identity import account_here
from negotiation.ui.server.live import watch
from negotiation.ui.teach.audit_trail import record
from negotiation.ui.teach.class_titles import class_title
from negotiation.ui.teach.components import clock, opener
from negotiation.ui.teach.controls import clock_controls, phase_controls, questions, to_all
from negotiation.ui.teach.empty_seats import empty_seats
from negotiation.ui.teach.grid import CSS, FILTERS, Found, chosen, grid, known, summary
from negotiation.ui.teach.group import group_panel
from negotiation.ui.teach.invitation import sharing, spaced
from negotiation.ui.teach.people import lobby, people
from negotiation.ui.teach.phases import steps
from negotiation.ui.teach.questionnaires import standing

EVERY = 2.0
"""Seconds between two pictures of the groups at least: a class of 120 does more than one thing a second."""

A_SECOND = 15
"""Tiles drawn a second at most: one costs 0.7 ms."""

SAFETY = 20
"""Seconds after which groups are drawn anew although nothing was heard: who is away is told by silence alone."""

SECTIONS = (mark("Groups"), mark("People"), mark("Join"), mark("Debrief"), mark("Record"))
PLACE = "show"
"""The query parameter that names the part of the console."""

LOOKING = ("Groups", "Join", "Debrief")
"""What observers see."""


def console(room: Classroom, by: Account, session_id: str) -> None:
    """Draw the page of one class."""
    flash()
    st.html(f"<style>{CSS}</style>")
    session = room.play.keep_time(session_id)
    heard = _heard(room, session)
    tiles = _tiles(room, by, session)
    st.session_state["drawn"] = _decisive(session, tiles)
    if room.store.health.down:
        st.error(tr(words.NOT_KEPT), icon=":material/cloud_off:")
    _head(room, by, session)
    standing(room, by, session)
    section = _section(by, session)
    titled(class_title(room, session), tr(section), tr("Teach"))
    if section in ("Groups", "People", "Record") and by.role != "observer":
        questions(room, by, session, tiles)
    if section == "Groups":
        _groups(room, by, session, tiles)
        return
    if section == "Join":
        sharing(room, by, session)
    elif section == "People":
        people(room, by, session)
    elif section == "Debrief":
        debrief(room, session)
    else:
        record(room, by, session)
    watch(heard, "watch-class", every=EVERY)


def _head(room: Classroom, by: Account, session: Session) -> None:
    with st.container(key="card-head", border=True):
        left, middle, right = st.columns([6, 2, 5], vertical_alignment="center")
        code = room.seats.code(session.id)
        door = tr("code {code}", code=f"<b>{escape(spaced(code))}</b>") if code else tr("joining is closed")
        left.html(
            f"<h1 class='class-title'>{escape(class_title(room, session))}</h1>{steps(session)}"
            f"<div class='note'>{door} · {escape(by.name)}, {tr(by.role)} · {_back(session)}</div>"
        )
        if session.phase.timed:
            with middle:
                what = tr("left to {phase}", phase=tr(session.phase.called).lower())
                clock(session.clock, room.classes.now(), "clock", what=what)
        if by.role != "observer":
            with right.container(horizontal=True, key="controls"):
                clock_controls(room, by, session)
                phase_controls(room, by, session)
                to_all(room, by, session)


def _back(session: Session) -> str:
    """Return the ways out of the console, as HTML: to the course of the class, and to all classes."""
    every = f"<a href='?' target='_self'>{tr('all classes')}</a>"
    course = f"<a href='?course={escape(session.course)}' target='_self'>{tr('its course')}</a> · "
    return course + every if session.course else every


def _section(by: Account, session: Session) -> str:
    """Return the part of the console that is shown, as chosen; other parts send here by `session_state["section"]`.

    The address keeps it, for a page that is loaded again or comes back after the server began anew.

    Sending here makes a new control: a value set in the old one could be overtaken by what the browser, woken by
    push at the same moment, still sends.
    """
    kept = st.session_state
    sections = [one for one in SECTIONS if by.role != "observer" or one in LOOKING]
    over = session.phase.over
    if not (over or session.settings.homework):
        sections.remove("Debrief")
    known, place = f"control-{session.id}" in kept, st.query_params.get(PLACE)
    if over and not kept.get(f"debriefed-{session.id}"):
        kept[f"debriefed-{session.id}"] = True
        if known or place not in sections:
            kept["section"] = "Debrief"
    start = place if place in sections else "Groups" if session.people else "Join"
    number, first = kept.get(f"control-{session.id}", (0, start))
    if "section" in kept:
        number, first = number + 1, kept.pop("section")
    kept[f"control-{session.id}"] = number, first
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen_here = st.segmented_control(
            tr("Show"),
            sections,
            default=first,
            required=True,
            format_func=among(sections, tr),
            key=f"show-{number}",
            label_visibility="collapsed",
        )
        section = str(chosen_here or first)
        st.link_button(tr("Projector"), f"projector?class={session.id}", icon=":material/cast:", type="tertiary")
    if section != place:
        st.query_params[PLACE] = section
    return section


def debrief(room: Classroom, session: Session) -> None:
    """Show the debrief, with names or without, and its downloads."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.caption(
        tr("Everybody's score sheets are in this. The projector shows it too, without names unless you say so.")
    )
    names = right.toggle(tr("Names"), value=True, key="debrief-names")
    render(room, session.id, names=names)


def _groups(room: Classroom, by: Account, session: Session, tiles: tuple[Tile, ...]) -> None:
    if by.role != "observer":
        lobby(room, by, session)
        empty_seats(room, by, session)
        opened = next((tile for tile in tiles if tile.group == st.query_params.get("group")), None)
        if opened is not None:
            group_panel(room, by, session, opened)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.segmented_control(
            tr("Which groups"),
            list(FILTERS),
            default="all",
            required=True,
            format_func=among(FILTERS, lambda one: tr(FILTERS[one])),
            key="filter",
            label_visibility="collapsed",
        )
        st.toggle(tr("By need"), value=True, key="by-need")
        st.toggle(tr("Points"), value=True, key="scored")
    opener("opener", _open)
    _live(room, by, session.id)


def _open(group: str) -> None:
    """Open a group beneath the head, or close it on a second click."""
    if st.query_params.get("group") == group:
        st.query_params.pop("group")
    else:
        st.query_params["group"] = group


@st.fragment(key="grid", run_every=SAFETY)
@steady
def _live(room: Classroom, by: Account, session_id: str) -> None:
    """Draw the tiles, anew when something was heard of a group; the whole page when the class has changed."""
    session = room.classes.get(session_id)
    if account_here() != by or not sees(by, session):
        st.rerun()  # logged out, another role by now, or no longer of this class
    heard = _heard(room, session)
    tiles = _tiles(room, by, session)
    if _decisive(session, tiles) != st.session_state.get("drawn"):
        st.rerun()
    found: Found = by_need(session, known(session, tiles), room.classes.now())
    if not st.session_state.get("by-need", True):
        found = sorted(found, key=lambda one: one[0].number)
    shown = chosen(session, found, st.session_state.get("filter") or "all")
    here = st.query_params.get("group", "")
    st.html(
        f"<div class='note'>{escape(summary(session, found))}</div>"
        + grid(session, shown, here=here, scored=bool(st.session_state.get("scored", True)))
    )
    drawn = {tile.group: len(tile.state.events) for tile in tiles}
    watch(heard | drawn, "watch-groups", every=max(EVERY, len(tiles) / A_SECOND))


def _tiles(room: Classroom, by: Account, session: Session) -> tuple[Tile, ...]:
    """Return the tiles of a class; in homework of the people who are there now or ask something."""
    states = room.wire.presence.states(session.id, session.people)
    also = st.query_params.get("group", "")
    found = room.teaching.tiles(by, session.id, states, now_only=session.settings.homework, also=also)
    return tuple(tile.told(language()) for tile in found)


def _heard(room: Classroom, session: Session) -> dict[str, int]:
    """Return the versions of class, private talk and presence, asked before they are drawn, so none is missed."""
    logs = [session.id, *_groups_of(session)]
    here = {place(log): max(0, room.store.hub.version(place(log))) for log in logs}
    with room.store.reading() as look:
        return {session.id: session.version} | here | look.versions([talk_of(log) for log in logs])


def _groups_of(session: Session) -> list[str]:
    """Return the groups that people are in: in homework not those of earlier attempts."""
    return list(dict.fromkeys(person.group for person in session.people.values() if person.group))


def _decisive(session: Session, tiles: tuple[Tile, ...]) -> tuple[object, ...]:
    """Return what the page around the tiles depends on."""
    here = st.query_params.get("group")
    inside = next((len(tile.state.events) for tile in tiles if tile.group == here), 0)
    return session.version, inside, tuple(request for tile in tiles for request in tile.unanswered)
