"""Scenario files in YAML: found, read within limits, and turned into a case, or refused in one clear line."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from negotiation.case import Case
from negotiation.errors import ScenarioError, SetupError, unknown
from negotiation.formats.build import build
from negotiation.formats.cross_references import check_alone
from negotiation.formats.files import read_limited
from negotiation.formats.log import shown
from negotiation.formats.memory_check import LARGEST
from negotiation.formats.schema import ScenarioFile
from negotiation.formats.validation_errors import complaint
from negotiation.formats.yaml_text import parse

LARGEST_FILE = 2**20
FLAGSHIP = "alliance-2023"


def bundled() -> dict[str, Path]:
    """Return the cases that come with the package: their files by name, the flagship first, those of `for_a_course` last."""
    found = {path.stem: path for path in sorted(_folder().glob("*.yaml"))}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != FLAGSHIP, name))} | for_a_course()


def for_a_course() -> dict[str, Path]:
    """Return the short cases of a course that come with the package, each with a teaching note beside it, by name."""
    return {path.stem: path for path in sorted((_folder() / "course").glob("*.yaml"))}


def _folder() -> Path:
    return Path(str(resources.files("negotiation") / "scenarios"))


def load(case: str | Path, variant: str = "") -> Case:
    """Return the case in a file, or a bundled one by name; only for what the user typed: see `shipped`.

    Raises
    ------
    ScenarioError
        When it cannot be loaded; one line names the file, the place, what was found there and what was expected.
    """
    known = bundled()
    if str(case) in known:
        return _shipped(str(case), variant)
    path = Path(case)
    nameless = path.suffix not in (".yaml", ".yml") or "\0" in str(path)
    if nameless and not os.path.exists(path):  # unlike Path.exists it takes names that no file can have
        raise ScenarioError(f"{unknown('case', case, known)}, or the path of a scenario file")
    return loads(_text(path), str(path), variant)


Source: TypeAlias = Case | Path | str
"""A case, or the name or path of one, as a user of this package gives it."""


def case_from(source: Source, variant: str = "") -> Case:
    """Return the case that a user gave, or named.

    Raises
    ------
    SetupError, ScenarioError
        When it is neither, or cannot be loaded.
    """
    if not isinstance(source, Case | Path | str):
        raise SetupError(f"case is {shown(source)}, must be a case, or the name or path of one")
    return source if isinstance(source, Case) else load(source, variant)


def shipped(name: str, variant: str = "") -> Case:
    """Return the bundled case of this name: for names from a log, a database or a page, which must never open a file.

    Raises
    ------
    ScenarioError
        When no case of this name came with the package.
    """
    known = bundled()
    if name not in known:
        raise ScenarioError(f"{unknown('case', name, known)} (those that come with the package)")
    return _shipped(name, variant)


@lru_cache(maxsize=64)
def _shipped(name: str, variant: str) -> Case:
    return loads(_text(bundled()[name]), f"{name}.yaml", variant)


def _text(path: Path) -> str:
    data = read_limited(path, LARGEST_FILE, ScenarioError)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ScenarioError(f"{path}: byte {problem.start} is not UTF-8, in which a scenario file is written") from None


def loads(text: str, source: str, variant: str = "", *, kept: bool = False, most: int = LARGEST) -> Case:
    """Return the case in the text of a scenario file.

    Parameters
    ----------
    source
        The name of the text in messages.
    kept
        Whether a game keeps this text: what was taken then is taken for ever, see `yaml_text.parse`.
    most
        Bytes of memory that the case may take; a server gives less, see `memory_check.LARGEST_UPLOADED`.
    """
    document = parse(text, source, kept=kept)
    try:
        file = ScenarioFile.model_validate(document)
    except ValidationError as problems:
        raise ScenarioError(f"{source}: {complaint(problems)}") from None
    try:
        if not kept:
            check_alone(file)
        return build(file, variant, text, most)
    except ScenarioError as problem:
        raise ScenarioError(f"{source}: {problem}") from None
