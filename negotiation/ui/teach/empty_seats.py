"""The seats that nobody sits at, for all groups of a class at once."""

from __future__ import annotations

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.groups import deserted, taken
from negotiation.classroom.presence import OFFLINE
from negotiation.classroom.sessions import Session
from negotiation.language import plural, tr
from negotiation.ui.common.feedback import attempt


def empty_seats(room: Classroom, by: Account, session: Session) -> None:
    """Show, during the talks, how many seats nobody sits at now, with a button for all of them; and one that gives them back."""
    if not session.phase.talks:
        return
    states = room.wire.presence.states(session.id, session.people)
    away = [who for who, state in states.items() if state == OFFLINE]
    empty, played = len(deserted(session, away)), len(taken(session))
    with st.container(horizontal=True, key="seats-away"):
        if empty:
            with st.popover(
                plural("{n} seat whose people are away", "{n} seats whose people are away", empty),
                icon=":material/smart_toy:",
                key=f"take-all-open-{empty}",
            ):
                st.write(
                    tr(
                        "Agents play on from what these people saw. Whoever comes back takes the seat again with one click."
                    )
                )
                if st.button(tr("Agents play all of them"), key=f"take-all-{empty}", type="primary"):
                    attempt(lambda: room.teaching.take_over_all(by, session.id, away), tr("Agents play on."))
        if played and st.button(
            plural("Give {n} seat back", "Give all {n} seats back", played),
            icon=":material/front_hand:",
            key=f"back-all-{played}",
        ):
            attempt(lambda: room.teaching.hand_back_all(by, session.id), tr("Their people have them again."))
