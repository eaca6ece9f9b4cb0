"""Play: choose a seat, read the brief, negotiate, and see how it went. The address of a game reopens it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

import streamlit as st

from negotiation.actions import Offer, Pass, Say
from negotiation.analysis.transcript import transcript
from negotiation.errors import NegotiationError
from negotiation.model import NegotiationModel
from negotiation.table import Deal
from negotiation.ui import words
from negotiation.ui.alliance_map import draw
from negotiation.ui.ballot import ballot, stage
from negotiation.ui.board import tiles, waiting, worth
from negotiation.ui.brief import brief
from negotiation.ui.composer import composer
from negotiation.ui.conversation import conversation
from negotiation.ui.debrief import debrief, downloads
from negotiation.ui.look import short
from negotiation.ui.papers import dance, papers, walk
from negotiation.ui.session import act, flash, solo
from negotiation.ui.setup import setup_form
from negotiation.view import View

Rows: TypeAlias = Sequence[Mapping[str, Any]]
"""A transcript."""

ADDRESS = "game"
"""The query parameter that names a game."""


def page() -> None:
    """The set-up form, or the game that the address names."""
    game = st.query_params.get(ADDRESS)
    if not game:
        started = setup_form()
        if started:
            st.query_params[ADDRESS] = started
            st.rerun()
        return
    try:
        model = solo().load(game)
        me = solo().person(model)
    except NegotiationError as problem:
        st.error(str(problem), icon=":material/error:")
        if st.button("Start a new game"):
            st.query_params.clear()
            st.rerun()
        return
    flash()
    view = model.seated[me].view
    if model.state.over:
        _header(model, view)
        debrief(model, me)
        _after(model, view)
    elif not view.state.turns.get(me) and not st.session_state.get(f"read-{game}"):
        _reading(game, view)
    else:
        _table(game, model, view)


def _reading(game: str, view: View) -> None:
    st.title(view.scenario.title)
    st.markdown(
        f"You are **{view.scenario.parties[view.me].title}**. Read your brief; you can open it again at any time."
    )
    if st.button("Go to the table", type="primary", icon=":material/arrow_forward:", key="go-top"):
        st.session_state[f"read-{game}"] = True
        st.rerun()
    with st.container(border=True, key="card-brief"):
        brief(view)
    st.caption(view.scenario.disclaimer or words.FICTION)


def _header(model: NegotiationModel, view: View) -> None:
    state, unit = model.state, view.scenario.unit
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {view.scenario.title.partition(':')[0]}")
        st.badge(f"You are {short(view.scenario, view.me)}", icon=":material/badge:", color="green")
        now = "the talks are over" if state.over else f"{unit} {state.round + 1} of {state.rounds}"
        st.badge(now, icon=":material/schedule:", color="gray")
        with st.popover("Brief", icon=":material/description:"):
            brief(view)


def _table(game: str, model: NegotiationModel, view: View) -> None:
    _header(model, view)
    st.progress(model.state.round / model.state.rounds)
    _standing(view, "If the texts were signed" if model.protocol.mediated else "If what they offer were signed")
    mine = view.state.sits(view.me)
    table = _choose(view, mine)
    st.html(tiles(view, table))
    _round(game, model, view)
    rows = transcript(model.protocol.opening(view.scenario, view.state.rounds), view.state.events)
    if model.protocol.mediated:
        _mediated(game, model, view, table, rows)
    else:
        _free(game, model, view, table, rows)
    downloads(model)
    st.caption(words.FICTION)


def _free(game: str, model: NegotiationModel, view: View, table: str, rows: Rows) -> None:
    """Composer, papers and conversation, where the parties make the offers."""
    left, middle, right = st.columns([4.4, 4.8, 3.4], gap="medium")
    with left.container(border=True, key="card-composer"):
        st.markdown(f"#### Your offer · {view.scenario.tables[table].title}")
        composer(game, view, table, lambda offer: _offer(game, model, view.me, offer))
    with middle:
        papers(game, model, view, table)
        _pictures(view, table, ())
    with right.container(border=True, key="card-talk"):
        _talk(game, model, view, rows)


def _mediated(game: str, model: NegotiationModel, view: View, table: str, rows: Rows) -> None:
    """The ballot or the texts, and the conversation, where a mediator drafts."""
    left, right = st.columns([9.2, 3.4], gap="medium")
    with left:
        ballot(game, model, view)
        carried = [vote["paper"] for row in rows for vote in row.get("ballot", ()) if vote["carried"]]
        _pictures(view, table, carried)
        walk(game, model, view, table)
    with right.container(border=True, key="card-talk"):
        _talk(game, model, view, rows)


def _pictures(view: View, table: str, carried: Collection[int]) -> None:
    with st.container(border=True, key="card-dance"):
        first, second = st.tabs(["The dance", "Map"])
        with first:
            dance(view, table, carried)
        with second:
            draw(view.state, view.me)


def _offer(game: str, model: NegotiationModel, me: str, offer: Offer) -> bool:
    return act(game, model, me, offer)


def _choose(view: View, mine: tuple[str, ...]) -> str:
    tables = view.scenario.tables
    chosen = st.segmented_control(
        "Table",
        mine,
        default=mine[0],
        required=True,
        format_func=lambda name: _tab(view, name),
        key="table",
        label_visibility="collapsed",
    )
    return chosen if chosen in tables and chosen in mine else mine[0]


def _tab(view: View, name: str) -> str:
    count = waiting(view, name)
    title = view.scenario.tables[name].title.partition(" (")[0]
    return f"{title} · {count}" if count else title


def _standing(view: View, hope: str) -> None:
    """Where I stand: now, if nothing at all is signed, and if the best of what lies on the tables were signed."""
    preferences, state = view.preferences, view.state
    paid = state.rounds_paid(view.me), state.time_paid(view.me)
    now, nothing = preferences.score(state.outcome, *paid), preferences.score({})
    offered = preferences.score(_hoped(view), *paid)
    lost, decimals = preferences.score(state.outcome) - now, view.scenario.decimals
    a, b, c, d = st.columns(4)
    a.metric(
        "If the talks stopped now",
        words.points(now, decimals),
        f"{now - nothing:+.{decimals}f} against everything unsigned",
    )
    b.metric("Everything unsigned", words.points(nothing, decimals), help=words.UNSIGNED_HELP)
    c.metric(hope, words.points(offered, decimals), f"{offered - now:+.{decimals}f} against now")
    rate = f"{preferences.delay:g} a {view.scenario.unit}"
    if preferences.discount < 1:
        rate = f"× {preferences.discount:g} by the end"
    d.metric("Cost of delay so far", words.points(lost, decimals), rate, delta_color="off", delta_arrow="off")


def _hoped(view: View) -> dict[str, Deal | None]:
    """The outcome if the others' papers bound now: at each table the one that is best for me."""
    state, hoped = view.state, dict(view.state.outcome)
    theirs = [paper for paper in state.papers.values() if paper.author != view.me and not paper.draft]
    for paper in sorted(theirs, key=lambda paper: (-worth(view, paper.deals)[0], paper.id)):
        free = not any(hoped.get(name) for name in paper.deals)
        if free and state.scenario.breaks({**hoped, **paper.deals}) is None:
            hoped |= paper.deals
    return hoped


