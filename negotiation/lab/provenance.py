"""What made results: code, libraries, machine, cases and strategy files, so that nothing else goes on with them unseen."""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from negotiation import __version__
from negotiation.case import Case
from negotiation.errors import LogError, SetupError
from negotiation.lab.folder import whole_text

VERSIONS = "versions.json"

FOLDER = Path(__file__).parents[1]

APART = (
    *("cli.py", "__main__.py", "classroom/", "commands/", "debrief/", "documents/", "handouts/", "ui/"),
    *(
        f"lab/{name}.py"
        for name in (
            *("charts", "cluster", "counting", "crowd", "estimates", "knocking", "lanes", "maps", "methods"),
            *("prose", "remarks", "report", "runner", "sensitivity", "standings", "summary", "tally", "trial"),
        )
    ),
)
"""Sources on which no result depends: they show, teach, ask, or hand out work. Whatever is new counts until it stands here."""

OURS = ("negmas.sao", "negmas_genius_agents")
"""Modules of NegMAS itself, whose version says what they do."""


def made(cases: Mapping[str, Case], files: Mapping[str, str]) -> dict[str, Any]:
    """All that decides what comes of a plan, besides the plan: what goes on with results must have the same."""
    return {
        "negotiation": __version__,
        "code": code(),
        **machine(),
        "cases": {name: case.digest for name, case in cases.items()},
        "files": dict(files),
    }


def machine() -> dict[str, str]:
    """What compiles the games, and for what."""
    return {"numba": metadata.version("numba"), "platform": f"{platform.system()} {platform.machine()}"}


