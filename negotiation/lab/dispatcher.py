"""Chunks of work given to free workers: the chunk of one that died goes to the next, and dead ones are replaced."""

from __future__ import annotations

import sys
import threading
from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager, nullcontext
from typing import Any, Generic, TypeVar

from negotiation.errors import SetupError
from negotiation.lab.chunk_player import TRIES

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds of waiting after which a line says for what."""


class WorkerDied(Exception):
    """A worker ended without an answer: out of memory, killed, or its machine is gone.

    Parameters
    ----------
    begun
        Whether it may have been what it played that it died of.
    """

    def __init__(self, why: str = "", *, begun: bool = True) -> None:
        super().__init__(why)
        self.begun = begun


class WorkerHandle(ABC, Generic[T]):
    """A worker, one chunk at a time, so that it is known whose chunk it died of.

    Attributes
    ----------
    what
        What people are told is waited for if it takes long to come; empty: nothing.
    """

    what = ""

    @abstractmethod
    def open(self) -> Future[Any]:
        """Start the worker anew, and return a future that is done when it can play, or is dead."""

    @abstractmethod
    def opened(self, future: Future[Any]) -> None:
        """Raise an error unless the worker can play.

        Raises
        ------
        WorkerDied, SetupError
            When the worker died as it began, or would play something else.
        """

    @abstractmethod
    def play(self, chunk: int) -> Future[Any]:
        """Have a chunk played, and return a future of it."""

    @abstractmethod
    def take(self, future: Future[Any]) -> T:
        """Return the result of a chunk.

        Raises
        ------
        WorkerDied
            When the worker did not survive it.
        NegotiationError
            The error that it raised, such as for a full disk.
        """


def crowd(crew: Sequence[WorkerHandle[T]], todo: Sequence[int], bury: Callable[[int], T]) -> Generator[T, None, None]:
    """Yield what comes of chunks, as it comes.

    Parameters
    ----------
    bury
        What stands for a chunk of which too many workers died.

    Raises
    ------
    SetupError
        When workers die as they begin.
    """
    waiting, tries, falls = deque(todo), Counter[int](), 0
    idle: deque[WorkerHandle[T]] = deque()
    coming: dict[Future[Any], WorkerHandle[T]] = {hand.open(): hand for hand in crew}
    busy: dict[Future[Any], tuple[WorkerHandle[T], int]] = {}
    while waiting or busy:
        while waiting and idle:
            hand, chunk = idle.popleft(), waiting.popleft()
            busy[hand.play(chunk)] = hand, chunk
        with nullcontext() if busy or not crew[0].what else patient(crew[0].what):
            ready, _ = wait([*coming, *busy], return_when=FIRST_COMPLETED)
        for future in [one for one in coming if one in ready]:
            hand = coming.pop(future)
            try:
                hand.opened(future)
            except WorkerDied as problem:
                falls += 1
                if falls > TRIES * len(crew):
                    raise SetupError(f"workers end as soon as they begin{problem}") from None
                coming[hand.open()] = hand
            else:
                falls = 0
                idle.append(hand)
        for future in sorted((one for one in busy if one in ready), key=lambda one: busy[one][1]):
            hand, chunk = busy.pop(future)
            try:
                done = hand.take(future)
            except WorkerDied as problem:
                coming[hand.open()] = hand
                tries[chunk] += problem.begun
                if tries[chunk] < TRIES:
                    waiting.appendleft(chunk)
                    continue
                done = bury(chunk)
            else:
                idle.append(hand)
            yield done


@contextmanager
def patient(what: str) -> Iterator[None]:
    """Say on standard error what is waited for, if the block takes long."""
    timer = threading.Timer(PATIENCE, sys.stderr.write, (f"{what}; Ctrl-C stops\n",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
