"""Discovery of strategies and protocols: every file in their folder is found, without a registry to edit."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from typing import TypeVar

Named = TypeVar("Named")


def find(package: str, kind: type[Named]) -> dict[str, type[Named]]:
    """Return the classes of a kind with a `name` of their own in a package and its inner packages, by name, sorted."""
    return dict(_found(package, kind))  # type: ignore[arg-type]  # a class is hashable


@cache
def _found(package: str, kind: type[Named]) -> dict[str, type[Named]]:
    folder = importlib.import_module(package)
    found: dict[str, type[Named]] = {}
    for module in pkgutil.walk_packages(folder.__path__, package + "."):
        for member in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(member) and issubclass(member, kind) and "name" in vars(member):
                found[member.name] = member  # type: ignore[attr-defined]  # `"name" in vars` has just said so
    return dict(sorted(found.items()))
