"""What is said to people, in their own language: gettext, with one catalogue a language and part of the program.

Texts stand in English where they are used, inside `tr`; constants of a module are marked and translated where they are
shown; what the core and the log say stays English, and remembers what it was made of, so that a page can tell it again.

    tr("End my {unit}", unit=unit)                      # told now, in the language of who reads it
    plural("{n} table", "{n} tables", number)           # the same, by how many
    NAMES = {"read": mark("Read")}; tr(NAMES["read"])   # found by the extractor, translated where it is shown
    phrase("{who} has signed", who=who)                 # English, as a text; tr() tells it in another language

Catalogues are GNU gettext's `.po` files under `locale/LANGUAGE/`; `make strings` brings them up to date.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français", "ja": "日本語"}
"""The languages of the interface, by their codes, each in its own name."""

SOURCE = "en"
"""The language in which the texts are written."""

_set: ContextVar[str | None] = ContextVar("language", default=None)
_ask: list[Callable[[], str]] = []


class Phrase(str):
    """A text in English that can be told in another language later: it knows its template and what it was filled with."""

    template: str
    parts: Mapping[str, object]

    def __reduce__(self) -> tuple[Callable[..., Phrase], tuple[str, Mapping[str, object]]]:
        """Return how to make it again, in another process too."""
        return _again, (self.template, self.parts)


def phrase(template: str, /, **parts: object) -> Phrase:
    """Return a text in English, whoever reads it, that `tr` can tell in their language.

    Examples
    --------
    >>> told = phrase("{who} has signed.", who="Google")
    >>> told == "Google has signed.", told.template
    (True, '{who} has signed.')
    """
    made = Phrase(template.format(**parts) if parts else template)
    made.template, made.parts = template, parts
    return made


def mark(text: str, /) -> str:
    """Return a text as it is: it is translated by `tr` where it is shown."""
    return text


def tr(text: str, /, **parts: object) -> str:
    """Return a text in the language of who reads it, filled with its parts; in English where it has not been translated.

    Parts that are phrases are told in that language too. Without parts, braces stand for themselves.
    """
    template, filled = (text.template, {**text.parts, **parts}) if isinstance(text, Phrase) else (text, parts)
    told = catalogue(language()).gettext(template) if template else template
    return told.format(**_told(filled)) if filled else told


def plural(one: str, many: str, number: int, /, **parts: object) -> str:
    """Return a text by how many things there are, in the language of who reads it; `{n}` is the number.

    Examples
    --------
    >>> plural("{n} table", "{n} tables", 1), plural("{n} table", "{n} tables", 1600)
    ('1 table', '1,600 tables')
    """
    told = catalogue(language()).ngettext(one, many, number)
    return told.format(n=decimal(f"{number:,}"), **_told(parts))


def decimal(figure: str) -> str:
    """Return a number written in English, as `-1,234.5`, as it is written in the language of who reads it."""
    if language() == SOURCE:
        return figure
    figure = re.sub("^-", "\N{MINUS SIGN}", figure)
    if language() != "fr":
        return figure
    return figure.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def language() -> str:
    """Return the code of the language in which is told what is told now: that set here, else what the page says.

    A page is asked once a run: asking costs as much as sixty texts.
    """
    if not (code := _set.get()) and (code := next((ask() for ask in _ask), "")):
        _set.set(code)
    return code or SOURCE


def ask_page(ask: Callable[[], str]) -> None:
    """Have `ask` say the language wherever none is set, as in a part of a page drawn by itself; empty where there is no page."""
    _ask[:] = [ask]


def speak(code: str) -> None:
    """Tell everything in a language from here on, in this thread."""
    _set.set(closest(code))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Tell everything in a language inside the block."""
    before = _set.set(closest(code))
    try:
        yield
    finally:
        _set.reset(before)


def closest(*asked: str | None) -> str:
    """Return the first language asked for that there is, by codes as browsers send them; English if there is none.

    Examples
    --------
    >>> closest("de-DE", "fr-CH"), closest("ja"), closest("", None)
    ('fr', 'ja', 'en')
    """
    codes = ((code or "").lower().partition("-")[0] for code in asked)
    return next((code for code in codes if code in LANGUAGES), SOURCE)


def accepted(header: str) -> str:
    """Return the language that a browser likes best of those there are, by its `Accept-Language` header.

    Examples
    --------
    >>> accepted("de-DE,de;q=0.9,fr;q=0.7,en;q=0.8"), accepted("fr-CH, fr;q=0.9, en;q=0.8"), accepted("*")
    ('en', 'fr', 'en')
    """
    weighed = []
    for place, part in enumerate(header.split(",")[:20]):
        code, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, code))
        except ValueError:
            continue
    return closest(*(code for _, _, code in sorted(weighed)))


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(code: str) -> gettext.NullTranslations:
    """Return the texts of a language; English has none but its own."""
    told = gettext.NullTranslations()
    if code == SOURCE:
        return told
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for part in sorted((files("negotiation") / "locale" / code).iterdir(), key=lambda part: part.name):
        with part.open("rb") as written:
            read = read_po(written, locale=code)
        compiled = BytesIO()
        write_mo(compiled, read)
        compiled.seek(0)
        area = gettext.GNUTranslations(compiled)
        area.add_fallback(told)
        told = area
    return told


def _again(template: str, parts: Mapping[str, object]) -> Phrase:
    return phrase(template, **parts)


class _Whole(int):
    def __format__(self, how: str) -> str:
        return decimal(int(self).__format__(how))


class _Figure(float):
    def __format__(self, how: str) -> str:
        return decimal(float(self).__format__(how))


def _told(parts: Mapping[str, object]) -> dict[str, object]:
    return {name: _part(part) for name, part in parts.items()}


def _part(part: object) -> object:
    """Return a part of a text as it is told: a phrase in the language of who reads it, a number as it is written there."""
    match part:
        case Phrase():
            return tr(part)
        case bool():
            return part
        case int():
            return _Whole(part)
        case float():
            return _Figure(part)
    return part
