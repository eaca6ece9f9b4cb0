"""The keeper of clocks and agents of classes, whether or not a page is open, in threads of its own.

Nothing depends on it alone: any page and any server may call `keep_time` and `advance` too, with the same result.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from negotiation.case import Case
from negotiation.classroom.cases import sheets_of
from negotiation.classroom.commands import rounds_due
from negotiation.classroom.play import Play
from negotiation.classroom.sessions import Session
from negotiation.classroom.steady import Steady
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.language import phrase

LOG = logging.getLogger("negotiation")

TICK = 0.5
"""Seconds between looks at the clocks; they cost no query while nothing has changed."""

REFRESH, SWEEP = 5.0, 60.0
"""Seconds between looks for what other processes have done (on a file nothing tells), and for agents missed by all else."""


class Keeper:
    """The clocks and agents of one store.

    Parameters
    ----------
    workers
        Threads in which agents think.
    """

    def __init__(self, play: Play, workers: int = 2) -> None:
        self.play, self.classes, self.hub = play, play.classes, play.store.hub
        self._classes: dict[str, Session] = {}
        self._rounds: dict[str, int] = {}
        self._sheets: dict[str, frozenset[str]] = {}
        self._over: set[str] = set()
        self._rung: set[str] = set()
        self._failed: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._next_refresh = self._next_sweep = float("-inf")
        self._pool = ThreadPoolExecutor(workers, "agents")
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread, after what agents are about to do is done."""
        self._stop.set()
        self._thread.join()
        self._pool.shutdown()

    def ring(self, group: str) -> None:
        """Let a group's agents see whether they are due, after something happened there."""
        with self._lock:
            if group in self._rung:
                return
            self._rung.add(group)
        self._pool.submit(self._advance, group)

    def keeps_back(self, case: Case) -> bool:
        """Return whether a class that has not reached its debrief plays this case, or one with a sheet of it."""
        mine = sheets_of(case)
        return any(
            case.name == session.settings.case or mine & self._sheets_of(session)
            for session in list(self._classes.values())
        )

    def _sheets_of(self, session: Session) -> frozenset[str]:
        if session.id not in self._sheets:
            with self.play.store.reading() as look:
                self._sheets[session.id] = sheets_of(self.classes.case(look, session.id))
        return self._sheets[session.id]

    def look(self) -> None:
        """Look once at all clocks; a database that does not answer is asked again at the next look."""
        try:
            self._steady()
            now = self.classes.now()
            for group in self._again():
                self.ring(group)
            if now >= self._next_refresh:
                self._next_refresh = now + REFRESH
                self._refresh()
            for session in list(self._classes):
                self._keep(session)
            if now >= self._next_sweep:
                self._next_sweep = now + SWEEP
                for known in self._classes.values():
                    self._ring_all(known)
        except NegotiationError as problem:
            LOG.warning("clocks: %s", problem)

    def _steady(self) -> None:
        """Give back to the clocks what a fault has cost once it is over; raise `StoreError` until then."""
        health = self.play.store.health
        if health.down and not self.play.store.keeps():
            raise StoreError(phrase("the database does not keep what is done"))
        if isinstance(self.classes.now, Steady):
            running = any(one.clock.since and not one.settings.homework for one in list(self._classes.values()))
            self.classes.now.look(health.lost(), idle=not running)

    def _again(self) -> set[str]:
        """Return the groups whose agents' acts or rounds could not be stored, and forget them."""
        with self._lock:
            failed, self._failed = self._failed, set()
        return failed

    def _run(self) -> None:
        while not self._stop.wait(TICK):
            self.look()

    def _refresh(self) -> None:
        self.play.store.refresh()
        for session in self.classes.ids():
            if session not in self._over and session not in self._classes:
                self._read(session)
        with self.play.store.reading() as look:
            for session, version in look.versions(list(self._classes)).items():
                self.hub.publish(session, version)

    def _read(self, session: str) -> Session | None:
        """Return a class as it is now; one that cannot be read is dropped with a warning and None returned."""
        try:
            now = self._classes[session] = self.classes.get(session)
        except Refused as problem:
            LOG.warning("class %s: %s", session, problem)
            self._leave(session)
            return None
        return now

    def _leave(self, session: str) -> None:
        self._over.add(session)
        self._classes.pop(session, None)
        self._rounds.pop(session, None)
        self._sheets.pop(session, None)

    def _keep(self, session: str) -> None:
        """Move a class whose time is out to its next phase; if it or its round has changed, let its agents look."""
        known = self._classes[session]
        now = self._read(session) if self.hub.version(session) > known.version else known
        if now is None:
            return
        if now.clock.out(self.classes.now()):
            now = self.play.keep_time(session)
        due = rounds_due(now, self.classes.now()) if now.clock.since is not None else 0
        if now.version > known.version or due > self._rounds.get(session, 0):
            self._ring_all(now)
        self._classes[session], self._rounds[session] = now, due
        if now.phase.over:
            self._leave(session)

    def _ring_all(self, session: Session) -> None:
        if session.phase.talks:
            for group in session.groups.values():
                if not group.closed:
                    self.ring(group.id)

    def _advance(self, group: str) -> None:
        with self._lock:
            self._rung.discard(group)  # first: whoever rings from now on is heard again
        try:
            self.play.advance(group)
        except NegotiationError as problem:
            with self._lock:
                self._failed.add(group)
            LOG.warning("agents: %s", problem)
