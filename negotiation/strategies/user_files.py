"""Strategies in files of users: imported under names of their own, with failures attributed to the file."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from negotiation.errors import NegotiationError, SetupError
from negotiation.strategies.base import Strategy
from negotiation.strategies.user_imports import Namespace


def classes_of_file(path: str) -> dict[str, type[Strategy]]:
    """Return the strategies that a Python file defines, by class name.

    Raises
    ------
    SetupError
        When there is no such file, it cannot be imported, or holds no strategy.
    """
    file = Path(path).resolve()
    if not file.is_file():
        raise SetupError(f"{path}: there is no such file to take strategies from")
    space = Namespace(file)
    with blamed(f"{path}: cannot be imported", space.main):
        module = space.load()
    kinds = {
        name: member
        for name, member in vars(module).items()
        if inspect.isclass(member)
        and issubclass(member, Strategy)
        and member.__module__ == module.__name__
        and not inspect.isabstract(member)
    }
    if not kinds:
        raise SetupError(f"{path}: holds no strategy: a class that inherits from negotiation.strategies.Strategy")
    return kinds


@contextmanager
def blamed(whose: str, module: str = "") -> Iterator[None]:
    """Turn any error of users' code into one line that says whose it is, what it raised, and where.

    Parameters
    ----------
    module
        The name of the module that is at fault, if known: the line of it is told that was reached last.

    Raises
    ------
    SetupError
        In place of other errors; errors of this package pass as they are.
    """
    try:
        yield
    except (NegotiationError, KeyboardInterrupt):
        raise
    except BaseException as problem:
        raise SetupError(f"{whose}: {raised(problem, module)}") from problem


def raised(problem: BaseException, module: str = "") -> str:
    """Return an error in one line with its place: the last line reached of `module`, else outside this package.

    Examples
    --------
    >>> raised(ValueError("no"))
    'ValueError: no'
    """
    frames = [
        (frame.f_globals.get("__name__", ""), frame, line) for frame, line in traceback.walk_tb(problem.__traceback__)
    ]
    theirs = [one for one in frames if one[0] == module] or [
        one for one in frames if not one[0].startswith(("negotiation.", "importlib.", "contextlib"))
    ]
    try:
        said = f"{type(problem).__name__}: {' '.join(str(problem).split())}"
    except Exception:  # noqa: BLE001 - an exception of users whose own text fails
        said = type(problem).__name__
    if not theirs:
        return said
    _, frame, line = theirs[-1]
    return f"{said} ({Path(frame.f_code.co_filename).name}, line {line})"
