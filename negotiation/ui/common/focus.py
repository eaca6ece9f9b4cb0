"""The person's attention on a page: what is typed and not sent, the focus after an act, the top of a new page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

KEY = "attention"
SCRIPT = "".join(
    (Path(__file__).parents[1] / "scripts" / part).read_text(encoding="utf-8") for part in ("stand.js", "focus.js")
)


def attend(place: str, acts: int, *, top: bool = False, asking: str = "") -> None:
    """Follow the attention on a page that is drawn anew by every act.

    Parameters
    ----------
    place
        Names what the page shows; where that changes and `top` is set, the page is read from its top.
    acts
        How much has been done: when it grows and the focus is lost, it goes to where the page says how things stand.
    asking
        The key of the button whose question is open: the focus goes there (Enter is yes), Escape is no, and then the
        focus comes back to the button.
    """
    draw = st.components.v2.component("negotiation_attention", html="<span hidden></span>", js=SCRIPT)
    draw(key=KEY, data={"place": place, "acts": acts, "top": top, "asking": asking}, on_typed_change=_nothing, height=1)


def typed() -> str:
    """Return what stood in the line of the conversation when the person last left it."""
    kept = st.session_state.get(KEY)
    text = kept.get("typed") if kept is not None else ""
    return text if isinstance(text, str) else ""


def _nothing() -> None:
    pass
