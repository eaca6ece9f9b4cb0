"""YAML in and out, for cases and plans alike: what does not read as it looks is refused, or written in quotes."""

from __future__ import annotations

import re
from typing import Any

import yaml

from negotiation.errors import ScenarioError
from negotiation.formats.invisible_characters import UNSEEN, unseen

DEEPEST = 20

WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
BROKEN = re.compile(r"[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?|[-+]?\.inf|\.nan", re.IGNORECASE)
"""Numbers that every reader takes for what they look like."""

NUMBERLIKE = re.compile(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?|[-+]?0[ob][0-9]+")
"""What a person takes for a number, and YAML 1.1 may take for text: `1e2`, `09`, `-.5`."""


def parse(text: str, source: str, what: str = "a case", *, kept: bool = False) -> Any:
    """Return the plain values in YAML text: no aliases, no tags, no keys twice, not too deep.

    Parameters
    ----------
    source, what
        What messages call the text, and what it must hold.
    kept
        Whether the text was taken long ago and is kept with a game: then `012` is 10 still, as it was then. Else
        whatever reads otherwise than it looks is refused: `012` (10), `1:30` (90), `1_0` (10), `1e2` (text), `no` (false),
        and characters that are not seen.

    Raises
    ------
    ScenarioError
        Where it is, and what is wrong there.
    """
    if not kept:
        _readable(text, source)
    try:
        _guard(text, source)
        document = yaml.load(text, Loader=_Kept if kept else _Strict)  # noqa: S506  SafeLoaders, with keys checked
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        wrong = "" if isinstance(problem, _Doubtful) else "not YAML: "
        raise ScenarioError(f"{source}: {place}{wrong}{problem.problem}") from None
    except yaml.YAMLError as problem:
        raise ScenarioError(f"{source}: not YAML: {' '.join(str(problem).split())}") from None
    except ValueError as problem:
        raise ScenarioError(f"{source}: a value cannot be read: {problem}") from None
    if not isinstance(document, dict):
        found = "nothing" if document is None else type(document).__name__
        raise ScenarioError(f"{source}: holds {found}, must hold the sections of {what}, `format:` first")
    return document


def dump(document: object, width: int = 80) -> str:
    """Return plain values as YAML text that `parse` reads back as equal values: every number to the last bit."""
    return yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=width)


def _readable(text: str, source: str) -> None:
    """Raise `ScenarioError` if a text has invisible characters, in comments too."""
    lines = re.sub("\r(?!\n)|\x85", "\n", text).replace("\r", " ")  # what YAML takes for ends of lines
    if found := UNSEEN.search(lines):
        line, column = lines.count("\n", 0, found.start()) + 1, found.start() - lines.rfind("\n", 0, found.start())
        raise ScenarioError(f"{source}: line {line}, column {column}: {_without(found[0])}")


def _without(text: str) -> str:
    """Return the message about a text that holds an invisible character."""
    return f"holds {unseen(text)}, which nobody sees; take it out"


def _guard(text: str, source: str) -> None:
    """Raise `ScenarioError` for aliases and bottomless nesting, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_FAST):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ScenarioError(
                f"{source}: line {line}: YAML anchors and aliases (& and *) are not allowed; write it out"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ScenarioError(f"{source}: line {line}: nested deeper than {DEEPEST} levels")


_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Kept(_FAST):  # type: ignore[misc]  # whichever safe loader this PyYAML has
    """A safe loader that refuses keys given twice and dates, which nobody means here."""


class _Strict(_Kept):
    """A loader like `_Kept` that also refuses what reads otherwise than it looks."""


class _Doubtful(yaml.constructor.ConstructorError):
    """A value that reads otherwise than it looks."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
    seen: dict[str, int] = {}
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
        line = key_node.start_mark.line + 1
        if key_node.value in seen:
            first = seen[key_node.value]
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key_node.value!r} stands in line {first} already", key_node.start_mark
            )
        seen[key_node.value] = line
    return {loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value}


def _switch(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> bool:
    value: bool = loader.construct_yaml_bool(node)
    if node.value.lower() not in ("true", "false"):
        raise _doubt(node, str(value).lower(), f"write {str(value).lower()}, or put it in quotes if the word is meant")
    return value


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    value: int = loader.construct_yaml_int(node)
    if not WHOLE.fullmatch(node.value):
        raise _doubt(node, f"{value}", "write the number without a leading 0, _ or :, or put it in quotes")
    return value


def _broken(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    value: float = loader.construct_yaml_float(node)
    if not BROKEN.fullmatch(node.value):
        raise _doubt(node, f"{value!r}", "write the number without a leading 0, _ or :, or put it in quotes")
    return value


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    value: str = loader.construct_yaml_str(node)
    if unseen(value):
        raise _Doubtful(None, None, _without(value), node.start_mark)
    if not node.style and NUMBERLIKE.fullmatch(value):
        raise _doubt(node, "text", "write the number out (100, 0.5), or put it in quotes if text is meant")
    return value


def _doubt(node: yaml.ScalarNode, read: str, instead: str) -> _Doubtful:
    return _Doubtful(None, None, f"YAML reads {node.value[:40]} as {read[:40]}: {instead}", node.start_mark)


_Kept.add_constructor("tag:yaml.org,2002:map", _mapping)
_Kept.add_constructor("tag:yaml.org,2002:timestamp", _Kept.construct_yaml_str)
_Strict.add_constructor("tag:yaml.org,2002:bool", _switch)
_Strict.add_constructor("tag:yaml.org,2002:int", _whole)
_Strict.add_constructor("tag:yaml.org,2002:float", _broken)
_Strict.add_constructor("tag:yaml.org,2002:str", _text)


class _Plain(yaml.SafeDumper):
    """A dumper without anchors that quotes every text that could be taken for a number."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if NUMBERLIKE.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _quoted)
