"""The places of the names of marks on a picture, so that they can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from negotiation.analysis.dominance import Points
from negotiation.language import tr
from negotiation.reports.words import about, clauses
from negotiation.reports.wrapping import columns, shortened

WIDE, HIGH = 250.0, 400.0
"""Pixels for which labels are placed, those of a phone; a larger figure only has more room."""

LONGEST = 34
"""Columns of a label, of which a wide letter takes two; the whole name stands in the tooltip."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in pixels."""


Kind: TypeAlias = Literal["solution", "reference", "unsigned", "path", "game", "group"]


@dataclass(frozen=True)
class Mark:
    """An outcome on a frontier: what it is called, what kind of thing it is, its points by party, more about it."""

    name: str
    kind: Kind
    scores: Sequence[float]
    about: str = ""


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks at one place as one, of the last one's kind, with a short name; all names stand in `about`."""
    places: dict[tuple[float, ...], list[Mark]] = {}
    for mark in marks:
        places.setdefault(tuple(round(score, 6) for score in mark.scores[:2]), []).append(mark)
    return [replace(here[-1], name=_name(here), about=_about(here)) for here in places.values()]


def _name(here: Sequence[Mark]) -> str:
    if here[-1].kind == "unsigned":
        return here[-1].name
    names = list(dict.fromkeys(mark.name for mark in sorted(here, key=lambda mark: mark.kind != "game")))
    told = " · ".join(names)
    if len(names) > 1 and (len(names) > 2 or columns(told) > LONGEST):
        return tr("{name} + {n} more", name=names[0], n=len(names) - 1)
    return shortened(told, LONGEST)


def _about(here: Sequence[Mark]) -> str:
    return clauses(about(mark.name, mark.about) if mark.about else mark.name for mark in here)


def domains(points: Sequence[Sequence[float]], marks: Sequence[Mark]) -> list[tuple[float, float]]:
    """Return the least and the largest of all, by axis, with some room for labels."""
    found = []
    for axis in range(2):
        numbers = [point[axis] for point in points] + [mark.scores[axis] for mark in marks]
        low, high = min(numbers), max(numbers)
        room = 0.07 * (high - low) or 1.0
        found.append((low - room, high + room))
    return found


def placed(
    marks: Sequence[Mark], ranges: Sequence[tuple[float, float]], dots: Sequence[Sequence[float]] = ()
) -> list[tuple[float, float, str]]:
    """Return for each mark where its label begins or ends (in points) and how it is aligned.

    Labels do not overlap as long as there is room, and hide few of the dots.
    """
    (left, right), (low, high) = ranges
    start, size = np.array([left, low]), np.array([WIDE / (right - left), HIGH / (high - low)])
    spots = (np.array([mark.scores[:2] for mark in marks]) - start) * size
    points = (np.array([dot[:2] for dot in dots]).reshape(-1, 2) - start) * size
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots.tolist()]
    found = []
    for (x, y), mark in zip(spots.tolist(), marks, strict=True):
        box, align = _free(x, y, 7.0 * columns(mark.name), taken, points)
        taken.append(box)
        at = box[0] if align == "left" else box[2]
        found.append((left + at / size[0], low + (box[1] + 7) / size[1], align))
    return found


def _free(x: float, y: float, width: float, taken: Sequence[Box], points: Points) -> tuple[Box, str]:
    """Return the place for a label near a spot that overlaps no other, then hides few dots; any if there is none."""
    choices: list[tuple[float, Box, str]] = []
    over = x - min(max(0.0, x - width / 2), WIDE - width)
    for drop in range(-12, 13):
        for align, gap in (("left", 9.0), ("right", 9.0), ("left", 26.0), ("right", 26.0), ("left", -over)):
            start = x + gap if align == "left" else x - gap - width
            box = (start, y - 7 + 15 * drop, start + width, y + 7 + 15 * drop)
            outside = max(0.0, -box[0], box[2] - WIDE) + max(0.0, -box[1], box[3] - HIGH)
            inside = (points > box[:2]).all(axis=1) & (points < box[2:]).all(axis=1)
            overlaps = sum(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken)
            cost = abs(15 * drop) + abs(gap) / 2 + 20 * outside + 3 * int(inside.sum()) + 1000 * overlaps
            choices.append((cost, box, align))
    _, box, align = min(choices)
    return box, align
