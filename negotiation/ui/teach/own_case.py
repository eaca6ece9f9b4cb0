"""A case of the teacher's own for a new class: a file, or a draft of the editor."""

from __future__ import annotations

import streamlit as st

from negotiation.authoring.document import to_yaml
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.drafts import Drafts
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.language import tr
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import aside

CHOSEN = "create-draft"
"""In the session: the draft with which a new class is to be made."""

FILE = ""


def own_text(room: Classroom, by: Account) -> str | None:
    """Draw the choice between a file and the drafts of this account; return the text of the case, if there is one yet."""
    kept = Drafts(room.store)
    titles = {FILE: tr("A file")} | {one.id: one.title or tr("without a title") for one in kept.of(by.name)}
    chosen = FILE
    if len(titles) > 1:
        wanted = st.session_state.get(CHOSEN)
        chosen = st.selectbox(
            tr("My case"),
            list(titles),
            index=list(titles).index(wanted) if wanted in titles else 0,
            format_func=among(titles, titles.__getitem__),
            key=f"create-draft-{wanted}",
        )
    if chosen:
        return to_yaml(kept.get(by.name, chosen).document)
    st.html(aside("/edit", tr("Or write a case of your own")))
    file = st.file_uploader(tr("Scenario file (YAML)"), type=["yaml", "yml"], max_upload_size=1, key="create-file")
    if file is None:
        st.caption(tr("One YAML file; `negotiation check FILE` says whether it plays. Nothing else is uploaded."))
        return None
    return file.getvalue()[: LARGEST_FILE + 1].decode("utf-8", "replace")
