"""Worker processes, one chunk each at a time, so that it is known whose chunk a worker died of.

A `ProcessPoolExecutor` would do, but for how it ends: on some versions of Python an interrupted shutdown waits for ever,
and a worker killed while it holds a lock that others wait for takes them with it. Here there are only pipes, which the
system closes for whoever dies.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from pathlib import Path

from negotiation.errors import NegotiationError
from negotiation.lab.plan import Plan
from negotiation.lab.worker import Done, Worker


class WorkerDied(Exception):
    """A worker process ended in the middle of a chunk: out of memory, killed, or its machine is gone."""


class Lane:
    """One worker process, made anew when it has died. It ends when its parent does, however that ends.

    Parameters
    ----------
    halt
        The reading end of a pipe: once its other end is closed, chunks under way are dropped.
    alive
        The same for the process: it ends at once.
    """

    def __init__(self, context: SpawnContext, plan: Plan, out: Path, halt: Connection, alive: Connection) -> None:
        self._context, self._made = context, (plan, out, halt, alive)
        self._asked: Future[Done | None] = Future()
        self.open()

    def open(self) -> None:
        """A fresh process."""
        self._line, theirs = self._context.Pipe()
        self.process = self._context.Process(target=serve, args=(*self._made, theirs), daemon=True)
        with _shielded():
            self.process.start()
        theirs.close()

    def play(self, chunk: int) -> Future[Done | None]:
        """Have a chunk played, after the one before."""
        if not self.process.is_alive():
            self.open()
        self._asked = Future()
        self._asked.set_running_or_notify_cancel()
        threading.Thread(target=self._ask, args=(self._line, chunk, self._asked), daemon=True).start()
        return self._asked

    def take(self, future: Future[Done | None]) -> Done | None:
        """What came of a chunk.

        Raises
        ------
        WorkerDied
            When the process did not survive it.
        NegotiationError
            What the process raised, such as a full disk.
        """
        return future.result()

    def close(self) -> None:
        """Let the process end once it has dropped or finished its chunk."""
        if self._asked.running():
            wait([self._asked])
        self._line.close()
        self.process.join()

    @staticmethod
    def _ask(line: Connection, chunk: int, future: Future[Done | None]) -> None:
        try:
            line.send(chunk)
            answer = line.recv()
        except (EOFError, OSError):
            future.set_exception(WorkerDied())
            return
        if isinstance(answer, NegotiationError):
            future.set_exception(answer)
        else:
            future.set_result(answer)


@contextmanager
def lanes(plan: Plan, out: Path, count: int) -> Iterator[list[Lane]]:
    """So many worker processes. Afterwards each drops its chunk at the next run; a second Ctrl-C ends them at once."""
    context = multiprocessing.get_context("spawn")
    halt, halting = context.Pipe(duplex=False)
    alive, living = context.Pipe(duplex=False)
    crew = [Lane(context, plan, out, halt, alive) for _ in range(count)]
    try:
        yield crew
    finally:
        halting.close()
        try:
            for lane in crew:
                lane.close()
        finally:
            for end in (living, alive, halt):
                end.close()


@contextmanager
def _shielded() -> Iterator[None]:
    """Processes that are started here are born deaf to Ctrl-C, which is the parent's to hear."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    resource_tracker.ensure_running()  # which the first process would start, and that lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    plan: Plan, out: Path, halt: Connection, alive: Connection, line: Connection
) -> None:  # pragma: no cover - in worker processes
    """Play the chunks that are asked for on a line, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    worker: Worker | None = None
    for chunk in _heard(line):
        try:
            worker = worker or Worker(plan, out, halt.poll)
            answer: Done | NegotiationError | None = worker.chunk(chunk)
        except NegotiationError as problem:
            answer = problem
        line.send(answer)


def _heard(line: Connection) -> Iterator[int]:  # pragma: no cover - in worker processes
    """What comes over a line until it is closed."""
    with suppress(EOFError, OSError):
        while True:
            yield line.recv()


def _end_with(alive: Connection) -> None:  # pragma: no cover - in worker processes
    """End when the parent closes its end of the pipe, or is gone; whoever computes would not notice."""
    with suppress(EOFError, OSError):
        alive.recv()
    os._exit(1)
