"""Whole files on disk: read within a limit, written at once or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from negotiation.errors import NegotiationError


def write_whole(path: Path, text: str, error: type[NegotiationError]) -> None:
    """Write a text file at once: either all of it is there afterwards, or nothing has changed.

    Raises
    ------
    NegotiationError
        Of the kind `error`, when the folder cannot be written to.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as problem:
        raise error(f"{path}: cannot be written: {problem.strerror}") from None


def read_limited(path: Path, most: int, error: type[NegotiationError]) -> bytes:
    """The bytes of a file that has at most `most` of them.

    Raises
    ------
    NegotiationError
        Of the kind `error`, when there is no such file or it is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as problem:
        raise error(f"{path}: {problem.strerror}") from None
    if len(data) > most:
        raise error(f"{path}: more than {most:,} bytes ({most // 2**20} MiB), which is too large")
    return data
