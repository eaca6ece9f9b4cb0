"""Private talk: between parties of one group, with the teacher, and by the teacher to the class.

Words between parties are acts of the game, as words to the whole table are: they stand in its log, and agents among those
who hear them hear them too. What is kept here is for people alone: talk among those who share a seat, help and
announcements, and words between parties while the game takes none: before the talks, while the clock stands, and behind
their end. Words that the teacher or one's own people hear too are of this kind: no act of the game is for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from negotiation.actions import LONGEST_TEXT, Say
from negotiation.classroom.classes import Classes, talk_of
from negotiation.classroom.commands import judged, titled
from negotiation.classroom.games import Games
from negotiation.classroom.requests import once
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Session
from negotiation.classroom.store import Reading, Row, Writing
from negotiation.classroom.texts import plain
from negotiation.errors import IllegalAction, Refused
from negotiation.formats.notation import MoveError, read
from negotiation.language import phrase
from negotiation.speaking import speak
from negotiation.view import hears

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
        The author's id; empty for an account that runs the class, and for an agent.
    seq
        The number of the event in the group's game; None if it is no act of the game.
    moves
        What it means, in the notation of moves.
    """

    at: float
    name: str
    party: str
    to: tuple[str, ...]
    text: str
    person: str = ""
    seq: int | None = None
    moves: str = ""

    @property
    def of_agent(self) -> bool:
        """Return whether an agent said it."""
        return self.seq is not None and not self.person


class Talk:
    """Private talk in all classes of a store."""

    def __init__(self, classes: Classes, games: Games) -> None:
        self.classes, self.store, self.games = classes, classes.store, games

    def whisper(self, seat: Seat, to: Sequence[str], text: str, key: str, moves: str = "") -> str | None:
        """Say something to parties of the own group only, or to the teacher; return None if stored, else why not.

        The own party stands for the people who share the seat. To other parties it is an act of the game if that takes
        one now; else only people can hear it.

        Parameters
        ----------
        moves
            What it means, in the notation of moves: for agents, and so for nothing but an act of the game.
        """
        to = tuple(dict.fromkeys(to))
        acts = not {seat.party, TEACHER}.intersection(to)

        def do(write: Writing, request: str) -> None:
            session = self.classes.at(write, seat.session)
            _may(session, seat, to)
            words = plain(text, WHAT, LONGEST_TEXT)
            why = self._act(write, session, seat, Say(words, to), moves, request) if acts else ALONE
            if why is None:
                return
            if not set(to) <= {seat.party, TEACHER, *opposite(session, seat)}:
                raise Refused(why)
            row = {"name": seat.name, "party": seat.party, "to": list(to), "text": words, "person": seat.person}
            log = talk_of(seat.group)
            write.append(log, write.version(log), [row], request)

        lock = seat.group if acts else talk_of(seat.group)
        return once(self.classes, seat.person, key, do, lock=lock, share=seat.session)

    def _act(self, write: Writing, session: Session, seat: Seat, say: Say, moves: str, request: str) -> str | None:
        """Store private words as an act of the game; return None if the game took it, else why it takes none now.

        Raises
        ------
        Refused
            When what they are said to mean means nothing.
        """
        game, state = self.games.at(write, seat.group)
        scenario = state.scenario
        try:
            say = replace(say, moves=read(moves, scenario)) if moves else say
            speak(state, seat.party, say)
        except (MoveError, IllegalAction) as problem:
            raise Refused(titled(scenario, problem.said)) from None
        try:
            event = judged(session, game, state, seat.party, say, basis=None, now=self.classes.now())
        except (Refused, IllegalAction) as problem:
            return titled(scenario, problem.said)
        write.append(seat.group, len(state.events), game.rows((event,)), request, [seat.person])
        return None

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
            said = [*_messages(look, talk_of(seat.session))]
            if seat.group and seat.party:
                said += self._said(look, seat.group)
        return tuple(sorted((m for m in said if is_for(seat, m)), key=lambda message: message.at))

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
        """Return all private messages of a group in order of time, for the teacher who opens it.

        See `Teaching.open_group`.
        """
        with self.store.reading() as look:
            return tuple(sorted(self._said(look, group), key=lambda message: message.at))

    def _said(self, look: Reading, group: str) -> list[Message]:
        """Return what was said in private in a group: what is kept here, then the acts of its game."""
        people = self.classes.at(look, look.head(group)[1]["session"]).people
        names = {person.id: person.name for person in people.values()}
        return [*_messages(look, talk_of(group)), *_acts(look, group, names)]


WHAT = phrase("what you say")
ALONE = phrase(
    "agents hear only what is said to other parties alone: neither to the teacher nor to your own people too"
)


def is_for(seat: Seat, message: Message) -> bool:
    """Return whether a private message in the class or group of a seat is for that seat."""
    if message.party == TEACHER:
        return not message.to or seat.person in message.to
    return bool(seat.party) and hears(seat.party, message.party, message.to)


def _messages(look: Reading, log: str) -> list[Message]:
    return [message(at, row) for at, row in look.stamped(log)]


def message(at: float, row: Row) -> Message:
    """Return the message that a row of the store holds."""
    return Message(at, row["name"], row["party"], tuple(row["to"]), row["text"], row.get("person", ""))


def _acts(look: Reading, group: str, names: Mapping[str, str]) -> Iterator[Message]:
    """Yield what was said in private as an act of a group's game; people are called as they are now."""
    for seq, (at, who, row) in enumerate(look.authored(group)):
        if row["kind"] == Say.kind and row.get("to"):
            name = names.get(who, "an agent")
            yield Message(at, name, row["party"], tuple(row["to"]), row["text"], who, seq, row.get("moves", ""))


def listeners(session: Session, seat: Seat) -> list[str]:
    """Return whom a seat may speak to in private: first the people who share it, then the others, and the teacher.

    Agents are among the others as long as one may act at the tables.
    """
    team = [seat.party] if len(session.at(seat.group, seat.party)) > 1 else []
    every = [*session.parties, *session.settings.agents] if at_tables(session, seat) else opposite(session, seat)
    return [*team, *(party for party in every if party != seat.party), TEACHER]


def opposite(session: Session, seat: Seat) -> list[str]:
    """Return the other parties for which people decide."""
    return [party for party in session.held(seat.group) if party != seat.party]


def at_tables(session: Session, seat: Seat) -> bool:
    """Return whether a seat may act at the tables in this phase, when the clock runs."""
    group = session.groups[seat.group]
    return session.phase.talks and not group.closed and seat.party not in group.taken


def _may(session: Session, seat: Seat, to: Sequence[str]) -> None:
    """Raise `Refused` unless a seat may speak to these in private now."""
    person = session.person(seat.person)
    if person.gone or (person.group, person.party) != (seat.group, seat.party):
        raise Refused(phrase("you have been given another seat; look again"))
    if not (seat.group and seat.party):
        raise Refused(phrase("you have no seat from which to speak to single parties"))
    if not session.phase.timed:
        raise Refused(phrase("private talk is possible from reading to signing"))
    possible = listeners(session, seat)
    for party in to:
        if party not in possible:
            raise Refused(
                phrase(
                    "nobody at {who!r} to speak to in private; possible: {possible}",
                    who=party[:40],
                    possible=", ".join(possible),
                )
            )
    if not to:
        raise Refused(phrase("say to whom; what is for everybody is said at the table"))
