"""Worker processes, one chunk each at a time, so that it is known whose chunk a worker died of."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event
from pathlib import Path

from negotiation.lab.plan import Plan
from negotiation.lab.worker import Done, Worker


class WorkerDied(Exception):
    """A worker process ended in the middle of a chunk: out of memory, killed, or its machine is gone."""


class Lane:
    """One worker process, made anew when it has died. It ends when its parent does, however that ends."""

    def __init__(self, context: SpawnContext, plan: Plan, out: Path, stop: Event, alive: Connection) -> None:
        self._made = context, plan, out, stop, alive
        self.open()

    def open(self) -> None:
        """A fresh process."""
        context, plan, out, stop, alive = self._made
        self._pool = ProcessPoolExecutor(1, context, begin, (plan, out, stop, alive))

    def play(self, chunk: int) -> Future[Done | None]:
        """Have a chunk played."""
        with _shielded():
            try:
                return self._pool.submit(step, chunk)
            except BrokenProcessPool:
                self.open()
                return self._pool.submit(step, chunk)

    def take(self, future: Future[Done | None]) -> Done | None:
        """What came of a chunk.

        Raises
        ------
        WorkerDied
            When the process did not survive it.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            raise WorkerDied from None

    def close(self) -> None:
        """Let the process end once it has dropped or finished its chunk."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def lanes(plan: Plan, out: Path, count: int) -> Iterator[list[Lane]]:
    """So many worker processes. Afterwards each drops its chunk at the next run; a second Ctrl-C ends them at once."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    theirs, ours = context.Pipe(duplex=False)
    crew = [Lane(context, plan, out, stop, theirs) for _ in range(count)]
    try:
        yield crew
    finally:
        stop.set()
        try:
            for lane in crew:
                lane.close()
        finally:
            ours.close()
            theirs.close()


@contextmanager
def _shielded() -> Iterator[None]:
    """Processes that are started here are born deaf to Ctrl-C, which is the parent's to hear."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: list[Worker] = []
"""In a worker process: its one worker."""


def begin(plan: Plan, out: Path, stop: Event, alive: Connection) -> None:  # pragma: no cover - in worker processes
    """Make the worker of this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    _worker[:] = [Worker(plan, out, stop.is_set)]


def step(chunk: int) -> Done | None:  # pragma: no cover - in worker processes
    """Play a chunk in this process."""
    return _worker[0].chunk(chunk)


def _end_with(alive: Connection) -> None:  # pragma: no cover - in worker processes
    """End when the parent closes its end of the pipe, or is gone; a pool's worker would wait for it for ever."""
    with suppress(EOFError, OSError):
        alive.recv()
    os._exit(1)
