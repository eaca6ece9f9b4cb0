"""The identity of a browser: the classroom of this server, and the seat or the account that a cookie stands for.

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
"""Cookies: the places that this browser took in classes and may come back to, and, which opens nothing, that a person
has logged in here."""

SERVED = "NEGOTIATION_SERVED"
"""The environment variable that says that classes are taught here; its value is the public address."""


ALONE = "NEGOTIATION_ALONE"
"""The environment variable that says that the server answers this machine alone."""


def room() -> Classroom:
    """Return the classroom of this process, of the database that the environment names."""
    return _room(store())


@lru_cache(maxsize=8)
def _room(kept: Store) -> Classroom:
    return Classroom(kept)


def served() -> bool:
    """Return whether this is `negotiation serve`, where sheets are only for accounts that have logged in."""
    return bool(os.environ.get(SERVED))


def own_machine() -> bool:
    """Return whether whoever is at this page sits at this machine: only then its games are those of one person."""
    return bool(os.environ.get(ALONE)) and not served()


def public_url() -> str:
    """Return the address that people type, without a slash at its end; empty if only this machine is served."""
    return os.environ.get(SERVED, "").rstrip("/")


def cookie(name: str) -> str:
    """Return the value of a cookie of this page's socket; empty if it has none."""
    value = st.context.cookies.get(name)
    return value if isinstance(value, str) else ""


def seat_here() -> Seat | None:
    """Return the seat of the person at this page, None without one; asked anew in every run, as people are moved."""
    token = cookie(SEAT)
    if not token:
        return None
    try:
        return room().seats.identify(token)
    except Refused:
        return None


def account_here() -> Account | None:
    """Return the account that is logged in on this page; None if none is."""
    token = cookie(LOGIN)
    if not token:
        return None
    try:
        return room().accounts.who(token)
    except Refused:
        return None


def sheets_open() -> bool:
    """Return whether pages with everybody's sheets may be shown here: on one's own machine, and to accounts."""
    return not served() or account_here() is not None


def passer_by() -> bool:
    """Return whether this page's visitor has neither seat nor login on a server of classes."""
    return served() and account_here() is None and seat_here() is None


def kept_back(case: Case) -> bool:
    """Return whether this case may not be played alone here: its end shows sheets that a class has yet to play."""
    return not sheets_open() and room().wire.keeper.keeps_back(case)
