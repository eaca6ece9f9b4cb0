"""Worker processes.

A `ProcessPoolExecutor` would do, but for how it ends: on some versions of Python an interrupted shutdown waits for ever,
and a worker killed while it holds a lock that others wait for takes them with it. Here there are only pipes, which the
system closes for whoever dies.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.spawn import get_preparation_data
from typing import Any, TypeAlias, TypeVar

from negotiation.errors import NegotiationError, SetupError
from negotiation.lab.chunk_player import Player
from negotiation.lab.dispatcher import Hand, WorkerDied

T = TypeVar("T")


Make: TypeAlias = Callable[[Callable[[], bool]], Player[T]]
"""What makes the player in its process; it is given what says whether the chunk under way is to be dropped."""

BEGIN = (
    "It starts as the main program does: a script needs the guard `if __name__ == '__main__':` before what it runs, "
    "and a program from standard input has no workers (take workers=1)"
)
GUARD = f"a worker process ended with code {{code}} before it could play. {BEGIN}"


def first_of_all() -> None:
    """End this process if it is a worker that runs its parent's main program again, for lack of a guard: the parent says so."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)


def repeatable() -> None:
    """See that worker processes can begin as this one did.

    Raises
    ------
    SetupError
        When its program was read from where it cannot be read again.
    """
    program = get_preparation_data("")
    if "init_main_from_path" in program and not os.path.isfile(program["init_main_from_path"]):
        raise SetupError(f"a worker process cannot begin here. {BEGIN}")


MOST = 64
"""Worker processes that any machine may be asked for: each takes the memory of a program."""


class Lane(Hand[T]):
    """One worker process. It ends when its parent does, however that ends.

    Parameters
    ----------
    halt
        The reading end of a pipe: once its other end is closed, chunks under way are dropped.
    alive
        The same for the process: it ends at once.
    """

    def __init__(self, context: SpawnContext, make: Make[T], halt: Connection, alive: Connection) -> None:
        self._context, self._made = context, (make, halt, alive)
        self._asked: Future[Any] = Future()
        self._line: Connection | None = None

    def open(self) -> Future[Any]:
        """A fresh process; the future is done when it has begun."""
        line, theirs = self._context.Pipe()
        self.process = self._context.Process(target=serve, args=(*self._made, theirs), daemon=True)
        resource_tracker.ensure_running()  # which the first process would start, and that lets the signal through again
        with _deaf():  # whoever is started so is born deaf to Ctrl-C, which is the parent's to hear
            self.process.start()
        theirs.close()
        self._line = line
        return self._later(line.recv)

    def opened(self, future: Future[Any]) -> None:
        """See that it has begun; a program that cannot be started twice is told what it lacks."""
        try:
            future.result()
        except WorkerDied:
            self.process.join()
            code = self.process.exitcode or 0
            if code < 0:
                raise WorkerDied(f" (killed by signal {-code})") from None
            raise SetupError(GUARD.format(code=code)) from None

    def play(self, chunk: int) -> Future[Any]:
        """Have a chunk played."""
        return self._later(self._ask, self._line, chunk)

    def take(self, future: Future[Any]) -> T:
        """What came of a chunk."""
        answer: T | NegotiationError = future.result()
        if isinstance(answer, NegotiationError):
            raise answer
        return answer

    def close(self) -> None:
        """Let the process end once it has dropped or finished its chunk; if it was ever begun."""
        if self._line is None:
            return
        if not self._asked.cancel():  # somebody has begun to wait for it
            wait([self._asked])
        self._line.close()
        self.process.join()

    def _later(self, what: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """What the process answers, waited for in a thread."""
        future: Future[Any] = Future()
        self._asked = future

        def hear() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(what(*arguments))
            except (EOFError, OSError):
                future.set_exception(WorkerDied())
            except WorkerDied as problem:
                future.set_exception(problem)

        threading.Thread(target=hear, daemon=True).start()
        return future

    @staticmethod
    def _ask(line: Any, chunk: int) -> Any:
        if not _sent(line, chunk):
            raise WorkerDied(begun=False)
        return line.recv()


def _sent(line: Any, chunk: int) -> bool:
    """Whether it could be said. The error is not kept: its frames hold a buffer that may be collected before its readers."""
    try:
        line.send(chunk)
    except OSError:
        return False
    return True


@contextmanager
def lanes(make: Make[T], count: int) -> Iterator[list[Lane[T]]]:
    """So many worker processes. Afterwards each drops its chunk at the next run; a second Ctrl-C ends them at once."""
    repeatable()
    most = max(MOST, 8 * (os.cpu_count() or 1))
    if count > most:
        raise SetupError(f"{count:,} worker processes, must be at most {most} on this machine")
    context = multiprocessing.get_context("spawn")
    halt, halting = context.Pipe(duplex=False)
    alive, living = context.Pipe(duplex=False)
    crew = [Lane(context, make, halt, alive) for _ in range(count)]
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
    """Hear Ctrl-C only behind this block."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(
    make: Make[Any], halt: Connection, alive: Connection, line: Connection
) -> None:  # pragma: no cover - in worker processes
    """Play the chunks that are asked for on a line, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    line.send(None)
    player: Player[Any] | None = None
    for chunk in _heard(line):
        try:
            player = player or make(halt.poll)
            answer: Any = player.play(chunk)
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
