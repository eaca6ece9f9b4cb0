"""Worker processes, each a `ProcessPoolExecutor` of its own: so it is known whose chunk a worker died of."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.spawn import get_preparation_data
from typing import Any, ParamSpec, TypeAlias, TypeVar

from negotiation.errors import SetupError
from negotiation.lab.chunk_player import Player
from negotiation.lab.dispatcher import WorkerDied, WorkerHandle

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


Make: TypeAlias = Callable[[Callable[[], bool]], Player[T]]
"""What makes the player in its process; it is given what says whether the chunk under way is to be dropped."""

BEGIN = (
    "It starts as the main program does: a script needs the guard `if __name__ == '__main__':` before what it runs, "
    "and a program from standard input has no workers (take workers=1)"
)
GUARD = f"a worker process ended with code {{code}} before it could play. {BEGIN}"

MOST = 64
"""Worker processes that any machine may be asked for: each takes the memory of a program."""


def first_of_all() -> None:
    """End this process if it is a worker that runs its parent's main program again, for lack of a guard."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)


def repeatable() -> None:
    """Raise `SetupError` if worker processes cannot read the program again."""
    program = get_preparation_data("")
    if "init_main_from_path" in program and not os.path.isfile(program["init_main_from_path"]):
        raise SetupError(f"a worker process cannot begin here. {BEGIN}")


class _One(SpawnContext):
    """A way to start processes that remembers the last one."""

    process: SpawnProcess

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Return a new process, to be started."""
        self.process = SpawnProcess(*args, **kwargs)
        return self.process


class Lane(WorkerHandle[T]):
    """One worker process; it ends when its parent does, however that ends.

    Parameters
    ----------
    halt
        The reading end of a pipe: once its other end is closed, chunks under way are dropped.
    alive
        The reading end of another pipe: once its other end is closed, the process ends at once.
    """

    def __init__(self, make: Make[T], halt: Connection, alive: Connection) -> None:
        self._made, self._context = (make, halt, alive), _One()
        self._pool: ProcessPoolExecutor | None = None

    @property
    def process(self) -> SpawnProcess:
        """The process that was begun last."""
        return self._context.process

    def open(self) -> Future[int]:
        """Start a fresh process, and return a future that is done when it has begun."""
        self.close()
        try:
            self._pool = ProcessPoolExecutor(1, self._context, _begin, self._made)
            return self._submit(self._pool, os.getpid)
        except OSError as problem:  # seven open files each, and a system may allow 1,024
            raise SetupError(f"no further worker process can begin: {problem.strerror}") from None

    def opened(self, future: Future[int]) -> None:
        """Raise an error unless the process has begun; for a program that cannot be started twice it says why."""
        try:
            future.result()
        except BrokenProcessPool:
            self.process.join()
            code = self.process.exitcode or 0
            if code < 0:
                raise WorkerDied(f" (killed by signal {-code})") from None
            raise SetupError(GUARD.format(code=code)) from None

    def play(self, chunk: int) -> Future[T]:
        """Have a chunk played, and return a future of it."""
        if self._pool and self.process.is_alive():
            with suppress(BrokenProcessPool):
                return self._submit(self._pool, _play, chunk)
        idle: Future[T] = Future()
        idle.set_exception(WorkerDied(begun=False))
        return idle

    def take(self, future: Future[T]) -> T:
        """Return the result of a chunk."""
        try:
            return future.result()
        except (BrokenProcessPool, MemoryError):
            raise WorkerDied from None

    def close(self) -> None:
        """Let the process end once it has dropped or finished its chunk, if it was ever begun."""
        if self._pool:
            manager: Any = getattr(
                self._pool, "_executor_manager_thread", None
            )  # not promised; without it nobody waits
            with _deaf():  # Ctrl-C in the midst of it would leave a lock for which the pool waits for ever after
                self._pool.shutdown(wait=False)
            with suppress(AttributeError):  # nobody manages a pool that never began
                manager.join()

    @staticmethod
    def _submit(pool: ProcessPoolExecutor, what: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> Future[R]:
        """Submit a call; Ctrl-C waits for it, since a process is born deaf to it and none is left half begun."""
        with _deaf():
            return pool.submit(what, *arguments, **named)


@contextmanager
def lanes(make: Make[T], count: int) -> Iterator[list[Lane[T]]]:
    """Yield `count` worker processes; each drops its chunk at the next run afterwards, at once on a second Ctrl-C."""
    repeatable()
    most = max(MOST, 8 * (os.cpu_count() or 1))
    if count > most:
        raise SetupError(f"{count:,} worker processes, must be at most {most} on this machine")
    halt, halting = multiprocessing.Pipe(duplex=False)
    alive, living = multiprocessing.Pipe(duplex=False)
    crew = [Lane(make, halt, alive) for _ in range(count)]
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
def _deaf() -> Iterator[None]:
    """Delay Ctrl-C to the end of the block."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Callable[[], Player[Any]]
"""What makes the player of this process, once; only in worker processes."""


def _begin(make: Make[T], halt: Connection, alive: Connection) -> None:  # pragma: no cover - in worker processes
    """Be a worker: deaf to Ctrl-C, which the parent handles, and gone when the parent is."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    _worker = cache(partial(make, halt.poll))


def _play(chunk: int) -> Any:  # pragma: no cover - in worker processes
    """Return the result of a chunk."""
    return _worker().play(chunk)


def _end_with(alive: Connection) -> None:  # pragma: no cover - in worker processes
    """End when the parent closes its end of the pipe, or is gone; a process that computes would not notice."""
    with suppress(EOFError, OSError):
        alive.recv()
    os._exit(1)
