"""Calculations that nobody waits for: begun by the first page that needs them, in own processes, and remembered."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import platformdirs

from negotiation.analysis.findings import read
from negotiation.debrief.counterfactuals import following
from negotiation.debrief.jobs import (
    AgentsAsked,
    PartAsked,
    Replayed,
    SoFar,
    TwinsAsked,
    joined,
    remember,
    remembered,
    shares,
)
from negotiation.debrief.par import ParAsked
from negotiation.errors import NegotiationError
from negotiation.language import language, phrase, speaking
from negotiation.ui.jobs.processes import once, work

FOLDER = Path(platformdirs.user_cache_dir("alliance-negotiation")) / "replays"


@dataclass
class Job:
    """A calculation: its progress, and what it found (so far) or why it could not.

    `stage` counts what was found: twins are told early and become more exact.
    """

    share: float = 0.0
    what: str = phrase("waiting")
    found: Mapping[str, object] | None = None
    refused: str = ""
    stage: int = 0
    over: bool = False
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Return whether the calculation goes on."""
        return not self.over

    def tell(self, found: Mapping[str, object]) -> None:
        """Store what was found."""
        self.found, self.stage = found, self.stage + 1

    def step(self, share: float, what: str) -> None:
        """Store the progress: the share done, and what is being done."""
        self.share, self.what = share, what


_jobs: dict[str, Job] = {}
_lock = threading.Lock()
_one = threading.Lock()
"""Twins of one class at a time: they take all processors."""

MOST_KEPT = 256
"""Calculations kept in memory; what they found is in the folder as well."""


def job(asked: AgentsAsked | TwinsAsked | ParAsked, *, waits: bool = False) -> Job:
    """Return the calculation that answers `asked`, begun now unless it is known; passers-by wait for each other (`waits`)."""
    key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    with _lock:
        if key not in _jobs:
            _drop()
            kept, begun = remembered(FOLDER, asked), Job()
            if asked["job"] == "twins":
                so_far = read(SoFar, kept) if kept else SoFar()
                if kept:
                    begun.tell(joined(asked, so_far.points, [])[1])
                _begin(begun, partial(_twins, asked, so_far))
            elif kept is not None:
                begun.tell(kept)
                begun.over = True
            else:
                _begin(begun, partial(_single, asked, waits))
            _jobs[key] = begun
        return _jobs[key]


def _drop() -> None:
    """Drop what ended longest ago, if too much is kept."""
    ended = [key for key, one in _jobs.items() if one.over]
    for key in ended[: max(0, len(_jobs) - MOST_KEPT)]:
        del _jobs[key]


def begun_once(asked: Mapping[str, object], wanted: Callable[[], bool]) -> Job:
    """Return a calculation that is not remembered, held by the caller alone; it ends once `wanted` says no."""
    begun = Job()

    def step(share: float, what: str) -> None:
        if not wanted():
            raise NegotiationError(phrase("nobody waits for it any more"))
        begun.step(share, what)

    _begin(begun, lambda job: job.tell(once(asked, step)))
    return begun


def _begin(begun: Job, do: Callable[[Job], None]) -> None:
    code = language()

    def run() -> None:
        try:
            with speaking(code):
                do(begun)
        except NegotiationError as problem:
            begun.refused = problem.said
        finally:
            begun.over = True

    begun.thread = threading.Thread(target=run, daemon=True)
    begun.thread.start()


def _single(asked: Mapping[str, object], waits: bool, begun: Job) -> None:  # noqa: FBT001
    """Find one answer and remember it."""
    found = work(asked, begun.step, waits=waits)
    remember(FOLDER, asked, found)
    begun.tell(found)


def _twins(asked: TwinsAsked, kept: SoFar, begun: Job) -> None:
    """Find the twins of a class from more and more replays, on all processors; store them each time, to go on later."""
    while count := following(kept.games, kept.seconds, asked["budget"]) if asked["asked"] else 0:
        with _one:
            found = _shared(shares(asked, kept.games, count, os.cpu_count() or 1), begun)
            points, twins = joined(asked, kept.points, found)
            seconds = kept.seconds + max(one.seconds for one in found)
        kept = SoFar(kept.games + count, seconds, points)
        remember(FOLDER, asked, vars(kept))
        begun.tell(twins)


def _shared(parts: Sequence[PartAsked], begun: Job) -> list[Replayed]:
    """Return what all parts of a calculation found, each in a process of its own."""
    first, last = parts[0]["numbers"]
    done = [0.0] * len(parts)

    def part(n: int) -> Replayed:
        def step(share: float, _what: str) -> None:
            done[n] = share
            begun.step(
                sum(done) / len(done),
                phrase("every seat played again, games {first} to {last}", first=first + 1, last=last),
            )

        return read(Replayed, once(parts[n], step, alone=False))

    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(part, range(len(parts))))
