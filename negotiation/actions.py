"""The acts of a party, and the log entries for them.

All that is true of a kind of act wherever it is met is declared here, once: its fields and what they mean, how people
read it, and when it counts. Logs, the wire, exports, conversations and pages are made of that; only what an act *does*
stands elsewhere, in `rules` and in the protocols.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias, get_args, get_type_hints

from negotiation.language import mark
from negotiation.moves import Move
from negotiation.table import Deal

CLOCK = "clock"
"""The pseudo-party that ends rounds: a loop in the lab, the last mover in solo play, a timer in class."""

MEDIATOR = "mediator"
"""The pseudo-party that drafts, has no interests, and never signs."""

LOST = " lost this turn: "
"""Stands between a party and the reason in the words of a `Pass` that its strategy did not want."""

LONGEST_TEXT = 1000
"""Characters in anything said; longer texts are refused."""

SEALED = "…"
"""What stands in the place of words that one may not read."""


@dataclass(frozen=True, slots=True)
class Means:
    """The meaning of a field of an act, and for a text that people read the bounds of its length."""

    about: str
    least: int = 0
    most: int = 0


Deals: TypeAlias = Annotated[Mapping[str, Deal], Means("the deals of an offer, as JSON by table")]
Words: TypeAlias = Annotated[str, Means("words that went with an act", most=LONGEST_TEXT)]
Speech: TypeAlias = Annotated[str, Means("what was said", 1, LONGEST_TEXT)]
Number: TypeAlias = Annotated[int, Means("number of the offer (its event) that an act is about")]
Yes: TypeAlias = Annotated[bool | None, Means("a vote")]
Place: TypeAlias = Annotated[str, Means("the table")]
Hearers: TypeAlias = Annotated[tuple[str, ...], Means("the parties that hear it; empty: everybody")]
Moves: TypeAlias = Annotated[tuple[Move, ...], Means("what it means, in the notation of moves")]


class Act:
    """The base of all kinds of acts: what each says of itself besides its fields.

    Attributes
    ----------
    kind
        What logs, the wire and messages call it.
    does
        Words for people; `{where}` stands for the tables. Empty: what was said tells it, or nobody need read it.
    talk
        Whether it is talk: it changes nothing at the tables, and every party may do it at any time.
    late
        Whether it still counts when only the signatures are left.
    dated
        Whether it may mean something else once the round has ended in which it was decided.
    terse
        Whether a log leaves out the fields that have their default.
    """

    __slots__ = ()
    kind: ClassVar[str]
    does: ClassVar[str] = ""
    talk: ClassVar[bool] = False
    late: ClassVar[bool] = False
    dated: ClassVar[bool] = False
    terse: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        """Set the kind to the name of the class."""
        cls.kind = cls.__name__.lower()


@dataclass(frozen=True, slots=True)
class Offer(Act):
    """Put deals forward, at one table or at several at once, signed by their author."""

    deals: Deals
    words: Words = ""

    does: ClassVar[str] = mark("offers at {where}")
    dated: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Accept(Act):
    """Sign a paper."""

    paper: Number
    words: Words = ""

    does: ClassVar[str] = mark("signs at {where}")
    late: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Vote(Act):
    """Say yes or no to a mediator's draft, sealed until the ballot is opened; `yes` is None where it is hidden."""

    paper: Number
    yes: Yes


@dataclass(frozen=True, slots=True)
class Withdraw(Act):
    """Take back one's own paper, or one's signature under another's."""

    paper: Number

    does: ClassVar[str] = mark("takes back a signature at {where}")
    late: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Pass(Act):
    """Let it be: at one table where a turn is due, or (no table) for the rest of the round.

    `words` say why a turn was lost.
    """

    table: Place = ""
    words: Words = ""

    dated: ClassVar[bool] = True
    terse: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Walk(Act):
    """Leave a table for good."""

    table: Place
    words: Words = ""

    does: ClassVar[str] = mark("leaves {where} for good")
    dated: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Say(Act):
    """Speak to everybody, or in private to some: in words for people, and in moves for agents."""

    text: Speech
    to: Hearers = ()
    moves: Moves = ()

    talk: ClassVar[bool] = True
    late: ClassVar[bool] = True
    terse: ClassVar[bool] = True

    def heard_by(self, party: str) -> bool:
        """Return whether a party, not its author, hears it."""
        return not self.to or party in self.to


@dataclass(frozen=True, slots=True)
class Tick(Act):
    """End the round (only the clock does this)."""


@dataclass(frozen=True, slots=True)
class Open(Act):
    """Open the ballot: count the votes on every draft (only the clock does this)."""


Action: TypeAlias = Offer | Accept | Vote | Withdraw | Pass | Walk | Say | Tick | Open

KINDS: Mapping[str, type[Action]] = {kind.kind: kind for kind in get_args(Action)}
"""Every kind of act by its name."""


MEANINGS: Mapping[str, Mapping[str, Means]] = {
    name: {
        field: hint.__metadata__[0]
        for field, hint in get_type_hints(kind, include_extras=True).items()
        if hasattr(hint, "__metadata__")
    }
    for name, kind in KINDS.items()
}
"""By kind of act, what each of its fields says, in their order."""

TEXTS = {kind: [(name, means) for name, means in said.items() if means.most] for kind, said in MEANINGS.items()}
"""By kind of act, the fields that people read as they were written."""


def said(action: Action) -> str:
    """Return the words said with an act, or as it; empty if none are."""
    return " ".join(filter(None, (getattr(action, name) for name, _ in TEXTS[action.kind])))


@dataclass(frozen=True, slots=True)
class Event:
    """A fact: `party` did `action`; its place in the log is its time."""

    party: str
    action: Action


def lost_turns(events: Iterable[Event]) -> dict[str, list[str]]:
    """Return the reasons why strategies failed, turn by turn, by party; parties without failed turns are left out."""
    found: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event.action, Pass) and event.action.words.startswith(event.party + LOST):
            found.setdefault(event.party, []).append(event.action.words.removeprefix(event.party + LOST))
    return found
