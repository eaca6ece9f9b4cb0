"""The author of each event in a group's game: as stored, or, in older databases, worked out from the seatings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from negotiation.actions import CLOCK
from negotiation.classroom.facts import Fact
from negotiation.classroom.schema import UNKNOWN
from negotiation.classroom.sessions import Session, fold
from negotiation.classroom.store import Row


@dataclass(frozen=True, eq=False)
class Past:
    """A class at any time: `now`, and the facts that led there."""

    now: Session
    facts: Sequence[Fact]

    @cached_property
    def _stages(self) -> list[Session]:
        stages = [Session(self.now.id, self.now.title, self.now.settings, self.now.parties)]
        for fact in self.facts:
            stages.append(fold(stages[-1], [fact]))
        return stages

    def held(self, group: str, time: float) -> tuple[str, ...]:
        """Return the parties of a group for which people decided at `time`."""
        then = self._stages[bisect_right(self.facts, time, key=lambda fact: fact.at)]
        return then.held(group) if group in then.groups else ()


def authors(past: Past, group: str, kept: Sequence[tuple[float, str, Row]]) -> tuple[str, ...]:
    """Return the author of each event (time, author and row, as stored): a person's id, `clock`, or empty for an agent.

    An act without a stored author is the clock's where people held the seat: it passes for a party that is late.
    """

    def author(at: float, who: str, party: str) -> str:
        if who != UNKNOWN:
            return who
        return CLOCK if party == CLOCK or party in past.held(group, at) else ""

    return tuple(author(at, who, row["party"]) for at, who, row in kept)
