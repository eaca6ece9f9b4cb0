"""The place of a problem in words: `Nimbus · Cloud contract · Term · weight` in place of a line number or a path."""

from __future__ import annotations

from collections.abc import Iterator

from negotiation.authoring.document import Document, at, words
from negotiation.language import mark, tr

FIELDS = {
    "id": mark("Short name"),
    "title": mark("Title"),
    "name": mark("Name"),
    "teaches": mark("What it teaches"),
    "disclaimer": mark("Note to everybody"),
    "synopsis": mark("In a sentence or two"),
    "public_brief": mark("Public brief"),
    "confidential_brief": mark("Confidential brief"),
    "unit": mark("What a round is called"),
    "start": mark("When it begins"),
    "rounds": mark("Rounds"),
    "delay_cost_per_round": mark("Cost of each round"),
    "about": mark("What it is about"),
    "short": mark("Short title"),
    "signers": mark("Who must sign"),
    "always": mark("Always"),
    "quorum": mark("So many of"),
    "affected": mark("Who looks on"),
    "if_unsigned": mark("If it stays unsigned"),
    "means": mark("What happens then"),
    "adjust": mark("Points without a deal"),
    "options": mark("Options"),
    "weight": mark("Weight"),
    "scores": mark("Scores"),
    "when": mark("When"),
    "effect": mark("Points"),
    "forbid": mark("Cannot go together"),
    "says": mark("What players read"),
    "clock": mark("Clock"),
    "links": mark("Links"),
    "constraints": mark("What cannot be signed together"),
    "parties": mark("Parties"),
    "tables": mark("Tables"),
    "issues": mark("Issues"),
    "preferences": mark("Points"),
    "types": mark("Private types"),
    "variants": mark("Variants"),
    "translations": mark("Translations"),
    "references": mark("Named outcomes"),
}
"""What the fields of a file are called on the pages of the editor."""

SILENT = ("parties", "tables", "issues", "preferences", "links", "constraints", "clock")
"""Sections that say nothing which what stands in them does not say."""


def where(document: Document, path: tuple[str | int, ...]) -> list[str]:
    """Return the place of a path in words, from the whole to the part; none for the whole case."""
    parts = list(_parts(document, path))
    if not parts and path:
        parts = [tr(FIELDS.get(str(path[-1]), str(path[-1])))]
    return list(dict.fromkeys(parts))


def _parts(document: Document, path: tuple[str | int, ...]) -> Iterator[str]:
    for n, key in enumerate(path):
        here, before = path[: n + 1], path[n - 1] if n else ""
        if (
            before == "parties"
            or (path[0] in ("preferences", "types") and n == 1)
            or (path[:-1][-1:] and before in ("adjust", "effect", "delay_cost_per_round", "discount"))
        ):
            yield party(document, str(key))
        elif before in ("tables", "issues"):
            yield words(document, *here, "title") or str(key)
        elif before == "options":
            yield str(at(document, here) or key)
        elif before in ("links", "constraints", "events", "news"):
            yield words(document, *here, "id") or str(key)
        elif isinstance(key, str) and "." in key:
            yield from _issue(document, key)
        elif before == "scores":
            yield _option(document, path[n - 2], str(key))
        elif key not in SILENT and not (n == 0 and key == "types"):
            yield tr(FIELDS[str(key)]) if key in FIELDS else str(key)


def party(document: Document, name: str) -> str:
    """Return what a party is called."""
    return words(document, "parties", name, "name") or name


def _issue(document: Document, key: str) -> Iterator[str]:
    table, _, issue = key.partition(".")
    yield words(document, "tables", table, "title") or table
    yield words(document, "tables", table, "issues", issue, "title") or issue


def _option(document: Document, key: str | int, option: str) -> str:
    table, _, issue = str(key).partition(".")
    return words(document, "tables", table, "issues", issue, "options", option) or option
