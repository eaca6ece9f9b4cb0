"""A database that is away for a while: pages wait for it, say so, and go on by themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from negotiation.classroom.health import PATIENCE
from negotiation.errors import StoreError
from negotiation.language import tr
from negotiation.ui.common import words
from negotiation.ui.server.identity import room

P = ParamSpec("P")
R = TypeVar("R")

WAIT = 10.0
"""Seconds that a page waits before it says anything: what was clicked and typed is not lost meanwhile."""

LOOK = 1.0
"""Seconds between two looks whether the database is there again, for all pages together."""

_whole: ContextVar[bool] = ContextVar("whole", default=False)
_lock = threading.Lock()
_asked = [float("-inf"), 0.0]


def steady(draw: Callable[P, R]) -> Callable[P, R]:
    """Return `draw` made to wait for the database; a part inside a whole page leaves the waiting to that page."""

    @wraps(draw)
    def drawn(*args: P.args, **more: P.kwargs) -> R:
        if _whole.get():
            return draw(*args, **more)
        patience, whole = PATIENCE.set(WAIT), _whole.set(True)
        try:
            return draw(*args, **more)
        except StoreError:
            _wait()
            raise
        finally:
            PATIENCE.reset(patience)
            _whole.reset(whole)

    return drawn


def _wait() -> None:
    """Show what is the matter until it is over, then have the page drawn anew; what stands there stays meanwhile."""
    PATIENCE.set(0.0)
    place = st.empty()
    place.warning(tr(words.AWAY), icon=":material/cloud_off:")
    while True:
        time.sleep(LOOK)
        place.warning(tr(words.AWAY), icon=":material/cloud_off:")  # here the run ends when the page is closed
        if _answers():
            st.rerun()


def _answers() -> bool:
    """Return whether the database answers, asked once a second at most for all pages."""
    with _lock:
        if time.monotonic() - _asked[0] >= LOOK:
            try:
                room().store.version("")
            except StoreError:
                _asked[:] = time.monotonic(), 0.0
            else:
                _asked[:] = time.monotonic(), 1.0
        return bool(_asked[1])
