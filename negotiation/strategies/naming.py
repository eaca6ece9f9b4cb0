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
from negotiation.strategies.parts import KINDS, Part

PERSON = "person"
"""The name of a seat that no strategy plays."""


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


def built_in(text: str) -> Strategy:
    """The strategy of this package that a text names: nothing is imported for it, whoever wrote the text.

    Raises
    ------
    SetupError
        When it names another, or a parameter does not fit.
    """
    name, known = text.partition(":")[0], strategies()
    if name not in known:
        raise SetupError(f"{unknown('strategy', name, known)} (only the built-in ones play here)")
    return strategy(text)


def outside(path: str) -> dict[str, type[Strategy]]:
    """The strategies that a Python file defines, by class name.

    Raises
    ------
    SetupError
        When there is no such file, it cannot be imported, or holds no strategy.
    """
    file = Path(path)
    if not file.is_file():
        raise SetupError(f"{path}: there is no such file to take strategies from")
    loader = SourceFileLoader(file.stem, path)
    module = ModuleType(file.stem)
    sys.modules[file.stem] = module
    try:
        loader.exec_module(module)
    except Exception as problem:
        raise SetupError(f"{path}: cannot be imported: {type(problem).__name__}: {problem}") from problem
    kinds = {
        name: member
        for name, member in vars(module).items()
        if inspect.isclass(member)
        and issubclass(member, Strategy)
        and member.__module__ == file.stem
        and not inspect.isabstract(member)
    }
    if not kinds:
        raise SetupError(f"{path}: holds no strategy: a class that inherits from negotiation.strategies.Strategy")
    return kinds


def _outside(path: str, name: str) -> type[Strategy]:
    kinds = outside(path)
    if name not in kinds:
        raise SetupError(f"{path}: {unknown('strategy class', name, kinds)}")
    return kinds[name]


def _values(kind: Any, name: str, text: str) -> dict[str, Any]:
    """The arguments that make a strategy of this kind; parts are chosen by name and take parameters too."""
    given: dict[str, str | None] = {}
    for pair in filter(None, text.split(",")):
        word, equals, value = pair.partition("=")
        given[word] = value if equals else None
    fields = _fields(kind)
    chosen = {
        key: _part(name, key, given.pop(key)) if key in given else default
        for key, default in fields.items()
        if isinstance(default, Part)
    }
    own = {key: default for key, default in fields.items() if key not in chosen}
    values: dict[str, Any] = {}
    for key, part in chosen.items():
        theirs = _fields(type(part))
        mine = {k: _value(name, k, given.pop(k), theirs[k]) for k in [k for k in given if k in theirs and k not in own]}
        values[key] = _made(name, type(part), {**{k: getattr(part, k) for k in theirs}, **mine})
    for key, wanted in given.items():
        if key not in own:
            possible = [*fields, *(k for part in chosen.values() for k in _fields(type(part)))]
            raise SetupError(f"{name}: {unknown('parameter', key, dict.fromkeys(possible))}")
        values[key] = _value(name, key, wanted, own[key])
    _made(name, kind, values)
    return values


def _fields(kind: Any) -> dict[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {}


def _made(name: str, kind: Any, values: dict[str, Any]) -> Any:
    try:
        return kind(**values)
    except ValueError as problem:
        raise SetupError(f"{name}: {problem}") from None


def parts(kind: str) -> dict[str, type[Part]]:
    """Every part of a kind (`bidding`, `model` or `accept`), by name."""
    return find("negotiation.strategies", KINDS[kind])


def _part(name: str, key: str, wanted: str | None) -> Part:
    known = parts(key)
    if wanted not in known:
        raise SetupError(f"{name}: {unknown(key, wanted, known)}")
    return known[wanted]()


def _value(name: str, key: str, text: str | None, default: Any) -> Any:
    """The value of a parameter, of the type that its default has."""
    try:
        if text is not None:
            return type(default)(text)
    except ValueError:
        pass
    kind = type(default).__name__
    raise SetupError(f"{name}: parameter {key} is {text!r}, must be a {kind} such as {key}={default}")
