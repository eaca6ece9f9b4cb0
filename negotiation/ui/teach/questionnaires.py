"""The questionnaires of a class, for its teacher: chosen when it is made, and on the console how many have handed in."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.questionnaires import filled
from negotiation.classroom.sessions import Session
from negotiation.classroom.settings import MOST_ANSWERS, Settings
from negotiation.errors import ScenarioError
from negotiation.formats.questionnaires import (
    LARGEST_QUESTIONNAIRE,
    Questionnaire,
    questionnaire,
    questionnaire_of,
    said,
    standard,
)
from negotiation.language import mark, tr
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal

WHEN = {
    "before": mark("{title} (before the talks)"),
    "after": mark("{title} (after them)"),
    "always": mark("{title} (at any time)"),
}


def ask() -> dict[str, Any]:
    """Draw the part of a form that chooses questionnaires, and return the settings."""
    with st.expander(tr("Questionnaires")):
        own = _own()
        every = {**standard(), **{name: one for name, (one, _) in own.items()}}
        chosen = st.multiselect(
            tr("People are asked"),
            list(every),
            default=list(own),
            select_all=False,
            format_func=among(every, lambda name: _titled(every[name])),
            placeholder=tr("nothing"),
            key=f"create-asked-{','.join(own)}",
        )
        if not chosen:
            return {}
        required = st.multiselect(
            tr("Nobody goes on without"),
            chosen,
            select_all=False,
            format_func=among(chosen, lambda name: literal(said(every[name].title))),
            placeholder=tr("nothing: everybody may leave them out"),
            help=tr("Before the talks, or before the own result is shown. On the console you can let everybody go on."),
            key="create-required",
        )
        fewest = st.number_input(
            tr("Averages are shown of so many answers at least"),
            1,
            MOST_ANSWERS,
            Settings.averages_from,
            help=tr("So that no average shows what one person said about another."),
            key="create-averages",
        )
    texts = {name: own[name][1] if name in own else "" for name in every if name in chosen}
    return {
        "questionnaires": texts,
        "required": [name for name in texts if name in required],
        "averages_from": int(fewest),
    }


def _titled(one: Questionnaire) -> str:
    return tr(WHEN[one.when], title=literal(said(one.title)))


def _own() -> dict[str, tuple[Questionnaire, str]]:
    """Ask for questionnaires of the teacher's own, and return those that can be used, with their texts."""
    files = st.file_uploader(
        tr("Questionnaires of my own (YAML)"),
        type=["yaml", "yml"],
        accept_multiple_files=True,
        max_upload_size=1,
        key="create-questionnaires",
    )
    found = {}
    for file in files:
        text = file.getvalue()[: 4 * LARGEST_QUESTIONNAIRE].decode("utf-8", "replace")
        try:
            one = questionnaire(text, file.name)
        except ScenarioError as problem:
            st.error(literal(tr(problem.said)), icon=":material/error:")
        else:
            found[one.id] = one, text
    return found


def standing(room: Classroom, by: Account, session: Session) -> None:
    """Show how many have handed in each questionnaire, with a button to let everybody go on without one that is required."""
    if not session.settings.questionnaires or not session.people:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="questionnaires"):
        for name, (done, of) in filled(session).items():
            title = literal(said(questionnaire_of(name, session.settings.questionnaires[name]).title))
            st.badge(
                tr("{title}: {done} of {n}", title=title, done=done, n=of),
                icon=":material/assignment_turned_in:" if done == of else ":material/assignment:",
                color="green" if done == of else "gray",
            )
            holds = name in session.settings.required and name not in session.let_go_on and done < of
            if (
                holds
                and by.role != "observer"
                and st.button(tr("Let all go on without: {title}", title=title), key=f"let-{name}", type="tertiary")
            ):
                attempt(partial(room.teaching.let_go_on, by, session.id, name))
