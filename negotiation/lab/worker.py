"""Plays chunks of a plan into a folder: what every worker does, in whichever process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from negotiation.lab.chunk_player import TRIES, Player
from negotiation.lab.compiled.engine import batch
from negotiation.lab.lost_turns import Lost, by_strategy, together
from negotiation.lab.part_files import Done, Part, write
from negotiation.lab.plain_engine import failed
from negotiation.lab.plan import Plan
from negotiation.lab.provenance import agree, made
from negotiation.lab.results import of_rows, schemas
from negotiation.lab.runs import Runs


class Worker(Player[Done | None]):
    """A player of chunks of a plan into a folder; `stop` is asked after every few runs.

    Parameters
    ----------
    stamp
        The versions written into every part (`provenance.stamp`).

    Raises
    ------
    SetupError
        When something else would make it here.
    """

    def __init__(self, plan: Plan, out: Path, stamp: str, stop: Callable[[], bool]) -> None:
        self.runs, self.out, self.stamp, self.stop = Runs(plan), out, stamp, stop
        self.shapes = schemas(self.runs)
        agree(json.loads(stamp), made(self.runs.cases, self.runs.files))

    def play(self, chunk: int) -> Done | None:
        """Play a chunk and write its parts; return None, and write nothing, if it was stopped."""
        began, found = time.process_time(), []
        for part in batch(self.runs.of(chunk), self.shapes):
            if self.stop():
                return None
            found.append(part)
        return self._keep(chunk, found, began)

    def bury(self, chunk: int) -> Done:
        """Write a chunk whose worker died again and again, with an error in every row."""
        why = f"the worker process that played this chunk died {TRIES} times"
        rows = [failed(run, why) for run in self.runs.of(chunk)]
        return self._keep(chunk, [of_rows(rows, self.shapes)], time.process_time(), died=True)

    def _keep(self, chunk: int, found: list[Part], began: float, *, died: bool = False) -> Done:
        sums = write(self.out, chunk, found, self.stamp)
        errors = sum(len(part["runs"]) - part["runs"]["error"].null_count for part in found)
        lost: dict[str, Lost] = {}
        for part in found:
            lost = together(lost, by_strategy(part["runs"]))
        seconds = round(time.process_time() - began, 3)
        told = {strategy: astuple(one) for strategy, one in lost.items()}
        return Done(chunk, sum(len(part["runs"]) for part in found), errors, seconds, died, sums, told)
