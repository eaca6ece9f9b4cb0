"""A folder of results: claimed by one experiment, grown by whole files only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from negotiation.errors import LogError, SetupError

TEMPORARY = ".tmp-"
"""How the names of files begin that are not whole yet."""


def claim(out: Path, name: str, text: str, what: str) -> None:
    """Write the plan of an experiment into a new folder, or see that the folder holds this very plan.

    Parameters
    ----------
    name, text
        The file that holds the plan, and what it holds.
    what
        What messages call the experiment: `batch`, `tournament`.

    Raises
    ------
    SetupError
        When the folder holds something else.
    LogError
        When it cannot be read or written.
    """
    path = out / name
    try:
        out.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if path.read_text(encoding="utf-8") != text:
                raise SetupError(f"{out}: holds another {what} (see {name} there); choose another folder")
        elif any(not file.name.startswith(".") for file in out.iterdir()):
            raise SetupError(f"{out}: is not empty and holds no {what}; choose another folder")
        else:
            whole_text(path, text)
    except OSError as problem:
        raise LogError(f"{out}: {problem.strerror}") from None


def whole_file(path: Path, fill: Callable[[IO[bytes]], Any]) -> None:
    """A binary file that is there entirely, on disk, or not at all; whoever stops this half-way leaves nothing.

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
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        raise LogError(f"{path}: cannot be written: {problem.strerror or problem}; what was finished stays") from None
    finally:
        temporary.unlink(missing_ok=True)


def whole_text(path: Path, text: str) -> None:
    """The same for a text."""
    whole_file(path, lambda file: file.write(text.encode("utf-8")))


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written in a folder."""
    for file in folder.glob(f"{TEMPORARY}*"):
        file.unlink(missing_ok=True)
