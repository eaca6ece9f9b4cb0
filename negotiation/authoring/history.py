"""The history of a draft: what changed from one state to the next, as data that can be kept and folded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from negotiation.authoring.document import Document, put

MOST_BACK = 300
"""Changes that can be undone."""

UNDO: Mapping[str, object] = {"do": "undo"}
REDO: Mapping[str, object] = {"do": "redo"}
"""Steps that are no changes of their own."""


@dataclass(frozen=True)
class Draft:
    """A case that is being written, after so many `steps`, with what came before and what was undone.

    `fresh`: after how many steps fields that were filled in before showed something else than what they were filled with.
    """

    document: Document
    past: tuple[Document, ...] = field(default=(), repr=False)
    future: tuple[Document, ...] = field(default=(), repr=False)
    steps: int = 0
    fresh: int = 0

    def after(self, steps: Iterable[Mapping[str, Any]]) -> Draft:
        """Return the draft after further steps; one that cannot be done changes nothing."""
        draft = self
        for step in steps:
            count = draft.steps + 1
            fresh = draft.fresh if step.get("do") == "put" and not step.get("fresh") else count
            draft = replace(draft._after(step), steps=count, fresh=fresh)
        return draft

    def _after(self, step: Mapping[str, Any]) -> Draft:
        match step:
            case {"do": "undo"} if self.past:
                return replace(self, document=self.past[-1], past=self.past[:-1], future=(*self.future, self.document))
            case {"do": "redo"} if self.future:
                return replace(
                    self, document=self.future[-1], past=(*self.past, self.document), future=self.future[:-1]
                )
            case {"do": "put", "parts": parts}:
                document = self.document
                for path, value in parts:
                    document = put(document, path, value)
                return replace(self, document=document, past=(*self.past, self.document)[-MOST_BACK:], future=())
        return self


def step(before: Document, after: Document, *, fresh: bool = False) -> dict[str, Any] | None:
    """Return the step from one state to another: only the parts that differ; None where nothing does.

    `fresh`: it came from no field, so that fields have to be filled anew.
    """
    parts = list(_parts([], before, after))
    return {"do": "put", "parts": parts, **({"fresh": True} if fresh else {})} if parts else None


def _parts(path: list[str | int], before: Any, after: Any) -> Iterator[list[Any]]:
    """Yield the smallest parts that differ, each with its path; where keys or their order differ, the whole around them."""
    if isinstance(before, Mapping) and isinstance(after, Mapping) and list(before) == list(after):
        for key in after:
            yield from _parts([*path, key], before[key], after[key])
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for n, inner in enumerate(after):
            yield from _parts([*path, n], before[n], inner)
    elif type(before) is not type(after) or before != after or list(_keys(before)) != list(_keys(after)):
        yield [path, after]


def _keys(value: Any) -> Iterable[object]:
    return value if isinstance(value, Mapping) else ()
