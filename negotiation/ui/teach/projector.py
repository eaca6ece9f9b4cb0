"""The page for the projector: code, clock, what to do now, progress of all; nothing secret before the debrief."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.access import sees
from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import talk_of
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Session
from negotiation.classroom.tiles import Tile
from negotiation.language import plural, tr
from negotiation.reports.palette import INK
from negotiation.ui.debrief.of_class import render
from negotiation.ui.server.away import steady
from negotiation.ui.server.identity import account_here
from negotiation.ui.server.live import watch
from negotiation.ui.teach.class_titles import class_title
from negotiation.ui.teach.components import clock
from negotiation.ui.teach.counts import groups_of, people_of
from negotiation.ui.teach.invitation import address, by_code, qr, spaced
from negotiation.ui.teach.phases import to_do

EVERY = 1.0
SAFETY = 30
SAID = 600
"""Seconds for which what was told to everybody stands in front."""

MANY = 14
"""Groups beyond which their bars are smaller, so that all of them are on the screen."""

MOST_NAMES = 150


def projector(room: Classroom, by: Account, session_id: str) -> None:
    """Draw the page for the projector, dark whatever the theme."""
    st.html(f"<style>{_css()}</style>")
    session = room.play.keep_time(session_id)
    if session.phase is Phase.DEBRIEF:
        _debrief(room, session)
        return
    _live(room, by, session_id)
    with st.container(horizontal=True, key="below"):
        st.toggle(tr("Names"), value=True, key="names", help=tr("The names of those who have joined"))
        st.toggle(tr("Code"), value=True, key="code", help=tr("Code and QR code beside the clock"))


def _debrief(room: Classroom, session: Session) -> None:
    """Show the debrief, larger than on the console, and without names unless the teacher says so."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="debriefed"):
        st.html(f"<div class='stage'><h1>{escape(class_title(room, session))}</h1></div>")
        told = tr("Without: pseudonyms, the same everywhere")
        names = st.toggle(tr("Names"), value=False, key="names-debrief", help=told)
    render(room, session.id, names=names, key="front", projected=True)
    watch({session.id: session.version}, "watch-debrief")


@st.fragment(key="projected", run_every=SAFETY)
@steady
def _live(room: Classroom, by: Account, session_id: str) -> None:
    session = room.play.keep_time(session_id)
    if session.phase is Phase.DEBRIEF or account_here() != by or not sees(by, session):
        st.rerun()
    tiles = room.teaching.tiles(by, session_id, {}, now_only=session.settings.homework)
    code = room.seats.code(session_id) if not session.phase.over else None
    since = room.classes.now() - SAID
    said = [m.text for m in room.talk.announced(session_id) if not m.to and m.at > since]
    st.html(
        f"<div class='stage'><h1>{escape(class_title(room, session))}</h1><div class='phase'>{tr(session.phase.called)}</div>"
        f"<p class='todo'>{escape(to_do(session))}</p>"
        + (f"<p class='said'>{escape(said[-1])}</p>" if said and session.phase is not Phase.CLOSED else "")
        + "</div>"
    )
    door = code is not None and (session.phase is Phase.LOBBY or st.session_state.get("code", True))
    timed = session.phase.timed
    if door and timed:
        left, right = st.columns([5, 8], vertical_alignment="center")
        left.html(_door(code or "", by_code(room, session), large=False))
    else:
        right = st.container()
    with right:
        if timed:
            clock(session.clock, room.classes.now(), "projected-clock", big=True, what=tr("time left"))
            if session.phase.talks and not session.settings.homework:
                st.html(f"<div class='stage round'>{escape(_round(tiles))}</div>")
        elif door:
            st.html(_door(code or "", by_code(room, session), large=True))
    st.html(_joined(session) if session.phase is Phase.LOBBY else _progress(session, tiles))
    drawn = {session.id: session.version, **{tile.group: len(tile.state.events) for tile in tiles}}
    with room.store.reading() as look:
        watch(drawn | look.versions([talk_of(session_id)]), "watch-projector", every=EVERY)


def _door(code: str, beside: str, *, large: bool) -> str:
    return (
        f"<div class='door {'large' if large else ''}'>{qr(code)}<div><div class='where'>{escape(address())}</div>"
        f"<div class='code'>{escape(spaced(code))}</div><div>{escape(beside)}</div></div></div>"
    )


