"""Who is at this browser: the classroom of this server, and the seat or the account that a cookie stands for.

Both cookies are HttpOnly and set by `doors.py` alone; they are seen by pages of a new socket only, so a real navigation
follows. A page asks here first and shows nothing of a class to anybody else.
"""

from __future__ import annotations

import os
from functools import lru_cache

import streamlit as st

from negotiation.case import Case
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.seats import Seat
from negotiation.classroom.store import Store, store
from negotiation.errors import Refused

SEAT, LOGIN = "negotiation_seat", "negotiation_login"
"""The cookies: the token of a person's seat, and that of a login."""

PLACE, KNOWN = "negotiation_place", "negotiation_known"
"""Cookies: the places that this browser took in classes and may come back to, and, which opens nothing, that somebody
has logged in here."""

SERVED = "NEGOTIATION_SERVED"
"""The environment variable that says that classes are taught here; its value is the public address."""


ALONE = "NEGOTIATION_ALONE"
"""The environment variable that says that the server answers this machine alone."""


def room() -> Classroom:
    """The classroom of this process, of the database that the environment names."""
    return _room(store())


@lru_cache(maxsize=8)
def _room(kept: Store) -> Classroom:
    return Classroom(kept)


def served() -> bool:
    """Whether this is `negotiation serve`, where sheets are for those who have logged in."""
    return bool(os.environ.get(SERVED))


def public_url() -> str:
    """The address that people type, without a slash behind it; empty when nobody but this machine is served."""
    return os.environ.get(SERVED, "").rstrip("/")


def cookie(name: str) -> str:
    """The value of a cookie of this page's socket; empty if it has none."""
    value = st.context.cookies.get(name)
    return value if isinstance(value, str) else ""


def seat_here() -> Seat | None:
    """The seat of whoever looks at this page; None without one. Asked anew in every run: people are moved."""
    token = cookie(SEAT)
    if not token:
        return None
    try:
        return room().seats.identify(token)
    except Refused:
        return None


def account_here() -> Account | None:
    """The account that is logged in on this page; None if none is."""
    token = cookie(LOGIN)
    if not token:
        return None
    try:
        return room().accounts.who(token)
    except Refused:
        return None


def sheets_open() -> bool:
    """Whether pages with everybody's sheets may be shown here: on one's own machine, and to those who teach."""
    return not served() or account_here() is not None


def passer_by() -> bool:
    """Whether whoever looks at this page has neither seat nor login on a server where classes are taught."""
    return served() and account_here() is None and seat_here() is None


def kept_back(case: Case) -> bool:
    """Whether nobody here plays this case alone now: the end shows every sheet, and a class has yet to play them."""
    return not sheets_open() and room().wire.keeper.keeps_back(case)
