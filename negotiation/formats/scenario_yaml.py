"""Scenario files in YAML: found, read within limits, and turned into a case, or refused in one clear line."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from negotiation.case import Case
from negotiation.errors import ScenarioError, unknown
from negotiation.formats.build import build
from negotiation.formats.complaints import complaint
from negotiation.formats.files import read_limited
from negotiation.formats.schema import ScenarioFile

LARGEST_FILE = 2**20
DEEPEST = 20
FLAGSHIP = "alliance-2023"


def bundled() -> dict[str, Path]:
    """The cases that come with the package: their files by name, the flagship first."""
    folder = Path(str(resources.files("negotiation") / "scenarios"))
    found = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != FLAGSHIP, name))}


def load(case: str | Path, variant: str = "") -> Case:
    """The case in a file, or a bundled one by name.

    Raises
    ------
    ScenarioError
        One line that names the file, the place in it, what was found there and what was expected.
    """
    known = bundled()
    if str(case) in known:
        return _shipped(str(case), variant)
    path = Path(case)
    nameless = path.suffix not in (".yaml", ".yml") or "\0" in str(path)
    if nameless and not os.path.exists(path):  # unlike Path.exists it takes names that no file can have
        raise ScenarioError(f"{unknown('case', case, known)}, or the path of a scenario file")
    return loads(_text(path), str(path), variant)


@lru_cache(maxsize=32)
def _shipped(name: str, variant: str) -> Case:
    return loads(_text(bundled()[name]), f"{name}.yaml", variant)


def _text(path: Path) -> str:
    data = read_limited(path, LARGEST_FILE, ScenarioError)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ScenarioError(f"{path}: byte {problem.start} is not UTF-8, in which a scenario file is written") from None


def loads(text: str, source: str, variant: str = "") -> Case:
    """The case in the text of a scenario file; `source` is what messages call it."""
    document = parse(text, source)
    try:
        file = ScenarioFile.model_validate(document)
    except ValidationError as problems:
        raise ScenarioError(f"{source}: {complaint(problems)}") from None
    try:
        return build(file, variant)
    except ScenarioError as problem:
        raise ScenarioError(f"{source}: {problem}") from None


def parse(text: str, source: str, what: str = "a case") -> Any:
    """The plain values in YAML text: no aliases, no tags, no keys twice, not too deep."""
    try:
        _guard(text, source)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader, with keys checked
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ScenarioError(f"{source}: {place}not YAML: {problem.problem}") from None
    except yaml.YAMLError as problem:
        raise ScenarioError(f"{source}: not YAML: {' '.join(str(problem).split())}") from None
    except ValueError as problem:
        raise ScenarioError(f"{source}: a value cannot be read: {problem}") from None
    if not isinstance(document, dict):
        found = "nothing" if document is None else type(document).__name__
        raise ScenarioError(f"{source}: holds {found}, must hold the sections of {what}, `format:` first")
    return document


def _guard(text: str, source: str) -> None:
    """Refuse aliases and bottomless nesting before anything is built."""
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


class _Loader(_FAST):  # type: ignore[misc]  # whichever safe loader this PyYAML has
    """A safe loader that refuses keys given twice and dates, which nobody means here."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
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


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_str)
