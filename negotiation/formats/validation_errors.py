"""The errors of Pydantic in a file, as one line for the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

from pydantic import BaseModel, ValidationError

from negotiation.formats.schema import ScenarioFile
from negotiation.language import mark, phrase

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LONGEST = 600
"""Characters of a complaint, whatever stands in the file."""

EXPECTED = {
    "missing": mark("is missing"),
    "bool_type": mark("must be true or false"),
    "string_type": mark("must be text"),
    "float_type": mark("must be a number"),
    "int_type": mark("must be a whole number"),
    "dict_type": mark("must be a mapping (`key: value`)"),
    "model_type": mark("must be a mapping (`key: value`)"),
    "list_type": mark("must be a list (`[a, b]`)"),
    "finite_number": mark("must be a finite number"),
    "string_pattern_mismatch": mark("must be a plain name: small letters, digits and _, beginning with a letter"),
}


def complaint(problems: ValidationError, shape: type[BaseModel] = ScenarioFile) -> str:
    """Return the first problem: path, what was found, what was expected; and how many more there are."""
    (place, first), *more = complaints(problems, shape)
    told = f"{'.'.join(map(str, place)) or 'file'}: {first}"
    told = told if len(told) <= LONGEST else told[: LONGEST - 3] + "..."
    return told + (f" (and {len(more)} more)" if more else "")


def complaints(
    problems: ValidationError, shape: type[BaseModel] = ScenarioFile
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield every problem: the keys that lead to it, and what is wrong there."""
    for error in problems.errors(include_url=False):
        place = error["loc"]
        yield (place[:-2] if place[-1:] == ("[key]",) else place), _one(error, shape)


def _one(error: ErrorDetails, shape: type[BaseModel]) -> str:
    place = [str(part) for part in error["loc"]]
    kind, found = error["type"], error["input"]
    if kind == "extra_forbidden":
        keys = _known(place[:-1], shape)
        close = difflib.get_close_matches(place[-1], keys, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"unknown key{hint}; possible: {', '.join(keys)}"
    if kind == "missing":
        return phrase("is missing")
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if isinstance(found, bool) and kind in ("string_type", "string_pattern_mismatch"):
        return f"YAML reads this as {found}; put it in quotes"
    expected = EXPECTED.get(kind) or "must be " + error["msg"].removeprefix("Input should be ")
    if kind in ("too_long", "too_short", "string_too_long"):
        wanted = error["ctx"].get("max_length", error["ctx"].get("min_length"))
        unit = "characters" if isinstance(found, str) else "entries"
        return f"has {len(found)} {unit}, must have {'at most' if 'long' in kind else 'at least'} {wanted}"
    return phrase("is {found}, {expected}", found=_shown(found), expected=phrase(expected))


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _known(place: list[str], shape: type[BaseModel] = ScenarioFile) -> list[str]:
    """Return the keys that are possible at a path."""
    kind: object = shape
    for part in place:
        kind = (
            _inside(kind.model_fields[part].annotation)
            if _is_model(kind) and part in kind.model_fields
            else _inside(kind)
        )
    return list(kind.model_fields) if _is_model(kind) else []


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _inside(kind: object) -> object:
    """Return what a container type holds: the last of its arguments that is a model or holds one."""
    if _is_model(kind):
        return kind
    arguments = [a for a in getattr(kind, "__args__", ()) if a is not type(None)]
    return arguments[-1] if arguments else kind
