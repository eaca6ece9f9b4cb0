"""Calculations that nobody waits for: begun by whichever page needs them, in a process of their own, and remembered."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from negotiation.debrief.jobs import remember, remembered
from negotiation.errors import NegotiationError
from negotiation.ui.working import work

FOLDER = Path(platformdirs.user_cache_dir("negotiation")) / "replays"


@dataclass
class Job:
    """A calculation: how far it is, and what it found or why it could not."""

    share: float = 0.0
    what: str = "waiting"
    found: dict[str, Any] | None = None
    refused: str = ""

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
        threading.Thread(target=_do, args=(begun, asked), daemon=True).start()
    return begun


def _do(begun: Job, asked: dict[str, Any]) -> None:
    def step(share: float, what: str) -> None:
        begun.share, begun.what = share, what

    try:
        found = work(asked, step)
    except NegotiationError as problem:
        begun.refused = str(problem)
        return
    remember(FOLDER, asked, found)
    begun.found = found
