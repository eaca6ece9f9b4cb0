"""The teaching note of a case: a Markdown file beside it, with headings that all notes share, read into a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from negotiation.case import Case
from negotiation.errors import ScenarioError, unknown
from negotiation.formats import for_a_course
from negotiation.reports.blocks import Block, Bullets, Document, Grid, Section, Text

HEADINGS = (
    "Aims",
    "Plan",
    "What to expect",
    "The exact picture",
    "Balance",
    "Questions",
    "Common mistakes",
    "Sources",
)
"""What every note tells, in this order."""


def has_note(name: str) -> bool:
    """Return whether a case came with a teaching note."""
    return name in for_a_course()


def note_text(name: str) -> str:
    """Return the teaching note of a case as it is written.

    Raises
    ------
    ScenarioError
        When no note came with the case.
    """
    if not has_note(name):
        raise ScenarioError(f"{unknown('teaching note', name, for_a_course())} (cases with a note)")
    return for_a_course()[name].with_suffix(".md").read_text(encoding="utf-8")


def note(case: Case) -> Document:
    """Return the teaching note of a case; it holds everybody's secrets."""
    return Document(
        f"{case.scenario.title}: teaching note",
        tuple(Section(title, tuple(blocks(text))) for title, text in sections(note_text(case.name)).items()),
        "For the teacher: holds everybody's secrets",
        (case.scenario.disclaimer,) if case.scenario.disclaimer else (),
    )


def sections(text: str) -> dict[str, str]:
    """Return the sections of a note by heading, without its title, remarks for machines left out."""
    plain = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    parts = re.split(r"^## (.+)$", plain, flags=re.MULTILINE)
    return {title.strip(): body.strip() for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs, lists and tables of a section."""
    for part in re.split(r"\n{2,}", text):
        lines = part.splitlines()
        for kind, found in groupby(lines, _kind):
            some = list(found)
            if kind == "|":
                yield _grid(some)
            elif kind == "-":
                yield Bullets(_items(some))
            else:
                yield Text(_plain(" ".join(some)))


def _kind(line: str) -> str:
    return "|" if line.startswith("|") else "-" if line.startswith(("- ", "  ")) else ""


def _items(lines: list[str]) -> tuple[str, ...]:
    return tuple(_plain(one) for one in re.split("^- ", "\n".join(lines), flags=re.MULTILINE) if one.strip())


def _grid(lines: list[str]) -> Grid:
    head, _, *rows = [tuple(_plain(cell) for cell in line.strip("| ").split("|")) for line in lines]
    return Grid(head, tuple(rows), right=True)


def _plain(text: str) -> str:
    """Return a text in one line, strong where it is, without what stands for italics."""
    parts = text.split("**")
    return "**".join(re.sub(r"\s+", " ", part.replace("*", "")) for part in parts).strip()
