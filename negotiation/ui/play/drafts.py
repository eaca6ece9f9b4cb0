"""The keys under which a page keeps what is not sent: what the controls of its composer hold, how it got there, and words."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from negotiation.table import Deal, Issue
from negotiation.ui.play import frame
from negotiation.view import View


def key(game: str, table: str, issue: Issue) -> str:
    """Return the key of the control of an issue."""
    return f"draft-{game}-{table}-{issue.name}"


def begun(game: str, table: str) -> str:
    """Return the key of the deal that a table's controls began with, or that was loaded into them."""
    return f"begun-{game}-{table}"


def beside(game: str, table: str) -> str:
    """Return the key of the tables put on the same paper."""
    return f"with-{game}-{table}"


def said(game: str) -> str:
    """Return the key of words that were typed and wait to be sent."""
    return f"words-{game}"


def load_draft(game: str, view: View, deals: Mapping[str, Deal]) -> None:
    """Put deals into the controls (only from a callback), on one paper if they are several."""
    for name in deals:
        st.session_state[beside(game, name)] = [other for other in deals if other != name]
    for name, deal in deals.items():
        st.session_state[begun(game, name)] = deal
        for issue, option in zip(view.scenario.tables[name].issues, deal, strict=True):
            st.session_state[key(game, name, issue)] = option
    frame.go("offer")


def unsent(game: str, view: View) -> list[str]:
    """Return the tables where the controls were moved by hand to a deal that nobody has offered."""
    return [name for name in view.state.sits(view.me) if moved(game, view, name)]


def moved(game: str, view: View, name: str) -> bool:
    """Return whether the controls of one table were moved by hand to a deal that nobody has offered."""
    start = st.session_state.get(begun(game, name))
    deal = tuple(st.session_state.get(key(game, name, issue)) for issue in view.scenario.tables[name].issues)
    offered = (deal == theirs for _, _, theirs in view.state.offers.get(name, ()))
    return start is not None and None not in deal and deal != start and not any(offered)
