"""Play: choose a seat, read the brief, negotiate, and see how it went; the address of a game reopens it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from negotiation.analysis.par import Par
from negotiation.analysis.transcript import Step, carried_in, steps
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.game import Game
from negotiation.handouts.procedure import procedure
from negotiation.language import language, tr
from negotiation.state import State
from negotiation.ui.common import words
from negotiation.ui.common.feedback import ARRIVED, flash
from negotiation.ui.common.focus import attend
from negotiation.ui.common.pages import brief_title, titled
from negotiation.ui.common.style import short
from negotiation.ui.common.words import when
from negotiation.ui.debrief.of_game import debrief, downloads
from negotiation.ui.debrief.result_card import result_card
from negotiation.ui.play import frame, table_screen
from negotiation.ui.play.action_buttons import ASKING, SoloButtons
from negotiation.ui.play.brief import brief
from negotiation.ui.play.conversation import conversation
from negotiation.ui.play.guide import guide, guide_reading
from negotiation.ui.play.setup import CASE, setup_form
from negotiation.ui.play.solo_games import solo
from negotiation.ui.play.speak import speak
from negotiation.ui.play.strip import spoken_of
from negotiation.ui.screens.replay import link, share
from negotiation.ui.server.identity import kept_back
from negotiation.view import View

ADDRESS = "game"
"""The query parameter that names a game."""

RUNNING = "running"
"""In the session: the game that is not over and was last looked at."""


def page() -> None:
    """Draw the set-up form, or the game that the address names."""
    game = st.query_params.get(ADDRESS)
    if not game:
        _begin()
        return
    try:
        model, me = _opened(game)
    except StoreError:
        raise
    except NegotiationError as problem:
        st.session_state[RUNNING] = ""
        st.error(words.literal(tr(problem.said)), icon=":material/error:")
        if st.button(tr("Start a new game")):
            st.query_params.clear()
            st.rerun()
        return
    flash()
    view = model.view(me)
    titled(_stage(game, model, view), brief_title(view.scenario.title))
    st.session_state[RUNNING] = "" if model.state.over else game
    if model.state.over:
        _header(model, view)
        guide(SoloButtons(game, model, view), view)
        par = debrief(model, me, link(game))
        _after(game, model, view, par)
        attend("debrief", view.state.turns.get(me, 0), top=True)
    elif _to_read(game, view):
        guide_reading(game, model, view)
        _reading(game, view, procedure(view.scenario, model.protocol.name, view.state.rounds))
    else:
        _table(game, model, view)


def _to_read(game: str, view: View) -> bool:
    """Return whether the brief comes first: nothing was done yet, and it was not put away."""
    return not view.state.turns.get(view.me) and not st.session_state.get(f"read-{game}")


def _stage(game: str, model: Game, view: View) -> str:
    """Return where a game stands, for the browser's tab: `Week 3 of 16`."""
    if model.state.over:
        return tr("Debrief")
    if _to_read(game, view):
        return tr("Brief")
    now = when(view.scenario, model.state.round)
    return tr("{when} of {rounds}", when=now[:1].upper() + now[1:], rounds=model.state.rounds)


def _opened(game: str) -> tuple[Game, str]:
    """Return a game, and the party that the person plays."""
    model = solo().load(game)
    if kept_back(model.case):
        raise Refused(words.KEPT_BACK)
    return model.told(language()), solo().person(model)


def _begin() -> None:
    """Draw the set-up form; a person who comes from another page in the middle of a game goes on with that."""
    game = st.session_state.get(RUNNING)
    if game and st.session_state.get(ARRIVED) and CASE not in st.query_params:
        _go(game)
    if game:
        _going_on(game)
    if started := setup_form():
        _go(started)


def _go(game: str) -> None:
    st.switch_page(st.Page(page, title=tr("Play"), url_path="play"), query_params={ADDRESS: game})


