"""Private talk: between parties of one group, with the teacher, and by the teacher to the class.

Talk to the whole table is an act of the game, which agents hear too. What is kept here no agent ever sees, and of the
people only those it is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from negotiation.actions import LONGEST_TEXT
from negotiation.classroom.classes import Classes, talk_of
from negotiation.classroom.requests import once
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Session
from negotiation.classroom.store import Reading, Row, Writing
from negotiation.classroom.texts import plain
from negotiation.errors import Refused

TEACHER = "@teacher"
"""The addressee for help, and the party of an account that runs the class."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message said in private.

    Attributes
    ----------
    party
        The party the author sat for then; `@teacher` for an account that runs the class.
    to
        Parties of the group or `@teacher`; from the teacher to one person, that person's id; empty: the whole class.
    person
        The author's id; empty for an account that runs the class.
    """

    at: float
    name: str
    party: str
    to: tuple[str, ...]
    text: str
    person: str = ""


class Talk:
    """Private talk in all classes of a store."""

    def __init__(self, classes: Classes) -> None:
        self.classes, self.store = classes, classes.store

    def whisper(self, seat: Seat, to: Sequence[str], text: str, key: str) -> str | None:
        """Say something to parties of the own group only, or to the teacher; return None if stored, else why not.

        The own party stands for the people who share the seat.
        """

        def do(write: Writing, request: str) -> None:
            session = self.classes.at(write, seat.session)
            _may(session, seat, to)
            row = {"name": seat.name, "party": seat.party, "to": list(to), "text": plain(text, WHAT, LONGEST_TEXT)}
            row["person"] = seat.person
            log = talk_of(seat.group)
            write.append(log, write.version(log), [row], request)

        return once(self.classes, seat.person, key, do, lock=talk_of(seat.group), share=seat.session)

    def announce(self, session: str, name: str, text: str, key: str, to: str = "") -> str | None:
        """Say something as the teacher to the whole class, or to one person; return None if stored, else why not."""

        def do(write: Writing, request: str) -> None:
            if to:
                self.classes.at(write, session).person(to)
            log = talk_of(session)
            row = {"name": name, "party": TEACHER, "to": [to] if to else [], "text": plain(text, WHAT, LONGEST_TEXT)}
            write.append(log, write.version(log), [row], request)

        return once(self.classes, f"{TEACHER}:{name}", key, do, lock=talk_of(session))

    def heard(self, seat: Seat) -> tuple[Message, ...]:
        """Return all messages for this seat, in order of time."""
        with self.store.reading() as look:
            said = [m for m in _messages(look, talk_of(seat.session)) if hears(seat, m)]
            if seat.group and seat.party:
                said += [m for m in _messages(look, talk_of(seat.group)) if hears(seat, m)]
        return tuple(sorted(said, key=lambda message: message.at))

    def asked(self, session: Session) -> dict[str, tuple[Message, ...]]:
        """Return the messages to the teacher, by group."""
        with self.store.reading() as look:
            spoken = look.versions([talk_of(group) for group in session.groups])
            return {
                group: tuple(m for m in _messages(look, talk_of(group)) if TEACHER in m.to)
                if spoken[talk_of(group)]
                else ()
                for group in session.groups
            }

    def announced(self, session: str) -> tuple[Message, ...]:
        """Return all messages of the teacher, to the class or to one person."""
        with self.store.reading() as look:
            return tuple(_messages(look, talk_of(session)))

    def everything(self, group: str) -> tuple[Message, ...]:
        """Return all private messages of a group, for the teacher who opens it (see `Teaching.open_group`)."""
        with self.store.reading() as look:
            return tuple(_messages(look, talk_of(group)))


WHAT = "what you say"


def hears(seat: Seat, message: Message) -> bool:
    """Return whether a private message in the class or group of a seat is for that seat."""
    if message.party == TEACHER:
        return not message.to or seat.person in message.to
    return bool(seat.party) and seat.party in (message.party, *message.to)


def _messages(look: Reading, log: str) -> list[Message]:
    return [message(at, row) for at, row in look.stamped(log)]


def message(at: float, row: Row) -> Message:
    """Return the message that a row of the store holds."""
    return Message(at, row["name"], row["party"], tuple(row["to"]), row["text"], row.get("person", ""))


def listeners(session: Session, seat: Seat) -> list[str]:
    """Return whom a seat may speak to in private: first the people who share it, then the others, and the teacher."""
    team = [seat.party] if len(session.at(seat.group, seat.party)) > 1 else []
    return [*team, *opposite(session, seat), TEACHER]


def opposite(session: Session, seat: Seat) -> list[str]:
    """Return the other parties for which people decide."""
    return [party for party in session.held(seat.group) if party != seat.party]


def _may(session: Session, seat: Seat, to: Sequence[str]) -> None:
    """Raise `Refused` unless a seat may speak to these in private now."""
    person = session.person(seat.person)
    if person.gone or (person.group, person.party) != (seat.group, seat.party):
        raise Refused("you have been given another seat; look again")
    if not (seat.group and seat.party):
        raise Refused("you have no seat from which to speak to single parties")
    if not session.phase.timed:
        raise Refused("private talk is possible from reading to signing")
    possible = listeners(session, seat)
    for party in to:
        if party not in possible:
            raise Refused(f"nobody at {party[:40]!r} to speak to in private; possible: {', '.join(possible)}")
    if not to:
        raise Refused("say to whom; what is for everybody is said at the table")
