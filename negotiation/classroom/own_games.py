"""The games that the person at this machine played alone: which there are, and how each stands, without playing on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from negotiation.classroom.schema import events, logs
from negotiation.classroom.solo import KIND
from negotiation.classroom.store import Store


@dataclass(frozen=True)
class Kept:
    """A game that is kept: when it was begun and last touched (seconds since 1970), and how many events it has."""

    id: str
    begun: float
    touched: float
    events: int


def kept(store: Store, most: int) -> tuple[Kept, ...]:
    """Return the games kept for good, those touched last first; those of passers-by are nobody's here."""
    touched = func.coalesce(func.max(events.c.at), logs.c.created)
    query = (
        select(logs.c.id, logs.c.created, touched, func.count(events.c.seq))
        .join(events, events.c.log == logs.c.id, isouter=True)
        .where(logs.c.kind == KIND)
        .group_by(logs.c.id, logs.c.created)
        .order_by(touched.desc(), logs.c.id)
        .limit(most)
    )
    with store.reading() as look:
        return tuple(Kept(*row) for row in look.connection.execute(query))
