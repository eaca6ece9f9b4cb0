"""Long calculations for a page: in a process of their own, with progress and a stop, so that nobody else waits."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias

import streamlit as st

import negotiation
from negotiation.errors import NegotiationError
from negotiation.language import language, phrase, tr
from negotiation.reports.figure_files import Spec
from negotiation.ui.jobs.questions import DrawAsked, unpacked
from negotiation.ui.jobs.told import heard
from negotiation.ui.server.identity import passer_by
from negotiation.ui.server.render_slots import waiting

Found: TypeAlias = dict[str, object]
"""What a calculation found, as JSON: `answers` says what is in it, by kind."""

AT_ONCE = 2
"""Calculations that run side by side; further ones wait."""

KEPT = 64
"""Results that the server remembers: those used last."""

HERE = 16
"""Results that a page remembers besides, so that other people's do not take them from it."""

TOLD = ("told", "card", "file")
"""Jobs that make files for people to read, in the language of who asks."""

LOOK = 0.2
"""Seconds between looks at a calculation: after so long at most a stop takes effect."""

_gate = threading.BoundedSemaphore(AT_ONCE)
_passing = threading.BoundedSemaphore(AT_ONCE - 1)
_files = threading.BoundedSemaphore(AT_ONCE)
_results: dict[str, Found] = {}
_running: set[subprocess.Popen[str]] = set()
_ended, _starting = threading.Event(), threading.Lock()
_lock = threading.Lock()


def known(asked: Mapping[str, object]) -> Found | None:
    """Return what this calculation found before, on this page or for another; None if it has not been done."""
    key, here = _key(asked), st.session_state.setdefault("worked-out", {})
    found: Found | None = here.get(key, _found(key))
    if found is not None:
        _keep(here, key, found, HERE)
    return found


def _found(key: str) -> Found | None:
    with _lock:
        if key in _results:
            _keep(_results, key, _results[key], KEPT)
        return _results.get(key)


def _keep(results: dict[str, Found], key: str, found: Found, most: int) -> None:
    """Put a result last; drop those that were used longest ago."""
    results.pop(key, None)
    results[key] = found
    while len(results) > most:
        results.pop(next(iter(results)))


def once(asked: Mapping[str, object], step: Callable[[float, str], object], *, alone: bool = True) -> Found:
    """Do a calculation and return what it found, without remembering it: it may hold people's names, or be large.

    It does not wait for calculations, only for others that are `alone`: replays of a class take minutes.
    """
    with _turn(_files, step) if alone else nullcontext():
        return _run(asked, step)


@contextmanager
def _turn(gate: threading.BoundedSemaphore, step: Callable[[float, str], object]) -> Iterator[None]:
    while not gate.acquire(timeout=LOOK):
        step(0.0, phrase("waiting for the calculations of others"))
    try:
        yield
    finally:
        gate.release()


def _key(asked: Mapping[str, object]) -> str:
    """Return the short key under which a calculation is remembered, however much is asked with it."""
    return hashlib.sha256(json.dumps(_told(asked), sort_keys=True).encode()).hexdigest()


def _told(asked: Mapping[str, object]) -> Mapping[str, object]:
    """Return a question with the language of its answer, if that holds told texts."""
    return {"language": language(), **asked} if asked.get("job") in TOLD else asked


def work(asked: Mapping[str, object], step: Callable[[float, str], object], *, waits: bool = False) -> Found:
    """Return what the calculation `asked` finds; `step` is called all the time, and what it raises ends the process.

    Passers-by wait for each other (`waits`), so that there is always room for teachers and students.

    Raises
    ------
    NegotiationError
        When the job was refused or died.
    """
    if (before := _found(_key(asked))) is not None:
        return before
    with waiting(), _turn(_passing, step) if waits else nullcontext(), _turn(_gate, step):
        found = _run(asked, step)
    with _lock:
        _keep(_results, _key(asked), found, KEPT)
    return found


@contextmanager
def _process(asked: Mapping[str, object]) -> Iterator[SimpleQueue[str | None]]:
    """Yield the lines of a running job, None after the last; its process outlives neither the block nor this one."""
    home = str(Path(negotiation.__file__).parents[1])
    found: SimpleQueue[str | None] = SimpleQueue()
    with _begun(home) as process:
        reader = threading.Thread(target=_read, args=(process, asked, found), daemon=True)
        reader.start()
        try:
            yield found
        finally:
            process.kill()
            reader.join()


@contextmanager
def _begun(home: str) -> Iterator[subprocess.Popen[str]]:
    with _starting:
        if _ended.is_set():
            raise NegotiationError(phrase("the server is stopping"))
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "negotiation.ui.jobs.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": home, "PYTHONUTF8": "1"},
        )
        _running.add(process)
    try:
        with process:
            yield process
    finally:
        with _starting:
            _running.discard(process)


def end() -> None:
    """End all calculations and begin no other, since the server stops; if it is killed, they notice by themselves."""
    with _starting:
        _ended.set()
        for process in _running:
            process.kill()


def _read(process: subprocess.Popen[str], asked: Mapping[str, object], found: SimpleQueue[str | None]) -> None:
    """Send the question and queue the answer's lines; the open pipe tells the process that this one is there."""
    if process.stdin and process.stdout:
        try:
            process.stdin.write(f"{json.dumps(asked)}\n")
            process.stdin.flush()
            for line in process.stdout:
                found.put(line)
        except BrokenPipeError:
            pass
        with suppress(OSError):  # what it did not take any more
            process.stdin.close()
    found.put(None)


def _run(asked: Mapping[str, object], step: Callable[[float, str], object]) -> Found:
    share, what = 0.0, str(phrase("starting"))
    with _process(_told(asked)) as lines:
        while True:
            step(share, what)
            try:
                line = lines.get(timeout=LOOK)
            except Empty:
                continue
            if line is None:
                raise NegotiationError(phrase("the calculation ended without a result; the server's output says why"))
            told = json.loads(line)
            if "refused" in told:
                raise NegotiationError(heard(told["refused"]))
            if "found" in told:
                answer: Found = told["found"]
                return answer
            share, what = told["step"][0], heard(told["step"][1])


def shown(asked: Mapping[str, object], label: str) -> Found | None:
    """Return what `work` finds, with a progress bar and a stop on the page; None if it was refused, which is shown."""
    if (before := known(asked)) is not None:
        return before
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="bottom"):
        bar = st.progress(0.0, label)
        st.button(tr("Stop"), icon=":material/stop:", key=f"stop-{_key(asked)}", on_click=_stop, args=(_key(asked),))
    try:
        found = work(
            asked, lambda share, what: bar.progress(min(max(share, 0.0), 1.0), f"{label} {tr(what)}"), waits=passer_by()
        )
    except NegotiationError as problem:
        place.error(tr(problem.said), icon=":material/error:")
        return None
    place.empty()
    return found


def _stop(key: str) -> None:
    st.session_state["working-stopped"] = key


def stopped(asked: Mapping[str, object]) -> bool:
    """Return whether the person stopped this calculation, as the last one."""
    return bool(st.session_state.get("working-stopped") == _key(asked))


def drawn(spec: Spec, kind: str) -> bytes:
    """Return a Vega-Lite chart as an SVG or PNG file."""
    return made(DrawAsked(job="draw", spec=spec, kind=kind))


def made(asked: Mapping[str, object]) -> bytes:
    """Return a file that a job makes."""
    return unpacked(work(asked, lambda _share, _what: None, waits=passer_by()))
