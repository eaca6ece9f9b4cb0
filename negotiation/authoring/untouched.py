"""What a case holds that the grids and fields of the editor do not show, and that every edit therefore leaves as it is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from negotiation.authoring.document import Document, mapping
from negotiation.authoring.grids import MOST_SHOWN

SHOWN: dict[str, Any] = {
    **dict.fromkeys(("format", "id", "title", "teaches", "disclaimer", "synopsis", "public_brief")),
    "clock": dict.fromkeys(("unit", "start", "rounds", "delay_cost_per_round")),
    "parties": {"*": dict.fromkeys(("name", "kind", "public_brief", "confidential_brief"))},
    "tables": {
        "*": {
            "title": None,
            "about": None,
            "signers": dict.fromkeys(("always", "quorum")),
            "affected": None,
            "issues": {"*": dict.fromkeys(("title", "options"))},
            "if_unsigned": dict.fromkeys(("means", "adjust")),
        }
    },
    "preferences": {"*": {"*": dict.fromkeys(("weight", "scores"))}},
    "links": {"*": {"id": None, "when": None, "effect": None, "says": {"en": None}}},
    "constraints": {"*": dict.fromkeys(("id", "forbid"))},
}
"""What is shown, by key; `*` is any name or number, None the whole of it."""


def untouched(document: Document) -> dict[str, int]:
    """Return how many entries of each kind are kept as they are, by the key under which they stand in the YAML."""
    found: Counter[str] = Counter()
    _count(document, SHOWN, found)
    for table in mapping(document, "tables").values():
        many = [model for model in mapping(table, "issues").values() if len(mapping(model, "options")) > MOST_SHOWN]
        found.update({"options": sum(len(mapping(model, "options")) for model in many)} if many else {})
    return dict(found)


def _count(value: Any, shown: Any, found: Counter[str]) -> None:
    if shown is None:
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        if key in shown or "*" in shown:
            _count(inner, shown.get(key, shown.get("*")), found)
        elif inner:
            found[str(key)] += len(inner) if isinstance(inner, dict | list) else 1
