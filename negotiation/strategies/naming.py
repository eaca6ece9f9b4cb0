"""Strategies by name and parameters, as people write them: `boulware:exponent=6` or `mine.py:Mine:pace=2`."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from negotiation.discovery import find
from negotiation.errors import SetupError, unknown
from negotiation.strategies.base import Strategy
from negotiation.strategies.negmas_bridge import NegmasSeat


def strategies() -> dict[str, type[Strategy]]:
    """Every strategy of this package, by name."""
    return find("negotiation.strategies", Strategy)  # type: ignore[type-abstract]  # only subclasses come back


def strategy(text: str) -> Strategy:
    """The strategy that a text names, with its parameters set.

    Parameters
    ----------
    text
        `NAME`, `NAME:param=value,...`, `path.py:Class` with or without parameters, or `negmas:Class`.

    Raises
    ------
    SetupError
        When there is no such strategy, file, class or parameter, or a value does not fit.
    """
    name, _, parameters = text.partition(":")
    if name == "negmas":
        return NegmasSeat(parameters)
    if name.endswith(".py"):
        inner, _, parameters = parameters.partition(":")
        kind = _outside(name, inner)
    else:
        known = strategies()
        if name not in known:
            raise SetupError(unknown("strategy", name, known))
        kind = known[name]
    return kind(**_values(kind, name, parameters))


def _outside(path: str, name: str) -> type[Strategy]:
    file = Path(path)
    if not file.is_file():
        raise SetupError(f"{path}: there is no such file to take strategy {name!r} from")
    loader = SourceFileLoader(file.stem, path)
    module = ModuleType(file.stem)
    sys.modules[file.stem] = module
    try:
        loader.exec_module(module)
    except (SyntaxError, ImportError, NameError, AttributeError, TypeError, ValueError) as problem:
        raise SetupError(f"{path}: cannot be imported: {problem}") from problem
    kinds = {
        n: m
        for n, m in vars(module).items()
        if inspect.isclass(m) and issubclass(m, Strategy) and not inspect.isabstract(m)
    }
    if name not in kinds:
        raise SetupError(f"{path}: {unknown('strategy class', name, kinds)}")
    return kinds[name]


def _values(kind: Any, name: str, text: str) -> dict[str, Any]:
    fields = {field.name: field for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {}
    values: dict[str, Any] = {}
    for pair in filter(None, text.split(",")):
        key, equals, value = pair.partition("=")
        if key not in fields:
            raise SetupError(f"{name}: {unknown('parameter', key, fields)}")
        values[key] = _value(name, key, value if equals else None, fields[key].default)
    try:
        kind(**values)
    except ValueError as problem:
        raise SetupError(f"{name}: {problem}") from None
    return values


def _value(name: str, key: str, text: str | None, default: Any) -> Any:
    """The value of a parameter, of the type that its default has."""
    try:
        if text is not None:
            return type(default)(text)
    except ValueError:
        pass
    kind = type(default).__name__
    raise SetupError(f"{name}: parameter {key} is {text!r}, must be a {kind} such as {key}={default}")
