"""A batch on a Ray cluster: actors play chunks anywhere, this process writes them, so that no disk need be shared."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any, TypeAlias

from negotiation.errors import LogError, NegotiationError, SetupError
from negotiation.formats.yaml_text import parse
from negotiation.lab import ray_health
from negotiation.lab.dispatcher import WorkerDied, WorkerHandle, patient
from negotiation.lab.part_files import Done, part
from negotiation.lab.plan import read_plan
from negotiation.lab.provenance import made
from negotiation.lab.results_folder import whole_bytes
from negotiation.lab.runs import Runs
from negotiation.lab.worker import Worker

SECURED = ("RAY_USE_TLS", "RAY_AUTH_MODE")
"""Variables with which Ray's own lines are encrypted or need a token: then only Ray can ask whether it answers."""

Parts: TypeAlias = tuple[Done | None, list[tuple[str, bytes]]]
"""What came of a chunk, and its part files in the order in which to write them.

Bytes, because cloudpickle turns views of memory into bytes without a word: nothing else travels but text and numbers.
"""


class Player:
    """The worker on a machine of the cluster, which hands over what it writes."""

    worker: Worker

    def __init__(self, plan: str, stamp: str) -> None:
        self.plan, self.stamp = plan, stamp

    def unlike(self, asked: Mapping[str, object]) -> str:
        """Return why this machine would play something else than the one that asks; empty if it would not."""
        try:
            plan = read_plan(parse(self.plan, "plan", "a plan"))
            mine = likeness(Runs(plan))
            other = [f"{what} is {mine[what]}, here {asked[what]}" for what in asked if mine[what] != asked[what]]
            if not other:
                self.worker = Worker(plan, Path(), self.stamp, lambda: False)
        except NegotiationError as problem:
            return str(problem)
        return ", ".join(other)

    def chunk(self, number: int) -> Parts:
        """Play a chunk, and return its entry and its part files."""
        with tempfile.TemporaryDirectory(prefix="negotiation-") as folder:
            self.worker.out = Path(folder)
            for kind in self.worker.shapes:
                (self.worker.out / kind).mkdir()
            done = self.worker.play(number)
            names = [part(kind, number) for kind in reversed(list(self.worker.shapes))]
            return done, [(name, (self.worker.out / name).read_bytes()) for name in names]


def likeness(runs: Runs) -> dict[str, object]:
    """Return all that must be equal on all machines for equal rows, byte for byte."""
    found = {**made(runs.cases, runs.files), "pyarrow": metadata.version("pyarrow")}
    return {
        what: {name: digest[:12] for name, digest in said.items()} if isinstance(said, dict) else str(said)[:20]
        for what, said in found.items()
    }


class Node(WorkerHandle[Done | None]):
    """A player somewhere on the cluster; what it plays is written here.

    Parameters
    ----------
    what
        What is waited for until there is room for it.
    """

    def __init__(self, ray: Any, runs: Runs, out: Path, stamp: str, what: str) -> None:
        self.ray, self.runs, self.out, self.stamp, self.what = ray, runs, out, stamp, what

    def open(self) -> Future[str]:
        """Start a fresh player wherever a processor is free, and return a future of why it would play otherwise."""
        self.actor = self.ray.remote(num_cpus=1)(Player).remote(self.runs.plan.text(), self.stamp)
        future: Future[str] = self.actor.unlike.remote(likeness(self.runs)).future()
        return future

    def opened(self, future: Future[str]) -> None:
        """Raise `WorkerDied` or `SetupError` unless the new player would play the plan equally."""
        errors = self.ray.exceptions
        try:
            why = future.result()
        except errors.RayActorError as problem:
            raise WorkerDied(f": {_last(problem)}") from None
        except errors.RayError as problem:
            raise SetupError(f"a machine of the cluster cannot play: {_last(problem)}") from None
        if why:
            raise SetupError(f"a machine of the cluster would not play the same: {why}")

    def play(self, chunk: int) -> Future[Parts]:
        """Have a chunk played, and return a future of it."""
        future: Future[Parts] = self.actor.chunk.remote(chunk).future()
        return future

    def take(self, future: Future[Parts]) -> Done | None:
        """Return the entry of a chunk, once its parts are written."""
        errors = self.ray.exceptions
        try:
            done, files = future.result()
        except errors.RayTaskError as problem:
            raise LogError(f"a machine of the cluster could not finish a chunk: {_last(problem)}") from None
        except errors.RayError:
            raise WorkerDied from None
        for name, data in files:
            whole_bytes(self.out / name, data, forced=False)
        return done


def _last(problem: Exception) -> str:
    """Return the last line of an error of Ray's, which is its cause."""
    return [line.strip() for line in str(problem).splitlines() if line.strip()][-1]


@contextmanager
def nodes(runs: Runs, out: Path, stamp: str, count: int, address: str) -> Iterator[list[Node]]:
    """Yield `count` players on the cluster at an address (empty: on a Ray of this machine's own), or one a processor.

    Raises
    ------
    SetupError
        When Ray is not installed, or nothing answers.
    """
    ray = _ray()
    what = f"waiting for the Ray cluster {address}".rstrip()
    with patient(what):
        _connect(ray, address, count)
    try:
        yield [Node(ray, runs, out, stamp, what) for _ in range(_places(ray.cluster_resources(), count, address))]
    finally:
        ray.shutdown()


def _places(resources: Mapping[str, float], count: int, address: str) -> int:
    """Return how many players there is room for."""
    processors = int(resources.get("CPU", 0))
    if not processors:
        raise SetupError(f"{address}: the cluster offers no processors")
    return min(count, processors)


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # as later versions of Ray have it
    try:
        import ray
    except ImportError:
        raise SetupError("the backend ray needs Ray: pip install 'alliance-negotiation[cluster]'") from None
    return ray


def _connect(ray: Any, address: str, count: int) -> None:
    """Join the cluster, or start one."""
    if address not in ("", "auto") and not any(name in os.environ for name in SECURED):
        ray_health.check(address)
    where: dict[str, Any] = {"address": address} if address else {"num_cpus": count, "include_dashboard": False}
    try:
        ray.init(**where, logging_level=logging.ERROR, log_to_driver=False)
    except (ConnectionError, RuntimeError, ValueError, OSError) as problem:
        lines = str(problem).strip().splitlines() or [type(problem).__name__]
        raise SetupError(f"{address or 'ray'}: no Ray cluster answers: {lines[0]}") from None
