"""The lessons of a finished game for one of its seats: what cost it points, what brought some, and when.

Each kind is found by one small function that returns what is true and nothing else; `lessons` chooses three. Points are
worked out with everybody's sheet open, delay taken off, and all else as it came out (see `own_game`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from negotiation.analysis.lesson import Kind, Lesson
from negotiation.analysis.lessons_of_deals import (
    best_table,
    never_signed,
    promises,
    signed_a_loss,
    signed_early,
    trades_missed,
)
from negotiation.analysis.lessons_of_papers import held_out, losing_offers, passed_by, waited
from negotiation.analysis.own_game import OwnGame

MOST = 3
"""Lessons told of one game."""


def lessons(game: OwnGame, most: int = MOST) -> tuple[Lesson, ...]:
    """Return the lessons that cost or brought most points, no table twice; one is praise, if anything is to be praised."""
    least = 10.0**-game.scenario.decimals
    found = [lesson for find in FOUND for lesson in find(game) if lesson.points >= least or lesson.kind in UNCOUNTED]
    found.sort(key=lambda lesson: -round(lesson.points, 9))
    bad = _apart([lesson for lesson in found if not lesson.good])
    good = _apart([lesson for lesson in found if lesson.good])
    bad = bad[: most - 1 if good else most]
    taken = {table for lesson in bad for table in lesson.tables}
    fresh = sorted(good, key=lambda lesson: bool(taken & set(lesson.tables)))
    return (*bad, *fresh[: most - len(bad)])


def _apart(found: Iterable[Lesson]) -> list[Lesson]:
    """Return the first lesson on each table; those without a table all."""
    told: list[Lesson] = []
    for lesson in found:
        if not any(set(lesson.tables) & set(other.tables) for other in told):
            told.append(lesson)
    return told


FOUND: tuple[Callable[[OwnGame], Iterator[Lesson]], ...] = (
    passed_by,
    never_signed,
    signed_a_loss,
    signed_early,
    trades_missed,
    waited,
    losing_offers,
    promises,
    held_out,
    best_table,
)

UNCOUNTED: frozenset[Kind] = frozenset({"broken", "kept", "losing"})
"""Kinds that are told without points."""
