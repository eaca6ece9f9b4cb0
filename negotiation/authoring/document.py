"""A case that is being written, as plain nested data: read from YAML, written to it, and changed in copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, cast

from negotiation.formats.yaml_text import dump, parse

Document: TypeAlias = Mapping[str, Any]
"""The sections of a scenario file, as its YAML holds them; never changed in place."""

T = TypeVar("T")

Path: TypeAlias = Sequence[str | int]
"""The keys, and numbers in lists, that lead from the whole to a part."""


def from_yaml(text: str, source: str = "this text") -> Document:
    """Return the data in the text of a scenario file, whether or not it makes a case.

    Raises
    ------
    ScenarioError
        When it is not YAML: the line, and what is wrong there.
    """
    document: Document = _plain(parse(text, source))
    return document


def to_yaml(document: Document) -> str:
    """Return the text of a scenario file; comments are not in it, all else is."""
    return dump(dict(document), width=110)


def _plain(value: Any) -> Any:
    """Return a value whose keys are all text, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def at(document: Any, path: Path, else_: Any = None) -> Any:
    """Return what stands at a path; `else_` where there is nothing."""
    here = document
    for key in path:
        if isinstance(here, Mapping) and key in here:
            here = here[str(key)]
        elif isinstance(here, list) and isinstance(key, int) and 0 <= key < len(here):
            here = here[key]
        else:
            return else_
    return here


def mapping(document: Any, *path: str | int) -> dict[str, Any]:
    """Return the mapping at a path; an empty one where there is none."""
    found = at(document, path)
    return dict(found) if isinstance(found, Mapping) else {}


def listing(document: Any, *path: str | int) -> list[Any]:
    """Return the list at a path; an empty one where there is none."""
    found = at(document, path)
    return list(found) if isinstance(found, list) else []


def words(document: Any, *path: str | int) -> str:
    """Return the text at a path; empty where there is none."""
    found = at(document, path)
    return found if isinstance(found, str) else ""


def put(document: T, path: Path, value: object) -> T:
    """Return the data with a value at a path; mappings on the way are made."""
    return cast("T", _put(document, path, value))


def _put(document: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(document, list) and isinstance(key, int):
        return [_put(inner, rest, value) if n == key else inner for n, inner in enumerate(document)]
    inner = dict(document) if isinstance(document, Mapping) else {}
    inner[str(key)] = _put(inner.get(str(key)), rest, value)
    return inner


def dropped(document: T, path: Path) -> T:
    """Return the data without what stands at a path, if there is anything."""
    home, key = at(document, path[:-1]), path[-1]
    if at(home, [key], _NOTHING) is _NOTHING:
        return document
    if isinstance(home, list):
        return put(document, path[:-1], [inner for n, inner in enumerate(home) if n != key])
    return put(document, path[:-1], {name: inner for name, inner in home.items() if name != key})


_NOTHING = object()


def moved(document: T, path: Path, by: int) -> T:
    """Return the data with an entry of a mapping or a list moved down by so many places, or up; at the ends it stays."""
    whole, key = at(document, path[:-1]), path[-1]
    order = list(range(len(whole))) if isinstance(whole, list) else list(whole)
    place = order.index(key)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    return put(
        document, path[:-1], [whole[n] for n in order] if isinstance(whole, list) else {n: whole[n] for n in order}
    )


def matching(document: Any, *pattern: str | int) -> list[list[str | int]]:
    """Return the paths that fit a pattern, in which `*` stands for any key or number; only those at which something stands.

    Examples
    --------
    >>> matching({"parties": {"a": {"name": "A"}, "b": {}}}, "parties", "*", "name")
    [['parties', 'a', 'name']]
    """
    found: list[list[str | int]] = [[]]
    for part in pattern:
        longer: list[list[str | int]] = []
        for path in found:
            here = at(document, path)
            keys: list[Any] = list(here) if isinstance(here, Mapping) else []
            keys = list(range(len(here))) if isinstance(here, list) else keys
            longer += [[*path, key] for key in keys if part in ("*", key)]
        found = longer
    return found
