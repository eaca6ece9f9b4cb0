"""The audit trail: every change of the class, with its time and who made it."""

from __future__ import annotations

import datetime
from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.facts import LISTS, written
from negotiation.classroom.sessions import Session
from negotiation.classroom.trail import author, told
from negotiation.formats.log import json_lines
from negotiation.language import language
from negotiation.reports.web import WIDE

KINDS = {"all": "All", **LISTS}
SHOWN = 300


def record(room: Classroom, by: Account, session: Session) -> None:
    """Show all facts of the class, newest first."""
    facts = room.teaching.record(by, session.id)
    with room.store.reading() as look:
        scenario = room.classes.case(look, session.id).scenario.told(language())
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = st.segmented_control(
            "Which",
            list(KINDS),
            default="all",
            required=True,
            format_func=KINDS.__getitem__,
            key="trail-kind",
            label_visibility="collapsed",
        )
        st.download_button(
            "Download (JSON lines)",
            json_lines([written(fact) for fact in facts]),
            file_name=f"record-{session.id}.jsonl",
            icon=":material/download:",
            on_click=lambda: room.teaching.take_away(by, session.id, "this record", names=True),
        )
    found = [fact for fact in facts if kind in (None, "all", fact.listed)]
    rows = "".join(
        f"<tr><td class='dim'>{_when(fact.at)}</td><td>{escape(author(session, fact))}</td>"
        f"<td>{escape(told(session, fact, scenario))}</td></tr>"
        for fact in reversed(found[-SHOWN:])
    )
    more = (
        f"<p class='note'>The last {SHOWN} of {len(found)}; all are in the download.</p>" if len(found) > SHOWN else ""
    )
    st.html(
        "<p class='note'>Nothing here can be changed or taken away. What happens inside a game is in the game's own log.</p>"
        f"{more}{WIDE}<table class='terms trail'><tr><th>when</th><th>who</th><th>what</th></tr>{rows}</table></div>"
    )


def _when(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).astimezone().strftime("%d %b %H:%M:%S")
