"""Whole files on disk: read within a limit, written at once or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path

from negotiation.errors import NegotiationError

DEVICES = (Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd"))
"""Folders whose files are streams, even where one leads to a plain file, as `/dev/stdout` may."""


def write_whole(path: Path, content: str | bytes, error: type[NegotiationError]) -> None:
    """Write a file at once: either all of it is there afterwards, or nothing has changed.

    A file that was there keeps its permissions, a new one gets those that the user's umask leaves, and a link stays
    one. What is no plain file, such as a pipe or a terminal, is written straight into.

    Parameters
    ----------
    content
        Bytes, or text: as UTF-8, and a character that has no UTF-8 (of a strange file name) escaped as in JSON.

    Raises
    ------
    NegotiationError
        Of the kind `error`, when it cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    try:
        if _stream(path):
            with path.open("wb") as stream:
                stream.write(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as problem:
        raise error(f"{path}: cannot be written: {problem.strerror}") from None


def _stream(path: Path) -> bool:
    return path.parent in DEVICES or (path.exists() and not path.is_file() and not path.is_dir())


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    temporary = path.with_name(
        f".tmp-{secrets.token_hex(4)}"
    )  # short: the file's own name may be as long as any can be
    file = temporary.open("xb")
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def read_limited(path: Path, most: int, error: type[NegotiationError]) -> bytes:
    """Return the bytes of a file that has at most `most` of them.

    Raises
    ------
    NegotiationError
        Of the kind `error`, when there is no such file, it is none (a pipe would have us wait for ever), or it is too large.
    """
    try:
        if path.parent not in DEVICES and _stream(path):
            raise error(f"{path}: is no plain file; what comes through a pipe is read from /dev/stdin")
        with path.open("rb") as file:
            data = file.read(most + 1)
        size = path.stat().st_size
    except OSError as problem:
        raise error(f"{path}: {problem.strerror}") from None
    except ValueError as problem:  # a name that no file can have
        raise error(f"{str(path)!r}: {problem}") from None
    if len(data) > most:
        found = f"{size:,} bytes" if size > most else "endless"
        raise error(f"{path}: {found}, must be at most {most:,} ({most // 2**20} MiB)")
    return data


def inside(folder: Path, path: Path, error: type[NegotiationError]) -> Path:
    """Return a file of a folder, once it is known to lie there.

    Raises
    ------
    NegotiationError
        Of the kind `error`, when it is a link that leads elsewhere, or no file can be called so.
    """
    try:
        there = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError) as problem:  # a ring of links is a RuntimeError
        raise error(f"{str(path)[:200]!r}: {problem.strerror if isinstance(problem, OSError) else problem}") from None
    if not there:
        raise error(f"{path}: is a link that leads out of {folder}; copy the file there if it belongs to it")
    return path
