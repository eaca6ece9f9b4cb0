"""Lines for texts of every script: where one may end, and how wide letters are, of which Chinese and Japanese ones take two columns."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import east_asian_width

WIDE = re.compile("[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60]")
"""Letters of texts that are written without spaces: a line may end behind each."""

CLOSING = frozenset(
    "、。，．・：；！？）」』】〉》〕］｝ー々〜…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;!?)]}%”’"
)
"""What begins no line."""

OPENING = frozenset("（「『【〈《〔［｛([{“‘")
"""What ends no line."""

BREAK = "\N{ZERO WIDTH SPACE}"


def columns(text: str) -> int:
    """Return how wide a text is, in columns of a letter."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def breakable(text: str) -> str:
    """Return a text with a sign that nobody sees wherever a line may end without a space."""
    if not WIDE.search(text):
        return text
    found = [text[:1]]
    for before, after in pairwise(text):
        if _parts(before, after):
            found.append(BREAK)
        found.append(after)
    return "".join(found)


def _parts(before: str, after: str) -> bool:
    """Return whether a line may end between two letters that stand side by side."""
    if before.isspace() or after.isspace() or before in OPENING or after in CLOSING or "*" in (before, after):
        return False
    return bool(WIDE.match(before) or WIDE.match(after))


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many columns at most; a word that is longer is parted.

    Examples
    --------
    >>> wrapped("You got 45.8 points", 12), wrapped("45.8点でした。", 8)
    (['You got 45.8', 'points'], ['45.8点で', 'した。'])
    """
    lines = [""]
    for piece in re.split(f"( +|{BREAK})", breakable(text)):
        for part in _cut(piece.replace(BREAK, ""), width):
            if columns(lines[-1] + part.rstrip()) <= width:
                lines[-1] += part
            else:
                lines.append(part.lstrip())
    return [line.strip() for line in lines if line.strip()]


def _cut(piece: str, width: int) -> list[str]:
    """Return a piece as it is, or in parts if it is wider than a line."""
    if columns(piece) <= width:
        return [piece]
    step = max(width // 2, 1) if WIDE.search(piece) else width
    return [piece[at : at + step] for at in range(0, len(piece), step)]


def shortened(text: str, width: int) -> str:
    """Return a text of so many columns at most; a longer one with dots at its end.

    Examples
    --------
    >>> shortened("the whole alliance", 10), shortened("提携の再編", 7)
    ('the whole…', '提携の…')
    """
    if columns(text) <= width:
        return text
    kept = text
    while columns(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…"
