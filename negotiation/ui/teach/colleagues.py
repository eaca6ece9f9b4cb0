"""The accounts that see or run a class: shown to all that run it, changed by its maker and by administrators."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.access import may_add, sees
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.sessions import Session
from negotiation.language import phrase, tr
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal


def colleagues(room: Classroom, by: Account, session: Session) -> None:
    """Show the accounts that belong to a class, and how one is added or taken out."""
    accounts = room.accounts.all(by)
    st.html(f"<div><b>{escape(session.by)}</b> <span class='note'>{tr('made it')}</span></div>")
    for account in accounts:
        if account.name != session.by and sees(account, session):
            _colleague(room, by, session, account)
    if not may_add(by, session):
        st.caption(tr("{who} decides who belongs to it.", who=literal(session.by)))
        return
    others = {account.name: account.role for account in accounts if not sees(account, session)}
    others.pop(session.by, None)
    if not others:
        st.caption(tr("Nobody else has an account here."))
        return
    name = st.selectbox(
        tr("Add"),
        list(others),
        index=None,
        placeholder=tr("A colleague, an assistant, an observer …"),
        format_func=among(others, lambda one: f"{one}, {tr(others[one])}"),
        key=f"give-{len(session.given)}",
    )
    if st.button(tr("Add to this class"), icon=":material/group_add:", key="give", disabled=name is None):
        done = tr("{who} belongs to this class now.", who=name)
        attempt(lambda: room.teaching.give(by, session.id, str(name)), done)


def _colleague(room: Classroom, by: Account, session: Session, account: Account) -> None:
    role = phrase(account.role)
    does = tr("{role}, looks", role=role) if account.role == "observer" else tr("{role}, runs it", role=role)
    with st.container(horizontal=True, vertical_alignment="center", key=f"colleague-{account.name}"):
        st.html(f"<b>{escape(account.name)}</b> <span class='note'>{escape(does)}</span>")
        if (
            may_add(by, session)
            and account.name in session.given
            and st.button(
                tr("Take out"), key=f"withdraw-{account.name}", icon=":material/group_remove:", type="tertiary"
            )
        ):
            attempt(
                lambda: room.teaching.withdraw(by, session.id, account.name),
                tr("{who} does not belong to this class any more.", who=account.name),
            )
