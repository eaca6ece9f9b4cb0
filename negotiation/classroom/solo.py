"""One person at a table with agents: every act is kept first, then the agents answer, and their acts are kept too."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy import text as sql

from negotiation.actions import Action
from negotiation.classroom.cases import kept_case
from negotiation.classroom.schema import events, logs, replays
from negotiation.classroom.store import Moved, Store, Writing
from negotiation.errors import LogError
from negotiation.formats import shipped
from negotiation.formats.log import decode, encode
from negotiation.game import Game
from negotiation.language import phrase
from negotiation.llm.endpoint import endpoint
from negotiation.record import reopen, setup
from negotiation.rules import VERSION
from negotiation.strategies import MODEL, PERSON, served

MOST_OPEN = 64
"""Games kept in memory; the others are folded again from their events when a person comes back."""

KIND, PASSING = "solo", "passing"
"""The kinds of logs: games of the person at this machine, kept for good, and of those who pass by a server of classes."""

LASTS = 30 * 24 * 3600.0
"""Seconds for which a game of an anonymous visitor is kept after its last act."""

MOST_EXPIRED = 500
"""Games deleted at a time."""

AGAIN = 3600.0
"""Seconds between two looks for games that have expired."""


ADDRESSED = "INSERT INTO replays (token, log) VALUES (:token, :log) ON CONFLICT DO NOTHING"
"""Gives a game an address for its replay, unless it has one."""


@dataclass
class _Open:
    """A game in memory, the lock of the caller that uses it, and after how many events its agents had nothing to do."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    model: Game | None = None
    answered: int = -1


def erase(write: Writing, games: Sequence[str]) -> None:
    """Delete games with all that belongs to them."""
    for table in (events, replays):
        write.connection.execute(delete(table).where(table.c.log.in_(games)))
    write.connection.execute(delete(logs).where(logs.c.id.in_(games)))