@lru_cache
def code() -> str:
    """SHA-256 of the sources of this package on which results depend."""
    texts = hashlib.sha256()
    for name, path in sources():
        texts.update(f"{name}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return texts.hexdigest()


def sources() -> Iterator[tuple[str, Path]]:
    """These sources, with their names within the package, in order."""
    for path in sorted(FOLDER.rglob("*.py")):
        name = path.relative_to(FOLDER).as_posix()
        if not name.startswith(APART):
            yield name, path


def revision() -> str:
    """The git revision of this package, `-dirty` behind it if files differ; empty where it is in no repository."""
    asked = (["ls-files", "--error-unmatch", "__init__.py"], ["describe", "--always", "--dirty", "--abbrev=40"])
    try:
        said = [
            subprocess.run(["git", "-C", str(FOLDER), *words], capture_output=True, check=True, text=True).stdout  # noqa: S603, S607
            for words in asked
        ]
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said[-1].strip()


def files(texts: Iterable[str]) -> dict[str, str]:
    """What is behind strategies that are not of this package, by file or `negmas:CLASS`: a digest or version.

    Raises
    ------
    SetupError
        When a file cannot be read.
    """
    found: dict[str, str] = {}
    for name in sorted({source(text) for text in texts} - {""}):
        found[name] = _negmas(name) if name.startswith("negmas:") else digest(Path(name))
    return found


def source(text: str) -> str:
    """Where the strategy that a text names comes from, as `files` calls it; empty for one of this package."""
    name = text.partition(":")[0]
    return text if name == "negmas" else name if name.endswith(".py") else ""


def digest(path: Path) -> str:
    """SHA-256 of a Python file and of those beside it that it imports, directly or through each other.

    Raises
    ------
    SetupError
        When the file cannot be read.
    """
    with suppress(ValueError):  # a name that no file can have: reading it says so
        path = path.resolve()  # what is loaded, and what stands beside that
    home, texts, waiting = path.parent, {}, [path]
    while waiting:
        file = waiting.pop()
        try:
            texts[file] = file.read_bytes()
        except OSError as problem:
            raise SetupError(f"{file}: {problem.strerror}") from None
        except ValueError as problem:  # a name that no file can have
            raise SetupError(f"{str(file)!r}: {problem}") from None
        waiting += {near for near in _imported(texts[file], file, home) if near not in texts}
    whole = hashlib.sha256()
    for file in sorted(texts):
        whole.update(f"{file.relative_to(home).as_posix()}\0{len(texts[file])}\0".encode() + texts[file])
    return whole.hexdigest()


def _imported(text: bytes, file: Path, home: Path) -> Iterator[Path]:
    """The files below a folder that a Python file may import."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):  # whoever imports it says so
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names, base = [one.name for one in node.names], home
        elif isinstance(node, ast.ImportFrom):
            inner = [node.module] if node.module else []
            names = [*inner, *(".".join([*inner, one.name]) for one in node.names)]
            base = [home, *file.parents][min(node.level, len(file.parents))]
        else:
            continue
        for name in names:
            steps = name.split(".")
            for depth in range(1, len(steps) + 1):
                there = base.joinpath(*steps[:depth])
                yield from (one for one in (there.with_suffix(".py"), there / "__init__.py") if _below(one, home))


def _below(file: Path, home: Path) -> bool:
    return file.is_relative_to(home) and file.is_file()


def _negmas(name: str) -> str:
    """The version of NegMAS, and what is in the module of a class of somebody else's."""
    from importlib.util import find_spec

    module = name.removeprefix("negmas:").rpartition(".")[0]
    try:
        version = metadata.version("negmas")
        spec = find_spec(module) if module and not module.startswith(OURS) else None
    except (metadata.PackageNotFoundError, ImportError):
        return "not there"
    return f"{version} {digest(Path(spec.origin))}" if spec and spec.origin else version


def settle(out: Path, mine: Mapping[str, Any], *, begun: bool) -> dict[str, Any]:
    """What a folder says made it, written now if it is new.

    Parameters
    ----------
    mine
        What `made` says here and now.
    begun
        Whether results are there.

    Raises
    ------
    SetupError
        When something else made it, or it no longer says what did.
    LogError
        When it cannot be read or written.
    """
    path = out / VERSIONS
    if path.exists():
        theirs = read(out)
        for what, now in mine.items():
            if theirs.get(what) != now:
                raise SetupError(
                    f"{out}: was begun with other {what} (see {VERSIONS} there); choose another folder"
                    f"{_named(theirs.get(what), now)}"
                )
        return theirs
    if begun:
        raise SetupError(
            f"{out}: holds results, but not what made them ({VERSIONS} is missing); put it back or choose another folder"
        )
    others = {name: metadata.version(name) for name in ("mesa", "numpy", "pyarrow", "scipy")}
    known = {**mine, "git": revision(), "python": platform.python_version(), **others}
    whole_text(path, json.dumps(known, indent=1) + "\n")
    return known


def _named(then: Any, now: Any) -> str:
    """Which of several things have changed, in words; empty if it is one thing."""
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return ""
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    return f". Changed: {', '.join(changed)}"


def agree(begun: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """See that what plays is still what the experiment began with.

    Raises
    ------
    SetupError
        When somebody changed it meanwhile.
    """
    for what in begun:
        if what in now and now[what] != begun[what]:
            raise SetupError(f"{what} changed while games were played; what was finished stays; begin another folder")


def read(out: Path) -> dict[str, Any]:
    """What a folder says made it.

    Raises
    ------
    LogError
        When it does not say, or not in JSON.
    """
    path = out / VERSIONS
    try:
        found = json.loads(path.read_bytes())
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}") from None
    except ValueError:
        raise LogError(f"{path}: is not JSON any more; choose another folder") from None
    if not isinstance(found, dict):
        raise LogError(f"{path}: holds no versions; choose another folder")
    return found


def stamp(versions: Mapping[str, Any]) -> str:
    """What every part of a batch says made it, as JSON."""
    names = ("negotiation", "code", "git", "numba", "platform", "cases", "files")
    return json.dumps({name: versions[name] for name in names if name in versions})
