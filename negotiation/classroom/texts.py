"""Texts that people type: their checks before any other use."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

from negotiation.errors import Refused
from negotiation.formats.invisible_characters import unseen
from negotiation.language import phrase

LONGEST_NAME, LONGEST_ID = 60, 80

KEY = frozenset(string.ascii_letters + string.digits + "_-.:")

UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0\ufff0-\ufff8\U00016fe4\U0001d159"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""What is not seen though it counts as a letter, a mark, a symbol or nothing; besides there is all of category Cf."""

JOINERS = "\u200c\u200d"
"""What joins the letters beside it, or keeps them apart."""

FORMS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What is not seen itself and chooses a form of the character before it: of a heart the red one."""

LAST_OF_EUROPE = "\u058f"
"""The last letter of scripts that join nothing."""


def plain(text: str, what: str, most: int) -> str:
    """Return a text without surrounding blanks; markup is not touched: it is shown as text.

    Raises
    ------
    Refused
        When it is empty or too long, or holds control characters.
    """
    text = text.strip()
    if not 1 <= len(text) <= most:
        raise Refused(
            phrase("{what} has {found:,} characters, must have 1 to {most:,}", what=what, found=len(text), most=most)
        )
    if unseen(text):
        raise Refused(phrase("{what} holds control characters", what=what))
    return text


def a_name(text: str) -> str:
    """Return a name that a person may go by.

    Raises
    ------
    Refused
        When it is not one line, too long, or looks like markup.
    """
    name = _seen(plain(text, phrase("a name"), LONGEST_NAME))
    if all(unicodedata.category(c)[0] in "MZ" for c in name):
        raise Refused(phrase("a name has letters that are seen"))
    if set(name) & set("<>\n\t"):
        raise Refused(phrase("a name is one line, without < and >"))
    return name


@lru_cache(maxsize=4096)
def alike(name: str) -> str:
    """Return a key that is equal for names that look alike: the name without characters that are not seen."""
    return "".join(c for c in unicodedata.normalize("NFC", name) if not (_hidden(c) or FORMS.match(c)))


def _seen(name: str) -> str:
    """Return a name as it is seen: composed letters, each kind of blank as a space, and nothing invisible.

    What joins letters (U+200C and U+200D) stays behind letters of scripts in which it is seen, and what chooses a form
    behind those and behind digits and signs.
    """
    found = ""
    for c in unicodedata.normalize("NFC", name):
        before = found[-1:] or " "
        shaped = before > LAST_OF_EUROPE and before not in JOINERS
        if unicodedata.category(c)[0] == "Z":
            found += " " if before != " " else ""
        elif c in JOINERS:
            found += c if shaped else ""
        elif FORMS.match(c):
            found += c if shaped or unicodedata.category(before)[0] in "NPS" else ""
        elif not _hidden(c):
            found += c
    return found.rstrip(" " + JOINERS)


def _hidden(c: str) -> bool:
    """Return whether a character is invisible and changes none that is seen."""
    return unicodedata.category(c) == "Cf" or bool(UNSEEN.match(c))


def an_id(text: str) -> bool:
    """Return whether a text can be the id of a log, or the key of a request."""
    return 1 <= len(text) <= LONGEST_ID and set(text) <= KEY


def request_of(who: str, key: str, least: int = 1) -> str:
    """Return the permanent name of a request: the person who asks, and the key that the page made up for this click.

    Raises
    ------
    Refused
        When the key is not `least` to 80 letters, digits, dashes, dots, colons and underscores.
    """
    if not (least <= len(key) and an_id(key)):
        raise Refused(f"the key of a request has {least} to {LONGEST_ID} letters, digits and any of _-.:")
    return f"{who}:{key}"
