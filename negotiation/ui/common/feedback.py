"""How a click becomes a command: a refusal is a message on the next run, and so is what has been done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from negotiation.errors import NegotiationError, Refused
from negotiation.ui.common.words import literal

ARRIVED = "arrived"
"""In the session: whether the last run of the app was another page's."""


def attempt(do: Callable[[], object], said: str = "") -> None:
    """Do it and run the page again, which shows what was refused, or `said`."""
    try:
        do()
    except NegotiationError as problem:
        said = str(problem)
    if said:
        st.session_state.flash = said
    st.rerun()


def answered(why: str | None) -> None:
    """Nothing, for the answer of a command that says None when it is done, and else why not.

    Raises
    ------
    Refused
        When it was not done.
    """
    if why is not None:
        raise Refused(why)


def click_key(*parts: object) -> str:
    """The key of a request, the same for the same click on the same page."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def flash() -> None:
    """Show the message that the last act left, once."""
    if "flash" in st.session_state:
        st.toast(literal(st.session_state.pop("flash")), icon=":material/info:")
