"""Teach: the list of classes and courses, or the console of the class, or the course, that the address names."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.errors import NegotiationError, StoreError
from negotiation.language import mark, tr
from negotiation.ui.common.words import literal
from negotiation.ui.server.identity import account_here, room
from negotiation.ui.teach.class_list import class_list
from negotiation.ui.teach.console import console
from negotiation.ui.teach.course import course_page
from negotiation.ui.teach.course_list import COURSE
from negotiation.ui.teach.projector import projector

ADDRESS = "class"
"""The query parameter that names a class."""

DOOR = mark(
    "Classes are run by those who have an account here. {link}Log in{end}; the first time, this page makes the first "
    "account."
)


def page() -> None:
    """Draw the list of classes, or one class, for an account that has logged in."""
    if by := _account():
        session = st.query_params.get(ADDRESS)
        if not session and (course := st.query_params.get(COURSE)):
            _shown(lambda: course_page(room(), by, course))
        elif not session:
            class_list(room(), by)
        elif _known(by, session):
            _shown(lambda: console(room(), by, session))


def _shown(draw: Callable[[], None]) -> None:
    """Call `draw`; what is refused is said on the page."""
    try:
        draw()
    except StoreError:
        raise
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")


def projected() -> None:
    """Draw the page for the projector."""
    if by := _account():
        session = st.query_params.get(ADDRESS, "")
        if _known(by, session):
            projector(room(), by, session)


def _account() -> Account | None:
    """Return the account that has logged in; without one, show the way to the login and return None."""
    by = account_here()
    if by is None:
        st.title(tr("Teach"))
        way = {"link": "<a href='/login' target='_self'>", "end": "</a>"}
        st.html(f"<p class='door'>{tr(DOOR, **way)}</p>")
    return by


def _known(by: Account, session: str) -> bool:
    """Return whether this account sees such a class; if not, say so on the page."""
    try:
        room().teaching.see(by, session)
    except StoreError:
        raise
    except NegotiationError:
        st.error(tr("There is no such class here."), icon=":material/error:")
        if st.button(tr("All classes")):
            st.query_params.clear()
            st.switch_page(st.Page(page, title=tr("Teach"), url_path="teach"))
        return False
    return True
