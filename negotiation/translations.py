"""How a case tells its texts in another language: by their addresses, those of another language or its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self, TypeAlias, TypeVar

Translations: TypeAlias = Mapping[str, Mapping[str, str]]
"""By language, by address: a text in that language."""

Words: TypeAlias = Callable[[str, str], str]
"""What tells a text in a language, given its address and what it is in the language of the case."""


class Translated:
    """What has texts in other languages; `told_from` is what it is told from, if it is told in one."""

    translations: Translations
    told_from: Self | None


T = TypeVar("T", bound=Translated)


def wording(translations: Translations, language: str) -> Words | None:
    """Return what tells the texts in a language, each as it is where nobody has translated it; None: all as they are."""
    known = translations.get(language)
    return None if known is None else lambda address, text: known.get(address, text)


def said(translations: Translations, language: str, address: str, text: str) -> str:
    """Return one text in a language."""
    words = wording(translations, language)
    return words(address, text) if words else text


def told(one: T, language: str, made: Callable[[T, Words], T]) -> T:
    """Return something in a language, as `made` tells it, the same object each time: it is kept with what it is told from."""
    plain = one.told_from or one
    words = wording(plain.translations, language)
    if words is None:
        return plain
    kept: dict[str, T] = vars(plain).setdefault("_told", {})
    if language not in kept:
        kept.setdefault(language, made(plain, words))
    return kept[language]
