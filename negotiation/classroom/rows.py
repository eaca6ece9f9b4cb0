"""Values for a spreadsheet: no text may be a formula."""

from __future__ import annotations

Table = list[dict[str, object]]


def neutral(value: object) -> object:
    """Return a value that cannot be a formula: a text that a spreadsheet would calculate gets an apostrophe in front.

    Examples
    --------
    >>> neutral("=1+1"), neutral("Ana"), neutral(-3.5)
    ("'=1+1", 'Ana', -3.5)
    """
    if isinstance(value, str) and (value.lstrip()[:1] in set("=+-@|%") or value[:1] in set("\t\r\n")):
        return f"'{value}"
    return value
