"""The strip of tables: what lies on each, for whom it waits, and which one is looked at; one click away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from negotiation.actions import MEDIATOR
from negotiation.language import plural, tr
from negotiation.state import Paper
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import all_of, literal, points, when
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
        tr("Table"),
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
        gain = points(gains.get(name, 0.0), view.scenario.decimals, signed=True)
        told = tr("{points} for you", points=gain) if gains.get(name) else tr("settled")
        return tr("✓ signed in {week}", week=when(view.scenario, state.bound_in[name])), told
    if name in state.dead:
        return tr("✕ abandoned"), tr("stays unsigned")
    if state.turns.get(MEDIATOR):
        count = waiting(view, name)
        if not count:
            return tr("open"), "–"
        return (tr("a draft waits") if state.drafts else tr("a text waits")), tr("for you")
    theirs = [paper for paper in state.at(name) if paper.author != view.me]
    if not theirs and not state.at(name):
        return tr("no paper yet"), "" if view.me in view.scenario.tables[name].seats else tr("no seat for you")
    new = unread(view, name, seen)
    papers = plural("{n} paper", "{n} papers", len(theirs)) if theirs else tr("your paper")
    if new:
        papers = plural("{papers}, **● {n} new**", "{papers}, **● {n} new**", new, papers=papers)
    return papers, _waits(view, name, theirs)


def _waits(view: View, name: str, theirs: Collection[Paper]) -> str:
    """Return for whose signature a table waits, by the papers on it."""
    state, here = view.state, _mine_last(view, name)
    if any(state.signable(view.me, paper) for paper in theirs):
        return tr("waits for you")
    must, votes = state.missing(here[-1])[name]
    lacking = [*(short(view.scenario, party) for party in must), *([tr("{n} more", n=votes)] if votes else [])]
    return tr("waits for {who}", who=literal(all_of(lacking))) if lacking else tr("nobody is missing")


def _mine_last(view: View, name: str) -> list[Paper]:
    """Return the papers at a table, mine last: what waits for others is told of that one."""
    return sorted(view.state.at(name), key=lambda paper: (paper.author == view.me, paper.id))
