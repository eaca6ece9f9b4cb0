"""Cases that are being written, kept step by step: every change is on disk before the page shows it, undone ones too."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from negotiation.authoring.document import from_yaml, words
from negotiation.authoring.history import Draft
from negotiation.classroom.schema import logs
from negotiation.classroom.store import Store
from negotiation.errors import LogError
from negotiation.language import phrase

KIND = "draft"

GONE = "gone"
"""What a step does that puts a draft away for good; it stays on disk."""

MOST_LISTED = 60
"""Drafts that an author is shown, those begun last first."""

MOST_OPEN = 64
"""Drafts kept in memory; others are folded again from their steps."""


@dataclass(frozen=True)
class Begun:
    """A draft of an author: its id, its title now, and after how many steps."""

    id: str
    title: str
    steps: int


class Drafts:
    """The drafts in a store, each for the account that began it, or (without a name) the person at this machine."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, author: str, text: str) -> str:
        """Begin a draft with the text of a case, and return its id.

        Raises
        ------
        ScenarioError
            When the text is not YAML.
        """
        from_yaml(text)
        with self.store.writing() as write:
            return write.create({"author": author}, kind=KIND, text=text)

    def get(self, author: str, draft: str) -> Draft:
        """Return a draft as it stands.

        Raises
        ------
        LogError
            When this author has no such draft.
        """
        with self.store.reading() as look:
            kind, setup, text = look.head(draft)
            if kind != KIND or setup.get("author") != author:
                raise LogError(phrase("there is no draft {name!r} of yours here", name=draft[:40]))
            with self._lock:
                known = self._open.get(draft)
            known = known or Draft(from_yaml(text))
            steps = look.rows(draft, known.steps)
        if any(step.get("do") == GONE for step in steps):
            raise LogError(phrase("this draft was put away"))
        found = known.after(steps)
        with self._lock:
            self._open[draft] = found
            self._open.move_to_end(draft)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return found

    def do(self, author: str, draft: str, first: int, step: Mapping[str, object]) -> Draft:
        """Add a step after the first `first`, and return the draft after it.

        Raises
        ------
        Moved
            When the draft was changed meanwhile, as from another window; nothing is kept then.
        LogError
            When this author has no such draft.
        """
        self.get(author, draft)
        self.store.append(draft, first, [step])
        return self.get(author, draft)

    def put_away(self, author: str, draft: str) -> None:
        """Put a draft away for good."""
        self.store.append(draft, self.get(author, draft).steps, [{"do": GONE}])

    def of(self, author: str) -> tuple[Begun, ...]:
        """Return the drafts of an author, those begun last first."""
        mine = (logs.c.kind == KIND) & (logs.c.setup == json.dumps({"author": author}))
        query = select(logs.c.id).where(mine).order_by(logs.c.created.desc(), logs.c.id)
        found: list[Begun] = []
        with self.store.reading() as look:
            ids = list(look.connection.execute(query).scalars())
        for one in ids:
            try:
                draft = self.get(author, one)
            except LogError:
                continue
            found.append(Begun(one, words(draft.document, "title"), draft.steps))
            if len(found) == MOST_LISTED:
                break
        return tuple(found)
