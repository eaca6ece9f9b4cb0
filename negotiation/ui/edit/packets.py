"""What each seat will read: the packet of every role, as it is handed out."""

from __future__ import annotations

import streamlit as st

from negotiation.case import Case
from negotiation.handouts.packets import packet, public
from negotiation.language import tr
from negotiation.reports.blocks import Document
from negotiation.reports.web import page
from negotiation.ui.common import words
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.debrief.document import sections
from negotiation.ui.edit.desk import Desk

EVERYBODY = ""


def draw(desk: Desk) -> None:
    """Draw the choice of a seat, and its packet."""
    case = desk.looked.case
    if case is None:
        st.info(tr("There are packets as soon as nothing is left to mend."), icon=":material/build:")
        return
    seats = {EVERYBODY: tr("Everybody: the public brief")}
    for party, kinds in case.roles.items():
        for kind in kinds:
            told = short(case.scenario, party)
            seats[f"{party}/{kind}"] = f"{told} ({words.kind(case.scenario, party, kind)})" if len(kinds) > 1 else told
    chosen = st.selectbox(
        tr("Whose packet"), list(seats), format_func=among(seats, seats.__getitem__), key="edit-packet"
    )
    document = _document(case, chosen or EVERYBODY)
    st.download_button(
        tr("Download this packet"),
        lambda: page(document),
        file_name=f"{case.name}-{(chosen or 'everybody').replace('/', '-')}.html",
        mime="text/html",
        icon=":material/download:",
    )
    st.caption(document.subtitle)
    sections(document.sections, f"packet-{chosen}")


def _document(case: Case, chosen: str) -> Document:
    party, _, kind = chosen.partition("/")
    return packet(case, party, case.roles[party][kind]) if party else public(case)
