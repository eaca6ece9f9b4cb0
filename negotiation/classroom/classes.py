"""The classes of a store: each is a log of facts, changed one command at a time, and folded in memory."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select

from negotiation.case import Case
from negotiation.casting import cast
from negotiation.classroom.cases import kept_case
from negotiation.classroom.facts import Entered, Fact, Grouped, read, stamped, written
from negotiation.classroom.limits import Limit
from negotiation.classroom.phases import Phase
from negotiation.classroom.schema import logs
from negotiation.classroom.sessions import Session, fold
from negotiation.classroom.settings import Settings, checked
from negotiation.classroom.store import Reading, Row, Store, Writing
from negotiation.classroom.texts import plain
from negotiation.errors import LogError, Refused
from negotiation.formats import loads, shipped
from negotiation.formats.memory_check import LARGEST_UPLOADED
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.language import phrase
from negotiation.rules import VERSION

LOG = logging.getLogger("negotiation")

MOST_REQUESTS = 240
"""Requests of one person that are stored in a minute: four a second, more than anybody types or clicks."""

KIND, GAME, TALK = "session", "game", "talk"


def talk_of(log: str) -> str:
    """Return the name of the log of private talk in a group, or of a teacher's words to a whole class."""
    return f"{log}.talk"


class Classes:
    """The classes of one database.

    Parameters
    ----------
    now
        The clock, in seconds since 1970.
    """

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        self.store, self.now = store, now
        self.often = Limit(MOST_REQUESTS, 60, what=phrase("requests in a minute"))
        self._known: dict[str, Session] = {}
        self._cases: dict[str, Case] = {}

    def create(self, by: str, settings: Settings, *, title: str = "", text: str = "") -> Session:
        """Create a class and return it; `text` is a scenario file of the teacher's own, if the case is no bundled one.

        Raises
        ------
        Refused, SetupError, ScenarioError
            When no class can be made of this.
        """
        if len(text) > LARGEST_FILE:
            raise Refused(phrase("a case has at most {most:,} characters", most=LARGEST_FILE))
        name, variant = settings.case, settings.variant
        case = loads(text, name, variant, most=LARGEST_UPLOADED) if text else shipped(name, variant)
        settings = checked(settings, case)
        setup = {
            "case": settings.case,
            "variant": settings.variant,
            "digest": case.digest,
            "rules": VERSION,
            "settings": settings.row(),
            "parties": settings.parties(case),
            "title": plain(title or case.scenario.title, phrase("the title"), 200),
            "by": by,
        }
        with self.store.writing() as write:
            session = write.create(setup, kind=KIND, text=case.text)
            write.create({"session": session}, kind=TALK, log=talk_of(session))
        begin = [Entered(Phase.NEGOTIATE)] if settings.homework else []
        return self.change(session, by, lambda _: begin)

    def ids(self) -> list[str]:
        """Return the ids of all classes, newest first."""
        with self.store.reading() as look:
            query = select(logs.c.id).where(logs.c.kind == KIND).order_by(logs.c.created.desc(), logs.c.id)
            return list(look.connection.execute(query).scalars())

    def all(self) -> list[Session]:
        """Return all classes, newest first; log a warning for each that cannot be read, and leave it out."""
        found = []
        with self.store.reading() as look:
            for session in self.ids():
                try:
                    found.append(self.at(look, session))
                except Refused as problem:
                    LOG.warning("class %s: %s", session, problem)
        return found

    def get(self, session: str) -> Session:
        """Return a class as it stands.

        Raises
        ------
        Refused
            When there is none of this id, or something is in its log that this version does not know.
        """
        with self.store.reading() as look:
            return self.at(look, session)

    def at(self, look: Reading, session: str) -> Session:
        """Return a class as `look` finds it; not to be called after a write to it in the same transaction."""
        known = self._known.get(session) or self._opening(look, session)
        rows = look.rows(session, known.version)
        try:
            facts = [read(row) for row in rows]
        except LogError as problem:
            raise Refused(phrase("this class cannot be read: {why}", why=problem.said)) from None
        self._known[session] = known = fold(known, facts) if facts else known
        return known

    def of(self, look: Reading, ids: Collection[str]) -> dict[str, str]:
        """Return the class of each of these ids of classes and groups; ids that are neither are left out."""
        query = select(logs.c.id, logs.c.kind, logs.c.setup).where(logs.c.id.in_(ids), logs.c.kind.in_((KIND, GAME)))
        found = look.connection.execute(query)
        return {log: log if kind == KIND else json.loads(setup)["session"] for log, kind, setup in found}

    def case(self, look: Reading, session: str) -> Case:
        """Return the case that a class negotiates; it never changes."""
        if session not in self._cases:
            _, setup, text = look.head(session)
            self._cases[session] = kept_case(setup, text)
        return self._cases[session]

    def change(self, session: str, by: str, decide: Callable[[Session], Sequence[Fact]]) -> Session:
        """Append the facts that `decide` makes of the class, with no other change between, and return the class.

        Raises
        ------
        Refused
            When the facts cannot be; nothing has changed then.
        """
        with self.store.writing() as write:
            return self.change_in(write, session, by, decide)

    def change_in(
        self,
        write: Writing,
        session: str,
        by: str,
        decide: Callable[[Session], Sequence[Fact]],
        request: str | None = None,
    ) -> Session:
        """Change a class as `change` does, inside a transaction that does more."""
        write.lock(session)
        before = self.at(write, session)
        at = max(self.now(), before.last)
        facts = [stamped(fact, by, at) for fact in decide(before)]
        after = fold(before, facts)
        for fact in facts:
            if isinstance(fact, Grouped):
                self._begin(write, after, fact)
        if facts:
            write.append(session, before.version, [written(fact) for fact in facts], request)
        return after

    def mint(self) -> str:
        """Return a new random id of a game."""
        return secrets.token_urlsafe(12)

    def _opening(self, look: Reading, session: str) -> Session:
        kind, setup, _ = look.head(session)
        if kind != KIND:
            raise Refused(phrase("there is no such class"))
        settings = Settings.of({"talk": "", **setup["settings"]})  # in classes from before agents spoke they do not
        return Session(session, setup["title"], settings, tuple(setup["parties"]), by=setup["by"])

    def _begin(self, write: Writing, session: Session, fact: Grouped) -> None:
        """Create the game of a new group: agents at all seats, who decide wherever nobody holds the seat."""
        _, setup, text = write.head(session.id)
        case, settings = kept_case(setup, text), session.settings
        game: Row = {
            "case": settings.case,
            "digest": case.digest,
            "variant": settings.variant,
            "protocol": settings.protocol,
            "seed": fact.seed,
            "rounds": settings.rounds or case.scenario.rounds,
            "seats": {party: settings.agents.get(party, settings.level) for party in case.roles},
            "types": cast(case, fact.seed, settings.types),
            **({"talk": settings.talk} if settings.talk else {}),
            "rules": VERSION,
            "session": session.id,
        }
        write.create(game, kind=GAME, text=text, log=fact.group)
        write.create({"session": session.id}, kind=TALK, log=talk_of(fact.group))
