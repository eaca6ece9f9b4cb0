"""The accounts that see or run a class: shown to all that run it, changed by its maker and by administrators."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.access import may_add, sees
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.sessions import Session
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal


def colleagues(room: Classroom, by: Account, session: Session) -> None:
    """Show the accounts that belong to a class, and how one is added or taken out."""
    accounts = room.accounts.all(by)
    st.html(f"<div><b>{escape(session.by)}</b> <span class='note'>made it</span></div>")
    for account in accounts:
        if account.name != session.by and sees(account, session):
            _colleague(room, by, session, account)
    if not may_add(by, session):
        st.caption(f"{literal(session.by)} decides who belongs to it.")
        return
    others = {account.name: account.role for account in accounts if not sees(account, session)}
    others.pop(session.by, None)
    if not others:
        st.caption("Nobody else has an account here.")
        return
    name = st.selectbox(
        "Add",
        list(others),
        index=None,
        placeholder="A colleague, an assistant, an observer …",
        format_func=among(others, lambda one: f"{one}, {others[one]}"),
        key=f"give-{len(session.given)}",
    )
    if st.button("Add to this class", icon=":material/group_add:", key="give", disabled=name is None):
        attempt(lambda: room.teaching.give(by, session.id, str(name)), f"{name} belongs to this class now.")


def _colleague(room: Classroom, by: Account, session: Session, account: Account) -> None:
    does = "looks" if account.role == "observer" else "runs it"
    with st.container(horizontal=True, vertical_alignment="center", key=f"colleague-{account.name}"):
        st.html(f"<b>{escape(account.name)}</b> <span class='note'>{account.role}, {does}</span>")
        if (
            may_add(by, session)
            and account.name in session.given
            and st.button("Take out", key=f"withdraw-{account.name}", icon=":material/group_remove:", type="tertiary")
        ):
            attempt(
                lambda: room.teaching.withdraw(by, session.id, account.name),
                f"{account.name} does not belong to this class any more.",
            )
