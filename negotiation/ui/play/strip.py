"""The strip of tables: what lies on each, for whom it waits, and which one is looked at; one click away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from negotiation.actions import MEDIATOR
from negotiation.state import Paper
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import all_of, counted, literal, points, when
from negotiation.ui.play.pieces import unread, waiting
from negotiation.view import View
from negotiation.worth import brought


def strip(view: View, seen: Collection[int], on_choice: Callable[[], None] | None = None) -> None:
    """Draw a tile for every table of the case, those first where I sit; the open one's name stands in the session."""
    tables = ordered(view)
    if len(tables) == 1:
        return
    gains = brought(view.state, view.preferences)
    st.segmented_control(
        "Table",
        tables,
        default=chosen(view),
        required=True,
        format_func=among(tables, lambda name: _tile(view, name, gains, seen)),
        key="table",
        on_change=on_choice,
        label_visibility="collapsed",
    )


def ordered(view: View) -> list[str]:
    """Return the tables of the case, those first where I have a seat."""
    return sorted(view.scenario.tables, key=lambda name: view.me not in view.scenario.tables[name].seats)


def chosen(view: View) -> str:
    """Return the table that is looked at: at first one where I still sit."""
    wanted = str(st.session_state.get("table"))
    return wanted if wanted in view.scenario.tables else next(iter((*view.state.sits(view.me), *ordered(view))))


def spoken_of(view: View) -> str:
    """Return the table that words are about where none is named: the one looked at if I sit there, or else my first."""
    mine, table = view.state.sits(view.me), chosen(view)
    return table if table in mine else next(iter(mine), "")


def _tile(view: View, name: str, gains: Mapping[str, float], seen: Collection[int]) -> str:
    """Return the three lines of a tile in Markdown: table, what lies there, for whom it waits."""
    lines = (literal(view.scenario.tables[name].label), *_status(view, name, gains, seen))
    return "\n".join([f"**{lines[0]}**", *lines[1:]])


def _status(view: View, name: str, gains: Mapping[str, float], seen: Collection[int]) -> tuple[str, str]:
    state = view.state
    if name in state.bound:
        gain = f"{points(gains[name], view.scenario.decimals, signed=True)} for you" if gains.get(name) else "settled"
        return f"✓ signed in {when(view.scenario, state.bound_in[name])}", gain
    if name in state.dead:
        return "✕ abandoned", "stays unsigned"
    if state.turns.get(MEDIATOR):
        count = waiting(view, name)
        return (f"a {'draft' if state.drafts else 'text'} waits" if count else "open"), ("for you" if count else "–")
    theirs = [paper for paper in state.at(name) if paper.author != view.me]
    if not theirs and not state.at(name):
        return "no paper yet", "" if view.me in view.scenario.tables[name].seats else "no seat for you"
    new = unread(view, name, seen)
    papers = counted(len(theirs), "paper") if theirs else "your paper"
    return f"{papers}, **● {new} new**" if new else papers, _waits(view, name, theirs)


def _waits(view: View, name: str, theirs: Collection[Paper]) -> str:
    """Return for whose signature a table waits, by the papers on it."""
    state, here = view.state, _mine_last(view, name)
    if any(state.signable(view.me, paper) for paper in theirs):
        return "waits for you"
    must, votes = state.missing(here[-1])[name]
    lacking = [*(short(view.scenario, party) for party in must), *([f"{votes} more"] if votes else [])]
    return f"waits for {literal(all_of(lacking))}" if lacking else "nobody is missing"


def _mine_last(view: View, name: str) -> list[Paper]:
    """Return the papers at a table, mine last: what waits for others is told of that one."""
    return sorted(view.state.at(name), key=lambda paper: (paper.author == view.me, paper.id))
