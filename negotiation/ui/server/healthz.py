"""`/healthz`: whether something can be written now, told within two seconds whatever the database does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse

from negotiation.classroom.store import Store

WAIT = 1.5
"""Seconds after which a database that has not answered is said not to."""

FRESH = 1.0
"""Seconds for which an answer holds: frequent requests do not make the database busy."""


class Healthz:
    """A check that tries to write, one attempt at a time in its own thread; requests meanwhile wait for that attempt.

    Parameters
    ----------
    store
        A function that returns the database.
    """

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store, self._thread = store, ThreadPoolExecutor(1, "healthz")
        self._trying: asyncio.Future[str] | None = None
        self._ended = float("-inf")

    async def answer(self, _request: Request) -> JSONResponse:
        """Answer 200 while the database stores what is written, else 503 and why, in words that give nothing away."""
        if self._trying is None or (self._trying.done() and time.monotonic() - self._ended > FRESH):
            self._trying = asyncio.get_running_loop().run_in_executor(self._thread, self._try)
        done, _ = await asyncio.wait({self._trying}, timeout=WAIT)
        why = self._trying.result() if done else self._silent()
        told: dict[str, object] = {"ok": False, "why": why} if why else {"ok": True}
        return JSONResponse(told, 503 if why else 200, {"cache-control": "no-store"})

    def _silent(self) -> str:
        known = self._store().health.why
        return f"the database has not answered for {WAIT:g} seconds" + (f"; before, {known}" if known else "")

    def _try(self) -> str:
        """Return why nothing can be written; empty if something can."""
        store = self._store()
        fine = store.keeps()
        self._ended = time.monotonic()
        return "" if fine else f"the database does not keep what is done: {store.health.why or 'it is slow'}"
