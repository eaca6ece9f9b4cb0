"""How a page does what a person wants done: against agents through the script, in class through the socket."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Literal

import streamlit as st

from negotiation.actions import Accept, Action, Event, Say, Withdraw
from negotiation.classroom.seats import Seat
from negotiation.formats.log import encode
from negotiation.game import Game
from negotiation.ui import live
from negotiation.ui.room import seat_here
from negotiation.ui.session import act
from negotiation.ui.words import literal
from negotiation.view import View


class Hand(ABC):
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
    """

    game: str
    view: View
    alone: bool = True
    suggests: bool = True

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
        unsent: str = "",
    ) -> None:
        """Draw a button that does an act; the key says what is being decided.

        Parameters
        ----------
        said
            What is told when it is done.
        asks
            What would be left open: before it acts, these are told and asked about.
        unsent
            What a button that asks tells of this one, as long as it has not been pressed.
        """

    def takes(self, kind: type[Action]) -> bool:
        """Whether acts of a kind count at all now; whether the rules allow one says the view."""
        return True

    def gone(self) -> bool:
        """Whether somebody else sits here by now: asked before a part of the page is drawn alone."""
        return False


class Alone(Hand):
    """Against agents: they answer before the page is drawn again."""

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
        unsent: str = "",
    ) -> None:
        """Draw a button of Streamlit's."""
        kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
        if st.button(label, key=key, type=kind, icon=f":material/{icon}:", disabled=disabled):
            if not asks:
                self._act(action, icon, said)
            st.session_state.asking = key
        if asks and st.session_state.get("asking") == key:
            self._ask(label, action, key, asks)

    def _act(self, action: Action, icon: str, said: str) -> None:
        if act(self.game, self.model, self.view.me, action) and said:
            st.toast(said, icon=f":material/{icon}:")
        st.rerun()

    def _ask(self, label: str, action: Action, key: str, asks: Sequence[str]) -> None:
        """Ask before it is done, and go on asking until there is an answer."""

        @st.dialog(f"{label}?", on_dismiss=_answered)
        def question() -> None:
            st.markdown("\n".join(f"- {literal(reason)}" for reason in asks))
            with st.container(horizontal=True):
                if st.button("Not yet", key=f"not-yet-{key}"):
                    _answered()
                    st.rerun()
                if st.button(f"{label} all the same", key=f"same-{key}", type="primary"):
                    _answered()
                    self._act(action, "", "")

        question()


def _answered() -> None:
    st.session_state.pop("asking", None)


class Seated(Hand):
    """In class: the act goes through the socket, is sent again until it is stored, and then changes everybody's page."""

    alone = False

    def __init__(self, seat: Seat, view: View, phase: str, *, suggests: bool) -> None:
        self.seat, self.game, self.view, self.phase, self.suggests = seat, seat.group, view, phase, suggests

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
        unsent: str = "",
    ) -> None:
        """Draw a button of our own."""
        row = encode(self.view.scenario, Event(self.view.me, action))
        del row["party"]
        off = disabled or not self.takes(type(action))
        basis = len(self.view.state.events)
        # an id of a game may have two underlines, which Streamlit does not take in a key
        name = f"{key}-{self.game}".replace("_", "-")
        live.act(label, row, basis, name, icon=icon, primary=primary, disabled=off, said=said, asks=asks, unsent=unsent)

    def takes(self, kind: type[Action]) -> bool:
        """While only the signatures are left, nothing else."""
        return self.phase == "negotiate" or (self.phase == "sign" and kind in (Accept, Withdraw, Say))

    def gone(self) -> bool:
        """People are moved, and devices put out."""
        return seat_here() != self.seat
