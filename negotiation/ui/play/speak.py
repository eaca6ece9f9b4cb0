"""The line to speak in: to whom, in one's own words, and what was understood before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from negotiation.actions import LONGEST_TEXT, Say
from negotiation.moves import Ask, Move
from negotiation.speaking import MOST_MOVES, nonsense
from negotiation.talk.chips import chip
from negotiation.talk.reading.folding import Language
from negotiation.talk.reading.understanding import Understood, understood
from negotiation.ui.common import words
from negotiation.ui.common.feedback import click_key
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.play import drafts
from negotiation.ui.play.action_buttons import ASKING, SoloButtons
from negotiation.ui.play.conversation import spoken
from negotiation.ui.play.hearers import called, neighbours
from negotiation.ui.play.quick import quick
from negotiation.ui.server.away import steady
from negotiation.ui.server.render_slots import render_slot

UNSAID = "unsaid"
"""In the session: what was refused, or is to be changed. It stands in its line again."""

CHECKED = "say"
"""The key of the question whether that was meant."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A text that was typed, to whom, at which event of the game, and what was understood."""

    text: str
    to: tuple[str, ...]
    at: int
    found: Understood


@st.fragment
@steady
def speak(hand: SoloButtons, table: str) -> None:
    """Draw what is about to be said, the line to speak in, and the buttons for what is often said.

    Parameters
    ----------
    table
        The table that is looked at: it is spoken of where none is named.
    """
    with render_slot():
        waiting = st.container()
        to = _to(hand)
        if UNSAID in st.session_state:
            st.session_state.say = st.session_state.pop(UNSAID)
        if text := st.chat_input(_invites(hand, to), key="say"):
            _typed(hand, table, text, to)
        with waiting:
            _check(hand)
        quick(hand, table, to)


def _to(hand: SoloButtons) -> tuple[str, ...]:
    """Draw the list of those who hear it, and return who is chosen; nobody: everybody."""
    near, scenario = neighbours(hand.view), hand.view.scenario
    if len(near) < 2 and len(scenario.parties) < 3:
        return ()
    chosen = st.multiselect(
        "Who hears it",
        near,
        format_func=among(near, lambda party: short(scenario, party)),
        placeholder="Everybody hears it",
        key=f"to-{hand.game}",
        label_visibility="collapsed",
    )
    return tuple(party for party in near if party in chosen)


def _invites(hand: SoloButtons, to: Sequence[str]) -> str:
    return f"Only {called(hand.view.scenario, to)} will read this…" if to else "Say something to everybody…"


def _typed(hand: SoloButtons, table: str, text: str, to: tuple[str, ...]) -> None:
    """Say a text that means nothing to agents at once; have what was understood checked first."""
    view = hand.view
    if not text.strip():
        st.session_state.flash = words.NOTHING_SAID
        st.rerun()
    if len(text) <= LONGEST_TEXT:
        language: Language = "fr" if view.talk == "fr" else "ja" if view.talk == "ja" else "en"
        found = understood(text, view.scenario, view.me, table=table, language=language)
        if found.moves:
            st.session_state[drafts.said(hand.game)] = Unsent(text, to, len(view.state.events), found)
            st.session_state[ASKING] = CHECKED
            st.rerun()
    st.html(spoken(view.scenario, view.me, Say(text[:LONGEST_TEXT], to)))
    if not hand.act(Say(text, to)):
        st.session_state[UNSAID] = text
    st.rerun()


def _check(hand: SoloButtons) -> None:
    """Show the text that waits to be sent, with what was understood, each move to be taken away."""
    unsent = st.session_state.get(drafts.said(hand.game))
    if unsent is None:
        return
    view = hand.view
    with st.container(key=f"asks-{CHECKED}"):
        st.html(spoken(view.scenario, view.me, Say(unsent.text, unsent.to)))
        moves = _kept(hand, unsent)
        for told in _remarks(hand, unsent, moves):
            st.caption(words.literal(told))
        with st.container(horizontal=True):
            send = st.button("Say it", type="primary", icon=":material/send:", key=f"same-{CHECKED}")
            change = st.button("Change it", icon=":material/edit:", key=f"not-yet-{CHECKED}")
    if change:
        st.session_state[UNSAID] = unsent.text
    elif not send or not hand.act(Say(unsent.text, unsent.to, moves)):
        return
    del st.session_state[drafts.said(hand.game)]
    st.session_state.pop(ASKING, None)
    st.rerun()


def _kept(hand: SoloButtons, unsent: Unsent) -> tuple[Move, ...]:
    """Draw a chip for every move that can be sent, and return those that are on."""
    view, chips = hand.view, dict[str, list[Move]]()
    possible = [move for move in unsent.found.moves if not nonsense(view.state, view.me, move)][:MOST_MOVES]
    for move in possible:
        chips.setdefault(chip(move, view.scenario, view.me), []).append(move)
    if not chips:
        return ()
    kept = st.pills(
        "Understood. Take away what you do not mean.",
        list(chips),
        selection_mode="multi",
        default=list(chips),
        format_func=among(chips, words.literal),
        key=f"moves-{hand.game}-{unsent.at}-{click_key(unsent.text)}",
    )
    return tuple(move for told in kept for move in chips[told])


def _remarks(hand: SoloButtons, unsent: Unsent, moves: Sequence[Move]) -> list[str]:
    """Return what else is to be known before it is sent, a line each."""
    view, scenario = hand.view, hand.view.scenario
    told = [f"Sent as plain words: {missed}" for missed in unsent.found.missed]
    told += [
        f"Not sent as a move, {chip(move, scenario, view.me)}: {scenario.titled(why)}."
        for move in unsent.found.moves
        if (why := nonsense(view.state, view.me, move))
    ]
    deaf = [move.whom for move in moves if isinstance(move, Ask) and unsent.to and move.whom not in ("", *unsent.to)]
    if deaf:
        told.append(f"{called(scenario, dict.fromkeys(deaf))} will not hear this.")
    if not moves:
        told.append("All of it is sent as plain words.")
    return told
