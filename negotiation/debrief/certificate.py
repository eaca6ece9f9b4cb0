"""A certificate that nothing sent to a seat held another seat's secrets: what was checked, and what was found.

For every seat of every group, at the end and at two earlier points of its log, all that a page of that seat is made from is
turned into bytes again, as it was before anything was revealed: the `Look` with its `View`, private talk, receipts. Then

1. *independence*: everybody else's sheets, briefs and types are replaced by others and the bytes made again. They must be
   the same to the last one: what does not depend on a secret cannot tell it;
2. *search*: the bytes are searched for the confidential briefs of all others, sentence by sentence, and for the numbers of
   their sheets that stand neither in the seat's own sheet nor in the public case.

What people themselves wrote or said, and how agents act, may tell anything: that is the game. Their words are left out of
the second check, not of the first.
"""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from negotiation import __version__
from negotiation.case import Role
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.clock import Clock
from negotiation.classroom.games import Game
from negotiation.classroom.look import Look, at_table
from negotiation.classroom.schema import refusals
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Session
from negotiation.debrief.gathering import Gathered, Played, gather
from negotiation.preferences import Preferences, Sheet
from negotiation.protocols import Protocol
from negotiation.scenario import Scenario
from negotiation.state import State

POINTS = 3
"""Points of a log at which a seat is looked at: after a third, after two thirds, and at the end."""

SHORTEST = 25
"""Letters of a sentence from which on it is searched for."""

OWN = ("seat", "title", "sheet", "at", "points", "now", "clock", "versions")
"""Fields of a look that hold what people wrote, or are worked out from what the seat knows: left out of the search."""


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
    """What was checked, and every leak found.

    Attributes
    ----------
    digest
        SHA-256 of all bytes that were made, in order: the same class gives the same.
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
        """Whether nothing was found."""
        return not self.leaks

    def json(self) -> str:
        """The certificate for programs."""
        told = {**dataclasses.asdict(self), "clean": self.clean, "program": __version__, "method": _METHOD}
        return json.dumps(told, ensure_ascii=False, indent=1)

    def text(self) -> str:
        """The certificate for people."""
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
                f"Checked: {self.groups} groups, {self.seats} seats, {self.looks} looks, {self.bytes:,} bytes,",
                f"searched for {self.searched:,} sentences and numbers of others. SHA-256 of all bytes: {self.digest}",
                "",
                *_METHOD,
                "",
            ]
        )


_METHOD = (
    "What was done: for every seat, at up to three points of its group's log, all that its page is made from (the view with",
    "the own sheet and brief, the public state and log, private talk meant for the seat, receipts of its own requests) was",
    "made again as before anything is revealed, and turned into bytes.",
    "1. Independence: with the sheets, briefs and types of all others replaced, the bytes are the same to the last one.",
    "2. Search: no sentence of another's confidential brief, and no number of another's sheet that stands neither in the",
    "   own sheet nor in the public case (whole numbers up to 100 apart, which count rounds and options), occurs in them.",
    "   Words of people, worksheets and the own points are left out of this search.",
    "What was not checked: what people tell each other, what their acts and those of agents give away, screens in a room,",
    "the network, and files that a teacher hands out.",
)


def certify(classroom: Classroom, session: str) -> Certificate:
    """Check everything that a class's seats were or could have been sent. Takes about a second per eight seats.

    Raises
    ------
    Refused
        When there is no such class, or no group.
    """
    klass = gather(classroom, session)
    made = Certificate(session, klass.session.title, klass.case.name)
    digest = hashlib.sha256()
    for group in klass.every:
        made.groups += 1
        for party in klass.session.parties:
            for person in [one.id for one in group.people[party]] or [""]:
                made.seats += 1
                for data in _checked(classroom, klass, group, Seat(session, person, "", group.id, party), made):
                    made.looks += 1
                    made.bytes += len(data)
                    digest.update(data)
    made.digest = digest.hexdigest()
    return made


def _checked(classroom: Classroom, klass: Gathered, group: Played, seat: Seat, made: Certificate) -> Iterator[bytes]:
    """All bytes of one seat; what is wrong with them goes into the certificate."""
    session, party = hidden(klass.session), seat.party
    other = changed(group.game, party)
    secrets = _secrets(group.game, party)
    letters = _letters(classroom, seat)
    for state in _states(group):
        data = _bytes([_look(session, seat, group.game, state), letters])
        again = _bytes([_look(session, seat, other, state), letters])
        where = (group.number, party, len(state.events))
        if data != again:
            made.leaks.append(Leak(*where, "others", "bytes that depend on the secrets"))
        plain = _bytes([_look(session, seat, group.game, state)], silent=True).decode()
        made.searched += sum(len(texts) + len(numbers) for texts, numbers in secrets.values())
        for who, what in found_in(plain, secrets):
            made.leaks.append(Leak(*where, who, what))
        yield data


def _letters(classroom: Classroom, seat: Seat) -> list[Any]:
    """Private talk for the seat, and the answers that its own requests got."""
    return [classroom.talk.heard(seat), receipts(classroom, seat.person)] if seat.person else []


def receipts(classroom: Classroom, person: str) -> list[str]:
    """The refusals that a person's own requests got, in order: with "done", all that a receipt can say."""
    with classroom.store.reading() as look:
        query = select(refusals.c.why).where(refusals.c.request.startswith(f"{person}:", autoescape=True))
        return list(look.connection.execute(query.order_by(refusals.c.at, refusals.c.request)).scalars())


