"""Plays chunks of a plan into a folder: what every worker does, in whichever process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from negotiation.lab.plan import Plan
from negotiation.lab.playing import Engine, Played, failed, play
from negotiation.lab.results import schemas, write
from negotiation.lab.runs import Runs

TRIES = 2
"""How often a chunk is given to a worker before its rows say that the worker died."""


@dataclass(frozen=True)
class Done:
    """A chunk that was played: how many runs and failed runs, and the processor time it took in seconds."""

    chunk: int
    runs: int
    errors: int
    seconds: float


class Worker:
    """Plays chunks of a plan into a folder; `stop` is asked before every run."""

    def __init__(self, plan: Plan, out: Path, stop: Callable[[], bool], engine: Engine = play) -> None:
        self.runs, self.out, self.stop, self.engine = Runs(plan), out, stop, engine
        self.shapes = schemas(self.runs)

    def chunk(self, number: int) -> Done | None:
        """Play a chunk and write its parts; None, and nothing written, if it was stopped."""
        began, found = time.process_time(), []
        for played in self.engine(self.runs.of(number), self.runs.plan.events):
            if self.stop():
                return None
            found.append(played)
        return self.keep(number, found, began)

    def bury(self, number: int) -> Done:
        """Write a chunk whose worker died again and again: every row says so."""
        why = f"the worker process that played this chunk died {TRIES} times"
        return self.keep(number, [failed(run, why) for run in self.runs.of(number)], time.process_time())

    def keep(self, number: int, found: list[Played], began: float) -> Done:
        """Write what a chunk came to."""
        write(self.out, number, found, self.shapes)
        errors = sum(1 for one in found if one.run.get("error"))
        return Done(number, len(found), errors, round(time.process_time() - began, 3))
