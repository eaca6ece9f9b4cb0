"""What every page has besides its content: a title of its own in the browser's tab, and headings in order."""

from __future__ import annotations

import datetime
import re

import streamlit as st
from babel.dates import format_date

from negotiation.language import SOURCE, language, tr
from negotiation.ui.common import words

DATE = "d MMMM y"
"""A day in English, where the month comes first in some countries and last in others."""

TITLED = "titled"
"""In the session: what the page is called."""


def titled(*parts: str) -> None:
    """Call the page so in the browser's tab, its history and its bookmarks: `Week 3 of 16 · Alliance 2023 · Negotiation`."""
    found = list(dict.fromkeys(filter(None, parts)))
    st.session_state[TITLED] = found
    st.set_page_config(page_title=" · ".join([*found, tr(words.TITLE)]))


def source() -> str:
    """Return where something on this page is from, for those who find it elsewhere: the page's title, and the day."""
    day = datetime.datetime.now(datetime.UTC).astimezone()
    return " · ".join([*st.session_state.get(TITLED, ()), date(day), tr("fictional scores")])


def date(day: datetime.date) -> str:
    """Return a day as it is written in the language of who reads it: `4 March 2027`."""
    return format_date(day, DATE if language() == SOURCE else "long", locale=language())


def brief_title(title: str) -> str:
    """Return the title of a case without what explains it: `Alliance 2023`."""
    return re.split("[:：]", title)[0].rstrip()


CSS = """
[class*="st-key-card"] :is(h2, h3) { font-size:1.05rem !important; font-weight:600 !important; letter-spacing:normal !important; padding:.5rem 0 .75rem !important }
.react-aria-ComboBox button, [data-testid="stMultiSelect"] button[aria-label="Clear all"] { min-width:24px; min-height:24px }
.st-key-card-brief p, .st-key-card-about p { max-width:75ch }
.wide:focus-visible { outline:2px solid var(--accent); outline-offset:2px }
.st-key-setup-level [role="radiogroup"] { flex-wrap:wrap; gap:.4rem } .st-key-setup-level [role="radio"] { border:1px solid var(--line); border-radius:.65rem; margin:0 }
.st-key-setup-level [aria-checked="true"] { border-color:var(--accent) }
@media (max-width:640px) { .st-key-setup-level [role="radiogroup"] { flex-direction:column; align-items:stretch }
  .st-key-setup-level [role="radio"] { width:100%; height:auto; min-height:44px; border-radius:.65rem } .st-key-setup-level [role="radio"] * { white-space:normal } }
"""
"""Cards under a page's first heading are headed by its second level, which would be too large for them."""
