"""What stands over a draft: undo, what is left to mend, the file, a game, a class."""

from __future__ import annotations

import secrets

import streamlit as st

from negotiation.authoring.document import words
from negotiation.authoring.history import REDO, UNDO
from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.language import language, plural, tr
from negotiation.strategies import PERSON
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.common.words import LEVELS, literal
from negotiation.ui.edit.begin import DRAFT
from negotiation.ui.edit.desk import Desk, remarks
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server.identity import account_here, passer_by
from negotiation.ui.teach.own_case import CHOSEN


def toolbar(desk: Desk) -> tuple[str, str] | None:
    """Draw it; return the page to go to and the game or draft that is wanted there, if any."""
    st.title(words(desk.draft.document, "title") or tr("without a title"))
    case, wanted = desk.looked.case, None
    with st.container(horizontal=True, key="edit-tools"):
        if st.button(tr("Undo"), icon=":material/undo:", disabled=not desk.draft.past, key="edit-undo"):
            desk.do(UNDO)
        if st.button(tr("Redo"), icon=":material/redo:", disabled=not desk.draft.future, key="edit-redo"):
            desk.do(REDO)
        st.download_button(
            tr("Download YAML"),
            desk.looked.text,
            file_name=f"{words(desk.draft.document, 'id') or 'case'}.yaml",
            mime="application/yaml",
            icon=":material/download:",
            on_click="ignore",
        )
        if case and not desk.looked.errors:
            with st.popover(tr("Play it"), icon=":material/handshake:"):
                if game := _played(case):
                    wanted = ("play", game)
            if account_here() and st.button(tr("Use in a class"), icon=":material/school:", key="edit-class"):
                st.session_state[CHOSEN] = desk.id
                wanted = ("teach", desk.id)
        if st.button(tr("All drafts"), icon=":material/list:", key="edit-all"):
            del st.query_params[DRAFT]
            st.rerun()
    _state(desk)
    return wanted


def _state(desk: Desk) -> None:
    """Say how many things are left to mend, and list all remarks; one line high, so that nothing moves while one types."""
    problems, wrong = desk.looked.problems, len(desk.looked.errors)
    told = plural("{n} thing to mend", "{n} things to mend", wrong) if wrong else tr("The case can be played")
    if rest := len(problems) - wrong:
        told = tr("{first}; {more}", first=told, more=plural("{n} remark", "{n} remarks", rest))
    with st.expander(told, icon=":material/build:" if wrong else ":material/check:"):
        remarks(desk.draft.document, problems)
        if not problems:
            st.markdown(tr("A careful reader has nothing to say."))


def _played(case: Case) -> str | None:
    """Draw the choice of a seat and opponents; return the game once it is begun."""
    seats = {party: short(case.told(language()).scenario, party) for party in case.roles}
    seat = st.selectbox(tr("Your seat"), list(seats), format_func=among(seats, seats.__getitem__), key="edit-seat")
    level = st.selectbox(
        tr("Opponents"),
        list(LEVELS),
        index=1,
        format_func=among(LEVELS, lambda name: tr(LEVELS[name][1])),
        key="edit-level",
    )
    if not st.button(tr("Take my seat"), type="primary", key="edit-play"):
        return None
    try:
        return solo().start(
            passing=passer_by(),
            case=case,
            seats={seat: PERSON},
            strategy=LEVELS[level or "fair"][0],
            seed=secrets.randbelow(1_000_000),
            talk=language(),
        )
    except NegotiationError as problem:
        st.error(literal(tr(problem.said)), icon=":material/error:")
        return None
