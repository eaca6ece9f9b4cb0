"""Strategies by name and parameters, as people write them: `boulware:exponent=6` or `mine.py:Mine:pace=2`."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from negotiation.discovery import find
from negotiation.errors import SetupError, unknown
from negotiation.llm.endpoint import endpoint
from negotiation.strategies.base import Strategy
from negotiation.strategies.llm_seat import ModelSeat
from negotiation.strategies.llm_voice import Voiced
from negotiation.strategies.negmas_bridge import NegmasSeat
from negotiation.strategies.parts import KINDS, Part
from negotiation.strategies.policy import policy
from negotiation.strategies.user_files import blamed, classes_of_file

T = TypeVar("T")

PERSON = "person"
"""The name of a seat that no strategy plays."""

TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
"""How people write the value of a parameter that is true or false."""


MODEL = "llm"
"""What stands before the name of a language model, or alone for the one that the operator has chosen."""

VOICED = "voiced"
"""What stands before a strategy that speaks in the words of the operator's model."""


POLICY = "policy"
"""What stands before the file of a policy that somebody has learnt."""


def strategies() -> dict[str, type[Strategy]]:
    """Return every strategy of this package, by name."""
    return find("negotiation.strategies", Strategy)  # type: ignore[type-abstract]  # only subclasses come back


def strategy(text: str) -> Strategy:
    """Return the strategy that a text names, with its parameters set.

    Parameters
    ----------
    text
        `NAME`, `NAME:param=value,...`, `path.py:Class` with or without parameters, `negmas:Class`, `policy:FILE`, `llm:MODEL` with or
        without parameters, or `voiced:NAME` with or without parameters.

    Raises
    ------
    SetupError
        When there is no such strategy, file, class or parameter, or a value does not fit.
    """
    name, _, parameters = text.partition(":")
    if name == "negmas":
        with blamed(text):
            return NegmasSeat(parameters)
    if name == POLICY:
        return policy(parameters)
    if name == MODEL:
        seat = model_seat(parameters)
        endpoint(seat.model)
        return seat
    if name == VOICED:
        endpoint()
        return Voiced(built_in(parameters))
    if name.endswith(".py"):
        inner, _, parameters = parameters.partition(":")
        kind = _chosen(f"{name}: ", "strategy class", inner, classes_of_file(name))
    else:
        kind = _chosen("", "strategy", name, strategies())
    with blamed(text, kind.__module__):
        return kind(**_values(kind, name, parameters))


def model_seat(parameters: str) -> ModelSeat:
    """Return the seat of a language model: `MODEL`, `MODEL,budget=N,...`; whether there is an endpoint is not asked.

    Raises
    ------
    SetupError
        When a parameter does not exist, or a value does not fit.
    """
    model, _, rest = parameters.partition(",")
    return ModelSeat(**{"model": model, **_values(ModelSeat, MODEL, rest)})  # type: ignore[arg-type]  # checked by name


def asks_model(text: str) -> bool:
    """Return whether a text names a strategy that asks a language model."""
    return text.partition(":")[0] in (MODEL, VOICED)


def served(text: str) -> Strategy:
    """Return a strategy that a page may ask for: a built-in one, or the operator's own model as the operator has set it.

    Raises
    ------
    SetupError
        When it names another, another model or other limits included.
    """
    return model_seat("") if text == MODEL else built_in(text)


def built_in(text: str) -> Strategy:
    """Return the strategy of this package that a text names; nothing is imported, even for a hostile text.

    Raises
    ------
    SetupError
        When it names another, or a parameter does not fit.
    """
    name, known = text.partition(":")[0], strategies()
    if name not in known:
        raise SetupError(f"{unknown('strategy', name, known)} (only the built-in ones play here)")
    return strategy(text)


def _chosen(place: str, what: str, name: str, known: dict[str, type[Strategy]]) -> type[Strategy]:
    if name not in known:
        raise SetupError(f"{place}{unknown(what, name, known)}")
    return known[name]


def _values(kind: type[object], name: str, text: str) -> dict[str, object]:
    """Return the arguments that make a strategy of this kind; parts are chosen by name and take parameters too."""
    given: dict[str, str | None] = {}
    for pair in filter(None, text.split(",")):
        word, equals, value = pair.partition("=")
        if word in given:
            raise SetupError(f"{name}: parameter {word} is given twice: {given[word]!r} and {value!r}")
        given[word] = value if equals else None
    fields = _fields(kind)
    chosen = {
        key: _part(name, key, given.pop(key)) if key in given else default
        for key, default in fields.items()
        if isinstance(default, Part)
    }
    own = {key: default for key, default in fields.items() if key not in chosen}
    values: dict[str, object] = {}
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


def _fields(kind: object) -> dict[str, object]:
    """Return the parameters of a kind of strategy or part, with their defaults."""
    return {field.name: field.default for field in parameters(kind)}


def parameters(kind: Any) -> list[dataclasses.Field[Any]]:
    """Return the parameters of a strategy or a part, those that all of them have last; none if it takes none."""
    known = [field for field in dataclasses.fields(kind) if field.init] if dataclasses.is_dataclass(kind) else []
    return sorted(known, key=lambda field: field.kw_only is True)


def _made(name: str, kind: Callable[..., T], values: Mapping[str, object]) -> T:
    try:
        return kind(**values)
    except ValueError as problem:
        raise SetupError(f"{name}: {problem}") from None


def parts(kind: str) -> dict[str, type[Part]]:
    """Return every part of a kind (`bidding`, `model` or `accept`), by name."""
    return find("negotiation.strategies", KINDS[kind])


def _part(name: str, key: str, wanted: str | None) -> Part:
    known = parts(key)
    if wanted not in known:
        raise SetupError(f"{name}: {unknown(key, wanted, known)}")
    return known[wanted]()


def _value(name: str, key: str, text: str | None, default: Any) -> Any:
    """Return the value of a parameter, of the type that its default has."""
    kind = type(default)
    if kind not in (bool, int, float, str):
        raise SetupError(
            f"{name}: parameter {key} cannot be given as text; its default must be a number, a word, True or False"
        )
    if text is not None:
        with suppress(ValueError, KeyError):
            value = TRUTH[text.lower()] if kind is bool else kind(text)
            if kind is not float or not math.isnan(value):
                return value
    raise SetupError(f"{name}: parameter {key} is {text!r}, must be a {kind.__name__} such as {key}={default}")
