"""What is wrong with a case that is being written, and what a careful reader would say of it, each at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from negotiation.authoring.document import Document, Path, at, listing, mapping, to_yaml
from negotiation.authoring.edits import WHOLE, weights
from negotiation.case import Case
from negotiation.errors import ScenarioError, figure
from negotiation.formats import loads
from negotiation.formats.check import findings
from negotiation.formats.memory_check import LARGEST_UPLOADED
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.formats.schema import ScenarioFile
from negotiation.formats.validation_errors import complaints
from negotiation.language import phrase

SOURCE = "the case"


@dataclass(frozen=True)
class Problem:
    """One remark: `error`, `warning` or `note` as in `check`, the path of what it is about, and what is wrong."""

    weight: str
    path: tuple[str | int, ...]
    said: str


@dataclass(frozen=True)
class Looked:
    """A draft that was looked at: its text, what was found, and the case it makes; None where it makes none."""

    text: str
    problems: tuple[Problem, ...]
    case: Case | None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the case cannot be played."""
        return tuple(problem for problem in self.problems if problem.weight == "error")

    def under(self, *path: str | int) -> tuple[Problem, ...]:
        """Return the problems at a place and inside of it."""
        return tuple(problem for problem in self.problems if problem.path[: len(path)] == path)


def look(document: Document) -> Looked:
    """Return what is wrong with a draft: errors of its shape first, all of them; then what it says; then remarks."""
    text = to_yaml(document)
    wrong = tuple(_shape(document)) or tuple(_sums(document)) or tuple(_large(text))
    if wrong:
        return Looked(text, wrong, None)
    try:
        case = loads(text, SOURCE, most=LARGEST_UPLOADED)
        for variant in case.variants:
            loads(text, SOURCE, variant, most=LARGEST_UPLOADED)
    except ScenarioError as problem:
        return Looked(text, (_placed(document, "error", str(problem).removeprefix(f"{SOURCE}: ")),), None)
    found = tuple(
        Problem(one.weight, resolved(document, one.place.partition(" ")[0]) or (), one.said) for one in findings(case)
    )
    return Looked(text, found, case)


def _shape(document: Document) -> Iterator[Problem]:
    try:
        ScenarioFile.model_validate(document)
    except ValidationError as problems:
        for path, said in complaints(problems):
            yield Problem("error", path, said)


def _sums(document: Document) -> Iterator[Problem]:
    """Yield every party whose weights do not sum to 100, and every table that nobody can sign: `build` names the first."""
    for party in mapping(document, "parties") if document.get("scoring", "percent") == "percent" else ():
        total = 0.0
        for weight in weights(document, party).values():
            total += weight
        if party in mapping(document, "preferences") and abs(total - WHOLE) > 1e-6:
            said = phrase("the weights sum to {total}, must be 100", total=figure(total))
            yield Problem("error", ("preferences", party), said)
    for name in mapping(document, "tables"):
        signers = mapping(document, "tables", name, "signers")
        if not (signers.get("always") or signers.get("when") or signers.get("quorum")):
            yield Problem("error", ("tables", name, "signers"), phrase("nobody can sign here; choose who must"))


def _large(text: str) -> Iterator[Problem]:
    if (size := len(text.encode())) > LARGEST_FILE:
        said = phrase("the case has {size:,} bytes, must have at most {most:,}", size=size, most=LARGEST_FILE)
        yield Problem("error", (), said)


def _placed(document: Document, weight: str, text: str) -> Problem:
    """Return a problem told as `path: what is wrong`."""
    place, _, said = text.partition(": ")
    path = resolved(document, place)
    return Problem(weight, (), text) if path is None else Problem(weight, path, said)


def resolved(document: Document, place: str) -> tuple[str | int, ...] | None:
    """Return the path that messages write with dots, as far as it leads somewhere; None where its first key does not exist.

    Keys of sheets have a dot themselves, entries of lists go by their ids.
    """
    path: list[str | int] = []
    parts = place.split(".")
    while parts:
        here = at(document, path)
        if isinstance(here, list):
            ids = [mapping(one).get("id") for one in here]
            key: str | int = ids.index(parts[0]) if parts[0] in ids else -1
            used = 1
        else:
            used = 2 if ".".join(parts[:2]) in mapping(here) and len(parts) > 1 else 1
            key = ".".join(parts[:used])
        if at(document, [*path, key], _NOWHERE) is _NOWHERE:
            return tuple(path) or None
        path, parts = [*path, key], parts[used:]
    return tuple(path)


_NOWHERE = object()


def titled(document: Document, path: Path) -> str:
    """Return what an author calls the thing at a path: its title or name, else its id."""
    found = at(document, path)
    for key in ("title", "name", "id"):
        if isinstance(text := mapping(found).get(key), str) and text:
            return text
    return str(path[-1]) if isinstance(path[-1], str) else str(len(listing(document, *path[:-1])))
