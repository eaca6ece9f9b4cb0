"""Numbers of things and moments in time as the pages of a class tell them, in the reader's language."""

from __future__ import annotations

import datetime

from babel.dates import format_datetime

from negotiation.language import language, plural, tr


def people_of(number: int) -> str:
    """Return a number of people in words."""
    return plural("{n} person", "{n} people", number)


def groups_of(number: int) -> str:
    """Return a number of groups in words."""
    return plural("{n} group", "{n} groups", number)


def day(at: float) -> str:
    """Return a moment with its year, to the minute."""
    return _told(at, tr("dd MMM yyyy, HH:mm"))


def second(at: float) -> str:
    """Return a moment of these months, to the second."""
    return _told(at, tr("dd MMM HH:mm:ss"))


def _told(at: float, pattern: str) -> str:
    return format_datetime(datetime.datetime.fromtimestamp(at).astimezone(), pattern, locale=language())
