"""The place of a database as a text: the path of an SQLite file, or a PostgreSQL address."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from negotiation.errors import StoreError

VARIABLE = "NEGOTIATION_DATABASE"
"""The environment variable that names the database: the path of an SQLite file, or postgresql://..."""

FORMS = "the path of an SQLite file, sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/NAME"
"""What is possible."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9.+-]+)://|(sqlite|postgres|postgresql|file):", re.IGNORECASE)
_POSTGRESQL = re.compile(r"postgres(ql)?(\+\w+)?", re.IGNORECASE)


def placed(text: str) -> str:
    """Return a PostgreSQL address as it is, or the absolute path of a file; idempotent.

    Raises
    ------
    StoreError
        When it is an address of something else, or cannot be read. Its password is not told.
    """
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _file(text)
    kind = (scheme[1] or scheme[2]).lower()
    if kind == "sqlite" and re.match("sqlite:///[^?]+$", text, re.IGNORECASE) and not text.endswith(":memory:"):
        return _file(text[len("sqlite:///") :])
    if scheme[1] and _POSTGRESQL.fullmatch(kind):
        try:
            make_url(text)
        except (ArgumentError, ValueError):
            raise StoreError(f"the database address {kind}://... cannot be read; possible: {FORMS}") from None
        return text
    raise StoreError(f"a database cannot be at {kind}:...; possible: {FORMS}")


def _file(text: str) -> str:
    try:
        return str(Path(text).expanduser().resolve())
    except (RuntimeError, ValueError, OSError) as problem:  # no such user's home folder, or no path at all
        raise StoreError(f"database {text!r}: {problem}") from None


def default() -> str:
    """Return the place that the environment names, or else a file in the user's data folder.

    Raises
    ------
    StoreError
        When the environment says what cannot be, or there is no home folder.
    """
    if named := os.environ.get(VARIABLE):
        return placed(named)
    try:
        folder = Path(platformdirs.user_data_dir("negotiation"))
    except RuntimeError:  # newer versions; older ones say a path that begins with ~
        folder = Path()
    if not folder.is_absolute():
        raise StoreError("there is no home folder to keep games in; say where (--database, --database-url)")
    return str(folder / "games.db")


def existing(text: str) -> str:
    """Return the place `placed` gives for `text`, or the default if it is empty; a file must exist already.

    Raises
    ------
    StoreError
        When the file does not exist, besides what `placed` refuses.
    """
    place = placed(text) if text else default()
    if not is_address(place) and not Path(place).is_file():
        raise StoreError(f"there is no database at {place}")
    return place


def is_address(place: str) -> bool:
    """Return whether a place is a PostgreSQL address, not a file."""
    return "://" in place and not os.path.isabs(place)
