"""YAML of other programs: data only, read as they read it themselves; no tag makes anything but plain values.

Unlike in files of our own (`yaml_text`) an anchor may be used twice, since programs write equal lists so, and `1:30` is what it
always was to them. What an alias stands for is counted each time, so that a small file cannot grow into a large one.
"""

from __future__ import annotations

from typing import Any

import yaml

from negotiation.errors import ScenarioError
from negotiation.formats.yaml_text import DEEPEST

MOST_NODES = 400_000
"""Values of one file, those behind an alias counted as often as it stands."""

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Data(_FAST):  # type: ignore[misc]  # whichever safe loader this PyYAML has
    """A safe loader that refuses keys given twice and every tag but those of plain values and tuples."""


def document(source: str, data: bytes) -> dict[str, Any]:
    """Return a file of YAML as a mapping of plain values; empty if it holds something else.

    Raises
    ------
    ScenarioError
        When it is not YAML, has a tag that would have to be run, a key twice, or is nested too deep or grows too large.
    """
    try:
        loader = _Data(data.decode("utf-8-sig"))
        try:
            node = loader.get_single_node()
            if node is None:
                return {}
            _count(source, node, {}, [])
            found = loader.construct_document(node)
        finally:
            loader.dispose()
    except UnicodeDecodeError as problem:
        raise ScenarioError(f"{source}: byte {problem.start} is not UTF-8") from None
    except RecursionError:
        raise ScenarioError(f"{source}: nested deeper than {DEEPEST} levels") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ScenarioError(f"{source}: {place}not plain YAML: {problem.problem}"[:400]) from None
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        raise ScenarioError(f"{source}: not plain YAML: {' '.join(str(problem).split())[:300]}") from None
    return found if isinstance(found, dict) else {}


def _count(source: str, node: yaml.Node, known: dict[int, int], above: list[int]) -> int:
    """Return how many values a node stands for, aliases followed, or raise `ScenarioError` if they are too many."""
    if id(node) in known:
        return known[id(node)]
    if id(node) in above or len(above) > DEEPEST:
        found = "an alias inside itself" if id(node) in above else f"nested deeper than {DEEPEST} levels"
        raise ScenarioError(f"{source}: line {node.start_mark.line + 1}: {found}")
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    inner = node.value if isinstance(node, yaml.SequenceNode) else [one for pair in pairs for one in pair]
    total = 1
    for one in inner:
        total += _count(source, one, known, [*above, id(node)])
        if total > MOST_NODES:
            place = f"line {node.start_mark.line + 1}"
            raise ScenarioError(f"{source}: {place}: more than {MOST_NODES:,} values, aliases written out")
    known[id(node)] = total
    return total


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    found: dict[object, object] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        key = tuple(key) if isinstance(key, list) else key
        try:
            hash(key)
        except TypeError:
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark) from None
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key_node.value!r:.60} stands twice", key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _tuple(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> list[object]:
    if not isinstance(node, yaml.SequenceNode):
        raise yaml.constructor.ConstructorError(None, None, "a tuple must be a list", node.start_mark)
    found: list[object] = loader.construct_sequence(node, deep=True)
    return found


_Data.add_constructor("tag:yaml.org,2002:map", _mapping)
_Data.add_constructor("tag:yaml.org,2002:timestamp", _Data.construct_yaml_str)
_Data.add_constructor("tag:yaml.org,2002:python/tuple", _tuple)