def _joined(session: Session) -> str:
    here = [person for person in session.people.values() if not person.gone]
    names = ""
    if st.session_state.get("names", True):
        shown = here[-MOST_NAMES:]
        names = "".join(f"<span>{escape(person.name)}</span>" for person in reversed(shown))
        if len(here) > len(shown):
            names += f"<span>{tr('and {n} more', n=len(here) - len(shown))}</span>"
    count = plural("{n} person has joined", "{n} people have joined", len(here))
    return f"<div class='stage'><div class='count'>{count}</div><div class='names'>{names}</div></div>"


def _progress(session: Session, tiles: tuple[Tile, ...]) -> str:
    """Return how many tables are signed in each group, but not how, as HTML."""
    here = sum(not person.gone for person in session.people.values())
    count = tr("{people} in {groups}", people=people_of(here), groups=groups_of(len(_open(session))))
    if session.settings.homework:
        tries = plural("{n} attempt", "{n} attempts", len(session.groups))
        told = plural("{n} person has begun {attempts}", "{n} people have begun {attempts}", here, attempts=tries)
        return f"<div class='stage'><div class='count'>{told}</div></div>"
    if session.phase in (Phase.READ, Phase.PREPARE):
        ready = len([p for p in session.sheets if not session.people[p].gone])
        told = f"{count} · {tr('{n} prepared', n=ready)}" if session.phase is Phase.PREPARE else count
        return f"<div class='stage'><div class='count'>{told}</div></div>"
    bars = []
    for tile in tiles:
        if not session.groups[tile.group].closed:
            marks = "".join(
                f"<i class='{'on' if n < len(tile.signed) else ''}'></i>"
                for n in range(len(tile.state.scenario.tables))
            )
            mark = " ✓" if tile.state.over else ""
            bars.append(f"<div class='bar-group'><b>{tile.number}{mark}</b>{marks}</div>")
    head = f"<div class='count'>{count} · {tr('tables signed')}</div>"
    return (
        f"<div class='stage'>{head}<div class='bars {'many' if len(bars) > MANY else ''}'>{''.join(bars)}</div></div>"
    )


def _round(tiles: tuple[Tile, ...]) -> str:
    """Return which round it is, of how many; the least and the most where groups differ; empty once all are over."""
    running = [tile.state for tile in tiles if not tile.state.over]
    if not running:
        return ""
    first, last = min(state.round for state in running) + 1, max(state.round for state in running) + 1
    unit, most = running[0].scenario.unit.capitalize(), running[0].rounds
    if first == last:
        return tr("{unit} {n} of {most}", unit=unit, n=first, most=most)
    return tr("{unit} {n} to {last} of {most}", unit=unit, n=first, last=last, most=most)


def _open(session: Session) -> list[str]:
    return [group.id for group in session.groups.values() if not group.closed]


def _css() -> str:
    ink = INK[True]
    names = "".join(f"--{name}:{colour};" for name, colour in ink.items())
    return f":root{{{names}--back:#0f1717}}{CSS}"


