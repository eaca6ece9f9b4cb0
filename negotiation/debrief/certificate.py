"""A certificate that nothing sent to a seat held another seat's secrets: what was checked, and what was found.

For every seat of every group and everybody who observes one, at the end and at two earlier points of its log, all that a page of that seat is made from is
turned into bytes again, as it was before anything was revealed: the `Look` with its `View`, private talk, receipts, and
what the coach says where the teacher allows one. Then

1. *independence*: everybody else's sheets, briefs and types, and what they said in private without the seat, are replaced
   by others and the bytes made again. They must be the same to the last one: what does not depend on a secret cannot tell it;
2. *search*: the bytes are searched for the confidential briefs of all others, sentence by sentence, and for the numbers of
   their sheets that stand neither in the seat's own sheet nor in the public case.

What people themselves wrote or said, and how agents act, may tell anything: that is the game. Their words are left out of
the second check, not of the first.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from negotiation import __version__
from negotiation.analysis.coaching.advice import advice
from negotiation.analysis.coaching.plan import prepare
from negotiation.analysis.coaching.review import review
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.clock import Clock
from negotiation.classroom.games import ClassGame
from negotiation.classroom.look import Look, at_table
from negotiation.classroom.phases import Phase
from negotiation.classroom.schema import refusals
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Person, Session
from negotiation.debrief.class_data import ClassData, gather
from negotiation.debrief.group_game import GroupGame, sat
from negotiation.debrief.leaks import bytes_of, changed, found_in, reworded, secrets_of
from negotiation.debrief.replays import Progress
from negotiation.language import phrase
from negotiation.plural import counted
from negotiation.protocols import Protocol
from negotiation.state import State

_NOBODY = Person("", "", 0.0)
"""At a seat that agents have."""

POINTS = 3
"""Points of a log at which a seat is looked at: after a third, after two thirds, and at the end."""


@dataclass(frozen=True)
class Leak:
    """Something that a seat could have learned: what, of whom, in which group, at which event."""

    group: int
    seat: str
    event: int
    of: str
    what: str


@dataclass
class Certificate:
    """The result of the check: what was checked, and every leak found.

    Attributes
    ----------
    digest
        SHA-256 of all bytes that were made, in order: a class always gives the same one.
    """

    session: str
    title: str
    case: str
    groups: int = 0
    seats: int = 0
    looks: int = 0
    bytes: int = 0
    searched: int = 0
    leaks: list[Leak] = field(default_factory=list)
    digest: str = ""

    @property
    def clean(self) -> bool:
        """Return whether nothing was found."""
        return not self.leaks

    def json(self) -> str:
        """Return the certificate for programs."""
        told = {**dataclasses.asdict(self), "clean": self.clean, "program": __version__, "method": _METHOD}
        return json.dumps(told, ensure_ascii=False, indent=1)

    def text(self) -> str:
        """Return the certificate for people."""
        found = [
            f"  group {one.group}, seat {one.seat}, event {one.event}: {one.what} of {one.of}" for one in self.leaks
        ]
        result = ["RESULT: nothing of another seat was found."] if self.clean else ["RESULT: LEAKS", *found]
        return "\n".join(
            [
                "LEAK CERTIFICATE",
                f"Class: {self.title} ({self.session})",
                f"Case: {self.case}",
                f"Program: negotiation {__version__}",
                "",
                *result,
                "",
                f"Checked: {counted(self.groups, 'group')}, {counted(self.seats, 'seat')}, {counted(self.looks, 'look')}, "
                f"{counted(self.bytes, 'byte')},",
                f"searched for {self.searched:,} sentences and numbers of others. SHA-256 of all bytes: {self.digest}",
                "",
                *_METHOD,
                "",
            ]
        )


_METHOD = (
    "What was done: for every seat and everybody who observes, at up to three points of the group's log, all that the page is",
    "made from (the view with the own sheet and brief, the public state and log, private talk meant for the seat, receipts of",
    "its own requests, what the coach says; for observers no sheet at all) was made again as before anything is revealed,",
    "and turned into bytes.",
    "1. Independence: with the sheets, briefs and types of all others replaced, and what they said without the seat, the bytes",
    "   are the same to the last one.",
    "2. Search: no sentence of another's confidential brief, and no number of another's sheet that stands neither in the",
    "   own sheet nor in the public case (whole numbers up to 100 apart, which count rounds and options), occurs in them.",
    "   Words of people, worksheets and the own points are left out of this search.",
    "What was not checked: what people tell each other, what their acts and those of agents give away, screens in a room,",
    "the network, and files that a teacher hands out.",
)


def certify(classroom: Classroom, session: str, progress: Progress = lambda _share, _what: None) -> Certificate:
    """Check everything that a class's seats were or could have been sent; takes about a second per eight seats.

    Raises
    ------
    Refused
        When there is no such class, or no group.
    """
    klass = gather(classroom, session)
    made = Certificate(session, klass.session.title, klass.case.name)
    digest = hashlib.sha256()
    for group in klass.every:
        progress(made.groups / len(klass.every), phrase("{n} seats checked", n=made.seats))
        made.groups += 1
        seats = [
            (one.id, party)
            for party in klass.session.parties
            for one in sat(klass.session, group.id, party) or [_NOBODY]
        ]
        seats += [(one.id, "") for one in klass.session.at(group.id, "")]
        for person, party in seats:
            made.seats += 1
            for data in _checked(classroom, klass, group, Seat(session, person, "", group.id, party), made):
                made.looks += 1
                made.bytes += len(data)
                digest.update(data)
    made.digest = digest.hexdigest()
    return made


def _checked(
    classroom: Classroom, klass: ClassData, group: GroupGame, seat: Seat, made: Certificate
) -> Iterator[bytes]:
    """Yield all bytes of one seat; what is wrong with them goes into the certificate."""
    session, party = hidden(klass.session), seat.party
    other = changed(group.game, party)
    secrets = secrets_of(group.game, party)
    letters = _letters(classroom, seat)
    for state in _states(group):
        look, anew = _look(session, seat, group.game, state), _look(session, seat, other, reworded(state, party))
        data, again = (bytes_of([one, letters, *_coaching(one)]) for one in (look, anew))
        where = (group.number, party, len(state.events))
        if data != again:
            made.leaks.append(Leak(*where, "others", "bytes that depend on the secrets"))
        plain = bytes_of([look], silent=True).decode()
        made.searched += sum(len(texts) + len(numbers) for texts, numbers in secrets.values())
        for who, what in found_in(plain, secrets):
            made.leaks.append(Leak(*where, who, what))
        yield data


def _coaching(look: Look) -> list[object]:
    """Return what the coach tells the seat, where it is allowed: its plan, what to do now, and of the others' papers as drafts."""
    view = look.view
    if view is None or not look.coach:
        return []
    drafts = [paper.deals for paper in view.state.papers.values() if {*paper.deals} <= {*view.state.sits(view.me)}]
    return [prepare(view), *advice(view), *(review(view, deals) for deals in drafts)]


