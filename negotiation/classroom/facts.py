"""The kinds of facts of a class: one frozen type for each, and how it stands in the log of the class.

A kind of fact is declared here: what it holds, what it is called in the log, the sentence in which the record tells
it, and under what it is listed there. What it changes is in `sessions.apply`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, ClassVar, TypeAlias, TypeVar, cast, dataclass_transform, get_args

from negotiation.classroom.phases import Phase
from negotiation.errors import LogError, Refused, unknown
from negotiation.formats.log import Row, shown
from negotiation.language import mark

LISTS = {
    "corrected": mark("Corrections"),
    "looks": mark("Looks into groups"),
    "seats": mark("Seats and groups"),
    "clock": mark("Clock and phases"),
    "access": mark("Who belongs to it"),
    "exports": mark("Data taken away"),
}
"""Under what the record lists facts; those without a list stand only among all."""

Terms: TypeAlias = Mapping[str, Mapping[str, object] | None]
"""Per table the options by issue, or None where nothing was signed."""


@dataclass(frozen=True)
class Stamped:
    """The fields of every fact: when it happened, and who brought it about (a person, an account or the clock).

    A function that decides on a fact leaves both out; `Classes.change` puts them in.
    """

    kind: ClassVar[str]
    told: ClassVar[str]
    listed: ClassVar[str]

    by: str = field(default="", kw_only=True)
    at: float = field(default=0.0, kw_only=True)

    def sentence(self) -> str:
        """Return the sentence that tells the fact; fields in braces stand for people, groups, parties and texts."""
        return self.told


Made = TypeVar("Made", bound=type[Stamped])


@dataclass_transform(frozen_default=True)
def _kind(kind: str, told: str = "", listed: str = "") -> Callable[[Made], Made]:
    """Return a decorator that makes a class the kind of fact called `kind` in the log."""

    def made(cls: Made) -> Made:
        cls.kind, cls.told, cls.listed = kind, told, listed
        return cast("Made", dataclass(frozen=True)(cls))

    return made


@_kind("joined", mark("{person} joined"), "seats")
class Joined(Stamped):
    """A person joined the class; of a course, as this `member`."""

    person: str
    name: str
    member: str = ""


@_kind("renamed", mark("somebody is now called {name}"))
class Renamed(Stamped):
    """A person goes by another name."""

    person: str
    name: str


@_kind("seated", listed="seats")
class Seated(Stamped):
    """A person has a seat, or observes a group (no party); `alone` in a game of one's own, an attempt."""

    person: str
    group: str
    party: str
    alone: bool = False

    def sentence(self) -> str:
        """Return the sentence that tells the seating."""
        return mark("{person} sits in {group} for {party}") if self.party else mark("{person} observes {group}")


@_kind("unseated", mark("{person} waits in the lobby"), "seats")
class Unseated(Stamped):
    """A person is back in the lobby."""

    person: str


@_kind("left", mark("{person} left the class"), "seats")
class Left(Stamped):
    """A person is no longer in the class."""

    person: str


@_kind("returned", mark("{person} came back"), "seats")
class Returned(Stamped):
    """A person who had left is in the class again."""

    person: str


@_kind("swapped", mark("{one} and {other} have each other's place"), "seats")
class Swapped(Stamped):
    """Two people exchanged their seats."""

    one: str
    other: str


@_kind("grouped", mark("{group} was opened"), "seats")
class Grouped(Stamped):
    """A further group was opened."""

    group: str
    number: int
    seed: int


@_kind("ungrouped", mark("{group} was closed"), "seats")
class Ungrouped(Stamped):
    """A group was closed."""

    group: str


@_kind("taken", mark("an agent plays {party} in {group}"), "seats")
class Taken(Stamped):
    """An agent plays a seat whose people are away."""

    group: str
    party: str


@_kind("handed back", mark("people have back {party} in {group}"), "seats")
class HandedBack(Stamped):
    """A seat that an agent played is its people's again."""

    group: str
    party: str


@_kind("phase", mark("the class is in the phase {phase}"), "clock")
class Entered(Stamped):
    """The class entered another phase."""

    phase: Phase


@_kind("paused", mark("the clock was stopped"), "clock")
class Paused(Stamped):
    """The clock stands."""


@_kind("resumed", mark("the clock goes on"), "clock")
class Resumed(Stamped):
    """The clock goes on."""


@_kind("extended", listed="clock")
class Extended(Stamped):
    """The time of the phase was extended, or shortened if `seconds` is negative."""

    seconds: float

    def sentence(self) -> str:
        """Return the sentence that tells the extension."""
        return mark("{minutes} min more on the clock") if self.seconds >= 0 else mark("{minutes} min less on the clock")


@_kind("prepared", mark("{person} handed in a preparation sheet"))
class Prepared(Stamped):
    """A person's preparation sheet was replaced."""

    person: str
    sheet: Mapping[str, object]


@_kind("answered", mark("{person} filled in a questionnaire"))
class Answered(Stamped):
    """Answers of a person to some questions of a questionnaire; None takes one back. `done`: it was handed in."""

    person: str
    questionnaire: str
    answers: Mapping[str, object]
    done: bool = False


