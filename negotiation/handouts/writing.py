"""Handouts as files: confidential packets each in one of its own, so that none goes to the wrong person by mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from negotiation.case import Case
from negotiation.errors import SetupError
from negotiation.formats import shipped
from negotiation.formats.files import write_whole
from negotiation.handouts.guide import guide
from negotiation.handouts.notes import has_note, note
from negotiation.handouts.packets import form, packet, public
from negotiation.handouts.procedure import USUAL
from negotiation.reports.blocks import Document
from negotiation.reports.pdf import pdf
from negotiation.reports.web import page


def handouts(
    case: Case, protocol: str = USUAL, rounds: int | None = None
) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Yield every handout by name, each made when called for; the briefs tell how the talks go under a protocol."""
    yield "public-brief", lambda: public(case, protocol, rounds)
    yield "outcome-form", lambda: form(case)
    for party, kinds in case.roles.items():
        for kind, role in kinds.items():
            name = f"confidential-{party}" + (f"-{kind}" if len(kinds) > 1 else "")
            yield name.replace("_", "-"), lambda party=party, role=role: packet(case, party, role, protocol, rounds)  # type: ignore[misc]
    yield "teachers-guide", lambda: guide(case)
    if has_note(case.name) and shipped(case.name).digest == case.digest:
        yield "teaching-note", lambda: note(case)


def write(
    case: Case, folder: Path, *, html: bool = False, protocol: str = USUAL, rounds: int | None = None
) -> list[Path]:
    """Write the handouts as PDF, or as HTML pages, and return the paths.

    Raises
    ------
    SetupError
        When the folder cannot be written, or there is no such protocol.
    """
    written = []
    try:
        for name, make in handouts(case, protocol, rounds):
            content = page(make()) if html else pdf(make())
            folder.mkdir(parents=True, exist_ok=True)  # not before what may be refused
            path = folder / f"{case.name}-{name}.{'html' if html else 'pdf'}"
            write_whole(path, content, SetupError)
            written.append(path)
    except OSError as problem:
        raise SetupError(f"{folder}: {problem.strerror}") from None
    return written
