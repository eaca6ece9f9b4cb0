"""The whole case as YAML, for those who know it: everything can be changed here, and what grids do not show only here."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring.document import from_yaml
from negotiation.errors import ScenarioError
from negotiation.language import tr
from negotiation.ui.common.words import literal
from negotiation.ui.edit.about import kept
from negotiation.ui.edit.desk import Desk, heading, remarks

HEIGHT = 620


def draw(desk: Desk) -> None:
    """Draw the text, which becomes the draft when that is asked for."""
    with st.container(border=True, key="card-edit-yaml"):
        heading(tr("The whole case as YAML"))
        st.markdown(
            tr("Everything that a case can hold, also what the other pages do not show. Comments are not kept.")
        )
        text = st.text_area(tr("YAML"), desk.looked.text, height=HEIGHT, key=desk.key("yaml", desk.draft.steps))
        if st.button(tr("Take this text"), type="primary", icon=":material/check:", disabled=text == desk.looked.text):
            try:
                desk.change(from_yaml(text, tr("this text")), fresh=True)
            except ScenarioError as problem:
                st.error(literal(tr(problem.said)), icon=":material/error:")
        remarks(desk.draft.document, desk.looked.problems)
    kept(desk)
