"""From a button to an act: against agents through the script, in class through the socket."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from negotiation.actions import Action, Event
from negotiation.classroom.phases import Phase
from negotiation.classroom.seats import Seat
from negotiation.formats.log import encode
from negotiation.game import Game
from negotiation.language import tr
from negotiation.reports.words import in_turn
from negotiation.ui.common.words import literal
from negotiation.ui.play.hearers import thinking
from negotiation.ui.play.solo_games import act
from negotiation.ui.server import live
from negotiation.ui.server.identity import seat_here
from negotiation.view import View

ASKING = "asking"
"""In the session: the key of the button that asks before it acts. One question is open at a time."""


class ActionButtons(ABC):
    """The buttons of one party's page.

    Attributes
    ----------
    game
        Names the game in the keys of widgets.
    view
        What the party knows, and this page shows.
    alone
        Whether all the others are agents, who answer before the page is drawn again.
    suggests
        Whether the page may look for better deals.
    coaches
        Whether the page may coach.
    """

    game: str
    view: View
    alone: bool = True
    suggests: bool = True
    coaches: bool = True

    @abstractmethod
    def button(
        self,
        label: str,
        action: Action,
        key: str,
        *,
        icon: str,
        said: str,
        primary: bool = False,
        disabled: bool = False,
        asks: Sequence[str] = (),
        yes: str = "",
        unsent: str = "",
    ) -> None:
        """Draw a button that does an act; the key says what is being decided.

        Parameters
        ----------
        said
            The message when it is done.
        asks
            What is at stake (see `confirmations`): before it acts, that is told and asked about, in a line under the button.
        yes
            The label of the button that confirms; if empty, `label` and `all the same`.
        unsent
            What other buttons that ask say of this one, as long as it has not been pressed.
        """

    def takes(self, kind: type[Action]) -> bool:
        """Return whether acts of a kind count at all now; the view says whether the rules allow one."""
        return True

    def gone(self) -> bool:
        """Return whether another person sits here by now: asked before a part of the page is drawn alone."""
        return False


class SoloButtons(ActionButtons):
    """The buttons against agents, who answer before the page is drawn again."""

    def __init__(self, game: str, model: Game, view: View) -> None:
        self.game, self.model, self.view = game, model, view

    def button(
        self,
        label: str,
        action: Action,
        key: str,
        *,
        icon: str,
        said: str,
        primary: bool = False,
        disabled: bool = False,
        asks: Sequence[str] = (),
        yes: str = "",
        unsent: str = "",
    ) -> None:
        """Draw a button of Streamlit's."""
        kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        if st.button(label, key=key, type=kind, icon=f":material/{icon}:", disabled=disabled):
            if not asks:
                self._act(action, icon, said)
            st.session_state[ASKING] = key
            st.rerun()  # another question may stand above
        if st.session_state.get(ASKING) != key:
            return
        if disabled or not asks:
            del st.session_state[ASKING]
        elif self._sure(
            tr("**{label}?** {questions}", label=label, questions=literal(in_turn(asks))), yes or _same(label), key
        ):
            self._act(action, icon, said)

    def act(self, action: Action) -> bool:
        """Do an act, say who is thinking about it, and return whether it was done."""
        with st.spinner(thinking(self.view, action)):
            return act(self.game, self.model, self.view.me, action)

    def _act(self, action: Action, icon: str, said: str) -> None:
        if self.act(action) and said:
            st.toast(said, icon=f":material/{icon}:")
        st.rerun()

    def _sure(self, question: str, yes: str, key: str) -> bool:
        """Return whether the question was answered with yes; on the page Enter is yes, Escape no (scripts/focus.js)."""
        with st.container(key=f"asks-{key}"):
            st.markdown(question)
            with st.container(horizontal=True):
                sure = st.button(yes, key=f"same-{key}", type="primary")
                never = st.button(tr("Not yet"), key=f"not-yet-{key}")
        if sure or never:
            del st.session_state[ASKING]
        if never:
            st.rerun()
        return sure


class ClassButtons(ActionButtons):
    """The buttons in class: an act goes through the socket, is sent until it is stored, and then changes all pages."""

    alone = False

    def __init__(self, seat: Seat, view: View, phase: Phase, *, suggests: bool, coaches: bool = False) -> None:
        self.seat, self.game, self.view, self.phase = seat, seat.group, view, phase
        self.suggests, self.coaches = suggests, coaches

    def button(
        self,
        label: str,
        action: Action,
        key: str,
        *,
        icon: str,
        said: str,
        primary: bool = False,
        disabled: bool = False,
        asks: Sequence[str] = (),
        yes: str = "",
        unsent: str = "",
    ) -> None:
        """Draw a button of this package that acts through the socket."""
        row = encode(self.view.scenario, Event(self.view.me, action))
        del row["party"]
        off = disabled or not self.takes(type(action))
        basis = len(self.view.state.events)
        # an id of a game may have two underlines, which Streamlit does not take in a key
        name = f"{key}-{self.game}".replace("_", "-")
        live.act(
            label,
            row,
            basis,
            name,
            icon=icon,
            primary=primary,
            disabled=off,
            said=said,
            asks=asks,
            yes=yes or _same(label),
            unsent=unsent,
        )

    def takes(self, kind: type[Action]) -> bool:
        """Return whether acts of a kind count now: all during the talks, then only signatures."""
        return self.phase is Phase.NEGOTIATE or (self.phase is Phase.SIGN and kind.late)

    def gone(self) -> bool:
        """Return whether the seat has changed: people are moved, and devices signed out."""
        return seat_here() != self.seat


def _same(label: str) -> str:
    """Return the label of the button that does what was asked about."""
    return tr("{label} all the same", label=label)
