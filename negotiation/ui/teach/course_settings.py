"""What else is decided about a course: guests, colleagues, copies, archive, deletion; and the record of it all."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.desk import owns
from negotiation.classroom.courses.forgetting import delete, forget
from negotiation.classroom.courses.state import Course
from negotiation.classroom.courses.trail import author, told
from negotiation.language import mark, plural, tr
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal
from negotiation.ui.teach.audit_trail import LASTS, table
from negotiation.ui.teach.class_titles import class_title
from negotiation.ui.teach.counts import second
from negotiation.ui.teach.course_list import COURSE
from negotiation.ui.teach.course_people import NOT_REACHED

SHOWN = 300
DELETES = mark(
    "The course is gone for everybody, and everybody on its roster is forgotten, in its classes too. The classes stay, of no "
    "course. **This cannot be undone**; a record remains of who did it and when."
)


def settings(room: Classroom, by: Account, course: Course) -> None:
    """Draw what is decided about a course."""
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, key="card-course-access"):
        st.markdown(f"## {tr('Who belongs to it')}")
        allowed = st.toggle(
            tr("Guests may join its classes with a name"),
            value=course.guests,
            key=f"guests-{course.guests}",
            help=tr("Else everybody needs the personal code from the roster."),
        )
        if allowed != course.guests:
            attempt(lambda: room.desk.guests(by, course.id, allowed=allowed))
        _colleagues(room, by, course)
    with right.container(border=True, key="card-course-ends"):
        st.markdown(f"## {tr('Copy, archive, delete')}")
        _ends(room, by, course)
    _record(room, by, course)


def _colleagues(room: Classroom, by: Account, course: Course) -> None:
    st.html(f"<div><b>{escape(course.by)}</b> <span class='note'>{tr('made the course')}</span></div>")
    mine = owns(by, course)
    for name in sorted(course.given):
        with st.container(horizontal=True, vertical_alignment="center", key=f"course-colleague-{name}"):
            st.html(f"<b>{escape(name)}</b>")
            if mine and st.button(
                tr("Take out"), key=f"course-withdraw-{name}", icon=":material/group_remove:", type="tertiary"
            ):
                out = tr("{who} does not belong to this course any more.", who=name)
                attempt(lambda name=name: room.desk.withdraw(by, course.id, name), out)  # type: ignore[misc]
    others = [one.name for one in room.accounts.all(by) if one.name not in (course.by, *course.given)]
    if not mine or not others:
        return
    chosen = st.selectbox(
        tr("Add"),
        others,
        index=None,
        placeholder=tr("A colleague, an assistant, an observer …"),
        format_func=among(others, str),
        key=f"course-give-{len(course.given)}",
    )
    if st.button(
        tr("Add to this course and its classes"),
        icon=":material/group_add:",
        key="course-give",
        disabled=chosen is None,
    ):
        attempt(lambda: room.desk.give(by, course.id, str(chosen)), tr("{who} belongs to this course now.", who=chosen))


def _ends(room: Classroom, by: Account, course: Course) -> None:
    with st.form("copy-course", border=False):
        title = st.text_input(tr("Title of the copy"), value=tr("{title}, again", title=course.title))
        if st.form_submit_button(tr("Copy the course"), icon=":material/content_copy:"):
            attempt(lambda: _go(room.exercises.copy(by, course.id, title).id), tr("This is the copy."))
    st.caption(
        tr("A copy has exercises with the same cases and settings, and the same weights; nobody is on its roster.")
    )
    with st.container(horizontal=True):
        label, icon = (
            (tr("Take it out of the archive"), ":material/unarchive:")
            if course.archived
            else (tr("Archive it"), ":material/inventory_2:")
        )
        if st.button(label, icon=icon, key=f"archive-{course.archived}"):
            done = (
                tr("It is back among the courses.") if course.archived else tr("It is in the archive; nothing is lost.")
            )
            attempt(lambda: room.desk.archive(by, course.id, away=not course.archived), done)
        if by.role not in ("administrator", "teacher"):
            return
        with st.popover(tr("Forget everybody"), icon=":material/visibility_off:", key="forget-all"):
            st.write(plural("{n} person is forgotten.", "{n} people are forgotten.", len(course.roster)))
            st.write(tr(NOT_REACHED))
            if st.button(tr("Yes, forget everybody for good"), key="forget-all-yes", disabled=not course.roster):
                everybody = [one.id for one in course.members.values() if not one.forgotten]
                attempt(lambda: forget(room.desk, by, course.id, everybody), tr("Everybody is forgotten."))
        if owns(by, course):
            with st.popover(tr("Delete"), icon=":material/delete:", key="delete-course"):
                st.write(tr(DELETES))
                sure = st.text_input(tr("Type the title of the course"), key="delete-title") == course.title
                if st.button(tr("Yes, delete it for good"), key="delete-yes", disabled=not sure):
                    attempt(lambda: _deleted(room, by, course), tr("The course is deleted."))


def _go(course: str) -> None:
    st.query_params[COURSE] = course


def _deleted(room: Classroom, by: Account, course: Course) -> None:
    delete(room.desk, by, course.id)
    st.query_params.clear()


def _record(room: Classroom, by: Account, course: Course) -> None:
    with st.expander(tr("Record of the course"), icon=":material/history:"):
        titles = {one.id: class_title(room, one) for one in room.desk.exercises(by, course.id)}
        found = room.desk.record(by, course.id)[-SHOWN:]
        rows = "".join(
            f"<tr><td class='dim'>{second(fact.at)}</td><td>{escape(author(course, fact))}</td>"
            f"<td>{escape(told(course, fact, titles))}</td></tr>"
            for fact in reversed(found)
        )
        st.html(f"<p class='note'>{tr(LASTS)}</p>{table(rows)}")
        st.caption(literal(tr("Names that were forgotten stand here as pseudonyms.")))
