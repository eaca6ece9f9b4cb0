"""The cases of an experiment, kept with its results: so that these can be read anywhere, and mean what they meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from negotiation.case import Case
from negotiation.errors import LogError, NegotiationError, SetupError
from negotiation.formats import bundled, load
from negotiation.lab.results_folder import whole_bytes

CASES = "cases"
"""The folder of the files, numbered as the plan names them."""


def keep(out: Path, cases: Mapping[str, Case]) -> None:
    """Copy the files of cases into a folder, unless they are there.

    Raises
    ------
    SetupError
        When a file is no longer what was loaded.
    LogError
        When it cannot be copied.
    """
    for number, (name, case) in enumerate(cases.items()):
        file = _file(out, number)
        if file.exists():
            continue
        try:
            file.parent.mkdir(exist_ok=True)
            whole_bytes(file, bundled().get(name, Path(name)).read_bytes())
        except OSError as problem:
            raise LogError(f"{file}: {problem.strerror}") from None
        if load(file, case.variant).digest != case.digest:
            file.unlink()
            raise SetupError(f"{name}: changed while it was read; try again")


def kept(out: Path, names: Sequence[str], variant: str, digests: Mapping[str, object]) -> dict[str, Case]:
    """Return the cases that results were played on, by the names that their plan has for them.

    Parameters
    ----------
    digests
        What the cases were, by name.

    Raises
    ------
    LogError
        When a case is not there any more, or is another one now.
    """
    found = {}
    for number, name in enumerate(names):
        file = _file(out, number)
        try:
            case = load(file if file.exists() else name, variant)
        except NegotiationError as problem:
            raise LogError(f"{out}: the case {name} cannot be read: {problem}") from None
        if case.digest != digests.get(name):
            place = file if file.exists() else f"{name}, of which the folder has no copy,"
            raise LogError(f"{out}: {place} is not what these results were played on")
        found[name] = case
    return found


def _file(out: Path, number: int) -> Path:
    return out / CASES / f"{number}.yaml"
