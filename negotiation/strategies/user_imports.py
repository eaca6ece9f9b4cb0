"""Imports of a user's Python file: the files beside it that its text names, in a namespace of their own.

Only what the texts name is ever imported, from the very bytes that were read: so the files that say in results what
made them are those that play. Two files with neighbours of the same name have nothing to do with each other.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import importlib.util
import os
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader, all_suffixes
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from negotiation.errors import SetupError
from negotiation.formats.files import read_limited

OTHERS = {*sys.stdlib_module_names, "mesa", "negmas", "negotiation", "numba", "numpy", "scipy"}
"""What strategies are made of: no file that happens to have such a name stands in for it."""

LARGEST = 64 * 2**20
"""Bytes of one Python file."""

WORDS = re.compile(r"\.*[^\W\d]\w*(\.[^\W\d]\w*)*")
"""A text in a file that may be the name of a module, such as `importlib.import_module` takes."""


def texts(path: Path) -> dict[Path, bytes]:
    """Return a Python file and those beside and below it that it names, directly or not, with their contents.

    Named is what stands in an import anywhere in the text, in a function too, or as a text of its own in quotes.

    Raises
    ------
    SetupError
        When the file cannot be read.
    """
    home, found, waiting = path.parent, dict[Path, bytes](), [path]
    listed = cache(lambda folder: {name.partition(".")[0] for name in os.listdir(folder)})
    while waiting:
        file = waiting.pop()
        found[file] = read_limited(file, LARGEST, SetupError)
        folders = [folder for folder in file.parents if folder.is_relative_to(home)]
        for level, name in _named(found[file]):
            top = name.partition(".")[0]
            if level == 0 and top in OTHERS:
                continue
            bases = [home] if level == 0 else folders if level is None else folders[level - 1 : level]
            waiting += {
                near for base in bases if top in listed(base) for near in _files(base, name) if near not in found
            }
    return found


@lru_cache(maxsize=256)
def _named(text: bytes) -> frozenset[tuple[int | None, str]]:
    """Return the names of modules in a Python text, each with how many folders up it begins; None: in any of them."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # whoever imports it says so
        return frozenset()
    found: set[tuple[int | None, str]] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {(0, one.name) for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = [node.module] if node.module else []
            found |= {(node.level, ".".join([*inner, one.name])) for one in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = node.value.removesuffix(".py").replace("/", ".")
            found |= {(None, word.lstrip("."))} if WORDS.fullmatch(word) else set()
    return frozenset(found)


def _files(base: Path, name: str) -> Iterator[Path]:
    """Yield the files that importing a name from a folder may read."""
    steps = name.split(".")
    for depth in range(1, len(steps) + 1):
        there = base.joinpath(*steps[:depth])
        for one in (there.with_name(f"{there.name}.py"), there / "__init__.py"):
            if os.path.isfile(one):  # unlike Path.is_file it takes names that no file can have
                yield one


class Namespace:
    """A user's file and its neighbours as modules that nobody else sees, read once.

    Attributes
    ----------
    root
        The name under which all of them stand, made from the place of the file and from what they hold.
    main
        The name of the module of the file itself.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.home, self.texts = path, path.parent, texts(path)
        whole = sha256(str(path).encode("utf-8", "surrogateescape"))
        for file in sorted(self.texts):
            whole.update(str(file).encode("utf-8", "surrogateescape") + sha256(self.texts[file]).digest())
        stem = path.stem.replace(".", "-")
        self.root = f"{stem}_{whole.hexdigest()[:12]}"
        self.main = f"{self.root}.{stem}"
        self.builtins = {**vars(builtins), "__import__": self.imported}
        self.importlib = _Importlib(self)
        self._mine: dict[str, bool] = {}

    def load(self) -> ModuleType:
        """Return the module of the file, run now, and its neighbours with it: nothing is left of games before."""
        with LOADING:
            for name in [name for name in sys.modules if f"{name}.".startswith(f"{self.root}.")]:
                del sys.modules[name]
            FINDER.spaces[self.root] = self
            if FINDER not in sys.meta_path:
                sys.meta_path.insert(0, FINDER)  # before the one that would look into the folders itself
            return importlib.import_module(self.main)

    def imported(
        self,
        name: str,
        theirs: dict[str, Any] | None = None,
        local: Any = None,
        wanted: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        """Return what an `import` in the user's files gives, whenever it is reached: a neighbour, else the usual."""
        top = name.partition(".")[0]
        itself = theirs is not None and theirs.get("__name__") == self.main and top == self.path.stem
        if level or itself or not self.has(top):
            found = builtins.__import__(name, theirs, local, wanted or (), level)
            return self.importlib if found is importlib else found
        found = builtins.__import__(f"{self.root}.{name}", theirs, local, wanted or (), 0)
        return found if wanted else sys.modules[f"{self.root}.{top}"]

    def has(self, top: str) -> bool:
        """Return whether a name without dots is that of a neighbour."""
        if top not in self._mine:
            below = any((self.home / top) in file.parents for file in self.texts)
            self._mine[top] = bool(top) and top not in OTHERS and (below or bool(_beside(self.home / top)))
        return self._mine[top]

    def spec(self, name: str) -> ModuleSpec | None:
        """Return where a module below the root is.

        Raises
        ------
        ImportError
            When it is there, but nobody could know from the texts that it is imported.
        """
        if name == self.main:
            return self._source(name, self.path)
        there = self.home.joinpath(*name.split(".")[1:])
        for file in (there / "__init__.py", there.with_name(f"{there.name}.py")):
            if file in self.texts and there != self.home:
                return self._source(name, file)
        if there == self.home or any(there in file.parents for file in self.texts):
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(there)]
            return spec
        if unseen := _beside(there):
            raise ImportError(
                f"{unseen.relative_to(self.home).as_posix()} stands beside {self.path.name}, but is not named in an import "
                "there: results could not say what made them; write out `import` and its name, of a file in Python",
                name=name,
            )
        return None

    def _source(self, name: str, file: Path) -> ModuleSpec:
        spec = ModuleSpec(name, _Loader(name, str(file), self), origin=str(file), is_package=file.name == "__init__.py")
        spec.has_location = True  # gives it its `__file__`
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(file.parent))
        return spec


