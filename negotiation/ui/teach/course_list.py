"""The courses of an account, and a new one."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.state import Course
from negotiation.language import plural, tr
from negotiation.ui.common.feedback import attempt
from negotiation.ui.teach.counts import day, people_of

COURSE = "course"
"""The query parameter that names a course."""


def courses(room: Classroom, by: Account) -> None:
    """Draw the list of courses, those put away below, and the form of a new one."""
    found = room.desk.all(by)
    if not found:
        st.info(tr("No course yet. A course holds the people of a term, their exercises, and a gradebook."))
    for course in found:
        if not course.archived:
            _card(course)
    if by.role != "observer":
        with st.form("new-course", border=True, clear_on_submit=True):
            title = st.text_input(tr("Title of a new course"), placeholder=tr("Negotiation, spring term"))
            if st.form_submit_button(tr("Make the course"), icon=":material/add:"):
                attempt(lambda: _open(room.desk.create(by, title).id))
    if away := [course for course in found if course.archived]:
        with st.expander(tr("Archived courses"), icon=":material/inventory_2:"):
            for course in away:
                _card(course)


def _open(course: str) -> None:
    st.query_params[COURSE] = course


def _card(course: Course) -> None:
    exercises = plural("{n} exercise", "{n} exercises", len(course.exercises))
    about = [people_of(len(course.roster)), exercises, tr("last change {when}", when=day(course.last)), course.by]
    with st.container(border=True, key=f"card-course-{course.id}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(course.title)}</b><div class='note'>{escape(' · '.join(about))}</div>")
        if st.button(tr("Open"), key=f"open-{course.id}", icon=":material/arrow_forward:"):
            _open(course.id)
            st.rerun()