@_kind("let go on", mark("nobody has to fill in {questionnaire} any more"), "clock")
class LetGoOn(Stamped):
    """A questionnaire that was required is so no longer."""

    questionnaire: str


@_kind("given", mark("{account} was added to those who see this class"), "access")
class Given(Stamped):
    """A further account was added to the class."""

    account: str


@_kind("withdrawn", mark("{account} does not see this class any more"), "access")
class Withdrawn(Stamped):
    """An account was taken out of the class."""

    account: str


@_kind("together", listed="access")
class Together(Stamped):
    """Several people were allowed to take places with one device, or no longer."""

    allowed: bool

    def sentence(self) -> str:
        """Return the sentence that tells the permission."""
        allowed = mark("several people may take places with one device")
        return allowed if self.allowed else mark("one device takes one place")


@_kind("belongs", listed="access")
class Belongs(Stamped):
    """The class became an exercise of a course, or of none any more."""

    course: str

    def sentence(self) -> str:
        """Return the sentence that tells which."""
        return mark("the class belongs to a course") if self.course else mark("the class belongs to no course any more")


@_kind("corrected", mark("the outcome of {group} is corrected: {outcome}. Reason: {why}"), "corrected")
class Corrected(Stamped):
    """The teacher put on record what a group agreed, at some of its tables."""

    group: str
    outcome: Terms
    why: str


@_kind("group opened", mark("{group} was looked into"), "looks")
class LookedInto(Stamped):
    """An account opened a group with all that is private in it."""

    group: str


@_kind("exported", listed="exports")
class Exported(Stamped):
    """Data of the class were taken away, with names or with pseudonyms."""

    what: str
    names: bool

    def sentence(self) -> str:
        """Return the sentence that tells the export."""
        named = mark("data were taken away: {what}, with names")
        return named if self.names else mark("data were taken away: {what}, with pseudonyms")


@_kind("code opened", mark("a new join code was opened"))
class CodeOpened(Stamped):
    """A new join code was opened; the one before it is void."""


@_kind("code closed", mark("the join code was closed"))
class CodeClosed(Stamped):
    """The join code was closed: nobody can join any more."""


@_kind("device", mark("{person} was given a code for another device"))
class DeviceGiven(Stamped):
    """A person got a code to come in from another device."""

    person: str


@_kind("revoked", mark("{person} was logged out on all devices"))
class Revoked(Stamped):
    """All devices of a person were signed out."""

    person: str


Coming: TypeAlias = Joined | Renamed | Left | Returned | Prepared | Answered | DeviceGiven | Revoked
Seating: TypeAlias = Seated | Unseated | Swapped | Grouped | Ungrouped | Taken | HandedBack
Timing: TypeAlias = Entered | Paused | Resumed | Extended | LetGoOn
Running: TypeAlias = (
    Given | Withdrawn | Together | Belongs | Corrected | LookedInto | Exported | CodeOpened | CodeClosed
)
Fact: TypeAlias = Coming | Seating | Timing | Running

KINDS: Mapping[str, type[Fact]] = {one.kind: one for one in get_args(Fact)}


def written(fact: Fact) -> Row:
    """Return a fact as JSON for the log of its class; fields at their defaults are left out."""
    own = {
        one.name: getattr(fact, one.name)
        for one in fields(fact)
        if not one.kw_only and (one.default is MISSING or getattr(fact, one.name) != one.default)
    }
    return {"kind": fact.kind, **own, "by": fact.by, "at": fact.at}


def read(row: Mapping[str, object]) -> Fact:
    """Return the fact that `written` wrote as `row`; keys that do not belong to it are ignored.

    Raises
    ------
    LogError
        When there is no such kind of fact, or it lacks something.
    """
    return cast("Fact", fact_of(row, KINDS, "kind of fact in a class", _of_the_clock))


def fact_of(
    row: Mapping[str, object],
    kinds: Mapping[str, type[object]],
    called: str,
    settled: Callable[[dict[str, object]], Mapping[str, object]] = dict,
) -> object:
    """Return the fact of one of these kinds that stands in a row, or raise `LogError`.

    Parameters
    ----------
    called
        What a kind is called where there is no such one.
    settled
        Makes values of what stands in JSON.
    """
    name = row.get("kind")
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise LogError(unknown(called, name if isinstance(name, str) else shown(name), kinds))
    known = {one.name: row[one.name] for one in fields(cast("Any", kind)) if one.name in row}
    try:
        return kind(**settled(known))
    except (TypeError, Refused) as problem:
        raise LogError(f"a fact of the kind {name!r} cannot be read: {problem}") from None


def _of_the_clock(known: dict[str, object]) -> Mapping[str, object]:
    return {**known, "phase": Phase(str(known["phase"]))} if "phase" in known else known


def stamped(fact: Fact, by: str, at: float) -> Fact:
    """Return a fact with its author `by` and its time `at`."""
    return replace(fact, by=by, at=at)
