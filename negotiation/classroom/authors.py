"""Who brought the events of a group's game about: as it was kept, or, of older databases, from the seatings of the class."""

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
    """A class as it stood at any time: `now`, and the facts that led there."""

    now: Session
    facts: Sequence[Fact]

    @cached_property
    def _stages(self) -> list[Session]:
        stages = [Session(self.now.id, self.now.title, self.now.settings, self.now.parties)]
        for fact in self.facts:
            stages.append(fold(stages[-1], [fact]))
        return stages

    def held(self, group: str, time: float) -> tuple[str, ...]:
        """The parties of a group for which people decided at a time."""
        then = self._stages[bisect_right(self.facts, time, key=lambda fact: fact.at)]
        return then.held(group) if group in then.groups else ()


def authors(past: Past, group: str, kept: Sequence[tuple[float, str, Row]]) -> tuple[str, ...]:
    """By event (time, author and row, as the store has them): the id of a person, `clock`, or empty for an agent.

    What no person did, the clock did if at that time people held the seat: it passes for whoever is late.
    """

    def author(at: float, who: str, party: str) -> str:
        if who != UNKNOWN:
            return who
        return CLOCK if party == CLOCK or party in past.held(group, at) else ""

    return tuple(author(at, who, row["party"]) for at, who, row in kept)
