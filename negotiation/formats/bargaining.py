"""Bargaining instances as OpenSpiel lists them: a line holds how many there are of each item, and what one is worth to either.

`1,2,3 8,1,0 4,0,2`: one of the first item, two of the second and three of the third; the first party has 8, 1 and 0 points
for one of each, the second 4, 0 and 2. No agreement is worth nothing.
"""

from __future__ import annotations

import re

from negotiation.errors import ScenarioError
from negotiation.formats.profiles import MOST_VALUES, Agenda, Profile, agreed, too_many

COUNTS = r"\d{1,9}(?:,\d{1,9})*"
LINE = re.compile(rf"({COUNTS}) ({COUNTS}) ({COUNTS})")
"""What a line looks like; no other kind of file begins so."""

ROUNDS = 5
"""Rounds of such a game: ten turns of two parties."""

PARTIES = ("first", "second")


def is_bargaining(data: bytes) -> bool:
    """Return whether a file begins with such a line."""
    first = data[:500].removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return LINE.fullmatch(first.decode("ascii", "replace").strip()) is not None


def lines(source: str, data: bytes) -> dict[int, str]:
    """Return the instances of a file by the numbers of their lines, blank lines left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ScenarioError(f"{source}: byte {problem.start} is not UTF-8") from None
    return {n: line.strip() for n, line in enumerate(text.splitlines(), 1) if line.strip()}


def instance(source: str, number: int, line: str) -> tuple[Agenda, dict[str, Profile]]:
    """Return the agenda and the profiles of one line: an issue an item, its value how many of it the first party gets.

    Raises
    ------
    ScenarioError
        When the line is none, or its three lists do not fit.
    """
    place = f"{source}: line {number}"
    found = LINE.fullmatch(line)
    if found is None:
        raise ScenarioError(f"{place}: {line[:60]!r} must be three lists of whole numbers, as in 1,2,3 8,1,0 4,0,2")
    pool, *worths = ([int(one) for one in part.split(",")] for part in found.groups())
    if any(len(part) != len(pool) for part in worths):
        raise ScenarioError(f"{place}: {len(pool)} items, but worths for {' and '.join(str(len(w)) for w in worths)}")
    names = [f"Item {n}: how many the first party gets, of {count}" for n, count in enumerate(pool, 1)]
    for name, count in zip(names, pool, strict=True):
        if count >= MOST_VALUES:
            raise ScenarioError(too_many(place, name, count + 1))
    agenda = agreed(place, {name: [str(k) for k in range(count + 1)] for name, count in zip(names, pool, strict=True)})
    ones = dict.fromkeys(names, 1.0)
    first, second = worths
    mine = {name: tuple(float(w * k) for k in range(n + 1)) for name, n, w in zip(names, pool, first, strict=True)}
    yours = {
        name: tuple(float(w * (n - k)) for k in range(n + 1)) for name, n, w in zip(names, pool, second, strict=True)
    }
    return agenda, dict(zip(PARTIES, (Profile(ones, mine), Profile(ones, yours)), strict=True))
