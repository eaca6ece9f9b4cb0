"""Calculations that nobody waits for: begun by whichever page needs them, in a process of their own, and remembered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from negotiation.debrief.jobs import remember, remembered
from negotiation.errors import NegotiationError
from negotiation.ui.working import once, work

FOLDER = Path(platformdirs.user_cache_dir("negotiation")) / "replays"


@dataclass
class Job:
    """A calculation: how far it is, and what it found or why it could not."""

    share: float = 0.0
    what: str = "waiting"
    found: dict[str, Any] | None = None
    refused: str = ""
    thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.found is None and not self.refused


_jobs: dict[str, Job] = {}
_lock = threading.Lock()


def job(asked: dict[str, Any]) -> Job:
    """The calculation that answers this, begun now if nobody has begun it."""
    key = json.dumps(asked, sort_keys=True)
    with _lock:
        if key in _jobs:
            return _jobs[key]
        begun = _jobs[key] = Job(found=remembered(FOLDER, asked))
    if begun.running:
        begun.thread = threading.Thread(target=_do, args=(begun, asked), daemon=True)
        begun.thread.start()
    return begun


def begun_once(asked: dict[str, Any]) -> Job:
    """The same for whoever holds what is returned, and remembered nowhere else."""

    def do(step: Callable[[float, str], object]) -> None:
        begun.found = once(asked, step)

    begun = Job()
    begun.thread = threading.Thread(target=_told, args=(begun, do), daemon=True)
    begun.thread.start()
    return begun


def _do(begun: Job, asked: dict[str, Any]) -> None:
    def do(step: Callable[[float, str], object]) -> None:
        found = work(asked, step)
        remember(FOLDER, asked, found)
        begun.found = found

    _told(begun, do)


def _told(begun: Job, do: Callable[[Callable[[float, str], object]], None]) -> None:
    """Do it, and tell the job how far it is, or why it could not be done."""

    def step(share: float, what: str) -> None:
        begun.share, begun.what = share, what

    try:
        do(step)
    except NegotiationError as problem:
        begun.refused = str(problem)
