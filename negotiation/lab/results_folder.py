"""A folder of results: claimed by one experiment, grown by whole files only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import IO

from negotiation.errors import LogError, SetupError

TEMPORARY = ".tmp-"
"""How the names of files begin that are not whole yet."""

LOCK = ".lock"
"""The file that a process which writes into a folder holds locked; the system releases it when the process ends."""


def free(out: Path, name: str, text: str, what: str) -> bool:
    """Return whether a folder already holds the plan of this very experiment; a folder still to be taken does not.

    Parameters
    ----------
    name, text
        The file that holds the plan, and what it holds.
    what
        The name of the experiment in messages: `batch`, `tournament`.

    Raises
    ------
    SetupError
        When the folder holds something else, or none can be called so.
    LogError
        When it cannot be read.
    """
    path = out / name
    try:
        with suppress(FileNotFoundError):
            path.stat()
        if path.exists():
            if path.read_bytes() != text.encode():
                raise SetupError(f"{out}: holds another {what} (see {name} there); choose another folder")
            return True
        if out.exists() and any(not file.name.startswith(".") for file in out.iterdir()):
            raise SetupError(f"{out}: is not empty and holds no {what}; choose another folder")
    except OSError as problem:
        raise LogError(f"{out}: {problem.strerror}") from None
    except ValueError as problem:
        raise SetupError(f"{str(out)!r}: no folder can be called so: {problem}") from None
    return False


def claim(out: Path, name: str, text: str, what: str) -> None:
    """Write the plan of an experiment into a new folder, or check by `free` that the folder holds this very plan.

    Raises
    ------
    SetupError
        When the folder holds something else.
    LogError
        When it cannot be read or written.
    """
    if not free(out, name, text, what):
        try:
            out.mkdir(parents=True, exist_ok=True)
            whole_text(out / name, text)
        except OSError as problem:
            raise LogError(f"{out}: {problem.strerror}") from None


def whole_file(path: Path, fill: Callable[[IO[bytes]], object], *, forced: bool = True) -> None:
    """Write a binary file that is there entirely or not at all; a process that stops half-way leaves nothing.

    Parameters
    ----------
    forced
        Whether to wait until it is on disk, for what nothing else could bring back after a power cut.

    Raises
    ------
    LogError
        When it cannot be written, such as on a full disk.
    """
    temporary = path.with_name(f"{TEMPORARY}{path.name}-{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            fill(file)
            file.flush()
            if forced:
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        raise LogError(f"{path}: cannot be written: {problem.strerror or problem}; what was finished stays") from None
    finally:
        temporary.unlink(missing_ok=True)


def whole_bytes(path: Path, data: bytes, *, forced: bool = True) -> None:
    """Write bytes as `whole_file` does."""
    whole_file(path, lambda file: file.write(data), forced=forced)


def whole_text(path: Path, text: str) -> None:
    """Write a text as `whole_file` does."""
    whole_bytes(path, text.encode("utf-8"))


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written in a folder."""
    for file in folder.glob(f"{TEMPORARY}*"):
        file.unlink(missing_ok=True)


class Hold:
    """A folder that is ours to write into, until the lock is let go of."""

    def __init__(self, folder: Path, file: FileIO) -> None:
        self.folder, self._file = folder, file

    def check(self) -> None:
        """Raise `LogError` unless the folder is still the one that was locked.

        Raises
        ------
        LogError
            When it, or the lock in it, was removed or replaced meanwhile: another process may be writing there.
        """
        if not self.there():
            raise LogError(f"{self.folder}: was removed or replaced while it was written; nothing more is")

    def there(self) -> bool:
        """Return whether the lock held here is the file that others find."""
        try:
            found = (self.folder / LOCK).stat()
        except OSError:
            return False
        return os.path.samestat(found, os.fstat(self._file.fileno()))


@contextmanager
def locked(folder: Path) -> Iterator[Hold]:
    """Lock a folder against this function in other processes, while the block runs; a killed process leaves no lock.

    Raises
    ------
    SetupError
        When another process is at it.
    LogError
        When the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+b", buffering=0)
    except OSError as problem:
        raise LogError(f"{folder}: {problem.strerror}") from None
    with file:
        _take(file, folder)
        hold = Hold(folder, file)
        hold.check()  # between opening and locking somebody may have removed it
        yield hold


def _take(file: FileIO, folder: Path) -> None:
    try:
        _lock(file.fileno())
    except OSError:
        file.seek(0)
        who = file.read().decode("utf-8", "replace").strip() or "another process"
        raise SetupError(f"{folder}: {who} is writing here; wait for it, stop it, or choose another folder") from None
    with suppress(OSError):  # the name is a courtesy, for which a full disk may have no room
        file.truncate(0)
        file.write(f"process {os.getpid()}".encode())


if sys.platform == "win32":  # pragma: no cover - locks a byte far behind the text, which stays readable

    def _lock(number: int) -> None:
        import msvcrt

        os.lseek(number, 2**30, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:

    def _lock(number: int) -> None:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
