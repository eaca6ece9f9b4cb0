"""Plays a plan chunk by chunk, in one process or several, so that nothing finished is lost and nothing plays twice."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from negotiation import __version__
from negotiation.errors import LogError, SetupError, unknown
from negotiation.lab.compiled.engine import batch
from negotiation.lab.folder import claim, locked, sweep, whole_text
from negotiation.lab.lanes import Lane, WorkerDied, lanes
from negotiation.lab.plan import Plan
from negotiation.lab.results import KINDS, PLAN, finished, schemas, size_of
from negotiation.lab.runs import Runs
from negotiation.lab.worker import TRIES, Done, Worker

if TYPE_CHECKING:
    from negotiation.lab.cluster import Node

VERSIONS = "versions.json"
TIMINGS = "timings.jsonl"

BACKENDS = ("local", "ray")

SAMPLE = 12
"""Runs that are played to judge how long all will take."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many runs are there, and how many there will be."""


@dataclass(frozen=True)
class Estimate:
    """What a plan would take: runs, chunks, seconds of one processor, bytes on disk."""

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
    """Play what is not there yet. The result set is the same whoever plays it, and after any crash.

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
    if workers < 1:
        raise SetupError(f"workers is {workers}, must be at least 1")
    if limit is not None and limit < 1:
        raise SetupError(f"limit is {limit}, must be at least 1")
    if backend not in BACKENDS:
        raise SetupError(unknown("backend", backend, BACKENDS))
    runs = Runs(plan)
    runs.check()
    with locked(out):
        _take(runs, out)
        there = set(finished(out))
        todo = [chunk for chunk in range(runs.chunks) if chunk not in there]
        if limit is not None:
            todo = todo[: -(-limit // runs.chunk)]
        workers = min(workers, max(len(todo), 1))
        if backend == "ray" and todo:
            from negotiation.lab.cluster import nodes

            done = _crowd(plan, out, todo, nodes(runs, out, workers, address))
        else:
            done = _alone(plan, out, todo) if workers == 1 else _crowd(plan, out, todo, lanes(plan, out, workers))
        return _counted(runs, out, (there, todo), done, progress)


def _counted(
    runs: Runs,
    out: Path,
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
            _note(out, done)
            if progress:
                progress(count, total)
    return count, errors


def estimate(plan: Plan) -> Estimate:
    """What a plan would take, judged by a few runs spread over it; nothing is written."""
    runs = Runs(plan)
    runs.check()
    step = max(1, len(runs) // SAMPLE)
    some = [run for n in range(0, len(runs), step) for run in runs.between(n, n + 1)][:SAMPLE]
    shapes = schemas(runs)
    list(batch(some[:1], shapes))  # caches warm
    began = time.process_time()
    found = list(batch(some, shapes))
    seconds = (time.process_time() - began) / len(some) * len(runs)
    return Estimate(len(runs), runs.chunks, seconds, size_of(found, runs))


def _length(runs: Runs, chunk: int) -> int:
    return min((chunk + 1) * runs.chunk, len(runs)) - chunk * runs.chunk


def _take(runs: Runs, out: Path) -> None:
    """Make the folder ours, and see that what begun it is what goes on."""
    claim(out, PLAN, runs.plan.text(), "batch")
    mine = {
        "negotiation": __version__,
        "cases": {name: case.digest for name, case in runs.cases.items()},
        "files": runs.files,
    }
    path = out / VERSIONS
    try:
        if path.exists():
            theirs = json.loads(path.read_text(encoding="utf-8"))
            for what, now in mine.items():
                if not isinstance(theirs, dict) or theirs.get(what) != now:
                    raise SetupError(
                        f"{out}: was begun with other {what} (see {VERSIONS} there); choose another folder"
                    )
        else:
            others = {name: metadata.version(name) for name in ("mesa", "numpy", "pyarrow", "scipy")}
            known = {**mine, "python": platform.python_version(), **others}
            whole_text(path, json.dumps(known, indent=1) + "\n")
        for kind in KINDS if runs.plan.events else KINDS[:2]:
            (out / kind).mkdir(exist_ok=True)
            sweep(out / kind)
    except json.JSONDecodeError:
        raise LogError(f"{path}: is not JSON any more; choose another folder") from None
    except OSError as problem:
        raise LogError(f"{out}: {problem.strerror}") from None


def _note(out: Path, done: Done) -> None:
    """Add the timing of a chunk; what a study must not depend on stays out of its rows."""
    try:
        with (out / TIMINGS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(done)) + "\n")
    except OSError as problem:
        raise LogError(f"{out / TIMINGS}: {problem.strerror}") from None


def _alone(plan: Plan, out: Path, todo: Iterable[int]) -> Generator[Done, None, None]:
    """Play in this process, where Ctrl-C drops the chunk at once."""
    yield from filter(None, map(Worker(plan, out, lambda: False).chunk, todo))


def _crowd(
    plan: Plan, out: Path, todo: list[int], opened: AbstractContextManager[Sequence[Lane | Node]]
) -> Generator[Done, None, None]:
    """Hand out chunks to whichever lane is free; one whose worker died is played once more."""
    waiting, tries = iter(todo), dict.fromkeys(todo, 1)
    busy: dict[Future[Any], tuple[Lane | Node, int]] = {}
    with opened as crew:
        for lane, chunk in zip(crew, waiting, strict=False):
            busy[lane.play(chunk)] = lane, chunk
        while busy:
            ready, _ = wait(busy, return_when=FIRST_COMPLETED)
            for future in sorted(ready, key=lambda one: busy[one][1]):
                lane, chunk = busy.pop(future)
                following: int | None = None
                try:
                    done = lane.take(future)
                except WorkerDied:
                    lane.open()
                    tries[chunk] += 1
                    done = Worker(plan, out, lambda: False).bury(chunk) if tries[chunk] > TRIES else None
                    following = chunk if done is None else None
                if following is None:
                    following = next(waiting, None)
                if following is not None:
                    busy[lane.play(following)] = lane, following
                if done is not None:
                    yield done
