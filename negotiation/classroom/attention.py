"""What in a class needs its teacher: which group first, and why; pure functions of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Session
from negotiation.classroom.tiles import Tile
from negotiation.language import phrase

SLOW = 120
"""Seconds without an act after which a group counts as quiet."""

SOME = 3
"""Names that are told of those who are away or slow."""

ORDER = ("help", "away", "held up", "quiet")
"""What a group may need, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a group needs: its kind, one of `ORDER`, and the words for it."""

    kind: str
    text: str


def needs(session: Session, tile: Tile, now: float) -> tuple[Need, ...]:
    """Return the needs of a group, most urgent first; only requests while the clock stands or when it has finished."""
    found = [
        Need("help", phrase("{who} asks: {text}", who=message.name, text=message.text)) for message in tile.unanswered
    ]
    running = session.phase.timed and session.clock.since is not None and not finished(session, tile)
    if not running or session.groups[tile.group].closed or not session.members(tile.group):
        return tuple(found)
    away = [p.name for p in tile.offline if p.party and p.party not in session.groups[tile.group].taken]
    if away and not session.settings.homework:
        found.append(Need("away", phrase("{who} away", who=some(away))))
    return (*found, *_silence(session, tile, now))


def _silence(session: Session, tile: Tile, now: float) -> list[Need]:
    """Return the need of a quiet group: the people it waits for, or that nobody acts."""
    quiet = silence(session, tile, now)
    if session.phase is not Phase.NEGOTIATE or session.settings.homework or quiet < SLOW:
        return []
    slow, held = [person.name for person in tile.waiting], session.held(tile.group)
    if slow and len({person.party for person in tile.waiting}) < len(held):
        return [Need("held up", phrase("waits for {who}", who=some(slow)))]
    return [Need("quiet", phrase("nobody has acted for {n} min", n=int(quiet // 60)))]


def some(names: Sequence[str]) -> str:
    """Return names in a short line.

    Examples
    --------
    >>> some(["Ana", "Bob"]), some(["Ana", "Bob", "Eve", "Dan"])
    ('Ana, Bob', 'Ana, Bob and 2 more')
    """
    first = names if len(names) <= SOME else names[: SOME - 1]
    if len(names) == len(first):
        return ", ".join(first)
    return phrase("{names} and {n} more", names=", ".join(first), n=len(names) - len(first))


def silence(session: Session, tile: Tile, now: float) -> float:
    """Return the seconds since the last act in a group, at most those since the phase began, without pauses."""
    elapsed = session.clock.elapsed(now)
    return elapsed if tile.silent is None else min(tile.silent, elapsed)


def finished(session: Session, tile: Tile) -> bool:
    """Return whether a group has nothing left to negotiate."""
    return tile.state.over or session.phase.over


def by_need(session: Session, tiles: Sequence[Tile], now: float) -> list[tuple[Tile, tuple[Need, ...]]]:
    """Return all groups with their needs: most urgent first, then by number; finished and closed groups last."""
    found = [(tile, needs(session, tile, now)) for tile in tiles]

    def urgency(one: tuple[Tile, tuple[Need, ...]]) -> tuple[bool, bool, int, int]:
        tile, wanted = one
        first = min((ORDER.index(need.kind) for need in wanted), default=len(ORDER))
        return session.groups[tile.group].closed, not wanted and finished(session, tile), first, tile.number

    return sorted(found, key=urgency)
