"""What people type, before anything else sees it."""

from __future__ import annotations

import string
import unicodedata

from negotiation.errors import Refused
from negotiation.formats.unseen import unseen

LONGEST_NAME, LONGEST_ID = 60, 80

KEY = frozenset(string.ascii_letters + string.digits + "_-.:")

UNSEEN, JOINERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"), frozenset("\u200c\u200d")
"""Characters that are not seen though they count as letters or marks; and those that join the letters beside them."""

LAST_OF_EUROPE = "\u058f"
"""The last letter of scripts that join nothing."""


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
    if unseen(text):
        raise Refused(f"{what} holds control characters")
    return text


def a_name(text: str) -> str:
    """A name that a person may go by.

    Raises
    ------
    Refused
        When it is not one line, too long, or looks like markup.
    """
    name = _seen(plain(text, "a name", LONGEST_NAME))
    if not name:
        raise Refused("a name has letters that are seen")
    if set(name) & set("<>\n\t"):
        raise Refused("a name is one line, without < and >")
    return name


def _seen(name: str) -> str:
    """A name as it is seen: composed letters, blanks that look like one as one, and nothing that is not seen.

    What joins letters (U+200C and U+200D) stays behind letters of scripts in which it is seen.
    """
    found = ""
    for c in unicodedata.normalize("NFC", name):
        if unicodedata.category(c) == "Zs":
            c = " "
        joins = c in JOINERS and found[-1:] > LAST_OF_EUROPE and found[-1] not in JOINERS
        if joins or (unicodedata.category(c) != "Cf" and c not in UNSEEN):
            found += c
    return found.strip().rstrip("".join(JOINERS))


def an_id(text: str) -> bool:
    """Whether a text can be the id of a log, or the key of a request."""
    return 1 <= len(text) <= LONGEST_ID and set(text) <= KEY


def request_of(who: str, key: str, least: int = 1) -> str:
    """The name of a request for good: who asks, and the key that the page made up for this very click.

    Raises
    ------
    Refused
        When the key is not `least` to 80 letters, digits, dashes, dots, colons and underscores.
    """
    if not (least <= len(key) and an_id(key)):
        raise Refused(f"the key of a request has {least} to {LONGEST_ID} letters, digits and any of _-.:")
    return f"{who}:{key}"
