"""The list of classes, a new one, and who else may run them."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import ROLES, Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.ledger import KEEPER, told
from negotiation.classroom.passwords import SHORTEST_PASSWORD
from negotiation.classroom.sessions import Session
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.language import mark, phrase, plural, tr
from negotiation.ui.common.cases import load
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.words import literal
from negotiation.ui.server.identity import KNOWN, cookie
from negotiation.ui.teach.audit_trail import table
from negotiation.ui.teach.counts import day, groups_of, people_of
from negotiation.ui.teach.course_list import courses
from negotiation.ui.teach.grid import CSS
from negotiation.ui.teach.new_class import create
from negotiation.ui.teach.own_case import CHOSEN

ABOUT = {
    "administrator": mark("gives accounts, and sees and runs every class"),
    "teacher": mark("makes classes, and runs them and those of others to which they were added"),
    "assistant": mark("the same, but cannot make a person's name forgotten"),
    "observer": mark("sees the console of classes to which they were added, and changes nothing"),
}
MINE, NEW, COURSES = mark("My classes"), mark("New class"), mark("Courses")
SHOWN = 40
"""Classes on the list at a time."""


def class_list(room: Classroom, by: Account) -> None:
    """Draw the front page of an account: its classes, a new one, accounts or password."""
    st.html(f"<style>{CSS}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(tr("Teach"))
        leave(by)
    if by.role == "observer":
        _classes(room, by)
        if room.desk.all(by):
            st.header(tr(COURSES))
            courses(room, by)
        _second_factor()
        return
    views = [MINE, NEW, COURSES, mark("Accounts") if by.role == "administrator" else mark("Password")]
    start = MINE if room.teaching.all(by) and CHOSEN not in st.session_state else NEW
    view = st.segmented_control(
        tr("What"),
        views,
        default=start,
        required=True,
        format_func=among(views, tr),
        key="class_list",
        label_visibility="collapsed",
    )
    if view == NEW:
        create(room, by)
    elif view == MINE:
        _classes(room, by)
    elif view == COURSES:
        courses(room, by)
    else:
        if by.role == "administrator":
            _accounts(room, by)
            _record(room, by)
        _password(room, by)
        _second_factor()


def leave(by: Account) -> None:
    """Show who is logged in, and the button that logs out."""
    st.html(
        f"<form method='post' action='/logout' class='note'>{escape(by.name)}, {tr(by.role)} · "
        f"<button type='submit' class='quiet'>{tr('Log out')}</button></form>",
        width="content",
    )


def _classes(room: Classroom, by: Account) -> None:
    found = room.teaching.all(by)
    mine = [session for session in found if session.by == by.name]
    others = [session for session in found if session.by != by.name]
    if not found:
        st.info(tr("No class yet. A class takes two minutes to set up."))
    for title, sessions in (("", mine), (tr("Classes of colleagues"), others)):
        if sessions and title:
            st.header(title)
        for session in sessions[:SHOWN]:
            _class(session)
        if len(sessions) > SHOWN:
            st.caption(plural("and {n} older one", "and {n} older ones", len(sessions) - SHOWN))


def _case(session: Session) -> str:
    """Return what the case of a class is called; one that is not bundled goes by its own name."""
    name = session.settings.case
    return brief_title(load(name).scenario.title) if name in bundled() else name


def _title(session: Session) -> str:
    """Return the title of a class; the title of a bundled case is told in the reader's language."""
    name = session.settings.case
    return session.heading(load(name).scenario) if name in bundled() else session.title


def _class(session: Session) -> None:
    people = sum(not person.gone for person in session.people.values())
    groups = sum(not group.closed for group in session.groups.values())
    kind = tr("homework") if session.settings.homework else tr(session.phase.called).lower()
    many = tr("{people}, {groups}", people=people_of(people), groups=groups_of(groups))
    about = " · ".join([kind, many, _case(session), tr("last change {when}", when=day(session.last)), session.by])
    with st.container(border=True, key=f"card-class-{session.id}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(_title(session))}</b><div class='note'>{escape(about)}</div>")
        if st.button(tr("Open"), key=f"open-{session.id}", icon=":material/arrow_forward:"):
            st.query_params["class"] = session.id
            st.rerun()


def _accounts(room: Classroom, by: Account) -> None:
    st.header(tr("Who may run classes here"))
    for account in room.accounts.all(by):
        _account(room, by, account)
    with st.form(f"new-account-{len(room.accounts.all(by))}", border=True):  # empty again when the account is there
        st.markdown(f"**{tr('Another account')}**")
        name = st.text_input(tr("Name"))
        role = st.radio(tr("Role"), ROLES, index=ROLES.index("teacher"), format_func=among(ROLES, _role))
        password = st.text_input(
            tr("First password (at least {n} characters; to be changed by its owner)", n=SHORTEST_PASSWORD),
            type="password",
        )
        if st.form_submit_button(tr("Add the account")):
            attempt(lambda: room.accounts.add(by, name, password, role or "observer"), tr("The account is there."))


def _account(room: Classroom, by: Account, account: Account) -> None:
    with st.container(border=True, key=f"card-account-{account.name}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(account.name)}</b> <span class='note'>{escape(_role(account.role))}</span>")
        if account.name == by.name:
            return
        with st.popover(tr("Remove"), icon=":material/person_remove:", key=f"removing-{account.name}"):
            st.write(
                tr(
                    "The account is logged out everywhere and gone. Its classes stay, for administrators and for those "
                    "who were added to them."
                )
            )
            if st.button(tr("Yes, remove it"), key=f"remove-{account.name}"):
                attempt(lambda: room.accounts.remove(by, account.name), tr("The account is gone."))


def _record(room: Classroom, by: Account) -> None:
    """Show the record of changes to accounts, newest first."""
    with st.expander(tr("Record of accounts"), icon=":material/history:"):
        rows = "".join(
            f"<tr><td class='dim'>{day(row['at'])}</td><td>{escape(_author(row['by']))}</td><td>{escape(told(row))}</td></tr>"
            for row in reversed(room.accounts.record(by)[-SHOWN:])
        )
        st.html(table(rows))


def _role(role: str) -> str:
    return tr("{role}: {about}", role=phrase(role), about=phrase(ABOUT[role]))


def _author(by: str) -> str:
    return tr(by) if by == KEEPER else by


def _second_factor() -> None:
    st.link_button(tr("Second factor"), "account", icon=":material/key:", type="tertiary")


def _password(room: Classroom, by: Account) -> None:
    with st.form("own-password", clear_on_submit=True, border=True):
        st.markdown(f"**{tr('My own password')}**")
        old = st.text_input(tr("Password now"), type="password")
        new = st.text_input(tr("New password"), type="password")
        if st.form_submit_button(tr("Change it, and log me out everywhere")):
            try:
                room.accounts.prove(by.name, old, device=cookie(KNOWN))
                room.accounts.change_password(by, by.name, new)
            except NegotiationError as problem:
                st.error(literal(tr(problem.said)))
            else:
                st.success(tr("Changed. Log in again with the new one."))
