"""The conversations and events of each log, read once for all listeners in this process, told once in each language."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from negotiation import headlines
from negotiation.actions import MEDIATOR, Say, Tick
from negotiation.analysis.transcript import Step, line, steps, titles
from negotiation.classroom.classes import talk_of
from negotiation.classroom.facts import Renamed, Revoked, read
from negotiation.classroom.games import ClassGame
from negotiation.classroom.play import Play
from negotiation.classroom.sessions import Session
from negotiation.formats.log import decode
from negotiation.language import language, speaking, tr
from negotiation.scenario import Scenario
from negotiation.state import State

Line = dict[str, Any]
"""One line of a conversation: `at` (seconds since 1970), `k` (kind), and what belongs to it; as JSON has it."""

MOST_KEPT = 1024


@dataclass
class _Feed:
    lock: threading.Lock = field(default_factory=threading.Lock)
    read: int = 0
    told: dict[str, list[tuple[str, Line]]] = field(default_factory=dict)
    rows: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    state: State | None = None
    table: int = 0


class Feeds:
    """The conversations of a store's classes."""

    def __init__(self, play: Play) -> None:
        self.play, self.classes, self.store = play, play.classes, play.store
        self._feeds: OrderedDict[str, _Feed] = OrderedDict()
        self._classes: dict[str, Session] = {}
        self._revoked: dict[str, int] = {}
        self._lock = threading.Lock()

    def session(self, session: str) -> Session:
        """Return a class at least as new as the hub's last news of it; the first caller reads it for all."""
        with self._lock:
            known = self._classes.get(session)
        if known is not None and self.store.hub.version(session) <= known.version:
            return known
        now = self.classes.get(session)
        since = known.version if known else 0
        for version, row in enumerate(self.store.rows(session, since), since + 1):
            match read(row):
                case Revoked(person):
                    self._revoked[person] = version
                case Renamed():
                    self._forget(now)
        with self._lock:
            self._classes[session] = now
        return now

    def revoked(self, person: str) -> int:
        """Return the version of the class in which a person's devices were last revoked; 0 if never."""
        return self._revoked.get(person, 0)

    def story(self, group: str, *, fresh: bool = False) -> tuple[list[tuple[str, Line]], int]:
        """Return the lines of a group with authors, and how many events there were when the table last changed.

        Lines are told in the language of who asks, once for all who speak it.
        Neither what is said in private (`to`) nor the author of a line (see `schema.events`) is for everybody: the caller
        picks what each reader may see.

        Parameters
        ----------
        fresh
            Whether to ask the database although the hub knows nothing newer: when a page opens.
        """
        feed, code = self._feed(group), language()
        with feed.lock:
            if code not in feed.told:  # the first who speaks it: from the beginning
                feed.read, feed.state = 0, None
                feed.told = {one: [] for one in (*feed.told, code)}
                self._read_game(group, feed)
            elif fresh or self.store.hub.version(group) > feed.read:
                self._read_game(group, feed)
            return feed.told[code], feed.table

    def private(self, log: str, *, fresh: bool = False) -> list[tuple[float, dict[str, object]]]:
        """Return all private talk of a log with its times; the caller picks what each reader may see."""
        feed = self._feed(log)
        with feed.lock:
            if fresh or self.store.hub.version(log) > feed.read:
                with self.store.reading() as look:
                    feed.rows = [*feed.rows, *look.stamped(log, feed.read)]
                feed.read = len(feed.rows)
            return feed.rows

    def _forget(self, session: Session) -> None:
        """Read private talk of a class anew, since a name in it may have been forgotten."""
        talks = [talk_of(log) for log in (session.id, *session.groups)]
        with self._lock:
            known = [(log, self._feeds[log]) for log in talks if log in self._feeds]
        for log, feed in known:
            with feed.lock, self.store.reading() as look:
                feed.rows = look.stamped(log, 0)
                feed.read = len(feed.rows)

    def _feed(self, log: str) -> _Feed:
        with self._lock:
            feed = self._feeds.setdefault(log, _Feed())
            self._feeds.move_to_end(log)
            while len(self._feeds) > MOST_KEPT:
                self._feeds.popitem(last=False)
            return feed

    def _read_game(self, group: str, feed: _Feed) -> None:
        with self.store.reading() as look:
            state = feed.state or _opening(self.play.games.at(look, group)[0]).told(language())
            kept = look.authored(group, feed.read)
        new: dict[str, list[tuple[str, Line]]] = {code: [] for code in feed.told}
        for at, who, row in kept:
            [step] = steps(state, [decode(state.scenario, row)])
            for code, lines in new.items():
                with speaking(code):
                    lines += [(who, {"at": at, "n": feed.read, **told}) for told in _lines(step)]
            state, feed.read = step.after, feed.read + 1
            feed.table = feed.table if step.event.action.talk else feed.read
        feed.state, feed.told = state, {code: [*known, *new[code]] for code, known in feed.told.items()}


def _opening(game: ClassGame) -> State:
    return game.protocol.opening(game.case.scenario, game.setup["rounds"])


def _lines(step: Step) -> list[Line]:
    """Return the lines for an event: who said, offered or signed what, and what came of it."""
    before, event, _, came = step
    scenario, found = before.scenario, list[Line]()
    if isinstance(event.action, Say) and event.action.to:
        found.append({"k": "private", "who": event.party, "to": list(event.action.to), "text": event.action.text})
    elif told := line(before, event):
        kind = "draft" if event.party == MEDIATOR else event.action.kind
        found.append({"k": kind, "who": event.party, "text": told.said, "did": tr(told.did), "terms": told.terms})
    found += [
        {"k": "ballot", "text": _result(titles(scenario, before.papers[call["paper"]].deals), call)}
        for call in came.get("ballot", ())
    ]
    found += [
        {"k": "signed", "text": tr("{table} is signed", table=scenario.tables[name].title)}
        for name in came.get("signed", ())
    ]
    found += [
        {"k": "mark", "text": tr("{table} is abandoned", table=scenario.tables[t].title)}
        for t in came.get("abandoned", ())
    ]
    if isinstance(event.action, Tick):
        over = before.round + 1 >= before.rounds
        found.append({"k": "mark", "text": tr("The talks are over") if over else _round(scenario, before.round + 2)})
        found += [{"k": "news", "text": headlines.told(item, language())} for item in headlines.fresh(step.after)]
    return found


def _round(scenario: Scenario, number: int) -> str:
    return tr("{unit} {n}", unit=scenario.unit, n=number)


def _result(where: str, call: Mapping[str, Any]) -> str:
    """Return what a ballot made of a draft, in a sentence."""
    yes = sum(bool(vote) for vote in call["votes"].values())
    parts = {"tables": where, "yes": yes, "no": len(call["votes"]) - yes}
    if call["carried"]:
        return tr("The draft at {tables} is the text now ({yes} yes, {no} no)", **parts)
    return tr("The draft at {tables} is thrown out ({yes} yes, {no} no)", **parts)
