"""The messages of a seat's socket, in and out: made here and nowhere else, as a list of what may pass.

Everything is public in the group (`feeds.py`), or one's own, or said to oneself; nothing is computed from a score
sheet. The messages are described in `ui/server/live.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negotiation.actions import Say
from negotiation.classroom.access import sees
from negotiation.classroom.accounts import Account
from negotiation.classroom.classes import talk_of
from negotiation.classroom.feeds import Feeds, Line
from negotiation.classroom.keeper import Keeper
from negotiation.classroom.limits import Pace
from negotiation.classroom.look import mark
from negotiation.classroom.phases import Phase
from negotiation.classroom.play import Play
from negotiation.classroom.presence import Presence, place
from negotiation.classroom.seats import Seat, Seats
from negotiation.classroom.sessions import Session
from negotiation.classroom.talk import TEACHER, Talk, at_tables, is_for, listeners, message, opposite
from negotiation.language import language, tr
from negotiation.view import hears

Message = dict[str, Any]

MOST_LINES = 200
"""Lines of talk that a page gets when it opens; what is older is in the debrief and the download."""


BURST, A_SECOND = 20, 5
"""What one person may ask to be stored at once, and each second after that, on however many sockets."""


class Wire:
    """The parts that the sockets of one server share."""

    def __init__(self, seats: Seats, play: Play, talk: Talk) -> None:
        self.seats, self.play, self.talk = seats, play, talk
        self.feeds, self.presence, self.keeper = Feeds(play), Presence(seats), Keeper(play)
        self.pace = Pace(BURST, A_SECOND)

    def watched(self, by: Account | Seat, wanted: Sequence[str]) -> list[str]:
        """Return those of the `wanted` logs that the page may watch, each once, in order.

        A seat hears of its own class and group, an account of the classes that it sees.
        """
        if isinstance(by, Seat):
            return [log for log in heard_by(by) if log in wanted]
        classes = self.play.classes
        with self.seats.store.reading() as look:
            whose = classes.of(look, {log.partition(".")[0] for log in wanted})
            seen = {one for one in set(whose.values()) if sees(by, classes.at(look, one))}
        return [log for log in dict.fromkeys(wanted) if whose.get(log.partition(".")[0]) in seen]


def heard_by(seat: Seat) -> tuple[str, ...]:
    """Return the logs that the socket of a seat listens to, and the topic of who comes and goes."""
    mine = (seat.group, talk_of(seat.group)) if seat.group else ()
    return (seat.session, talk_of(seat.session), *mine, place(seat.group or seat.session))


class Ear:
    """One socket of a person in class.

    Parameters
    ----------
    token
        What the browser holds; it is looked up again for every command.

    Raises
    ------
    Refused
        When it stands for no seat.
    """

    def __init__(self, wire: Wire, token: str) -> None:
        self.wire, self._token = wire, token
        self.seat = wire.seats.identify(token)
        self._told: Message = {}
        self._lines = self._private = self._class = 0
        self._since = 0

    def logs(self) -> tuple[str, ...]:
        """Return the logs that wake this socket."""
        return heard_by(self.seat)

    def hello(self) -> list[Message]:
        """Return the messages for a page that has just opened."""
        self.seat = self.wire.seats.identify(self._token)
        session = self.wire.feeds.session(self.seat.session)
        self._since, self._told = session.version, {}
        self._lines = self._private = self._class = 0
        talk = self._talk(fresh=True)[-MOST_LINES:]
        me = {"name": self.seat.name, "party": self.seat.party, "person": self.seat.person}
        return [
            {"t": "hello", "me": me, "lines": talk, "language": language(), "at": self._at()},
            *self._changed(session),
        ]

    def _at(self) -> float:
        """Return the time of the class, by which lines are told: no phone's clock is right."""
        return self.wire.play.classes.now()

    def news(self) -> list[Message]:
        """Return the messages since the last call.

        Raises
        ------
        Refused
            When this device has no seat any more.
        """
        session = self.wire.feeds.session(self.seat.session)
        me = session.person(self.seat.person)
        out = self.wire.feeds.revoked(me.id) > self._since
        if out or (me.group, me.party, me.name) != (self.seat.group, self.seat.party, self.seat.name):
            return self.hello()
        lines = self._talk()
        return [*([{"t": "talk", "lines": lines}] if lines else []), *self._changed(session)]

    def say(self, to: Sequence[str], text: str, key: str, moves: str = "") -> str | None:
        """Say something at the table, or to some parties and the teacher; return None if stored, else why not.

        `moves` is what it means to agents, in the notation of moves.
        """
        seat = self.wire.seats.identify(self._token)
        if not to and moves:
            return self.act({"kind": Say.kind, "text": text, "moves": moves}, key, None)
        if not to:
            return self._rung(seat.group, self.wire.play.act(seat, Say(text), key))
        why = self.wire.talk.whisper(seat, to, text, key, moves)
        return self._rung(seat.group if self._agents(seat, to) else "", why)

    def act(self, act: Mapping[str, object], key: str, basis: int | None) -> str | None:
        """Do an act at the table, given as in a log but without the party; return None if done, else why not.

        Private words are said as `say` says them, also while the game takes none.
        """
        match act:
            case {"kind": Say.kind, "text": str(text), "to": [_, *_] as to} if all(isinstance(who, str) for who in to):
                return self.say([*map(str, to)], text, key, str(act.get("moves", "")))
        seat = self.wire.seats.identify(self._token)
        return self._rung(seat.group, self.wire.play.send(seat, act, key, basis))

    def _agents(self, seat: Seat, to: Sequence[str]) -> bool:
        """Return whether an agent decides for one of these."""
        session = self.wire.feeds.session(seat.session)
        held = session.held(seat.group) if seat.group in session.groups else ()
        return not {TEACHER, *held}.issuperset(to)

    def _rung(self, group: str, why: str | None) -> str | None:
        if group and why is None:
            self.wire.keeper.ring(group)
        return why and tr(why)

    def _talk(self, *, fresh: bool = False) -> list[Line]:
        """Return the lines this seat hears and has not been told, in order of time."""
        seat, feeds = self.seat, self.wire.feeds
        announced = feeds.private(talk_of(seat.session), fresh=fresh)
        lines = [self._heard(at, row) for at, row in announced[self._class :]]
        self._class = len(announced)
        if seat.group:
            whispered = feeds.private(talk_of(seat.group), fresh=fresh)
            lines += [self._heard(at, row) for at, row in whispered[self._private :]]
            story, _ = feeds.story(seat.group, fresh=fresh)
            lines += self._signed(story[self._lines :])
            self._private, self._lines = len(whispered), len(story)
        return sorted((line for line in lines if line), key=lambda line: line["at"])

    def _signed(self, told: Sequence[tuple[str, Line]]) -> list[Line]:
        """Return the lines of the table that this seat hears; its own with their author, whom other parties do not see."""
        seat, people = self.seat, self.wire.feeds.session(self.seat.session).people

        def signed(who: str, line: Line) -> Line:
            if not seat.party or line.get("who") != seat.party:
                return line
            if who == seat.person:
                return {**line, "mine": True}
            return {**line, "by": people[who].name if who in people else ""}

        return [signed(who, line) for who, line in told if hears(seat.party, line.get("who", ""), line.get("to", ()))]

    def _heard(self, at: float, row: Mapping[str, object]) -> Line | None:
        """Return a private line if it is for this seat, else None; no ids of people pass."""
        said = message(at, dict(row))
        if not is_for(self.seat, said):
            return None
        if said.party == TEACHER:
            return {"at": at, "k": "teacher", "name": said.name, "text": said.text, "you": bool(said.to)}
        line = {"at": at, "k": "private", "who": said.party, "to": list(said.to), "text": said.text}
        if said.party != self.seat.party:
            return line
        mine = said.person == self.seat.person if said.person else said.name == self.seat.name
        return {**line, "mine": True} if mine else {**line, "by": said.name}

    def _changed(self, session: Session) -> list[Message]:
        """Return mark, clock and people, each only if it has changed since it was last told."""
        found = []
        for now in (self._mark(session), self._clock(session), self._here(session)):
            kind, known = now["t"], {key: value for key, value in now.items() if key not in ("left", "round_left")}
            if self._told.get(kind) != known:
                self._told[kind] = known
                found.append(now)
        return found

    def _mark(self, session: Session) -> Message:
        table = self.wire.feeds.story(self.seat.group)[1] if self.seat.group else 0
        return {"t": "mark", "mark": mark(session, self.seat, table), "may": self._may(session)}

    def _may(self, session: Session) -> Message:
        """Return whom this seat may speak to now, and whether people sit opposite."""
        seat = self.seat
        group = session.groups.get(seat.group)
        if group is None or not seat.party or not session.phase.timed:
            return {"table": False, "to": [], "people": True}
        to, people = listeners(session, seat), bool(opposite(session, seat))
        return {"table": at_tables(session, seat), "to": to, "people": people}

    def _clock(self, session: Session) -> Message:
        """Return the clock in seconds from now, as no phone's clock is right; `set` tells one setting from another."""
        clock, now = session.clock, self.wire.play.classes.now()
        seconds = session.settings.round_seconds if session.phase is Phase.NEGOTIATE else None
        return {
            "t": "clock",
            "phase": session.phase,
            "called": tr(session.phase.during),
            "place": session.phase.place,
            "timed": session.phase.timed,
            "left": clock.left(now),
            "running": clock.since is not None,
            "round": seconds,
            "round_left": seconds - clock.elapsed(now) % seconds if seconds else None,
            "set": [clock.since, clock.spent, clock.length],
        }

    def _here(self, session: Session) -> Message:
        """Return who is in the group and whether their pages are open; in the lobby only how many wait."""
        if not self.seat.group:
            return {"t": "here", "people": [], "waiting": len(session.lobby)}
        members = session.members(self.seat.group)
        states = self.wire.presence.states(session.id, [one.id for one in members])
        return {
            "t": "here",
            "people": [[one.name, one.party, states[one.id], one.id == self.seat.person] for one in members],
            "waiting": 0,
        }
