"""From a click to a command: a refusal, or what has been done, becomes a message on the next run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from negotiation.errors import NegotiationError, Refused
from negotiation.language import tr
from negotiation.ui.common.words import literal

ARRIVED = "arrived"
"""In the session: whether the last run of the app was another page's."""


def attempt(do: Callable[[], object], said: str = "") -> None:
    """Call `do` and run the page again, which shows what was refused, or else `said`, which is told already."""
    try:
        do()
    except NegotiationError as problem:
        said = tr(problem.said)
    if said:
        st.session_state.flash = said
    st.rerun()


def answered(why: str | None) -> None:
    """Raise `Refused` with the answer `why` of a command, unless it is None, which means that it is done.

    Raises
    ------
    Refused
        When it was not done.
    """
    if why is not None:
        raise Refused(why)


def click_key(*parts: object) -> str:
    """Return the key of a request, equal for equal clicks on one page."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def flash() -> None:
    """Show the message that the last act left, once."""
    if "flash" in st.session_state:
        st.toast(literal(st.session_state.pop("flash")), icon=":material/info:")