def hidden(session: Session) -> Session:
    """The class as it was while the talks went on: own sheets and briefs are shown, nothing is revealed."""
    return replace(session, phase="negotiate", settings=replace(session.settings, reveal={}))


def _look(session: Session, seat: Seat, game: Game, state: State) -> Look:
    sheet = session.sheets.get(seat.person, {})
    settings = session.settings
    look = Look(
        seat,
        session.title,
        session.phase,
        Clock(),
        0.0,
        game.case.scenario,
        sheet,
        {},
        mark="",
        protocol=settings.protocol,
        suggest=settings.suggest,
        homework=settings.homework,
        attempts=(0, settings.attempts),
    )
    return at_table(look, session, game, state)


def _states(group: Played) -> Iterator[State]:
    """The game at up to POINTS points of its log, the end last; votes as they were then."""
    protocol: Protocol = group.game.protocol
    state, events = protocol.opening(group.state.scenario, group.state.rounds), group.game.state.events
    wanted = {len(events) * n // POINTS for n in range(1, POINTS)}
    for n, event in enumerate(events):
        if n in wanted:
            yield state
        state = protocol.submit(state, event.party, event.action)
    yield state


def changed(game: Game, party: str) -> Game:
    """The same game in which all others have other sheets, briefs and names of types."""
    roles = {
        who: dict(kinds) if who == party else {name: _other(role) for name, role in kinds.items()}
        for who, kinds in game.case.roles.items()
    }
    model = copy.copy(game.model)
    model.case = replace(game.case, roles=roles)
    return replace(game, model=model)


def _other(role: Role) -> Role:
    """A role with other numbers and another brief."""
    ours = role.preferences
    sheets = {
        key: Sheet(sheet.weight * 3 + 1.37, tuple(reversed(sheet.shares)), sheet.whole)
        for key, sheet in ours.sheets.items()
    }
    links = tuple(replace(link, points=-2 * link.points - 0.71) for link in ours.links)
    adjust = {table: 7.77 - points for table, points in ours.adjust.items()}
    other = replace(ours, sheets=sheets, links=links, adjust=adjust, delay=ours.delay + 0.123)
    return replace(role, preferences=other, brief=f"Quite another brief than the one of {role.name}.", note="")


def _secrets(game: Game, party: str) -> dict[str, tuple[list[str], list[str]]]:
    """By other party: the sentences of its briefs and the numbers of its sheets that this seat has no business with."""
    mine, public = game.role(party), public_bytes(game.case.scenario).decode()
    known = _numbers_of(mine.preferences) | _told(public) | _told(_bytes([mine]).decode())
    known |= {str(n) for n in range(-100, 101)}
    told = {*_sentences(mine.brief), *_sentences(game.case.scenario.brief)}
    told |= {text for one in game.case.scenario.parties.values() for text in _sentences(one.brief)}
    found = {}
    for who, kinds in game.case.roles.items():
        if who != party:
            texts = [text for role in kinds.values() for text in _sentences(role.brief) if text not in told]
            numbers = {n for role in kinds.values() for n in _numbers_of(role.preferences)} - known
            found[who] = texts, sorted(numbers)
    return found


def public_bytes(scenario: Scenario) -> bytes:
    """All of the public case."""
    return _bytes([getattr(scenario, one.name) for one in dataclasses.fields(scenario)])


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[.;:])\s+", text) if len(one.strip()) >= SHORTEST]


def _numbers_of(sheets: Preferences) -> set[str]:
    """The numbers of a score sheet as they would be written."""
    numbers = [sheet.weight for sheet in sheets.sheets.values()]
    numbers += [sheet.points(n) for sheet in sheets.sheets.values() for n in range(len(sheet.shares))]
    numbers += [link.points for link in sheets.links]
    numbers += [*sheets.adjust.values(), sheets.delay, *(float(points[-1]) for points in sheets.points.values())]
    return {f"{number:g}" for number in numbers}


def found_in(data: str, secrets: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Whose secrets stand in a text, and which."""
    told = _told(data)
    for who, (texts, numbers) in secrets.items():
        yield from ((who, f"the sentence {text[:40]!r}") for text in texts if json.dumps(text)[1:-1] in data)
        yield from ((who, f"the number {number}") for number in numbers if number in told)


def _told(data: str) -> set[str]:
    """The numbers in a text, written alike."""
    return {f"{float(number):g}" for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", data)}


def _bytes(what: Iterable[Any], *, silent: bool = False) -> bytes:
    """Everything inside, as JSON, the public case only named; `silent` leaves out what people wrote."""
    return json.dumps([_plain(one, silent) for one in what], ensure_ascii=True, sort_keys=True).encode()


def _plain(value: Any, silent: bool) -> Any:  # noqa: FBT001
    """A value as JSON has it, with every field of every object in it; what is worked out from fields adds nothing."""
    if isinstance(value, Scenario):
        return "the public case"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [one.name for one in dataclasses.fields(value)]
        if silent and isinstance(value, Look):
            fields = [name for name in fields if name not in OWN]
        return {
            "": type(value).__name__,
            **{name: _plain(getattr(value, name), silent) for name in fields if not (silent and name == "words")},
        }
    match value:
        case Mapping():
            return {str(key): _plain(one, silent) for key, one in value.items()}
        case type():
            return value.__name__
        case set() | frozenset():
            return sorted((_plain(one, silent) for one in value), key=str)
        case list() | tuple():
            return [_plain(one, silent) for one in value]
        case _:
            return value
