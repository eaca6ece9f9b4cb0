"""The case as a whole: what it is called, what everybody reads, and its clock."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring import edits, grids
from negotiation.authoring.document import at, listing, mapping
from negotiation.authoring.untouched import untouched
from negotiation.language import plural, tr
from negotiation.ui.common.words import literal
from negotiation.ui.edit.desk import Desk, heading


def draw(desk: Desk) -> None:
    """Draw the fields of the case and of its clock."""
    with st.container(border=True, key="card-edit-about"):
        heading(tr("The case"))
        desk.text(tr("Title"), "title")
        desk.text(tr("What everybody reads first"), "public_brief", lines=6)
        desk.text(tr("In a sentence or two"), "synopsis", lines=2)
        _teaches(desk)
        desk.text(tr("Note to everybody"), "disclaimer", about=tr("Say here that names and scores are fictional."))
        desk.text(tr("Short name"), "id", about=tr("For files: small letters, digits and hyphens."))
    with st.container(border=True, key="card-edit-clock"):
        heading(tr("The clock"))
        left, middle, right = st.columns(3)
        with left:
            desk.number(tr("Rounds"), "clock", "rounds", else_=10)
        with middle:
            desk.text(tr("What a round is called"), "clock", "unit", about=tr("In the singular: round, week, day."))
        with right:
            desk.text(tr("When it begins"), "clock", "start")
        st.markdown(tr("**What each further round costs a party**, in points; empty: nothing."))
        cost = ("clock", "delay_cost_per_round")
        desk.grid(
            tr("What each further round costs a party"),
            grids.by_party(desk.draft.document, cost),
            {
                "party": st.column_config.TextColumn(tr("Party"), width=200),
                "points": st.column_config.NumberColumn(tr("Points a round"), min_value=0, max_value=1000),
            },
            lambda document, cells: grids.with_by_party(document, cost, cells),
            ["party"],
        )
        desk.beside(*cost)
    kept(desk)


def _teaches(desk: Desk) -> None:
    now = ", ".join(map(str, listing(desk.draft.document, "teaches")))
    new = st.text_input(
        tr("What it teaches"), now, key=desk.key("teaches"), help=tr("Subjects with commas between them.")
    )
    if new != now:
        entries = [part.strip() for part in new.split(",") if part.strip()]
        desk.change(edits.listed(desk.document, ["teaches"], entries))
    desk.beside("teaches")


def kept(desk: Desk) -> None:
    """Say what the case holds that these pages do not show."""
    found = untouched(desk.draft.document)
    if not found:
        return
    named = ", ".join(f"{name} ({count})" for name, count in found.items())
    st.caption(
        plural(
            "{n} entry is kept as it is; edit it in the YAML: {named}.",
            "{n} entries are kept as they are; edit them in the YAML: {named}.",
            sum(found.values()),
            named=literal(named),
        )
    )


def parties_of(desk: Desk) -> dict[str, str]:
    """Return what each party is called."""
    return {name: str(at(model, ["name"]) or name) for name, model in mapping(desk.draft.document, "parties").items()}