def _beside(there: Path) -> Path | None:
    """Return the file that Python would import from a place, if any."""
    places = [there / "__init__.py", *(there.with_name(f"{there.name}{suffix}") for suffix in all_suffixes())]
    return next((place for place in places if os.path.isfile(place)), None)


class _Loader(SourceFileLoader):
    """A loader that runs the bytes that were read, even if the file has changed, and answers imports in them."""

    def __init__(self, name: str, path: str, space: Namespace) -> None:
        super().__init__(name, path)
        self.space = space

    def get_code(self, fullname: str) -> CodeType:
        return _compiled(self.space.texts[Path(self.path)], self.path)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = self.space.builtins
        super().exec_module(module)


@lru_cache(maxsize=256)
def _compiled(text: bytes, path: str) -> CodeType:
    code: CodeType = compile(text, path, "exec", dont_inherit=True)
    return code


class _Importlib(ModuleType):
    """The module that `import importlib` gives the user's files: it also finds their neighbours."""

    def __init__(self, space: Namespace) -> None:
        super().__init__("importlib", importlib.__doc__)
        self._space = space

    def __getattr__(self, name: str) -> object:
        return getattr(importlib, name)

    def import_module(self, name: str, package: str | None = None) -> ModuleType:
        """Return a module as `importlib.import_module` does, or a neighbour of the file by that name."""
        if name.startswith(".") and package:
            name = importlib.util.resolve_name(name, package)
        mine = self._space.has(name.partition(".")[0])
        return importlib.import_module(f"{self._space.root}.{name}" if mine else name)


class _Finder(MetaPathFinder):
    """A finder of what stands below the roots of namespaces, and of nothing else."""

    def __init__(self) -> None:
        self.spaces: dict[str, Namespace] = {}

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        space = self.spaces.get(fullname.partition(".")[0])
        return None if space is None else space.spec(fullname)


FINDER = _Finder()
LOADING = threading.RLock()
