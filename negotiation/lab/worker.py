"""Plays chunks of a plan into a folder: what every worker does, in whichever process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from negotiation.lab.compiled.engine import batch
from negotiation.lab.plan import Plan
from negotiation.lab.playing import failed
from negotiation.lab.results import Part, of_rows, schemas, write
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
    """Plays chunks of a plan into a folder; `stop` is asked after every few runs."""

    def __init__(self, plan: Plan, out: Path, stop: Callable[[], bool]) -> None:
        self.runs, self.out, self.stop = Runs(plan), out, stop
        self.shapes = schemas(self.runs)

    def chunk(self, number: int) -> Done | None:
        """Play a chunk and write its parts; None, and nothing written, if it was stopped."""
        began, found = time.process_time(), []
        for part in batch(self.runs.of(number), self.shapes):
            if self.stop():
                return None
            found.append(part)
        return self.keep(number, found, began)

    def bury(self, number: int) -> Done:
        """Write a chunk whose worker died again and again: every row says so."""
        why = f"the worker process that played this chunk died {TRIES} times"
        rows = [failed(run, why) for run in self.runs.of(number)]
        return self.keep(number, [of_rows(rows, self.shapes)], time.process_time())

    def keep(self, number: int, found: list[Part], began: float) -> Done:
        """Write what a chunk came to."""
        write(self.out, number, found, self.shapes)
        errors = sum(len(part["runs"]) - part["runs"]["error"].null_count for part in found)
        return Done(number, sum(len(part["runs"]) for part in found), errors, round(time.process_time() - began, 3))
