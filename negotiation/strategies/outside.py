"""Strategies in files of users: imported under a name of their own, with their neighbours, and blamed when they fail."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path

from negotiation.errors import NegotiationError, SetupError
from negotiation.strategies.base import Strategy


def outside(path: str) -> dict[str, type[Strategy]]:
    """The strategies that a Python file defines, by class name.

    Raises
    ------
    SetupError
        When there is no such file, it cannot be imported, or holds no strategy.
    """
    file = Path(path).resolve()
    if not file.is_file():
        raise SetupError(f"{path}: there is no such file to take strategies from")
    loader = SourceFileLoader(_name(file), str(file))
    spec = ModuleSpec(loader.name, loader, origin=loader.path)
    spec.has_location = True  # gives it its `__file__`
    module = module_from_spec(spec)
    with blamed(f"{path}: cannot be imported", loader.name), _neighbours(file.parent):
        sys.modules[loader.name] = module
        loader.exec_module(module)
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


def _name(file: Path) -> str:
    """The name of a file as a module, which hides no other: not NumPy, and not a file of the same name elsewhere."""
    return f"{file.stem}_{hashlib.sha256(str(file).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


@contextmanager
def _neighbours(folder: Path) -> Iterator[None]:
    """While a file is imported its folder comes first, as if it were run; what came from there is nobody else's.

    Files of the same name in the folders of two people stay apart that way. What a function imports only when it is
    called is looked for last of all in the folders of all files, in the order in which they were first imported.
    """
    home, known = str(folder), set(sys.modules)
    sys.path.insert(0, home)
    importlib.invalidate_caches()  # a file made a moment ago is there
    try:
        yield
    finally:
        sys.path.remove(home)
        if home not in sys.path:
            sys.path.append(home)
        for name in set(sys.modules) - known:
            top = name.partition(".")[0]
            found = Path(getattr(sys.modules[name], "__file__", None) or "")
            if found == folder / f"{top}.py" or folder / top in found.parents:
                del sys.modules[name]


@contextmanager
def blamed(whose: str, module: str = "") -> Iterator[None]:
    """Whatever code of users raises becomes one line that says whose it is, what it raised, and where.

    Parameters
    ----------
    module
        The name of the module that is at fault, if known: the line of it is told that was reached last.

    Raises
    ------
    SetupError
        Instead of anything else; errors of this package pass as they are.
    """
    try:
        yield
    except NegotiationError:
        raise
    except (Exception, SystemExit) as problem:
        raise SetupError(f"{whose}: {raised(problem, module)}") from problem


def raised(problem: BaseException, module: str = "") -> str:
    """What was raised, in one line, and where: the line of a module that was reached last, else outside this package.

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
