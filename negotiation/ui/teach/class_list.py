"""The list of classes, a new one, and who else may run them."""

from __future__ import annotations

import datetime
from html import escape

import streamlit as st

from negotiation.classroom.accounts import ROLES, Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.ledger import told
from negotiation.classroom.passwords import SHORTEST_PASSWORD
from negotiation.classroom.sessions import Session
from negotiation.errors import NegotiationError
from negotiation.formats import bundled
from negotiation.reports.web import WIDE
from negotiation.ui.common.cases import load
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.pages import brief_title
from negotiation.ui.common.words import counted, literal, people_of
from negotiation.ui.server.identity import KNOWN, cookie
from negotiation.ui.teach.grid import CSS
from negotiation.ui.teach.new_class import create

ABOUT = {
    "administrator": "gives accounts, and sees and runs every class",
    "teacher": "makes classes, and runs them and those of others to which they were added",
    "assistant": "the same, but cannot make a person's name forgotten",
    "observer": "sees the console of classes to which they were added, and changes nothing",
}
SHOWN = 40
"""Classes on the list at a time."""


def class_list(room: Classroom, by: Account) -> None:
    """Draw the front page of an account: its classes, a new one, accounts or password."""
    st.html(f"<style>{CSS}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title("Teach")
        leave(by)
    if by.role == "observer":
        _classes(room, by)
        _second_factor()
        return
    views = (
        ["My classes", "New class", "Accounts"]
        if by.role == "administrator"
        else ["My classes", "New class", "Password"]
    )
    start = "My classes" if room.teaching.all(by) else "New class"
    view = st.segmented_control(
        "What", views, default=start, required=True, key="class_list", label_visibility="collapsed"
    )
    if view == "New class":
        create(room, by)
    elif view == "My classes":
        _classes(room, by)
    else:
        if by.role == "administrator":
            _accounts(room, by)
            _record(room, by)
        _password(room, by)
        _second_factor()


def leave(by: Account) -> None:
    """Show who is logged in, and the button that logs out."""
    st.html(
        f"<form method='post' action='/logout' class='note'>{escape(by.name)}, {by.role} · "
        "<button type='submit' class='quiet'>Log out</button></form>",
        width="content",
    )


def _classes(room: Classroom, by: Account) -> None:
    found = room.teaching.all(by)
    mine = [session for session in found if session.by == by.name]
    others = [session for session in found if session.by != by.name]
    if not found:
        st.info("No class yet. A class takes two minutes to set up.")
    for title, sessions in (("", mine), ("Classes of colleagues", others)):
        if sessions and title:
            st.header(title)
        for session in sessions[:SHOWN]:
            _class(session)
        if len(sessions) > SHOWN:
            st.caption(f"and {counted(len(sessions) - SHOWN, 'older one')}")


def _case(session: Session) -> str:
    """Return what the case of a class is called; one that is not bundled goes by its own name."""
    name = session.settings.case
    return brief_title(load(name).scenario.title) if name in bundled() else name


def _class(session: Session) -> None:
    people = sum(not person.gone for person in session.people.values())
    groups = sum(not group.closed for group in session.groups.values())
    when = _when(session.last)
    kind = "homework" if session.settings.homework else session.phase.called.lower()
    about = f"{kind} · {people_of(people)}, {counted(groups, 'group')} · {_case(session)} · last change {when} · {session.by}"
    with st.container(border=True, key=f"card-class-{session.id}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(session.title)}</b><div class='note'>{escape(about)}</div>")
        if st.button("Open", key=f"open-{session.id}", icon=":material/arrow_forward:"):
            st.query_params["class"] = session.id
            st.rerun()


def _accounts(room: Classroom, by: Account) -> None:
    st.header("Who may run classes here")
    for account in room.accounts.all(by):
        _account(room, by, account)
    with st.form(f"new-account-{len(room.accounts.all(by))}", border=True):  # empty again when the account is there
        st.markdown("**Another account**")
        name = st.text_input("Name")
        role = st.radio(
            "Role", ROLES, index=ROLES.index("teacher"), format_func=among(ROLES, lambda r: f"{r}: {ABOUT[r]}")
        )
        password = st.text_input(
            f"First password (at least {SHORTEST_PASSWORD} characters; to be changed by its owner)",
            type="password",
        )
        if st.form_submit_button("Add the account"):
            attempt(lambda: room.accounts.add(by, name, password, role or "observer"), "The account is there.")


def _account(room: Classroom, by: Account, account: Account) -> None:
    with st.container(border=True, key=f"card-account-{account.name}", horizontal=True, vertical_alignment="center"):
        st.html(f"<b>{escape(account.name)}</b> <span class='note'>{account.role}: {ABOUT[account.role]}</span>")
        if account.name == by.name:
            return
        with st.popover("Remove", icon=":material/person_remove:", key=f"removing-{account.name}"):
            st.write(
                "The account is logged out everywhere and gone. Its classes stay, for administrators and for those who were added to them."
            )
            if st.button("Yes, remove it", key=f"remove-{account.name}"):
                attempt(lambda: room.accounts.remove(by, account.name), "The account is gone.")


def _record(room: Classroom, by: Account) -> None:
    """Show the record of changes to accounts, newest first."""
    with st.expander("Record of accounts", icon=":material/history:"):
        rows = "".join(
            f"<tr><td class='dim'>{_when(row['at'])}</td><td>{escape(row['by'])}</td><td>{escape(told(row))}</td></tr>"
            for row in reversed(room.accounts.record(by)[-SHOWN:])
        )
        st.html(f"{WIDE}<table class='terms trail'><tr><th>when</th><th>who</th><th>what</th></tr>{rows}</table></div>")


def _when(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).astimezone().strftime("%d %b %Y, %H:%M")


def _second_factor() -> None:
    st.link_button("Second factor", "account", icon=":material/key:", type="tertiary")


def _password(room: Classroom, by: Account) -> None:
    with st.form("own-password", clear_on_submit=True, border=True):
        st.markdown("**My own password**")
        old = st.text_input("Password now", type="password")
        new = st.text_input("New password", type="password")
        if st.form_submit_button("Change it, and log me out everywhere"):
            try:
                room.accounts.prove(by.name, old, device=cookie(KNOWN))
                room.accounts.change_password(by, by.name, new)
            except NegotiationError as problem:
                st.error(literal(str(problem)))
            else:
                st.success("Changed. Log in again with the new one.")
