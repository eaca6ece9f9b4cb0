"""A whole tree of strangers' folders into a tree of scenario files: each domain is imported, or refused with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from negotiation.errors import ScenarioError
from negotiation.formats.files import write_whole
from negotiation.formats.gathering import ENDINGS, gathered
from negotiation.formats.importing import Wish, case_id, cases, whole


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one domain: where it lay, which files were written, or why it was refused."""

    place: Path
    written: tuple[Path, ...] = ()
    refused: str = ""

    def __str__(self) -> str:
        """Return it as one line of a report."""
        if self.refused:
            return f"{self.place}: refused: {self.refused}"
        more = f" and {len(self.written) - 1:,} more" if len(self.written) > 1 else ""
        return f"{self.place}: imported as {self.written[0]}{more}"


def domains(root: Path) -> list[Path]:
    """Return what may hold a domain below a folder, or the file itself: folders with files of some kind, in order of names.

    Raises
    ------
    ScenarioError
        When there is no such folder.
    """
    if root.is_file():
        return [root]
    if not root.is_dir():
        raise ScenarioError(f"{root}: there is no such folder")
    found: list[Path] = []
    for folder, inner, names in os.walk(root):
        inner.sort()
        if whole(Path(folder)):
            inner.clear()
            found.append(Path(folder))
        elif any(Path(name).suffix.lower() in ENDINGS and name[0] not in "._" for name in names):
            found.append(Path(folder))
    return found


def import_tree(
    root: Path, out: Path, wish: Wish, *, force: bool = False, progress: Callable[[int, int], None] | None = None
) -> Iterator[Line]:
    """Import every domain below a folder to the same place below `out`; yield what became of each, refusals too.

    Folders that hold no file of a kind that can be imported, such as those of notes, are passed over.
    """
    places = domains(root)
    for done, place in enumerate(places):
        if progress:
            progress(done, len(places))
        below = place.relative_to(root) if place != root else Path(root.stem if root.is_file() else root.resolve().name)
        try:
            if place.is_dir() and not whole(place) and not _holds(place):
                continue
            yield Line(place, tuple(_written(place, out / below, wish, force=force)))
        except ScenarioError as problem:
            yield Line(place, refused=str(problem))


def _holds(place: Path) -> bool:
    try:
        return bool(gathered(place))
    except ScenarioError as problem:
        if "holds no domain" in str(problem):
            return False
        raise


def _written(place: Path, out: Path, wish: Wish, *, force: bool) -> Iterator[Path]:
    """Yield the files of a domain as they are written: none before all of its cases are known to be sound."""
    name = case_id(out.name)
    files = {_file(out, name, called): text for called, text in cases([place], name, wish)}
    for file in files:
        if file.exists() and not force:
            raise ScenarioError(f"{file}: exists already; --force replaces it")
    for file, text in files.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ScenarioError(f"{file.parent}: cannot be made: {problem.strerror}") from None
        write_whole(file, text, ScenarioError)
        yield file


def _file(out: Path, name: str, called: str) -> Path:
    """Return where a case goes: beside its like, or into a folder of its own where a domain makes several."""
    if called == name:
        return out.parent / f"{out.name}.yaml"
    return out / f"{called.removeprefix(name).strip('-')}.yaml"
