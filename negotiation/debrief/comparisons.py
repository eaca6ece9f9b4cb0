"""Comparisons for a class: agents alone, earlier classes with the same case, and history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from negotiation.classroom.classes import KIND
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.schema import logs
from negotiation.debrief.class_data import ClassData, gather
from negotiation.debrief.grades import mean_of_people
from negotiation.debrief.replays import Progress, Setting, Spread, batches, replayed, spread
from negotiation.errors import LogError, Refused
from negotiation.language import phrase

GAMES = 1000
"""Agent-only games that a class is compared with."""

MOST_EARLIER = 5


@dataclass(frozen=True)
class Agents:
    """The results of agents alone, by party: points, delay taken off."""

    games: int
    seen: Mapping[str, Spread]


def agents(setting: Setting, games: int, progress: Progress) -> Agents:
    """Return how drawn agents at all seats fare in so many games."""
    points: dict[str, list[float]] = {party: [] for party in setting.case.roles}
    for batch in batches(range(games)):
        progress(
            batch.start / games,
            phrase("{done:,} of {games:,} games between agents", done=batch.start, games=games),
        )
        for found in replayed(setting, batch, {}):
            for party, value in found.items():
                points[party].append(value)
    return Agents(games, {party: spread(values) for party, values in points.items()})


@dataclass(frozen=True)
class Earlier:
    """An earlier class with this case: when (seconds since 1970), how many groups, people's mean by party."""

    title: str
    at: float
    groups: int
    means: Mapping[str, float | None]


def earlier(classroom: Classroom, session: str) -> tuple[Earlier, ...]:
    """Return the account's latest earlier classes with the very same case that are over; newest first."""
    with classroom.store.reading() as look:
        mine = look.head(session)[1]
        query = select(logs.c.id, logs.c.created).where(logs.c.kind == KIND, logs.c.id != session)
        begun = look.connection.execute(select(logs.c.created).where(logs.c.id == session)).scalar_one()
        query = query.where(logs.c.created <= begun).order_by(logs.c.created.desc(), logs.c.id)
        others = [
            (found.id, found.created)
            for found in look.connection.execute(query).all()
            if _same(look.head(found.id)[1], mine)
        ]
    found: list[Earlier] = []
    for other, at in others:
        if len(found) < MOST_EARLIER and (one := _judged(classroom, other, at)):
            found.append(one)
    return tuple(found)


def _same(setup: Mapping[str, object], mine: Mapping[str, object]) -> bool:
    return all(setup.get(key) == mine.get(key) for key in ("digest", "variant", "rules", "by"))


def _judged(classroom: Classroom, session: str, at: float) -> Earlier | None:
    try:
        klass = gather(classroom, session, names=False)
    except (Refused, LogError):
        return None
    if not klass.session.phase.over:
        return None
    means = {party: mean_of_people(klass, party) for party in klass.case.roles}
    return Earlier(klass.session.title, at, len(klass.groups), means)


def history(klass: ClassData) -> dict[str, dict[str, float]]:
    """Return the points of each party with what history did, by title; without the cost of delay."""
    return {
        one.title: {party: ours.score(one.outcome) for party, ours in klass.sheets.items()}
        for name, one in klass.case.references.items()
        if name.startswith("history")
    }
