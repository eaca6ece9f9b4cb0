"""What a language must bring so that moves can be said in it, and how one of its forms is chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter

from negotiation.dice import Dice

RECENT = 8
"""Texts among which a form is looked for; what was said longer ago may come again."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of a language, all of them right whatever title is put in: titles stand in quotes, without an article.

    Attributes
    ----------
    quoted, called, addressed
        How a title is quoted; how a party is called; how it is spoken to.
    pair, movement, item
        An option of an issue as a noun; some movement on an issue as a noun; and issue and option in a list.
    comma, last, either, semicolon
        What stands between the parts of a list, before its last one (all, or any of them), and between items.
    gap
        What stands between sentences.
    by, partner, units
        A last date, a partner named in brackets, and what rounds are called.
    you, more
        How one calls the only one spoken to; what ends a list that names the largest points only.
    lowers
        Whether a sentence begins with a small letter once somebody is spoken to.
    glued
        What is put in place of what, in the whole text.
    forms
        By kind of sentence its forms, from the shortest to the most polite.
    """

    quoted: str
    called: str
    addressed: str
    pair: str
    movement: str
    item: str
    comma: str
    last: str
    either: str
    semicolon: str
    gap: str
    by: str
    partner: str
    you: str
    more: str
    forms: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str] = field(default_factory=dict)
    lowers: bool = True
    glued: Mapping[str, str] = field(default_factory=dict)

    def listed(self, parts: Sequence[str], last: str = "") -> str:
        """Return a list as one reads it aloud; `last` stands before the last part instead of "and"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.comma.join(parts[:-1]) + (last or self.last) + parts[-1]


def choose(forms: Sequence[str], before: Sequence[str], dice: Dice, manner: str = "") -> str:
    """Return a form by dice: one that was not used lately, or not last; the blunt leave out the most polite one.

    Parameters
    ----------
    before
        What the same speaker has said, oldest first; what was said in the last text is never said again, if there is a choice.
    """
    kept = {"blunt": forms[:-1], "formal": forms[1:], "warm": forms[1:]}.get(manner, forms) or forms
    fresh = [form for form in kept if not any(used(form, text) for text in before[-RECENT:])]
    other = [form for form in kept if not any(used(form, text) for text in before[-1:])]
    possible = fresh or other or kept
    return possible[dice.below(len(possible))]


def used(form: str, text: str) -> bool:
    """Return whether a text holds a sentence of this form."""
    return _pattern(form).search(text.replace("\u00a0", " ")) is not None


@lru_cache(maxsize=1024)
def _pattern(form: str) -> re.Pattern[str]:
    words = [re.escape(words) for words, _, _, _ in Formatter().parse(form)]
    return re.compile(".*?".join(filter(None, words)), re.IGNORECASE | re.DOTALL)