def _going_on(game: str) -> None:
    try:
        model, me = _opened(game)
    except NegotiationError:
        return
    state, scenario = model.state, model.case.scenario
    with st.container(border=True, key="card-going-on"):
        st.markdown(
            tr(
                "**You are in the middle of a game:** {case}, as {seat}, {when} of {rounds}.",
                case=brief_title(scenario.title),
                seat=short(scenario, me),
                when=when(scenario, state.round),
                rounds=state.rounds,
            )
        )
        if st.button(tr("Go on with it"), type="primary", icon=":material/resume:", key="go-on"):
            _go(game)


def _reading(game: str, view: View, how: str) -> None:
    st.title(view.scenario.title)
    st.markdown(
        tr(
            "You are **{party}**. Read your brief; you can open it again at any time.",
            party=view.scenario.parties[view.me].title,
        )
    )
    if st.button(tr("Go to the table"), type="primary", icon=":material/arrow_forward:", key="go-top"):
        st.session_state[f"read-{game}"] = True
        st.rerun()
    with st.container(border=True, key="card-brief"):
        brief(view, how)
    st.caption(view.scenario.disclaimer or tr(words.FICTION))


def _header(model: Game, view: View) -> None:
    """Draw what stands over a game that is over."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {brief_title(view.scenario.title)}")
        st.badge(tr("You were {party}", party=short(view.scenario, view.me)), icon=":material/badge:", color="green")
        st.badge(tr("the talks are over"), icon=":material/schedule:", color="gray")
        with st.popover(tr("Brief"), icon=":material/description:"):
            brief(view, procedure(view.scenario, model.protocol.name, view.state.rounds))


def _table(game: str, model: Game, view: View) -> None:
    hand, mediated = SoloButtons(game, model, view), model.protocol.mediated
    told = _steps(model, view.state)
    frame.style()
    with st.container(key="screen"):
        with st.container(key="desk"):
            guide(hand, view)
            chosen = table_screen.above(hand, mediated=mediated)
            table_screen.panes(hand, chosen, mediated=mediated, carried=carried_in(told) if mediated else ())
            with st.container(key="pane-brief"):
                if frame.shown("brief"):
                    _more(model, view)
                    brief(view, procedure(view.scenario, model.protocol.name, view.state.rounds))
        with st.container(key="pane-talk"), st.container(border=True, key="card-talk"):
            _talk(hand, spoken_of(view), _opening(model), told)
    attend(f"table {game}", view.state.turns.get(view.me, 0), asking=st.session_state.get(ASKING, ""))


def _more(model: Game, view: View) -> None:
    """Draw what is seldom wanted: another game, this one to take away, how a round goes, the keys."""
    with st.container(horizontal=True):
        if st.button(tr("New game"), icon=":material/add:", key="new-game", help=tr(words.NEW_GAME)):
            st.query_params.clear()
            st.rerun()
        downloads(model)
    st.caption(f"{tr(words.FLOOR_ALONE, unit=view.scenario.unit)} {tr('Keys: {keys}', keys=tr(frame.KEYS))}")
    st.caption(view.scenario.disclaimer or tr(words.FICTION))


def _opening(model: Game) -> State:
    return model.protocol.opening(model.state.scenario, model.state.rounds)


def _steps(model: Game, state: State) -> list[Step]:
    return list(steps(_opening(model), state.events))


def _talk(hand: SoloButtons, table: str, opening: State, told: Iterable[Step]) -> None:
    st.markdown(f"## {tr('Conversation')}")
    with st.container(height=420, border=False, autoscroll=True, key="talk"):
        st.html(conversation(opening, told, hand.view.me))
    speak(hand, table)


def _after(game: str, model: Game, view: View, par: Par | None) -> None:
    with st.expander(tr("The whole conversation")):
        st.html(conversation(_opening(model), _steps(model, model.state), view.me))
    share(game)
    result_card(model, view.me, par, solo().touched(game))
    if st.button(tr("Play again"), icon=":material/replay:", type="primary"):
        st.query_params.clear()
        st.rerun()
