"""What an author can begin with: a template, a bundled case, a file, or a draft of theirs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from negotiation.authoring.document import to_yaml
from negotiation.authoring.templates import TEMPLATES
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.formats.scenario_yaml import LARGEST_FILE
from negotiation.language import plural, tr
from negotiation.ui.common.cases import load
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal
from negotiation.ui.edit.desk import author, drafts

DRAFT = "draft"
"""The query parameter that names a draft."""


def begin() -> None:
    """Draw the drafts there are, and the ways to begin another."""
    st.title(tr("Write a case"))
    st.markdown(
        tr(
            "Parties, tables, issues, points: as grids, with what is wrong told where it is wrong, and a trial between "
            "agents before anybody plays it. Every change is kept at once."
        )
    )
    _mine()
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, key="card-edit-templates", height="stretch"):
        st.markdown(f"## {tr('From a template')}")
        for name, (title, make) in TEMPLATES.items():
            if st.button(tr(title), icon=":material/note_add:", key=f"edit-template-{name}", width="stretch"):
                _start(lambda make=make: to_yaml(make()))  # type: ignore[misc]
    with right.container(border=True, key="card-edit-others", height="stretch"):
        st.markdown(f"## {tr('From another case')}")
        names = list(bundled())
        name = st.selectbox(
            tr("Case"), names, format_func=among(names, lambda one: load(one).scenario.title), key="edit-bundled"
        )
        if st.button(tr("Begin with a copy"), icon=":material/file_copy:", key="edit-copy"):
            _start(lambda: load(name).text)
        file = st.file_uploader(
            tr("Or a scenario file (YAML)"), type=["yaml", "yml"], max_upload_size=1, key="edit-file"
        )
        if file is not None and st.button(tr("Begin with this file"), icon=":material/upload:", key="edit-upload"):
            _start(lambda: file.getvalue()[: LARGEST_FILE + 1].decode("utf-8", "replace"))
    st.caption(tr("Comments in a file are not kept; all else is, also what the grids do not show."))


def _start(text: Callable[[], str]) -> None:
    try:
        st.query_params[DRAFT] = drafts().begin(author(), text())
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")
        return
    st.session_state["edit-view"] = "about"
    st.rerun()


def _mine() -> None:
    mine = drafts().of(author())
    if not mine:
        return
    with st.container(border=True, key="card-edit-mine"):
        st.markdown(f"## {tr('My drafts')}")
        for one in mine:
            with st.container(horizontal=True, vertical_alignment="center", key=f"edit-draft-{one.id}"):
                st.markdown(f"**{literal(one.title or tr('without a title'))}**", width="stretch")
                st.caption(plural("{n} change", "{n} changes", one.steps), width="content")
                if st.button(tr("Go on"), icon=":material/edit:", key=f"edit-open-{one.id}"):
                    st.query_params[DRAFT] = one.id
                    st.rerun()
                with st.popover(tr("Put away"), icon=":material/delete:"):
                    st.write(tr("This draft is taken off the list. Games and classes made of it stay."))
                    if st.button(tr("Put it away"), key=f"edit-away-{one.id}"):
                        drafts().put_away(author(), one.id)
                        st.rerun()
