"""What a party can do, and the log entry that says it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from negotiation.table import Deal

CLOCK = "clock"
"""The pseudo-party that ends rounds: a loop in the lab, the last mover in solo play, a timer in class."""

MEDIATOR = "mediator"
"""The pseudo-party that drafts, has no interests, and never signs."""

LOST = " lost this turn: "
"""Stands between a party and the reason in the words of a `Pass` that its strategy did not want."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Put deals forward, at one table or at several at once, signed by their author."""

    deals: Mapping[str, Deal]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """Sign a paper."""

    paper: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """Say yes or no to a mediator's draft, sealed until the ballot is opened; `yes` is None where it must not be seen."""

    paper: int
    yes: bool | None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back one's own paper, or one's signature under another's."""

    paper: int


@dataclass(frozen=True, slots=True)
class Pass:
    """Let it be: at one table where a turn is due, or (no table) for the rest of the round.

    `words` say why a turn was lost.
    """

    table: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Leave a table for good."""

    table: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak to everybody."""

    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """End the round (only the clock does this)."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open the ballot: count the votes on every draft (only the clock does this)."""


Action: TypeAlias = Offer | Accept | Vote | Withdraw | Pass | Walk | Say | Tick | Open


@dataclass(frozen=True, slots=True)
class Event:
    """A fact: `party` did `action`. Its place in the log is its time."""

    party: str
    action: Action


def lost_turns(events: Iterable[Event]) -> dict[str, list[str]]:
    """By party whose strategy failed in some of its turns, why it did, turn by turn."""
    found: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event.action, Pass) and event.action.words.startswith(event.party + LOST):
            found.setdefault(event.party, []).append(event.action.words.removeprefix(event.party + LOST))
    return found
