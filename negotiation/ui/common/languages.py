"""The language of this page: chosen here, or in this browser before, or the browser's own; and the place to choose it."""

from __future__ import annotations

import streamlit as st

from negotiation.language import LANGUAGES, ask_page, closest, speak, tr

COOKIE = "negotiation_language"
"""The cookie in which a browser keeps the language that was chosen in it."""

CHOSEN = "language"
"""In the session: the language chosen on this page."""

YEAR = 31_536_000
"""Seconds for which a browser keeps a choice."""

KEEP = "export default ({{ data }}) => {{\n  document.cookie = `{cookie}=${{data}};path=/;max-age={year};samesite=lax`;\n}}"
"""On several lines: Streamlit takes one line for the name of a file."""

CSS = """
.st-key-languages { position:fixed; top:.55rem; right:6.5rem; z-index:999991; width:auto !important }
.st-key-languages button { padding:.1rem .5rem; min-height:24px }
"""


def here() -> str:
    """Return the code of the language in which this page is shown."""
    kept = st.context.cookies.get(COOKIE)
    return closest(st.session_state.get(CHOSEN), kept if isinstance(kept, str) else "", st.context.locale)


def start() -> None:
    """Have everything on this page told in its language, its parts that are drawn by themselves too."""
    ask_page(here)
    speak(here())


def choice() -> None:
    """Draw the languages, from which one is chosen; the browser remembers it."""
    now = here()
    with st.container(key="languages"):
        st.html(f"<style>{CSS}</style>")
        with st.popover(
            now.upper(), icon=":material/language:", type="tertiary", help=tr("Language"), key="languages-open"
        ):
            for code, name in LANGUAGES.items():
                st.button(
                    name,
                    key=f"language-{code}",
                    type="tertiary",
                    icon=":material/check:" if code == now else None,
                    on_click=st.session_state.update,
                    args=({CHOSEN: code},),
                )
    if CHOSEN in st.session_state:
        script = KEEP.format(cookie=COOKIE, year=YEAR)
        st.components.v2.component("negotiation_language", html="<span hidden></span>", js=script)(
            data=now, key="language-kept"
        )