def _round(game: str, model: NegotiationModel, view: View) -> None:
    """The buttons that end my round, or let a standing paper be."""
    unit, basis = view.scenario.unit, len(model.state.events)
    news = [item.text for item in view.news if item.round == view.state.round + 1]
    for text in news:
        st.info(text, icon=":material/campaign:")
    with st.container(horizontal=True, vertical_alignment="center"):
        label = "Sit this ballot out" if view.state.drafts else f"End my {unit}"
        if st.button(label, key=f"end-{basis}", icon=":material/skip_next:", shortcut="Ctrl+Enter"):
            act(game, model, view.me, Pass())
            st.rerun()
        if model.protocol.mediated:
            st.caption(stage(view))
        elif view.state.one_paper:
            due = ", ".join(view.scenario.tables[name].title for name in view.due)
            st.caption(f"Your turn at: {due}. Sign, counter, or let it be: ending the {unit} lets all of them be.")
        else:
            st.caption(f"Offer, sign and talk as you like; agents answer at once. The {unit} ends when you do.")


def _talk(game: str, model: NegotiationModel, view: View, rows: Rows) -> None:
    st.markdown("#### Conversation")
    with st.container(height=560, border=False, autoscroll=True, key="talk"):
        st.html(conversation(view.scenario, rows, view.me))
    if text := st.chat_input("Say something to everybody…", max_chars=1000, key="say"):
        act(game, model, view.me, Say(text))
        st.rerun()


def _after(model: NegotiationModel, view: View) -> None:
    with st.expander("The whole conversation"):
        rows = transcript(model.protocol.opening(model.state.scenario, model.state.rounds), model.state.events)
        st.html(conversation(view.scenario, rows, view.me))
    if st.button("Play again", icon=":material/replay:", type="primary"):
        st.query_params.clear()
        st.rerun()
