"""The slots for drawing: few pages are drawn at a time, so that acts are stored and acknowledged without delay.

Drawing is pure computing, and Python does one thing at a time: a hundred threads that draw at once finish no sooner than
three, but an act to be stored would wait behind all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_A_TIME, PASSING = 3, 2

LONGEST = 1.0
"""Seconds that a drawing lets what is being stored go first."""

_idle = threading.Condition()
_storing: set[object] = set()
_turns = threading.BoundedSemaphore(AT_A_TIME)
_passing = threading.BoundedSemaphore(PASSING)
_drawing: set[object] = set()
_mine = threading.local()


@contextmanager
def render_slot() -> Iterator[None]:
    """Wait for a slot to draw in, and hold it; a fragment inside a page that has one needs no other."""
    if getattr(_mine, "held", False):
        yield
        return
    with _idle:
        _idle.wait_for(lambda: not _storing, LONGEST)
    with _turns:
        _mine.held, this = True, object()
        _drawing.add(this)
        try:
            yield
        finally:
            _mine.held = False
            with _idle:
                _drawing.discard(this)
                _idle.notify_all()


@contextmanager
def passing() -> Iterator[None]:
    """Hold a slot for a page of a passer-by: fewer at a time, and each after what is stored or drawn for seats."""
    with _passing:
        with _idle:
            _idle.wait_for(lambda: not _storing and not _drawing, LONGEST)
        _mine.passes = True
        try:
            yield
        finally:
            _mine.passes = False


@contextmanager
def waiting() -> Iterator[None]:
    """Release a passer-by's slot while its page waits for a calculation, so that others are drawn meanwhile."""
    if not getattr(_mine, "passes", False):
        yield
        return
    _passing.release()
    try:
        yield
    finally:
        _passing.acquire()


@contextmanager
def first() -> Iterator[None]:
    """Mark that something is being stored: drawings wait for it, so that several changes are drawn once."""
    this = object()
    with _idle:
        _storing.add(this)
    try:
        yield
    finally:
        with _idle:
            _storing.discard(this)
            if not _storing:
                _idle.notify_all()


def storing() -> int:
    """Return how many things are being stored now."""
    return len(_storing)
