"""Groups of those who wait, as a teacher wants them: looked at first; or by a list with roles."""

from __future__ import annotations

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.courses.grouping import Plan
from negotiation.classroom.courses.state import SECTION
from negotiation.classroom.sessions import Session
from negotiation.errors import NegotiationError
from negotiation.language import mark, plural, tr
from negotiation.reports.words import listed
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.words import literal

SHOWN = 40
"""Groups of a plan that are told."""

LIST = mark(
    "CSV with the heads **ID** (or Email, or Name), **Group** and, if you like, **Role**: the people of one group have the "
    "same word there."
)


def group_plans(room: Classroom, by: Account, session: Session) -> None:
    """Draw how groups of those who wait are wanted, the plan, and the way by a list."""
    if not session.lobby or session.settings.homework:
        return
    with st.expander(tr("Groups as you want them"), icon=":material/diversity_3:"):
        _wished(room, by, session)
        st.divider()
        _by_list(room, by, session)


def _wished(room: Classroom, by: Account, session: Session) -> None:
    names = room.courses.get(session.course).attributes if session.course else ()
    attribute = ""
    alike = False
    if names:
        every = ["", *names]
        attribute = (
            st.selectbox(tr("By what the roster says"), every, format_func=among(every, _called), key="plan-by") or ""
        )
    if attribute:
        kinds = {"mixed": mark("mixed in each group"), "alike": mark("alike in each group")}
        alike = (
            st.radio(tr("They are to be"), list(kinds), format_func=among(kinds, lambda one: tr(kinds[one]))) == "alike"
        )
    apart = bool(session.course) and st.checkbox(
        tr("Nobody with whom they have been in this course before"), key="plan-apart"
    )
    even = st.checkbox(
        tr("Groups of about the same size, agents in the free seats (else full groups and a rest)"), key="plan-even"
    )
    if st.button(tr("Look at the groups"), icon=":material/visibility:", key="plan-look"):
        try:
            wish = room.exercises.wish(by, session.id, attribute, alike=alike, apart=apart, even=even)
            st.session_state["plan"] = session.id, session.version, room.exercises.plan(by, session.id, wish)
        except NegotiationError as problem:
            st.error(literal(tr(problem.said)), icon=":material/error:")
    kept = st.session_state.get("plan")
    if kept and kept[:2] == (session.id, session.version):
        _plan(room, by, session, kept[2])


def _called(attribute: str) -> str:
    return literal(attribute) if attribute not in ("", SECTION) else tr("section") if attribute else tr("at random")


def _plan(room: Classroom, by: Account, session: Session, plan: Plan) -> None:
    people = session.people
    told = "\n".join(
        f"1. {literal(listed(sorted(people[who].name for who in group)))}" for group in plan.groups[:SHOWN]
    )
    more = len(plan.groups) - SHOWN
    st.markdown(told + (f"\n\n{tr('and {n} more', n=more)}" if more > 0 else ""))
    if plan.again:
        again = plural(
            "{n} pair has been in one group before; no swap avoids it.",
            "{n} pairs have been in one group before; no swap avoids it.",
            plan.again,
        )
        st.caption(again)
    if st.button(tr("Seat them so"), icon=":material/group_add:", type="primary", key="plan-seat"):
        attempt(lambda: room.exercises.group(by, session.id, plan), tr("Everybody has a place."))


def _by_list(room: Classroom, by: Account, session: Session) -> None:
    text = st.text_area(tr("Or paste a list of groups here"), key=f"group-list-{session.version}", height=100)
    st.caption(tr(LIST))
    if st.button(tr("Seat them by the list"), icon=":material/list:", key="list-seat", disabled=not text.strip()):

        def seat() -> None:
            _, absent = room.exercises.group_by_list(by, session.id, text)
            done = (
                tr("Everybody has a place.")
                if not absent
                else tr("Seated; not waiting here: {names}.", names=listed(absent))
            )
            st.session_state.flash = done

        attempt(seat)
