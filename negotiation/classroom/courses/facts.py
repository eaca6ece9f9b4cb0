"""The kinds of facts of a course: what each holds, and the sentence in which the record tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import ClassVar, TypeAlias, cast, get_args

from negotiation.classroom.facts import fact_of
from negotiation.formats.log import Row
from negotiation.language import mark


@dataclass(frozen=True)
class Noted:
    """The fields of every fact of a course: when it happened, and who brought it about (a member or an account)."""

    kind: ClassVar[str]
    told: ClassVar[str]

    by: str = field(default="", kw_only=True)
    at: float = field(default=0.0, kw_only=True)

    def sentence(self) -> str:
        """Return the sentence that tells the fact; fields in braces stand for members, exercises and texts."""
        return self.told


@dataclass(frozen=True)
class Enrolled(Noted):
    """A member is on the roster, with these particulars from now on."""

    kind = "enrolled"
    told = mark("{member} is on the roster")

    member: str
    name: str
    number: str = ""
    email: str = ""
    section: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dropped(Noted):
    """A member is off the roster."""

    kind = "dropped"
    told = mark("{member} was taken off the roster")

    member: str


@dataclass(frozen=True)
class Claimed(Noted):
    """A member has claimed the place with the personal code."""

    kind = "claimed"
    told = mark("{member} claimed the place")

    member: str


@dataclass(frozen=True)
class Released(Noted):
    """A member was given a new personal code and logged out everywhere."""

    kind = "released"
    told = mark("{member} was given a new personal code")

    member: str


@dataclass(frozen=True)
class Forgotten(Noted):
    """All that was known of a member was replaced by a pseudonym."""

    kind = "forgotten"
    told = mark("all that was known of {member} was forgotten")

    member: str


@dataclass(frozen=True)
class Added(Noted):
    """A class became an exercise of the course."""

    kind = "added"
    told = mark("the exercise {exercise} was added")

    exercise: str


@dataclass(frozen=True)
class TakenOut(Noted):
    """A class is no exercise of the course any more."""

    kind = "taken out"
    told = mark("the exercise {exercise} was taken out")

    exercise: str


@dataclass(frozen=True)
class Weighed(Noted):
    """The weights of the gradebook were set."""

    kind = "weighed"
    told = mark("what counts in the gradebook was set")

    parts: Mapping[str, float]
    exercises: Mapping[str, float]
    absent: bool = False
    few: bool = False


@dataclass(frozen=True)
class Guests(Noted):
    """Guests were allowed, or no longer."""

    kind = "guests"
    told = ""

    allowed: bool

    def sentence(self) -> str:
        """Return the sentence that tells the permission."""
        return mark("guests may come to its classes") if self.allowed else mark("only members come to its classes")


@dataclass(frozen=True)
class Given(Noted):
    """A further account was added to the course."""

    kind = "given"
    told = mark("{account} was added to those who see this course")

    account: str


@dataclass(frozen=True)
class Withdrawn(Noted):
    """An account was taken out of the course."""

    kind = "withdrawn"
    told = mark("{account} does not see this course any more")

    account: str


@dataclass(frozen=True)
class Archived(Noted):
    """The course was put away, or taken out again."""

    kind = "archived"
    told = ""

    away: bool

    def sentence(self) -> str:
        """Return the sentence that tells which."""
        return mark("the course was archived") if self.away else mark("the course was taken out of the archive")


@dataclass(frozen=True)
class Deleted(Noted):
    """The course was deleted; this record remains."""

    kind = "deleted"
    told = mark("the course was deleted, and everybody in it forgotten")


@dataclass(frozen=True)
class Exported(Noted):
    """Data of the course were taken away."""

    kind = "exported"
    told = mark("data were taken away: {what}")

    what: str


CourseFact: TypeAlias = (
    Enrolled
    | Dropped
    | Claimed
    | Released
    | Forgotten
    | Added
    | TakenOut
    | Weighed
    | Guests
    | Given
    | Withdrawn
    | Archived
    | Deleted
    | Exported
)

KINDS: Mapping[str, type[CourseFact]] = {one.kind: one for one in get_args(CourseFact)}


def written(fact: CourseFact) -> Row:
    """Return a fact as JSON for the log of its course."""
    return {"kind": fact.kind, **asdict(fact)}


def read(row: Mapping[str, object]) -> CourseFact:
    """Return the fact that `written` wrote as `row`; keys that do not belong to it are ignored.

    Raises
    ------
    LogError
        When there is no such kind of fact, or it lacks something.
    """
    return cast("CourseFact", fact_of(row, KINDS, "kind of fact in a course"))
