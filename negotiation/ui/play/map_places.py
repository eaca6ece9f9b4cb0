"""Where the parties, the tables and the lines of a map stand: parties on both sides, the tables in the middle."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from negotiation.scenario import Scenario


class Room(NamedTuple):
    """The measures of a map: its width, those of a card, how far apart cards stand, its margin, and its texts."""

    name: str
    width: float
    card: float
    height: float
    step: float
    margin: float
    bend: float
    text: float
    small: float
    label: float
    lines: int


WIDE = Room("wide", 680, 256, 66, 84, 104, 30, 15.5, 13.5, 132, 2)
NARROW = Room("narrow", 360, 158, 78, 94, 46, 4, 14, 12.5, 90, 3)
"""Each in its own units; a page shows the one that fits, so that no text is smaller than it says."""

_EAST = r"\u3000-\u30ff\u3400-\u9fff\uff00-\uff9f"
PIECE = re.compile(rf"\s*(?:（[^）]*）|[ァ-ヺー]+[・、。]*|[{_EAST}][ー・、。」]*|[^\s{_EAST}]+)")
"""What a line is not broken in: a word; in Japanese a letter, a word in katakana, or what stands in brackets."""

NARROW_LETTERS = frozenset(" .,:;!|'’()ijltfrI-1")


@dataclass(frozen=True, slots=True)
class Line:
    """A seat: from a party's circle to the edge of a table's card, as the path of an SVG."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where all stands on a map, in its units; `quiet` is the side with fewer seats: 1 the right one, -1 the left."""

    room: Room
    height: float
    people: dict[str, tuple[float, float]]
    tables: dict[str, tuple[float, float]]
    seats: dict[tuple[str, str], Line]
    quiet: int


def places(scenario: Scenario, room: Room) -> Places:
    """Return where all stands; worked out once for each case."""
    return _places(tuple(scenario.parties), tuple((name, t.seats) for name, t in scenario.tables.items()), room)


@lru_cache(maxsize=64)
def _places(parties: tuple[str, ...], seated: tuple[tuple[str, tuple[str, ...]], ...], room: Room) -> Places:
    half = (len(parties) + 1) // 2
    sides = [parties[:half], parties[half:]]
    height = max(len(seated) * room.step + 16, half * (room.step + 22) + 16)
    people = {}
    for right, side in enumerate(sides):
        for n, party in enumerate(side):
            along = (n + 0.5) / len(side)
            x = room.margin - room.bend * math.sin(math.pi * along)
            people[party] = (room.width - x if right else x, 8 + (height - 16) * along - 10)
    order = sorted(seated, key=lambda table: sum(people[party][1] for party in table[1]) / len(table[1]))
    gap = (height - 16) / len(order)
    tables = {name: (room.width / 2, 8 + gap * (n + 0.5)) for n, (name, _) in enumerate(order)}
    seats = {}
    for name, sitting in seated:
        for right, side in enumerate(sides):
            here = [party for party in side if party in sitting]
            for n, party in enumerate(here):
                seats[name, party] = _line(
                    people[party], tables[name], room, n - (len(here) - 1) / 2, right=bool(right)
                )
    busy = sum(1 if line.x > room.width / 2 else -1 for line in seats.values())
    return Places(room, height, people, tables, seats, -1 if busy > 0 else 1)


def _line(person: tuple[float, float], table: tuple[float, float], room: Room, place: float, *, right: bool) -> Line:
    """Return the line from a party to its place at a table's edge: in the middle of it, or beside the others there."""
    way = -1.0 if right else 1.0
    x, y = table[0] - way * room.card / 2, table[1] + place * 20
    start, bent = person[0] + way * 18, (x - person[0]) * 0.55
    path = f"M{start:.0f} {person[1]:.0f}C{start + bent:.0f} {person[1]:.0f} {x - bent:.0f} {y:.0f} {x:.0f} {y:.0f}"
    return Line(path, x, y)


def fitted(text: str, width: float, size: float, lines: int = 1) -> list[str]:
    """Return a text broken into lines that fit a width in letters of a size; what is too much ends in an ellipsis."""
    most, found = width / size, [""]
    for piece in PIECE.findall(text):
        if found[-1] and _ems(f"{found[-1]}{piece}".strip()) > most:
            found.append(piece)
        else:
            found[-1] += piece
    if len(found) > lines:
        found = [*found[: lines - 1], "".join(found[lines - 1 :])]
    return [_cut(line.strip(), most) for line in found]


def _cut(text: str, most: float) -> str:
    if _ems(text) <= most:
        return text
    while text and _ems(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip(' ,;:')}…"


def _ems(text: str) -> float:
    """Return about how wide a text is, in sizes of its letters: those of East Asia are as wide as high."""
    return sum(
        1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.31 if letter in NARROW_LETTERS else 0.6
        for letter in text
    )