class Solo:
    """The games of a store, played by one person each.

    Nothing is lost: what this object holds in memory is only the fold of what the store holds. Dice are keyed, so
    agents interrupted by a crash go on with the very acts they would have done.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._lock = threading.Lock()
        self._expired = float("-inf")

    def start(self, *, passing: bool = False, **options: Any) -> str:
        """Create a game and return its id; `options` are those of `Game`.

        A page sends names: they are those of bundled cases and built-in strategies, and nothing else is opened; `llm`
        is the operator's language model, if the environment names one.
        `passing`: of an anonymous visitor; such games are deleted a month after their last act.
        """
        if passing and time.time() > self._expired + AGAIN:
            self.expire(time.time())
        case, variant = options.pop("case"), options.pop("variant", "")
        case = shipped(case, variant) if isinstance(case, str) else case
        model = Game(case, players=served, **options)
        if MODEL in model.seats.values():
            endpoint()
        with self.store.writing() as write:
            kind = PASSING if passing else KIND
            return write.create({**setup(model), "rules": VERSION}, kind=kind, text=case.text)

    def load(self, game: str) -> Game:
        """Return a game as it stands, the agents' answers included.

        Raises
        ------
        LogError
            When there is no such game, or it cannot be read any more.
        """
        with self._alone(game) as opened:
            return self._answer(game, opened)

    def act(self, game: str, party: str, action: Action, request: str) -> Game:
        """Do an act of the person at `party` and all answers of the agents, and return the game after them.

        Parameters
        ----------
        request
            Names this very click: a request that comes twice is done once.

        Raises
        ------
        IllegalAction
            When the rules do not allow it; nothing is kept then.
        """
        with self._alone(game) as opened:
            while True:
                model = self._model(game, opened)
                with self.store.reading() as look:
                    if look.answer(request) is not None:
                        break
                seq = len(model.state.events)
                model.submit(party, action)
                try:
                    self._keep(game, opened, seq, request)
                    break
                except Moved:
                    continue
            return self._answer(game, opened)

    def expire(self, now: float) -> int:
        """Delete games of passers-by in which nothing was done for long, and return how many."""
        self._expired = now
        late = select(events.c.log).where(events.c.at >= now - LASTS)
        old = (logs.c.kind == PASSING) & (logs.c.created < now - LASTS) & logs.c.id.not_in(late)
        with self.store.writing() as write:
            gone = list(write.connection.execute(select(logs.c.id).where(old).limit(MOST_EXPIRED)).scalars())
            erase(write, gone)
        return len(gone)

    def forget(self, game: str) -> None:
        """Delete a game for good, with the address of its replay.

        Raises
        ------
        LogError
            When there is no such game to play alone.
        """
        with self._alone(game) as opened:
            opened.model = None
            with self.store.writing() as write:
                self._head(write.head(game), game)
                erase(write, [game])

    def person(self, model: Game) -> str:
        """Return the party that the person plays."""
        for party, text in model.seats.items():
            if text == PERSON:
                return party
        raise LogError(phrase("nobody sits at a screen in this game"))

    def saved(self, game: str) -> tuple[Mapping[str, object], list[dict[str, object]]]:
        """Return the set-up and the events of a game, as a log file has them."""
        with self.store.reading() as look:
            return self._head(look.head(game), game)[0], look.rows(game)

    def address(self, game: str) -> str:
        """Return the address of the replay of a game: another than that of the game, which lets one act.

        Made when it is first asked for, and the same ever after.
        """
        query = select(replays.c.token).where(replays.c.log == game)
        with self.store.reading() as look:
            self._head(look.head(game), game)
            known = look.connection.execute(query).scalar()
        if known is None:
            with self.store.writing() as write:
                write.connection.execute(sql(ADDRESSED), {"log": game, "token": secrets.token_urlsafe(18)})
                known = write.connection.execute(query).scalar_one()
        return str(known)

    def replay(self, token: str) -> tuple[Game, str]:
        """Return the game with this address of a replay, and the party of its person; nothing is played on.

        Raises
        ------
        LogError
            When there is none, or it is not over yet.
        """
        with self.store.reading() as look:
            game = look.connection.execute(select(replays.c.log).where(replays.c.token == token[:40])).scalar()
        if game is None:
            raise LogError(phrase("there is no replay at this address; its game may have been deleted"))
        model = self.look(game)
        if not model.state.over:
            raise LogError(phrase("this game is not over yet: there is a replay when it is"))
        return model, self.person(model)

    def look(self, game: str) -> Game:
        """Return a game as it is kept, without anybody to play on.

        Raises
        ------
        LogError
            When there is no such game, or it cannot be read any more.
        """
        with self.store.reading() as look:
            saved, kept = self._head(look.head(game), game)
            return reopen(saved, look.rows(game), f"game {game}", kept_case(saved, kept))

    def touched(self, game: str) -> float:
        """Return when something was last done in a game, in seconds since 1970; now, if nothing ever was."""
        with self.store.reading() as look:
            return look.last(game) or time.time()

    @contextmanager
    def _alone(self, game: str) -> Iterator[_Open]:
        """Yield a game to this thread alone; other games go on meanwhile."""
        with self._lock:
            opened = self._open.setdefault(game, _Open())
            self._open.move_to_end(game)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        with opened.lock:
            yield opened

    def _model(self, game: str, opened: _Open) -> Game:
        """Return the game as far as the store has it."""
        with self.store.reading() as look:
            if opened.model is None:
                saved, text = self._head(look.head(game), game)
                rows = look.rows(game)
                opened.model = reopen(saved, rows, f"game {game}", kept_case(saved, text), served)
            else:
                for row in look.rows(game, len(opened.model.state.events)):
                    event = decode(opened.model.case.scenario, row)
                    opened.model.submit(event.party, event.action)
        return opened.model

    def _answer(self, game: str, opened: _Open) -> Game:
        """Return the game after all that the agents do now; it does not matter which process stores it first."""
        while True:
            model = self._model(game, opened)
            seq = len(model.state.events)
            if opened.answered == seq:
                return model
            model.play()
            try:
                self._keep(game, opened, seq, None)
            except Moved:
                continue
            opened.answered = len(model.state.events)
            return model

    def _head(self, head: tuple[str, dict[str, object], str], game: str) -> tuple[dict[str, object], str]:
        """Return set-up and text of a solo game; raise `LogError` for a game of a class, reached through its seats."""
        kind, saved, text = head
        if kind not in (KIND, PASSING):
            raise LogError(phrase("there is no game {name!r} to play alone", name=game[:40]))
        return saved, text

    def _keep(self, game: str, opened: _Open, first: int, request: str | None) -> None:
        """Store the model's events from `first` on; if that fails, drop the model rather than run ahead of the disk."""
        model, opened.model = opened.model, None
        if model is not None and (new := model.state.events[first:]):
            self.store.append(game, first, [encode(model.case.scenario, event) for event in new], request)
        opened.model = model
