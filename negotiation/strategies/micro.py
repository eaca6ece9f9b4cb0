"""Minimal concession (MiCRO): step for step with the others, without a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from negotiation.strategies.decision_rules import NOTHING, micro_step
from negotiation.strategies.parts import Bidding, worth_of
from negotiation.strategies.position import Position


@dataclass(frozen=True)
class Micro(Bidding):
    """A bidding that offers the next deal of its ranking only when the others have offered as many new ones.

    de Jonge, *An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy* (2022). With
    several others their average counts, so that a table of many does not run down its ranking. Where the original
    repeats a random deal of its own, this repeats the last one: no chance is needed.
    """

    name: ClassVar[str] = "micro"
    about: ClassVar[str] = "one new deal for each new deal of the others, whatever the time"

    def level(self, position: Position) -> float:
        """Return the gain of the deal it would bid."""
        return max(worth_of(position, self.bid(position)), 0.0)

    def bid(self, position: Position) -> int:
        """Return the next deal of the ranking if the others kept pace, else the last one if it may still be bid."""
        talk = position.talk
        distinct = [len(set(deals)) for deals in talk.theirs.values()]
        received = sum(distinct) // len(distinct) if distinct else 0
        last = talk.mine[-1] if talk.mine else NOTHING
        deal = micro_step(position.gains, position.order, len(set(talk.mine)), received, last, position.delay)
        return deal if deal in position.order else NOTHING
