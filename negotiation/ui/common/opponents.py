"""Whom one plays against, in a word: a level, or one's own choice."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.language import mark
from negotiation.ui.common.words import LEVELS

OWN = "own"
"""Opponents that are no level."""

AGAINST: Mapping[str, str] = {
    "easy": mark("Easy opponents"),
    "fair": mark("Fair opponents"),
    "tough": mark("Tough opponents"),
    "master": mark("Masters as opponents"),
    OWN: mark("Opponents of your own choice"),
}
"""The levels in words, marked: `tr` tells them where they are shown."""


def level(seats: Mapping[str, str], me: str) -> str:
    """Return the level of the opponents, by the strategies of all seats; `OWN` if they are none."""
    others = {text for party, text in seats.items() if party != me}
    return next((name for name, (text, _) in LEVELS.items() if others == {text} and name in AGAINST), OWN)
