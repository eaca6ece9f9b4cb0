"""How a click becomes a command: a refusal is a message on the next run, and so is what has been done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import streamlit as st

from negotiation.errors import NegotiationError


def attempt(do: Callable[[], Any], said: str = "") -> None:
    """Do it and run the page again; what was refused, or `said`, is shown then. A text that `do` returns as a refusal counts as one."""
    try:
        refused = do()
    except NegotiationError as problem:
        st.session_state.flash = str(problem)
    else:
        told = refused if isinstance(refused, Refusal) else said
        if told:
            st.session_state.flash = str(told)
    st.rerun()


class Refusal(str):
    """Why something was not done, from a command that answers in words."""

    __slots__ = ()


def answered(refused: str | None) -> Refusal | None:
    """The answer of a command that returns None, or why not."""
    return None if refused is None else Refusal(refused)


def click_key(*parts: object) -> str:
    """The key of a request, the same for the same click on the same page."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
