"""The letters that can be printed, and the fonts of this package that have them: names come in every script."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

SANS = "NotoSans"
"""Latin, Greek and Cyrillic: what everything else is printed in."""

ALONE = ("JP", "SC", "KR", "Georgian", "Armenian")
"""Further scripts whose letters stand side by side as they are; a letter comes from the first that has it."""

JOINED = ("Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil", "Telugu", "Thai")
"""Scripts that run from the right, or whose letters change beside others: only a shaping engine sets them."""

SHAPING = find_spec("uharfbuzz") is not None
"""Whether the shaping engine is there."""

SILENT = frozenset(
    {*range(0xFE00, 0xFE10), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}
)
"""Characters that nobody sees: they say how their neighbours look, or which way these run."""


def directory() -> str:
    """Return the folder of our fonts."""
    return str(resources.files("negotiation.reports") / "fonts")


def file(family: str, style: str = "") -> str:
    """Return where the file of a font lies."""
    return str(Path(directory()) / f"{family}-{'Bold' if style else 'Regular'}.ttf")


@cache
def letters(family: str) -> frozenset[int]:
    """Return the characters that a font has."""
    with TTFont(file(family), lazy=True) as font:
        return frozenset(font.getBestCmap())


def families(text: str) -> tuple[str, ...]:
    """Return the fonts besides the first that a text needs."""
    return tuple(_needed(frozenset(text))[0])


def joined(text: str) -> bool:
    """Return whether a text needs the shaping engine."""
    return not {f"NotoSans{script}" for script in JOINED}.isdisjoint(families(text))


def unknown(text: str) -> str:
    """Return the letters of a text that no font here has, in order."""
    return "".join(sorted(_needed(frozenset(text))[1]))


def readable(text: str) -> str:
    """Return the text with every letter that no font here has as its number, such as `[U+1200]`."""
    lacking = unknown(text)
    return "".join(f"[U+{ord(c):04X}]" if c in lacking else c for c in text if not _silent(c))


def affected(texts: Iterable[str]) -> list[str]:
    """Return those of some names that cannot be printed as they are."""
    return [text for text in texts if unknown(text)]


def _silent(c: str) -> bool:
    return ord(c) in SILENT and ord(c) not in letters(SANS)


@cache
def _needed(text: frozenset[str]) -> tuple[list[str], set[str]]:
    """Return the fonts that some characters need, and the characters that none has."""
    rest = {c for c in text if ord(c) not in letters(SANS) and ord(c) not in SILENT and c != "\n"}
    found = []
    for family in (*(f"NotoSans{one}" for one in (*ALONE, *(JOINED if SHAPING else ()))), "NotoEmoji"):
        if not rest:
            break
        if here := {c for c in rest if ord(c) in letters(family)}:
            found.append(family)
            rest -= here
    return found, rest
