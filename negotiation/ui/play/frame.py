"""The frame of the table screen: which of its parts is shown, as tabs, and how high they may be; the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import streamlit as st

from negotiation.language import mark, tr
from negotiation.ui.common.script_texts import script_texts

SCRIPTS = Path(__file__).parents[1] / "scripts"
KEY = "frame"
PART = "part"
"""In the session: the part of the screen that is looked at, if another than the first was."""

GO = "go"
"""In the session: the part of the screen to go to on a phone, and a number that grows."""

TABS = (
    ("table", mark("Table"), mark("Papers")),
    ("offer", "", mark("My offer")),
    ("talk", "", mark("Talk")),
    ("map", mark("Map"), mark("Map")),
    ("brief", mark("Brief"), mark("Brief")),
)
"""Parts of the screen: name, label where papers, offer and talk stand side by side, label where they do not."""

WATCHING = (
    ("table", mark("Map"), mark("Map")),
    ("talk", "", mark("Talk")),
    ("brief", mark("Brief"), mark("Brief")),
)
"""The parts for those who have nothing to do at the tables."""

KEYS = mark(
    "Alt with 1 to 9: that table · Alt O: send the offer · Alt S: sign the first paper · Alt E: end the round · "
    "Alt T: speak."
)


def frame(
    *, papers: int = 0, tabs: Sequence[tuple[str, str, str]] = TABS, on_part: Callable[[], None] | None = None
) -> None:
    """Draw the tabs; on a phone they are at the thumb.

    Parameters
    ----------
    papers
        At how many tables a paper waits for me.
    on_part
        Called when another part of the screen is looked at.
    """
    draw = st.components.v2.component(
        "negotiation_frame", html="<span hidden></span>", css=_loads("frame.css"), js=_loads("frame.js")
    )
    data = {
        "tabs": [(name, tr(wide), tr(narrow)) for name, wide, narrow in tabs],
        "counts": {"table": papers},
        "go": st.session_state.get(GO),
        "told": script_texts("frame"),
    }
    draw(key=KEY, data=data, on_part_change=partial(_turned, on_part), width="content")


def style() -> None:
    """Put the styles of the table screen on the page."""
    st.html(f"<style>{_loads('table.css')}</style>")


def shown(part: str) -> bool:
    """Return whether the person looks at a part now: a part that is not looked at need not be drawn."""
    return bool(st.session_state.get(PART) == part)


def go(part: str) -> None:
    """Lead to a part of the screen, where only one is shown at a time (only from a callback)."""
    st.session_state[GO] = part, st.session_state.get(GO, ("", 0))[1] + 1


@cache
def _loads(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def _turned(on_part: Callable[[], None] | None) -> None:
    """Note which part is looked at now."""
    kept = st.session_state.get(KEY)
    st.session_state[PART] = kept.get("part") if kept is not None else ""
    if on_part:
        on_part()
