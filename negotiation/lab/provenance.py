"""The origin of results: code, libraries, machine, cases and strategy files, so that no others continue them."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, TypedDict

from negotiation import __version__
from negotiation.case import Case
from negotiation.errors import LogError, SetupError
from negotiation.lab.results_folder import whole_text
from negotiation.llm.endpoint import endpoint
from negotiation.strategies.naming import MODEL, POLICY, VOICED, asks_model, strategy
from negotiation.strategies.policy import policy_digest
from negotiation.strategies.user_imports import texts

VERSIONS = "versions.json"

FOLDER = Path(__file__).parents[1]

APART = (
    *("cli.py", "__main__.py", "classroom/", "commands/", "debrief/", "handouts/", "reports/", "ui/", "lab/exploit/"),
    *(
        f"lab/{name}.py"
        for name in (
            *("caveats", "charts", "cluster", "dispatcher", "estimates", "exact_sums", "influence_charts", "lanes"),
            *("methods_section", "ray_health", "report", "runner", "sobol", "standings", "standings_text"),
            *("strategy_check", "summary", "tally"),
            *(
                f"benchmark/{name}"
                for name in ("comparisons", "figures", "page", "ratings", "results", "text", "writing")
            ),
        )
    ),
)
"""Sources on which no result depends: they show, teach, ask, or hand out work. Whatever is new counts until it stands here."""

OURS = ("", "negmas", "negmas_genius_agents")
"""Packages of NegMAS itself, whose version says what they do; where no package is named, one of these is meant."""


class Machine(TypedDict):
    """What compiles the games, and for what."""

    numba: str
    platform: str


class Made(Machine):
    """What decides what comes of a plan: our version and sources, and the digests of cases and of strategy files."""

    negotiation: str
    code: str
    cases: dict[str, str]
    files: dict[str, str]


def made(cases: Mapping[str, Case], files: Mapping[str, str]) -> Made:
    """Return all that decides the results of a plan, besides the plan: results go on only where it is equal."""
    return {
        "negotiation": __version__,
        "code": code(),
        **machine(),
        "cases": {name: case.digest for name, case in cases.items()},
        "files": dict(files),
    }


def machine() -> Machine:
    """Return the versions of what compiles the games, and of the platform."""
    return {"numba": metadata.version("numba"), "platform": f"{platform.system()} {platform.machine()}"}


@lru_cache
def code() -> str:
    """Return the SHA-256 of the sources of this package on which results depend."""
    texts = hashlib.sha256()
    for name, path in sources():
        texts.update(f"{name}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return texts.hexdigest()


def sources() -> Iterator[tuple[str, Path]]:
    """Yield the sources on which results depend, with their names within the package, in order."""
    for path in sorted(FOLDER.rglob("*.py")):
        name = path.relative_to(FOLDER).as_posix()
        if not name.startswith(APART):
            yield name, path


def revision() -> str:
    """Return the git revision of this package, with `-dirty` if files differ; empty where it is in no repository."""
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
    """Return a digest or version of each strategy file, `policy:FILE`, `negmas:CLASS` or `llm:MODEL`: strategies from outside this package.

    Raises
    ------
    SetupError
        When a file cannot be read, or the environment names no endpoint for a model.
    """
    found: dict[str, str] = {}
    for name in sorted({source(text) for text in texts} - {""}):
        if asks_model(name):
            found[name] = _model(name)
        elif name.startswith(f"{POLICY}:"):
            found[name] = policy_digest(name.removeprefix(f"{POLICY}:"))
        else:
            found[name] = _negmas(name) if name.startswith("negmas:") else digest(Path(name))
    return found


def source(text: str) -> str:
    """Return where the strategy that a text names comes from, as `files` calls it; empty for one of this package."""
    name = text.partition(":")[0]
    return text if name in ("negmas", MODEL, POLICY, VOICED) else name if name.endswith(".py") else ""


def digest(path: Path) -> str:
    """Return the SHA-256 of a Python file and those beside it that it can import (see `user_imports.texts`).

    Raises
    ------
    SetupError
        When the file cannot be read.
    """
    with suppress(ValueError):  # a name that no file can have: reading it says so
        path = path.resolve()  # what is loaded, and what stands beside that
    home, found, whole = path.parent, texts(path), hashlib.sha256()
    for file in sorted(found):
        whole.update(f"{file.relative_to(home).as_posix()}\0{len(found[file])}\0".encode() + found[file])
    return whole.hexdigest()


def _model(text: str) -> str:
    """Return which model plays, behind which endpoint (as a digest), and with which limits."""
    asker = strategy(text).asker  # type: ignore[attr-defined]  # both strategies that ask a model have one
    there = endpoint(asker.model)
    return f"{there.model} behind {there.mark}, budget {asker.budget} tokens, timeout {asker.timeout:g} s"


def _negmas(name: str) -> str:
    """Return the version of NegMAS, with a digest of the module or package of a class from elsewhere.

    Raises
    ------
    SetupError
        When it was edited since this process asked first: Python goes on with what it imported then.
    """
    from importlib.util import find_spec

    top = name.removeprefix("negmas:").rpartition(".")[0].partition(".")[0]
    try:
        version = metadata.version("negmas")
        spec = None if top in OURS else find_spec(top)
    except (metadata.PackageNotFoundError, ValueError):  # a module that says nowhere where it is from
        return "not there"
    if top in OURS:
        return version
    if spec is None or not spec.origin:
        return "not there"
    file = Path(spec.origin)
    now = _whole(file.parent) if spec.submodule_search_locations else digest(file)
    if _first.setdefault(top, now) != now and top in sys.modules:
        raise SetupError(f"{file}: was edited after this program had imported it; start the program anew")
    return f"{version} {now}"


_first: dict[str, str] = {}
"""What modules of others held when they were first asked for."""


def _whole(package: Path) -> str:
    """Return the SHA-256 of all sources of a package."""
    whole = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        whole.update(f"{file.relative_to(package).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def settle(out: Path, mine: Mapping[str, object], *, begun: bool) -> dict[str, object]:
    """Return the versions that a folder says made it, written now if it is new.

    Parameters
    ----------
    mine
        The result of `made` here and now.
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


def _named(then: object, now: object) -> str:
    """Return the names of those of several things that have changed, in words; empty if it is one thing."""
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return ""
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    return f". Changed: {', '.join(changed)}"


def agree(begun: Mapping[str, object], now: Mapping[str, object]) -> None:
    """Raise `SetupError` unless what plays is still what the experiment began with.

    Raises
    ------
    SetupError
        When it was changed meanwhile.
    """
    for what in begun:
        if what in now and now[what] != begun[what]:
            raise SetupError(f"{what} changed while games were played; what was finished stays; begin another folder")


def read(out: Path) -> dict[str, Any]:
    """Return the versions that a folder says made it.

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


def stamp(versions: Mapping[str, object]) -> str:
    """Return the versions for every part of a batch, as JSON."""
    names = ("negotiation", "code", "git", "numba", "platform", "cases", "files")
    return json.dumps({name: versions[name] for name in names if name in versions})
