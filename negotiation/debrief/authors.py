"""Who brought the events of a group's game about: as it was kept, or, of older databases, from the seatings of the class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negotiation.actions import CLOCK
from negotiation.classroom.schema import UNKNOWN
from negotiation.classroom.sessions import Fact, Session, fold
from negotiation.classroom.store import Row


def authors(
    session: Session, facts: Sequence[Fact], group: str, kept: Sequence[tuple[float, str, Row]]
) -> tuple[str, ...]:
    """By event: the id of a person, `clock`, or empty for an agent.

    Parameters
    ----------
    facts
        The log of the class.
    kept
        The events of the group's game with time and author, as the store has them.
    """
    if not any(who == UNKNOWN for _, who, _ in kept):
        return tuple(who for _, who, _ in kept)
    return tuple(_derived(Session(session.id, session.title, session.settings, session.parties), facts, group, kept))


def _derived(now: Session, facts: Sequence[Fact], group: str, kept: Sequence[tuple[float, str, Row]]) -> Iterator[str]:
    """What no person did, the clock did if at that time people held the seat: it passes for whoever is late."""
    left = iter(facts)
    fact = next(left, None)
    for at, who, row in kept:
        while fact is not None and fact["at"] <= at:
            now, fact = fold(now, [fact]), next(left, None)
        held = now.held(group) if group in now.groups else ()
        yield who if who != UNKNOWN else CLOCK if row["party"] in (CLOCK, *held) else ""
