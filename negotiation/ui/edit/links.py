"""What hangs together: points for certain options together, also across tables, and what cannot be signed together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from negotiation.authoring import edits, grids
from negotiation.authoring.document import Document, dropped, listing, put, words
from negotiation.authoring.grids import Cell
from negotiation.language import tr
from negotiation.ui.edit.about import parties_of
from negotiation.ui.edit.desk import Desk, heading
from negotiation.ui.edit.order import added, buttons


def draw(desk: Desk) -> None:
    """Draw the links of the case, and what cannot be signed together."""
    options = edits.all_options(desk.draft.document, tr("stays unsigned"))
    st.markdown(
        tr(
            "A **link** gives points to parties when certain options are signed together: at two tables, it ties them. "
            "Of one issue, any of the options chosen will do; of several issues, all must be met."
        )
    )
    for n, link in enumerate(listing(desk.draft.document, "links")):
        _link(desk, n, words(link, "id"), options)
    if title := added(desk, tr("One more link: what is it about?"), "link"):
        first = next(iter(options))
        party = next(iter(parties_of(desk)))
        desk.change(edits.add_link(desk.document, title, edits.pattern([first]), {party: 0}), fresh=True)
    st.header(tr("What cannot be signed together"))
    for n, one in enumerate(listing(desk.draft.document, "constraints")):
        with st.container(border=True, key=f"card-edit-constraint-{n}"):
            heading(words(one, "id").replace("_", " "))
            _pattern(desk, ("constraints", n, "forbid"), options, tr("These options together"))
            _out(desk, "constraints", n, words(one, "id"))
            desk.beside("constraints", n)
    if title := added(desk, tr("One more rule: what is it about?"), "constraint"):
        pair = [key for key in options if not key.endswith("=unsigned")][:1]
        desk.change(edits.add_constraint(desk.document, title, edits.pattern(pair)), fresh=True)


def _link(desk: Desk, n: int, name: str, options: dict[str, str]) -> None:
    with st.container(border=True, key=f"card-edit-link-{n}"):
        heading(name.replace("_", " "))
        _pattern(desk, ("links", n, "when"), options, tr("When these are signed"))
        effect = ("links", n, "effect")
        desk.grid(
            tr("Points of {link}", link=name),
            grids.by_party(desk.draft.document, effect),
            {
                "party": st.column_config.TextColumn(tr("Party"), width=200),
                "points": st.column_config.NumberColumn(tr("Points"), min_value=-1000, max_value=1000),
            },
            lambda document, cells: _effect(document, n, cells),
            ["party"],
            n,
        )
        desk.text(
            tr("What those who score it read"),
            "links",
            n,
            "says",
            "en",
            about=tr("One plain sentence, in English: what happens then, without points."),
            beside=False,
        )
        _out(desk, "links", n, name)
        desk.beside("links", n)


def _effect(document: Document, n: int, cells: Sequence[Cell]) -> Document:
    return grids.with_by_party(document, ("links", n, "effect"), cells)


def _pattern(desk: Desk, path: tuple[str | int, ...], options: dict[str, str], label: str) -> None:
    now = edits.choices(desk.draft.document, path)
    shown = [one for one in now if one in options]
    new = desk.chosen(label, options, shown, *path)
    if sorted(new) != sorted(shown):
        hidden = [one for one in now if one not in options]
        desk.change(put(desk.document, path, edits.pattern([*new, *hidden])))


def _out(desk: Desk, section: str, n: int, name: str) -> None:
    buttons(
        desk, (section, n), name.replace("_", " "), lambda document: dropped(document, [section, n]), removable=True
    )
