"""The draft that an author has before them: its fields and grids, what they change, and what is wrong beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import streamlit as st

from negotiation.authoring import edits
from negotiation.authoring.document import Document, at, words
from negotiation.authoring.grids import Cell, changed
from negotiation.authoring.history import step
from negotiation.authoring.places import where
from negotiation.authoring.problems import Looked, Problem, look
from negotiation.classroom.drafts import Drafts
from negotiation.classroom.store import Moved, Store, store
from negotiation.language import mark, tr
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal
from negotiation.ui.server.identity import account_here

WEIGHTS = {"error": mark("To mend"), "warning": mark("Probably a mistake"), "note": mark("Worth knowing")}
"""What remarks of each weight are called."""

CSS = """
[class*="st-key-card-edit"] [data-testid="stMultiSelect"] input { min-width:24px }
.remark { font-size:.86rem; line-height:1.45; margin:.15rem 0; padding-left:.6rem; border-left:3px solid var(--line) }
.remark.error { border-color:var(--bad) } .remark.error b { color:var(--bad) } .remark.warning { border-color:var(--accent) }
"""


def drafts() -> Drafts:
    """Return the drafts of this server."""
    return _drafts(store())


@lru_cache(maxsize=8)
def _drafts(kept: Store) -> Drafts:
    return Drafts(kept)


def author() -> str:
    """Return whose drafts are on this page: the account's, else those of the person at this machine."""
    by = account_here()
    return by.name if by else ""


class Desk:
    """One draft during one run of the page.

    Attributes
    ----------
    draft
        As it is kept.
    document
        With what this run changed: `keep` puts it on disk and draws the page anew.
    looked
        What is wrong with the kept draft, and the case it makes.
    """

    def __init__(self, name: str) -> None:
        self.id = name
        self.draft = drafts().get(author(), name)
        self.document: Document = self.draft.document
        self._fresh = False
        self._local = self._turned()
        self.looked = self._look()

    def _turned(self) -> int:
        """Return how often this draft was changed from elsewhere while it lay here."""
        seen, turned = st.session_state.get(f"edit-seen-{self.id}", (self.draft.steps, 0))
        turned += self.draft.steps != seen
        st.session_state[f"edit-seen-{self.id}"] = (self.draft.steps, turned)
        return int(turned)

    def _look(self) -> Looked:
        known = st.session_state.get("edit-looked")
        if known is None or known[0] is not self.draft.document:
            known = (self.draft.document, look(self.draft.document))
            st.session_state["edit-looked"] = known
        found: Looked = known[1]
        return found

    def key(self, *parts: object) -> str:
        """Return the key of a field: another once the draft was changed by something else than its fields."""
        return "-".join(map(str, ("edit", self.id[:8], *parts, self.draft.fresh, self._local)))

    def change(self, document: Document, *, fresh: bool = False) -> None:
        """Change the draft; `fresh`: its fields have to be filled anew."""
        self.document, self._fresh = document, self._fresh or fresh

    def keep(self) -> None:
        """Put what this run changed on disk, and draw the page anew if anything was."""
        if made := step(self.draft.document, self.document, fresh=self._fresh):
            self.do(made)

    def do(self, made: Mapping[str, object]) -> None:
        """Add a step to the draft and draw the page anew."""
        try:
            kept = drafts().do(author(), self.id, self.draft.steps, made)
        except Moved:
            st.session_state.flash = tr("This case was changed in another window; here is how it stands now.")
        else:
            st.session_state[f"edit-seen-{self.id}"] = (kept.steps, self._local)
        st.rerun()

    def text(self, label: str, *path: str | int, lines: int = 1, about: str = "", beside: bool = True) -> None:
        """Draw a field for a text, with what is wrong with it beneath."""
        now, key = words(self.draft.document, *path), self.key(*path)
        if lines > 1:
            new = st.text_area(label, now, key=key, height=26 * lines + 18, help=about or None)
        else:
            new = st.text_input(label, now, key=key, help=about or None)
        if new != now:
            self.change(edits.written(self.document, path, new))
        if beside:
            self.beside(*path)

    def number(self, label: str, *path: str | int, least: int = 1, most: int = 10_000, else_: int = 1) -> None:
        """Draw a field for a whole number."""
        now = at(self.draft.document, path, else_)
        shown = min(max(now, least), most) if isinstance(now, int) else else_
        new = int(st.number_input(label, least, most, shown, key=self.key(*path)))
        if new != shown:
            self.change(edits.set_by_party(self.document, path[:-1], str(path[-1]), new))
        self.beside(*path)

    def chosen(
        self, label: str, options: Mapping[str, str], now: Sequence[str], *name: object, about: str = ""
    ) -> list[str]:
        """Draw a choice of several, and return those chosen, in the order of the options."""
        found = st.multiselect(
            label,
            list(options),
            [one for one in now if one in options],
            format_func=among(options, options.__getitem__),
            select_all=False,
            placeholder=tr("Choose"),
            help=about or None,
            key=self.key(*name),
        )
        return [one for one in options if one in found]

    def names(self, label: str, options: Mapping[str, str], *path: str | int, about: str = "") -> None:
        """Draw a choice of several names that stand in a list of the case."""
        found = at(self.draft.document, path)
        now = [one for one in found if one in options] if isinstance(found, list) else []
        new = self.chosen(label, options, now, *path, about=about)
        if sorted(new) != sorted(now):
            self.change(edits.listed(self.document, path, new))
        self.beside(*path)

    def grid(
        self,
        label: str,
        rows: Sequence[Mapping[str, Any]],
        columns: Mapping[str, Any],
        take: Callable[[Document, Sequence[Cell]], Document],
        fixed: Sequence[str] = (),
        number: int = 0,
    ) -> None:
        """Draw a grid; `take` makes of changed cells what they do to the case, `number` tells grids of one label apart."""
        edited = st.data_editor(
            [dict(row) for row in rows],
            key=self.key("grid", label, number),
            column_config=columns,
            disabled=list(fixed),
            hide_index=True,
            num_rows="fixed",
            placeholder="–",
            alt=label,
        )
        if cells := changed(rows, edited):
            self.change(take(self.document, cells))

    def beside(self, *path: str | int) -> None:
        """Show what is wrong at a place and inside of it."""
        remarks(self.draft.document, self.looked.under(*path))


def remarks(document: Document, problems: Sequence[Problem]) -> None:
    """Show problems, each with its place in words."""
    if problems:
        st.html("".join(f"<p class='remark {one.weight}'>{_told(document, one)}</p>" for one in problems))


def _told(document: Document, problem: Problem) -> str:
    place = " · ".join(where(document, problem.path))
    said = escape(tr(problem.said))
    head = f"<b>{escape(tr(WEIGHTS[problem.weight]))}</b>"
    return f"{head} · {escape(place)}: {said}" if place else f"{head} · {said}"


def heading(text: str) -> None:
    """Draw the heading of a card; titles are other people's words."""
    st.markdown(f"## {literal(text)}")
