"""The language of this page: chosen here, or in this browser before, or the browser's own; and the place to choose it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from negotiation.language import LANGUAGES, ask_page, closest, speak, tr
from negotiation.ui.server.streamlit_assumptions import drawing

COOKIE = "negotiation_language"
"""The cookie in which a browser keeps the language that was chosen in it."""

CHOSEN = "language"
"""In the session: the language chosen on this page."""

YEAR = 31_536_000
"""Seconds for which a browser keeps a choice."""

DRAFTS = "draft-"
"""How the keys of controls begin in which a draft is made."""

LIST = "languages-list"
SCRIPT = (Path(__file__).parents[1] / "scripts" / "languages.js").read_text(encoding="utf-8")
HTML = (
    "<label><svg viewBox='0 0 20 20' aria-hidden='true'><circle cx='10' cy='10' r='8'/><ellipse cx='10' cy='10' rx='3.6' ry='8'/>"
    "<path d='M2 10h16'/></svg><select aria-label='Language'></select></label>"
)
CSS = """
svg { width:1.1rem; fill:none; stroke:currentColor; stroke-width:1.4 }
label { display:flex; align-items:center; gap:.3rem; font:.84rem Inter, system-ui, sans-serif; color:var(--text) }
select { font:inherit; color:inherit; background:transparent; border:1px solid transparent; border-radius:.5rem; padding:.1rem .3rem; min-height:26px }
option { background:var(--card); color:var(--text) } select:hover { border-color:var(--line) } select:focus-visible { outline:2px solid var(--accent); outline-offset:1px }
@media (max-width:640px) { select { min-height:44px } }
"""
PLACE = """
.st-key-languages { position:fixed; top:.95rem; right:6.5rem; z-index:999991; width:auto !important }
[data-testid="stLayoutWrapper"]:has(> .st-key-languages) { position:absolute }
@media (max-width:640px) { .st-key-languages { top:.4rem } }
"""


def here() -> str:
    """Return the code of the language in which this page is shown; empty where there is no page."""
    if not drawing():
        return ""
    kept = st.context.cookies.get(COOKIE)
    return closest(st.session_state.get(CHOSEN), kept if isinstance(kept, str) else "", st.context.locale)


def start() -> None:
    """Have everything on this page told in its language, its parts that are drawn by themselves too."""
    ask_page(here)
    speak(here())


def choice() -> None:
    """Draw the list of languages, from which one is chosen; the browser remembers it."""
    with st.container(key="languages"):
        st.html(f"<style>{PLACE}</style>")
        draw = st.components.v2.component("negotiation_languages", html=HTML, css=CSS, js=SCRIPT)
        draw(
            key=LIST,
            data={
                "now": here(),
                "languages": list(LANGUAGES.items()),
                "label": tr("Language"),
                "cookie": COOKIE,
                "seconds": YEAR,
            },
            on_code_change=_chosen,
            height="content",
        )


def _chosen() -> None:
    """Note which language was chosen; a browser may send anything."""
    found = st.session_state[LIST]
    code = found.get("code") if found is not None else None
    if isinstance(code, str):
        st.session_state[CHOSEN] = closest(code)
        _choose_again()


def _choose_again() -> None:
    """Have what was chosen in drafts chosen again under its text of now: a browser knows options by their texts alone."""
    for key, value in st.session_state.items():
        if str(key).startswith(DRAFTS) and isinstance(value, int):
            st.session_state[key] = value