def _letters(classroom: Classroom, seat: Seat) -> list[object]:
    """Return private talk for the seat, and the answers to its own requests."""
    return [classroom.talk.heard(seat), receipts(classroom, seat.person)] if seat.person else []


def receipts(classroom: Classroom, person: str) -> list[str]:
    """Return the refusals that a person's own requests got, in order: with "done", all that a receipt can say."""
    with classroom.store.reading() as look:
        query = select(refusals.c.why).where(refusals.c.request.startswith(f"{person}:", autoescape=True))
        return list(look.connection.execute(query.order_by(refusals.c.at, refusals.c.request)).scalars())


def hidden(session: Session) -> Session:
    """Return the class as it was while the talks went on: own sheets and briefs are shown, nothing is revealed."""
    return replace(session, phase=Phase.NEGOTIATE, settings=replace(session.settings, reveal={}))


def _look(session: Session, seat: Seat, game: ClassGame, state: State) -> Look:
    settings = session.settings
    look = Look(
        seat,
        session.title,
        session.phase,
        Clock(),
        0.0,
        game.case.scenario,
        session.sheets.get(seat.person, {}),
        versions={},
        mark="",
        protocol=settings.protocol,
        suggest=settings.suggest,
        coach=settings.coach,
        homework=settings.homework,
        attempts=(0, settings.attempts),
    )
    return at_table(look, session, game, state)


def _states(group: GroupGame) -> Iterator[State]:
    """Yield the game at up to POINTS points of its log, the end last; votes as they were then."""
    protocol: Protocol = group.game.protocol
    state, events = protocol.opening(group.state.scenario, group.state.rounds), group.game.state.events
    wanted = {len(events) * n // POINTS for n in range(1, POINTS)}
    for n, event in enumerate(events):
        if n in wanted:
            yield state
        state = protocol.submit(state, event.party, event.action)
    yield state
