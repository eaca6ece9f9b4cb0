"""Characters that no text for people may hold: they are not seen, and have an effect all the same."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters but for tabs and ends of lines, what turns the direction of what follows, and what is no character."""

NAMELESS = {"Cc": "a control character", "Cs": "half a character", "Cn": "no character"}


def unseen(text: str) -> str:
    """Return a text's first invisible character with its name: `U+202E (right-to-left override)`; empty if none."""
    found = UNSEEN.search(text)
    if found is None:
        return ""
    told = unicodedata.name(found[0], "").lower() or NAMELESS[unicodedata.category(found[0])]
    return f"U+{ord(found[0]):04X} ({told})"
