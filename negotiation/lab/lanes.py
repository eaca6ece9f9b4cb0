"""Worker processes, one chunk each at a time, so that it is known whose chunk a worker died of."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event
from pathlib import Path

from negotiation.lab.plan import Plan
from negotiation.lab.worker import Done, Worker


class Lane:
    """One worker process, made anew when it has died. It ends when its parent does, however that ends."""

    def __init__(self, context: SpawnContext, plan: Plan, out: Path, stop: Event) -> None:
        self._made = context, plan, out, stop
        self.open()

    def open(self) -> None:
        """A fresh process."""
        context, plan, out, stop = self._made
        self._pool = ProcessPoolExecutor(1, context, begin, (plan, out, stop))

    def play(self, chunk: int) -> Future[Done | None]:
        """Have a chunk played."""
        try:
            return self._pool.submit(step, chunk)
        except BrokenProcessPool:
            self.open()
            return self._pool.submit(step, chunk)

    def close(self) -> None:
        """Let the process end once it has dropped or finished its chunk."""
        self._pool.shutdown(wait=True, cancel_futures=True)


_worker: list[Worker] = []
"""In a worker process: its one worker."""


def begin(plan: Plan, out: Path, stop: Event) -> None:  # pragma: no cover - runs in worker processes
    """Make the worker of this process. Ctrl-C is the parent's to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _worker[:] = [Worker(plan, out, stop.is_set)]


def step(chunk: int) -> Done | None:  # pragma: no cover - runs in worker processes
    """Play a chunk in this process."""
    return _worker[0].chunk(chunk)


def _die_with_parent() -> None:  # pragma: no cover - runs in worker processes
    """A pool's worker waits for ever for a parent that was killed; this one does not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
