"""Every exception this package raises on purpose, caught only at the edges (cli, ui).

NegotiationError
├── ScenarioError    the case (file or object) cannot be used: its author's mistake
├── IllegalAction    the rules forbid this act now: a player's mistake
├── LogError         a saved game cannot be read: cut short, changed, or of another case
├── SetupError       a game cannot be set up as asked: unknown party, strategy, protocol, type
├── Refused          a class does not take this command: who asks, where they sit, which phase, too late
├── StoreError       the database cannot be opened or did not take what was to be kept
└── MissingPackage   something that this part of the program is made of is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from importlib.util import find_spec
from numbers import Integral


class NegotiationError(Exception):
    """Base class, for `except NegotiationError` at the edges; in a notebook it is one line, without a traceback."""

    @property
    def said(self) -> str:
        """Return what it says; where that is a phrase it stays one, so that a page can tell it in its language."""
        text = self.args[0] if self.args else ""
        return text if isinstance(text, str) else str(text)

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class ScenarioError(NegotiationError):
    """A case that cannot be used."""


class IllegalAction(NegotiationError):
    """An act that the rules do not allow this party now."""


class LogError(NegotiationError):
    """A saved game that cannot be read."""


class SetupError(NegotiationError):
    """A game that cannot be set up as asked."""


class Refused(NegotiationError):
    """A command that a class does not take from this person, at this seat or at this time."""


class StoreError(NegotiationError):
    """A database that cannot be opened, or that did not keep what it was given."""


class MissingPackage(NegotiationError, ImportError):
    """A part of the program whose packages are not installed."""


def needs(package: str, extra: str) -> None:
    """Raise `MissingPackage` unless a package is installed; `extra` is the extra that brings it along."""
    if find_spec(package) is None:
        what = f"'alliance-negotiation[{extra}]'"
        raise MissingPackage(f"{package} is not installed, and this part of the program needs it: pip install {what}")


MOST_NAMES = 60
"""Names that a message lists."""


def figure(number: float) -> str:
    """Return a number as messages show it: with so many digits that its fault can be seen.

    Examples
    --------
    >>> figure(98.0), figure(100.000002), figure(1e6 + 0.5)
    ('98', '100.000002', '1000000.5')
    """
    return f"{number:.12g}"


def at_least_one(number: object, what: str) -> int:
    """Return a number, such as that of workers, once it is checked.

    Raises
    ------
    SetupError
        When it is less than one, or none that counts anything.
    """
    if isinstance(number, bool) or not isinstance(number, Integral):
        raise SetupError(f"{what} is {number!r:.60}, must be a whole number")
    if number < 1:
        raise SetupError(f"{what} is {number}, must be at least 1")
    return int(number)


def unknown(what: str, found: object, possible: Iterable[str]) -> str:
    """Return a sentence for a name that does not exist: the closest match, then all that do.

    Examples
    --------
    >>> unknown("table", "hors", ["horse", "cloud"])
    "unknown table 'hors'; did you mean 'horse'? possible: horse, cloud"
    """
    names = list(possible)
    close = difflib.get_close_matches(str(found), names, n=1)
    hint = f" did you mean {close[0]!r}?" if close else ""
    shown = str(found)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return f"unknown {what} {shown!r};{hint} possible: {', '.join(names[:MOST_NAMES]) or 'none'}{more}"
