"""The page of a course: its exercises, its people, the gradebook, and what else is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.state import Course
from negotiation.classroom.sessions import Session
from negotiation.language import mark, plural, tr
from negotiation.ui.common.feedback import attempt, flash
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import titled
from negotiation.ui.teach.class_titles import class_title
from negotiation.ui.teach.counts import people_of
from negotiation.ui.teach.course_people import roster
from negotiation.ui.teach.course_settings import settings
from negotiation.ui.teach.gradebook import gradebook
from negotiation.ui.teach.grid import CSS

SECTIONS = (mark("Exercises"), mark("Roster"), mark("Gradebook"), mark("Settings"))


def course_page(room: Classroom, by: Account, course_id: str) -> None:
    """Draw the page of one course."""
    flash()
    st.html(f"<style>{CSS}</style>")
    course = room.desk.see(by, course_id)
    back = f"<a href='?' target='_self'>{tr('all courses and classes')}</a>"
    about = [people_of(len(course.roster)), plural("{n} exercise", "{n} exercises", len(course.exercises))]
    about += [tr("archived")] if course.archived else []
    st.html(
        f"<h1 class='class-title'>{escape(course.title)}</h1><div class='note'>{escape(' · '.join(about))} · {back}</div>"
    )
    views = SECTIONS if by.role != "observer" else ("Exercises", "Gradebook")
    view = st.segmented_control(
        tr("Show"),
        views,
        default="Exercises",
        required=True,
        format_func=among(views, tr),
        key=f"course-view-{course.id}",
        label_visibility="collapsed",
    )
    titled(course.title, tr(view or "Exercises"), tr("Teach"))
    if view == "Roster":
        roster(room, by, course)
    elif view == "Gradebook":
        gradebook(room, by, course)
    elif view == "Settings":
        settings(room, by, course)
    else:
        _exercises(room, by, course)


def _exercises(room: Classroom, by: Account, course: Course) -> None:
    sessions = room.desk.exercises(by, course.id)
    if not sessions:
        st.info(tr("No exercise yet: add a class that you have made, or a copy of one."))
    for session in sessions:
        _exercise(room, by, course, session)
    if by.role == "observer":
        return
    mine = {one.id: class_title(room, one) for one in room.teaching.all(by)}
    free = [one.id for one in room.teaching.all(by) if not one.course]
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, key="card-add"):
        st.markdown(f"## {tr('Add a class')}")
        _add(room, by, course, {one: mine[one] for one in free})
    with right.container(border=True, key="card-copy"):
        st.markdown(f"## {tr('Copy a class')}")
        one = st.selectbox(
            tr("Any class of yours"),
            list(mine),
            index=None,
            placeholder=tr("Which one …"),
            format_func=among(mine, mine.__getitem__),
            key=f"copy-{len(mine)}",
        )
        st.caption(tr("The same case and settings, nobody in it, other dice."))
        if st.button(tr("Copy it"), icon=":material/content_copy:", disabled=one is None, key="copy"):
            attempt(lambda: room.exercises.copy_class(by, str(one), course.id), tr("The copy is there."))


def _add(room: Classroom, by: Account, course: Course, free: Mapping[str, str]) -> None:
    """Draw the list of classes of no course, by id with their titles, and the button that adds one."""
    if not free:
        st.caption(tr("You have no class that belongs to no course: make one under “New class” first."))
        return
    one = st.selectbox(
        tr("A class of no course"),
        list(free),
        index=None,
        placeholder=tr("Which one …"),
        format_func=among(free, free.__getitem__),
        key=f"add-{len(free)}",
    )
    st.caption(tr("From then on only people on the roster join it, with their personal codes."))
    if st.button(tr("Add it"), icon=":material/add:", disabled=one is None, key="add"):
        attempt(lambda: room.desk.add(by, course.id, str(one)), tr("It is an exercise of this course now."))


def _exercise(room: Classroom, by: Account, course: Course, session: Session) -> None:
    there = {person.member for person in session.people.values()}
    came = sum(member.id in there for member in course.roster)
    kind = tr("homework") if session.settings.homework and not session.phase.over else tr(session.phase.called).lower()
    many = tr("{n} of {people} came", n=came, people=people_of(len(course.roster)))
    with st.container(border=True, key=f"card-exercise-{session.id}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(class_title(room, session))}</b><div class='note'>{escape(f'{kind} · {many}')}</div>")
        if st.button(tr("Open"), key=f"open-{session.id}", icon=":material/arrow_forward:"):
            st.query_params.clear()
            st.query_params["class"] = session.id
            st.rerun()
        if by.role == "observer":
            return
        with st.popover(tr("Take out"), icon=":material/remove:", key=f"taking-{session.id}"):
            st.write(tr("It becomes a class of no course. Its people and results stay in it, and leave the gradebook."))
            if st.button(tr("Yes, take it out"), key=f"take-{session.id}"):
                attempt(lambda: room.desk.take_out(by, course.id, session.id), tr("It belongs to no course now."))
