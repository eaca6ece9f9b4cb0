"""Plays a plan chunk by chunk, in one process or several, so that nothing finished is lost and nothing plays twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from negotiation.errors import LogError, SetupError, at_least_one, unknown
from negotiation.lab import kept_cases
from negotiation.lab.compiled.engine import batch
from negotiation.lab.dispatcher import WorkerHandle, crowd
from negotiation.lab.lanes import first_of_all, lanes
from negotiation.lab.part_files import KINDS, Checked, Done, Part, checked, damage_text, note
from negotiation.lab.plan import Plan
from negotiation.lab.provenance import agree, files, made, settle, stamp
from negotiation.lab.results import PLAN, schemas, size_of
from negotiation.lab.results_folder import Hold, claim, free, locked, sweep
from negotiation.lab.runs import Runs
from negotiation.lab.worker import Worker
from negotiation.strategies.naming import asks_model

BACKENDS = ("local", "ray")

SAMPLE = 12
"""Cells that are played to judge how long all will take."""

MORE, ENOUGH, PATIENCE = (20, 250), 0.1, 5.0
"""Runs more of each, one after the other, until one takes this many seconds, or all of it that many."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many runs are there, and how many there will be."""


@dataclass(frozen=True)
class Estimate:
    """The cost of a plan: runs, chunks, seconds of one processor, bytes on disk."""

    runs: int
    chunks: int
    seconds: float
    bytes: int


def run(
    plan: Plan,
    out: Path,
    *,
    workers: int = 1,
    backend: str = "local",
    address: str = "",
    limit: int | None = None,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Play what is not there yet; the results are equal on every machine, and after any crash.

    Parameters
    ----------
    out
        A new folder, or one that holds the beginning of this very plan.
    workers
        Processes; one plays in this process. On Ray: how many processors to take at most.
    backend, address
        `local`, or `ray`: the Ray cluster at an address; without one Ray is started on this machine for the time being.
    limit
        How many runs to play now at most, rounded up to whole chunks.

    Returns
    -------
    how many runs are there, and how many of those played now failed

    Raises
    ------
    SetupError
        When the plan cannot be played, the folder is being written or holds another plan, or one of other versions or
        cases, or the cluster does not answer.
    LogError
        When the folder cannot be written. What was finished stays valid.
    KeyboardInterrupt
        When the user stopped it; the chunks under way are dropped, what was finished stays.
    """
    first_of_all()
    workers = at_least_one(workers, "workers")
    limit = None if limit is None else at_least_one(limit, "limit")
    if backend not in BACKENDS:
        raise SetupError(unknown("backend", backend, BACKENDS))
    runs = Runs(plan)
    runs.check()
    free(out, PLAN, plan.text(), "batch")
    with locked(out) as hold:
        mark, there = _take(runs, out)
        got = set(there.chunks) - there.again
        todo = [chunk for chunk in range(runs.chunks) if chunk not in got]
        if limit is not None:
            todo = todo[: -(-limit // runs.chunk)]
        workers = min(workers, max(len(todo), 1))
        make = partial(Worker, plan, out, mark)
        if backend == "ray" and todo:
            from negotiation.lab.cluster import nodes

            done = _crowd(make, todo, nodes(runs, out, mark, workers, address))
        else:
            done = _alone(make, todo) if workers == 1 else _crowd(make, todo, lanes(make, workers))
        return _counted(runs, hold, (got, todo), done, progress)


def _counted(
    runs: Runs,
    hold: Hold,
    chunks: tuple[Iterable[int], Iterable[int]],
    played: Generator[Done, None, None],
    progress: Progress | None,
) -> tuple[int, int]:
    """Have chunks played; `chunks` are those already there and those to do."""
    count, coming = (sum(_length(runs, chunk) for chunk in some) for some in chunks)
    total, errors = count + coming, 0
    if progress:
        progress(count, total)
    with closing(played):
        for done in played:
            count, errors = count + done.runs, errors + done.errors
            hold.check()
            agree({"files": runs.files}, {"files": files(runs.texts)})
            note(hold.folder, done)
            if progress:
                progress(count, total)
    return count, errors


def estimate(plan: Plan) -> Estimate:
    """Return the cost of a plan, judged by a few cells: setting one up, and a run; nothing is written.

    Raises
    ------
    SetupError
        When it cannot be played, or a language model would have to be paid for the estimate.
    """
    runs = Runs(plan)
    if models := sorted(filter(asks_model, runs.texts)):
        raise SetupError(
            f"an estimate plays some games, and {models[0]} is not asked for that; --limit plays a few for good"
        )
    runs.check()
    shapes = schemas(runs)
    list(batch(runs.between(0, 1), shapes))  # caches warm
    found: list[Part] = []
    firsts: list[float] = []
    rates: list[float] = []
    end = time.monotonic() + PATIENCE
    for cell in list(range(0, runs.cells, max(1, runs.cells // SAMPLE)))[:SAMPLE]:
        at, stop, rate = cell * plan.replications, (cell + 1) * plan.replications, None
        for more in (1, *MORE):
            began, before = time.process_time(), at
            at = min(at + more, stop)
            some = list(batch(runs.between(before, at), shapes))
            took = time.process_time() - began
            found += some
            if more == 1:
                firsts.append(took)
            elif at - before > 1:
                rate = max(took - firsts[-1], 0.0) / (at - before - 1)
            if at == stop or (more > 1 and took > ENOUGH) or time.monotonic() > end:
                break
        rates += [] if rate is None else [rate]
    first = sum(firsts) / len(firsts)
    one = sum(rates) / len(rates) if rates else first
    seconds = max(first - one, 0.0) * max(runs.cells, runs.chunks) + one * len(runs)
    return Estimate(len(runs), runs.chunks, seconds, size_of(found, runs))


def _length(runs: Runs, chunk: int) -> int:
    return min((chunk + 1) * runs.chunk, len(runs)) - chunk * runs.chunk


def _take(runs: Runs, out: Path) -> tuple[str, Checked]:
    """Take the folder, and return the versions for its parts and the parts that are there."""
    claim(out, PLAN, runs.plan.text(), "batch")
    begun = any((out / "runs").glob("part-*"))
    versions = settle(out, made(runs.cases, runs.files), begun=begun)
    kept_cases.keep(out, runs.cases)
    try:
        for kind in KINDS if runs.plan.events else KINDS[:2]:
            (out / kind).mkdir(exist_ok=True)
            sweep(out / kind)
    except OSError as problem:
        raise LogError(f"{out}: {problem.strerror}") from None
    there = checked(out)
    if wrong := damage_text(there.broken):
        sys.stderr.write(f"{out}: {wrong}; played again\n")
    return stamp(versions), there


def _alone(make: partial[Worker], todo: Iterable[int]) -> Generator[Done, None, None]:
    """Yield chunks played in this process, where Ctrl-C drops the chunk at once."""
    yield from filter(None, map(make(lambda: False).play, todo))


def _crowd(
    make: partial[Worker], todo: Sequence[int], opened: AbstractContextManager[Sequence[WorkerHandle[Done | None]]]
) -> Generator[Done, None, None]:
    """Yield chunks played by whichever worker is free."""
    with opened as crew:
        yield from filter(None, crowd(crew, todo, lambda chunk: make(lambda: False).bury(chunk)))
