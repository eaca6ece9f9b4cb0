"""What can be said so that an agent understands it: a small closed set of moves, as data in the names of the case.

The kinds are those of the literature on negotiation dialogues: questions and statements about preferences and partial
offers as in IAGO (Mell and Gratch 2016) and NegoChat (Rosenfeld et al. 2014), threats and promises as commitments
(Schelling 1960). What a move says is judged by nobody here: it may be untrue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, get_args

Wish: TypeAlias = Literal["priority", "option", "obstacle", "alternative"]
"""What can be asked for: what matters most, how an option is liked, what stands in the way, what else there is."""

Tone: TypeAlias = Literal["thanks", "regret", "greeting", "hurry"]


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """An option of an issue at a table, or (no option) the issue, whichever way it moves."""

    table: str
    issue: str
    option: str = ""


class Said:
    """What every kind of move has.

    Attributes
    ----------
    kind
        What the notation calls it.
    """

    __slots__ = ()
    kind: ClassVar[str]

    def terms(self) -> Iterator[Term]:
        """Yield the terms it is about."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Ask(Said):
    """A question: "What matters most to you here?", "What is wrong with our offer?". No `whom`: to all who hear it."""

    kind: ClassVar[str] = "ask"
    what: Wish
    table: str = ""
    option: Term | None = None
    whom: str = ""

    def terms(self) -> Iterator[Term]:
        """Yield the option that is asked about."""
        yield from filter(None, [self.option])


@dataclass(frozen=True, slots=True)
class Rank(Said):
    """One issue matters more than another: "Engineers matter more to us than the stake."""

    kind: ClassVar[str] = "rank"
    more: Term
    less: Term

    def terms(self) -> Iterator[Term]:
        """Yield the issue that matters more, then the other."""
        yield from (self.more, self.less)


@dataclass(frozen=True, slots=True)
class Prefer(Said):
    """One option of an issue is better than another: "We would rather have India than Europe."""

    kind: ClassVar[str] = "prefer"
    more: Term
    less: Term

    def terms(self) -> Iterator[Term]:
        """Yield the option that is better, then the other."""
        yield from (self.more, self.less)


@dataclass(frozen=True, slots=True)
class Refuse(Said):
    """Options of one issue that are out of the question."""

    kind: ClassVar[str] = "refuse"
    options: tuple[Term, ...]

    def terms(self) -> Iterator[Term]:
        """Yield the options."""
        return iter(self.options)


@dataclass(frozen=True, slots=True)
class Concede(Said):
    """An issue on which one is flexible, or options of it that one could live with."""

    kind: ClassVar[str] = "open"
    options: tuple[Term, ...]

    def terms(self) -> Iterator[Term]:
        """Yield the options, or the issue."""
        return iter(self.options)


@dataclass(frozen=True, slots=True)
class Sketch(Said):
    """Some terms of a deal, the rest left to the others, as in: what if you took 7 % and sent nobody."""

    kind: ClassVar[str] = "sketch"
    options: tuple[Term, ...]

    def terms(self) -> Iterator[Term]:
        """Yield the options."""
        return iter(self.options)


@dataclass(frozen=True, slots=True)
class Trade(Said):
    """Something for something: "If you cap the votes, we can talk about engineers."""

    kind: ClassVar[str] = "trade"
    get: tuple[Term, ...]
    give: tuple[Term, ...]

    def terms(self) -> Iterator[Term]:
        """Yield what is asked for, then what is given."""
        yield from (*self.get, *self.give)


@dataclass(frozen=True, slots=True)
class Commit(Said):
    """A promise or a threat, as in: unless the alliance is signed by week 8, we sign with Google.

    Attributes
    ----------
    unless
        Whether it holds when the table is *not* signed in time.
    table, by
        What must be signed (or not), and in which round at the latest (1 is the first); None: before the end.
    act, where, partner
        What is done then: leave the table `where` for good, or sign there, with `partner` if one is named.
    """

    kind: ClassVar[str] = "commit"
    unless: bool
    table: str
    act: Literal["walk", "sign"]
    where: str
    by: int | None = None
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Alternative(Said):
    """One has another partner, or another way, for what a table is about."""

    kind: ClassVar[str] = "alternative"
    table: str


@dataclass(frozen=True, slots=True)
class Obstacle(Said):
    """The issue in which one cannot follow an offer."""

    kind: ClassVar[str] = "obstacle"
    issue: Term

    def terms(self) -> Iterator[Term]:
        """Yield the issue."""
        yield self.issue


@dataclass(frozen=True, slots=True)
class Courtesy(Said):
    """Thanks, regret, a greeting, or that time is short."""

    kind: ClassVar[str] = "courtesy"
    tone: Tone


Move: TypeAlias = Ask | Rank | Prefer | Refuse | Concede | Sketch | Trade | Commit | Alternative | Obstacle | Courtesy

KINDS: dict[str, type[Move]] = {kind.kind: kind for kind in get_args(Move)}
"""Every kind of move by its name in the notation."""


def tables_of(move: Move) -> tuple[str, ...]:
    """Return the tables that a move is about, in the order in which it names them, once each."""
    match move:
        case Ask(table=table):
            named = [table] if table else []
        case Commit(table=table, where=where):
            named = [table, where]
        case Alternative(table=table):
            named = [table]
        case _:
            named = []
    return tuple(dict.fromkeys([*named, *(term.table for term in move.terms())]))
