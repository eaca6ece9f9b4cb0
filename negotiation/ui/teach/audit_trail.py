"""The audit trail: every change of the class, with its time and who made it."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.facts import LISTS, Answered, written
from negotiation.classroom.sessions import Session
from negotiation.classroom.trail import author, told
from negotiation.formats.log import json_lines
from negotiation.language import language, mark, tr
from negotiation.reports.web import WIDE
from negotiation.ui.common.offered import among
from negotiation.ui.teach.counts import second

KINDS = {"all": mark("All"), **LISTS}
SHOWN = 300


def record(room: Classroom, by: Account, session: Session) -> None:
    """Show all facts of the class, newest first."""
    facts = room.teaching.record(by, session.id)
    with room.store.reading() as look:
        scenario = room.classes.case(look, session.id).scenario.told(language())
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = st.segmented_control(
            tr("Which"),
            list(KINDS),
            default="all",
            required=True,
            format_func=among(KINDS, lambda kind: tr(KINDS[kind])),
            key="trail-kind",
            label_visibility="collapsed",
        )
        st.download_button(
            tr("Download (JSON lines)"),
            json_lines([written(fact) for fact in facts]),
            file_name=f"record-{session.id}.jsonl",
            icon=":material/download:",
            on_click=lambda: room.teaching.take_away(by, session.id, mark("this record"), names=True),
        )
    told_of = [fact for fact in facts if not isinstance(fact, Answered) or fact.done]
    found = [fact for fact in told_of if kind in (None, "all", fact.listed)]
    rows = "".join(
        f"<tr><td class='dim'>{second(fact.at)}</td><td>{escape(author(session, fact))}</td>"
        f"<td>{escape(told(session, fact, scenario))}</td></tr>"
        for fact in reversed(found[-SHOWN:])
    )
    more = (
        f"<p class='note'>{tr('The last {shown} of {n}; all are in the download.', shown=SHOWN, n=len(found))}</p>"
        if len(found) > SHOWN
        else ""
    )
    st.html(f"<p class='note'>{tr(LASTS)}</p>{more}{table(rows)}")


LASTS = mark("Nothing here can be changed or taken away. What happens inside a game is in the game's own log.")


def table(rows: str) -> str:
    """Return a record as a table, as HTML."""
    heads = "".join(f"<th>{name}</th>" for name in (tr("when"), tr("who"), tr("what")))
    return f"{WIDE}<table class='terms trail'><tr>{heads}</tr>{rows}</table></div>"
