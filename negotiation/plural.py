"""Numbers of things in words: one thing, two things."""

from __future__ import annotations


def counted(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun, which takes an s unless `many` says how several are called.

    Examples
    --------
    >>> counted(1, "table"), counted(6, "table"), counted(1, "person", "people"), counted(1600, "person", "people")
    ('1 table', '6 tables', '1 person', '1,600 people')
    """
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def people_of(number: int) -> str:
    """Return a number of people in words: `1 person`, `6 people`."""
    return counted(number, "person", "people")
