"""A game round by round: play, pause, step, and a slider over its rounds."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.actions import Tick
from negotiation.game import Game
from negotiation.language import tr
from negotiation.state import State

BEAT = 1.2
"""Seconds between two rounds while it plays."""


def by_round(model: Game) -> list[State]:
    """Return the opening state, then the state at the end of every round."""
    states: list[State] = []
    for state in model.protocol.replay(model.case.scenario, model.state.events, model.state.rounds):
        if not state.events or isinstance(state.events[-1].action, Tick):
            states.append(state)
    return states if states[-1] is state else [*states, state]


def scrubber(place: str, unit: str, last: int, moment: Callable[[int], None], *, keys: bool = False) -> None:
    """Show the controls, and below them the moment after as many rounds as were chosen, from 0 to `last`.

    Parameters
    ----------
    place
        Keeps several on one site apart: the round stands in the session under `PLACE-round`.
    keys
        Whether the arrow keys with Shift step, wherever the focus is.
    """
    chosen, moving = f"{place}-round", f"{place}-playing"
    st.session_state.setdefault(chosen, 0)
    st.session_state[chosen] = min(st.session_state[chosen], last)
    playing = st.session_state.get(moving, False)

    @st.fragment(key=place, run_every=BEAT if playing else None)
    def body() -> None:
        if st.session_state.get(moving):
            if st.session_state[chosen] < last:
                st.session_state[chosen] += 1
            else:
                st.session_state[moving] = False
                st.rerun()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = tr("Pause") if playing else tr("Play")
            if st.button(label, icon=":material/pause:" if playing else ":material/play_arrow:", type="primary"):
                st.session_state[moving] = not playing
                if not playing and st.session_state[chosen] == last:
                    st.session_state[chosen] = 0
                st.rerun()
            back, on = ("Shift+Left", "Shift+Right") if keys else (None, None)
            steps = (-1, chosen, last), (1, chosen, last), (last, chosen, last)
            st.button(tr("Back"), icon=":material/skip_previous:", on_click=_move, args=steps[0], shortcut=back)
            st.button(tr("Step"), icon=":material/skip_next:", on_click=_move, args=steps[1], shortcut=on)
            st.button(tr("To the end"), icon=":material/last_page:", on_click=_move, args=steps[2])
        moment(st.slider(tr("{unit}s played", unit=unit.capitalize()), 0, last, key=chosen))

    body()


def _move(steps: int, chosen: str, last: int) -> None:
    st.session_state[chosen] = min(max(st.session_state[chosen] + steps, 0), last)
