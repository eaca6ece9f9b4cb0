"""What people type, before anything else sees it."""

from __future__ import annotations

import string
import unicodedata

from negotiation.errors import Refused

LONGEST_NAME = 60

KEY = frozenset(string.ascii_letters + string.digits + "_-.:")

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows, so that it reads as something else."""


def plain(text: str, what: str, most: int) -> str:
    """A text without blanks around it. Markup is not touched: it is shown as text.

    Raises
    ------
    Refused
        When it is empty or too long, or holds control characters.
    """
    text = text.strip()
    if not 1 <= len(text) <= most:
        raise Refused(f"{what} has {len(text):,} characters, must have 1 to {most:,}")
    if any(c in TURNING or (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") for c in text):
        raise Refused(f"{what} holds control characters")
    return text


def a_name(text: str) -> str:
    """A name that a person may go by.

    Raises
    ------
    Refused
        When it is not one line, too long, or looks like markup.
    """
    name = plain(text, "a name", LONGEST_NAME)
    if set(name) & set("<>\n\t"):
        raise Refused("a name is one line, without < and >")
    return name


def request_of(who: str, key: str, least: int = 1) -> str:
    """The name of a request for good: who asks, and the key that the page made up for this very click.

    Raises
    ------
    Refused
        When the key is not `least` to 80 letters, digits, dashes, dots, colons and underscores.
    """
    if not (least <= len(key) <= 80 and set(key) <= KEY):
        raise Refused(f"the key of a request has {least} to 80 letters, digits and any of _-.:")
    return f"{who}:{key}"
