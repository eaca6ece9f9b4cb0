"""The parties: their names, in their order, and what each of them reads."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring import edits
from negotiation.authoring.forgetting import without_party
from negotiation.language import tr
from negotiation.ui.edit.about import parties_of
from negotiation.ui.edit.desk import Desk, heading
from negotiation.ui.edit.order import added, buttons

MOST, LEAST = 12, 2
"""Parties of a case, as its files have them."""


def draw(desk: Desk) -> None:
    """Draw each party with its briefs, and a field for one more."""
    names = parties_of(desk)
    for party, title in names.items():
        with st.container(border=True, key=f"card-edit-party-{party}"):
            heading(title)
            desk.text(tr("Name"), "parties", party, "name", beside=False)
            with st.expander(tr("What everybody reads about them, and what they alone read"), expanded=len(names) < 4):
                desk.text(tr("Public brief"), "parties", party, "public_brief", lines=4, beside=False)
                desk.text(tr("Confidential brief"), "parties", party, "confidential_brief", lines=7, beside=False)
            desk.beside("parties", party)
            buttons(
                desk,
                ("parties", party),
                title,
                lambda document, party=party: without_party(document, party),  # type: ignore[misc]
                removable=len(names) > LEAST,
            )
    if len(names) < MOST and (title := added(desk, tr("One more party"), "party")):
        desk.change(edits.add_party(desk.document, title)[0], fresh=True)
    st.caption(tr("Next: **Tables**, where you choose who must sign, and **Points**, what they want."))
