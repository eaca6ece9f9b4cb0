"""One lesson of a finished game: what happened, what it cost or brought, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypedDict

from negotiation.analysis.own_game import OwnGame
from negotiation.table import Deal

Kind: TypeAlias = Literal[
    "unsigned",
    "better",
    "late",
    "loss",
    "early",
    "traded",
    "apart",
    "losing",
    "broken",
    "best",
    "held",
    "refused",
    "kept",
]
"""unsigned, better: a paper lacked my signature alone, and I ended without it, with nothing there or with less.
late: I signed one that I could have signed before. loss: I would have more without a deal that I signed. early: the
others had room, and I signed without a counter-offer, or what I offered first was signed. traded: a change at a table
that I signed would have given me more and nobody less. apart: nothing is signed where something would have been a gain for
all who sign. losing: my offers were a loss for somebody who had to sign. broken, kept: a promise of mine.
best: the table that brought me most. held: nothing that I let pass was as good as what I signed. refused: what I let pass
was worse than nothing."""

GOOD: frozenset[Kind] = frozenset({"best", "held", "refused", "kept"})


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    points
        What it cost me, or of a good one what it brought; 0 where that cannot be counted.
    seq, round
        The act at which it is seen best, as a place in the log, and its round from 0.
    until
        A later round that belongs to it, from 0; the same one if none does.
    deals
        The deal that would have been better, or that was let pass, by table.
    changed
        The issues of that deal that are settled otherwise than in the end.
    gains
        What others would have gained by it.
    other
        Whose signature or paper it is about; empty: nobody's.
    count, of
        How many offers it is about, of how many.
    asked, matters
        Whether I ever asked the other anything, or nobody spoke anyway; and the issue that matters most to it there.
    whole
        Of "best": that nobody could have had more at the table without costing another.
    """

    kind: Kind
    points: float
    seq: int
    round: int
    tables: tuple[str, ...]
    until: int = -1
    deals: Mapping[str, Deal] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    gains: Mapping[str, float] = field(default_factory=dict)
    other: str = ""
    count: int = 0
    of: int = 0
    asked: bool = True
    matters: str = ""
    whole: bool = False

    @property
    def good(self) -> bool:
        """Return whether it is praise."""
        return self.kind in GOOD


class AboutOther(TypedDict):
    """The fields of a lesson that say whom it is about."""

    other: str
    asked: bool
    matters: str


def about(game: OwnGame, other: str, table: str) -> AboutOther:
    """Return whom a lesson is about, whether it was asked, and what matters more to it at a table than to me."""
    asked = not game.talkative or not other or game.asked(other)
    return {"other": other, "asked": asked, "matters": game.matters(other, table) if other else ""}
