"""The line to speak in: to whom, in one's own words, and what was understood before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from negotiation.actions import LONGEST_TEXT, Say
from negotiation.language import tr
from negotiation.moves import Move
from negotiation.ui.common import words
from negotiation.ui.common.feedback import click_key
from negotiation.ui.common.meaning import Meaning, meaning
from negotiation.ui.common.offered import among
from negotiation.ui.play import drafts
from negotiation.ui.play.action_buttons import ASKING, SoloButtons
from negotiation.ui.play.conversation import spoken
from negotiation.ui.play.hearers import called, chosen
from negotiation.ui.play.quick import quick
from negotiation.ui.server.away import steady
from negotiation.ui.server.render_slots import render_slot
from negotiation.view import View

UNSAID = "unsaid"
"""In the session: what was refused, or is to be changed. It stands in its line again."""

CHECKED = "say"
"""The key of the question whether that was meant."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A text that was typed, to whom, at which table, and at which event of the game."""

    text: str
    to: tuple[str, ...]
    table: str
    at: int

    def meaning(self, view: View) -> Meaning:
        """Return what it means now: what others have done since may have closed a table."""
        return meaning(self.text, view.state, view.me, to=self.to, table=self.table, talk=view.talk)


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
        to = chosen(hand.view, f"to-{hand.game}")
        if UNSAID in st.session_state:
            st.session_state.say = st.session_state.pop(UNSAID)
        if text := st.chat_input(_invites(hand, to), key="say"):
            _typed(hand, table, text, to)
        with waiting:
            _check(hand)
        quick(hand, table, to)


def _invites(hand: SoloButtons, to: Sequence[str]) -> str:
    if not to:
        return tr("Say something to everybody…")
    return tr("Only {who} will read this…", who=called(hand.view.scenario, to))


def _typed(hand: SoloButtons, table: str, text: str, to: tuple[str, ...]) -> None:
    """Say plain words and courtesies at once; have what else was understood checked first, after what waits already."""
    view, waiting = hand.view, st.session_state.pop(drafts.said(hand.game), None)
    if not text.strip():
        st.session_state.flash = tr(words.NOTHING_SAID)
        st.rerun()
    if waiting:
        text = f"{waiting.text} {text}"
    unsent = Unsent(text, to, table, len(view.state.events))
    found = unsent.meaning(view)
    if not found.sure:
        st.session_state[drafts.said(hand.game)] = unsent
        st.session_state[ASKING] = CHECKED
        st.rerun()
    st.html(spoken(view.scenario, view.me, Say(text[:LONGEST_TEXT], to)))
    if not hand.act(Say(text, to, found.moves)):
        st.session_state[UNSAID] = text
    st.rerun()


def _check(hand: SoloButtons) -> None:
    """Show the text that waits to be sent, with what was understood, each move to be taken away."""
    unsent = st.session_state.get(drafts.said(hand.game))
    if unsent is None:
        return
    view, found = hand.view, unsent.meaning(hand.view)
    with st.container(key=f"asks-{CHECKED}"):
        st.html(spoken(view.scenario, view.me, Say(unsent.text, unsent.to)))
        moves = _kept(hand, unsent, found)
        for told in _remarks(found, moves):
            st.caption(words.literal(told))
        with st.container(horizontal=True):
            send = st.button(tr("Say it"), type="primary", icon=":material/send:", key=f"same-{CHECKED}")
            change = st.button(tr("Change it"), icon=":material/edit:", key=f"not-yet-{CHECKED}")
    if change:
        st.session_state[UNSAID] = unsent.text
    elif not send:
        return
    elif not hand.act(Say(unsent.text, unsent.to, moves)):
        st.rerun()  # it says why, and the text waits on
    del st.session_state[drafts.said(hand.game)]
    st.session_state.pop(ASKING, None)
    st.rerun()


def _kept(hand: SoloButtons, unsent: Unsent, found: Meaning) -> tuple[Move, ...]:
    """Draw a chip for every move that can be sent, and return those that are on."""
    chips = found.chips
    if not chips:
        return ()
    kept = st.pills(
        tr("Understood. Take away what you do not mean."),
        list(chips),
        selection_mode="multi",
        default=list(chips),
        format_func=among(chips, words.literal),
        key=f"moves-{hand.game}-{unsent.at}-{click_key(unsent.text, *chips)}",
    )
    return tuple(move for told in kept for move in chips[told])


def _remarks(found: Meaning, moves: Sequence[Move]) -> list[str]:
    """Return what else is to be known before it is sent, a line each."""
    told = [tr("Sent as plain words: {words}", words=missed) for missed in found.missed]
    told += [tr("Not sent as a move, {why}.", why=left) for left in found.left]
    if not moves:
        told.append(tr("All of it is sent as plain words."))
    return told