CSS = """
.stApp, [data-testid="stAppViewContainer"] { background:var(--back) !important; color:var(--text) }
header[data-testid="stHeader"] { display:none }
[data-testid="stMainBlockContainer"] { max-width:none; padding:clamp(1rem,2.5vw,3rem) clamp(1rem,3.5vw,5rem) }
.stage, .door { color:var(--text); text-align:center } .stage h1 { font:600 clamp(1.3rem,2.4vw,2.6rem)/1.2 Fraunces,Georgia,serif; color:var(--text); opacity:.85; padding:0; margin:0 }
.phase { font:600 clamp(2.2rem,min(6vw,9vh),6rem)/1.05 Fraunces,Georgia,serif; color:var(--accent) }
.todo { font-size:clamp(1.15rem,2.3vw,2.4rem); line-height:1.3; margin:.3em auto; max-width:44em }
.said { font-size:clamp(1.1rem,2vw,2rem); border:2px solid var(--reference); color:var(--reference); border-radius:.6rem; padding:.35em .8em; width:fit-content;
  max-width:100%; margin:.4em auto; overflow-wrap:anywhere; white-space:pre-wrap }
.door { display:flex; flex-direction:column; align-items:center; gap:.8rem } .door.large { flex-direction:row; flex-wrap:wrap; justify-content:center; gap:clamp(1rem,4vw,5rem) }
.door .qr img { width:clamp(9rem,16vw,20rem); height:auto; border-radius:.6rem; display:block } .door.large .qr img { width:clamp(14rem,26vw,30rem) }
.where { font-size:clamp(1.1rem,1.7vw,2rem); overflow-wrap:anywhere } .large .where { font-size:clamp(1.5rem,3vw,3.4rem) }
.door .code { font:600 clamp(2rem,3.8vw,4.5rem)/1.15 "JetBrains Mono",monospace; letter-spacing:.1em; white-space:nowrap } .door.large .code { font-size:clamp(3.2rem,8.5vw,11rem) }
.count { font-size:clamp(1.15rem,2vw,2.2rem); margin:.5em 0 .3em; opacity:.9 }
.names { display:flex; flex-wrap:wrap; justify-content:center; gap:.4em .6em; font-size:clamp(1rem,1.5vw,1.7rem) }
.names span { border:1px solid var(--line); border-radius:99px; padding:.1em .75em; overflow-wrap:anywhere }
.round { font:600 clamp(1.6rem,3.4vw,3.8rem)/1.15 Fraunces,Georgia,serif; margin-top:.2em }
.bars { display:grid; grid-template-columns:repeat(auto-fit,minmax(clamp(8rem,15vw,18rem),1fr)); gap:.45em 1.1em; font-size:clamp(1.15rem,2.2vw,2.6rem) }
.bars.many { grid-template-columns:repeat(auto-fit,minmax(clamp(5.5rem,9vw,12rem),1fr)); gap:.2em .9em; font-size:clamp(1rem,1.65vw,2rem) }
.bar-group { display:flex; align-items:center; gap:.3em } .bar-group b { min-width:2.2em; text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap }
.bar-group i { flex:1; height:.85em; border-radius:.2em; border:1.5px solid var(--dot) } .bar-group i.on { background:var(--good); border-color:var(--good) }
.doc, .doc *, [class*="st-key-card"] h2, [class*="st-key-card"] p { color:var(--text) !important } .doc { font-size:clamp(1rem,1.25vw,1.5rem) }
.doc .terms { font-size:inherit } .st-key-debriefed label *, [class*="st-key-front"] label * { color:var(--text) !important }
[class*="st-key-card"] { border-color:var(--line) !important }
.doc p, .doc li, .doc ol, .doc ul { font-size:inherit !important } .doc ol, .doc ul { padding-left:1.6em } .doc li { margin:.3em 0 } [class*="st-key-card"] h2 { font-size:clamp(1.25rem,1.8vw,2.3rem) !important }
[class*="st-key-card"] [data-testid="stCaptionContainer"] p { font-size:clamp(.95rem,1.1vw,1.35rem); opacity:.9 }
.st-key-debriefed label p, [class*="st-key-front"] label p, [class*="st-key-front"] button p, [class*="st-key-front"] [data-tag] *, .st-key-below label p
  { font-size:clamp(.95rem,1.05vw,1.3rem) !important } [data-testid="stCaptionContainer"] { color:var(--text) !important; opacity:1 }
[data-testid="stTooltipHoverTarget"] svg, [data-testid="stTooltipIcon"] svg { color:var(--text) !important; stroke:var(--text) !important; width:clamp(15px,1.1vw,22px); height:auto }
[class*="st-key-front"] [role="group"]:has(> [data-testid="stMultiSelectTagsContainer"]) { background:var(--card) !important; border-color:var(--dot) !important }
[class*="st-key-front"] [data-testid="stMultiSelect"] input, [class*="st-key-front"] .react-aria-ComboBox button svg { color:var(--text) !important; fill:currentColor }
[class*="st-key-front"] [data-tag] { background:var(--accent) !important } [class*="st-key-front"] [data-tag] * { color:var(--on-accent) !important }
[data-testid="stCheckbox"] label:has(input[role="switch"]) > span + div { background:var(--line) !important; outline:2px solid var(--dot) }
[data-testid="stCheckbox"] label:has(input[role="switch"]:checked) > span + div { background:var(--accent) !important; outline-color:var(--accent) }
[class*="st-key-front-part"] button { background:var(--card) !important; color:var(--text) !important; border-color:var(--line) !important }
[class*="st-key-front-part"] button[aria-checked="true"] { background:var(--accent) !important; border-color:var(--accent) !important }
[class*="st-key-front-part"] button[aria-checked="true"] * { color:var(--on-accent) !important }
.st-key-below { opacity:.6; justify-content:center } .st-key-below:hover, .st-key-below:focus-within { opacity:1 } .st-key-below label * { color:var(--text) !important }
"""
