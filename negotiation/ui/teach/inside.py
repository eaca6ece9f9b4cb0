"""A look into one group, as everybody or as one of its seats; it says so, and it is on the record."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from negotiation.actions import CLOCK, MEDIATOR
from negotiation.analysis.transcript import steps
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.games import ClassGame
from negotiation.classroom.sessions import Session
from negotiation.classroom.talk import TEACHER, Message
from negotiation.classroom.tiles import Tile
from negotiation.errors import Refused
from negotiation.handouts.procedure import procedure
from negotiation.language import language, mark, tr
from negotiation.reports.web import WIDE
from negotiation.reports.words import listed
from negotiation.rounding import apart
from negotiation.state import State
from negotiation.ui.common import words
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.metrics import metric
from negotiation.ui.common.style import short, tag
from negotiation.ui.play.brief import brief
from negotiation.ui.play.conversation import conversation
from negotiation.ui.play.pieces import signatures, terms, tiles
from negotiation.view import hears
from negotiation.worth import worth

ALL = "@all"
OFFERS = mark("{who} offers at {tables}: {points}")


def inside(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    """Show the group's table, papers and talk, after the question whether to look."""
    try:
        found = room.teaching.inside(by, session.id, tile.group)
    except Refused:
        st.write(
            tr(
                "You will see all that is said and offered here, private talk included. That you looked goes on the "
                "record."
            )
        )
        if st.button(tr("Look inside"), icon=":material/visibility:", type="primary", key=f"look-{tile.group}"):
            attempt(lambda: room.teaching.open_group(by, session.id, tile.group))
        return
    st.warning(tr("Confidential: do not project this. Your look is on the record."), icon=":material/visibility:")
    game, state = found.game.told(language()), found.state.told(language())
    acted = [_by(event.party, who) for event, who in zip(state.events, found.who, strict=True)]
    names = {ALL: tr("Everything"), **{party: short(state.scenario, party) for party in game.case.roles}}
    seat = st.segmented_control(
        tr("See as"), list(names), default=ALL, required=True, format_func=names.__getitem__, key=f"as-{tile.group}"
    )
    left, right = st.columns([5, 4], gap="medium")
    with left:
        if seat in game.case.roles:
            _as_seat(game, state, seat)
        else:
            with st.container(height=520, border=False):
                _papers(state, acted)
    with right.container(height=520, border=True, autoscroll=True):
        opening = game.protocol.opening(state.scenario, state.rounds)
        told = steps(opening, state.events)
        aloud = [(step, by) for n, (step, by) in enumerate(zip(told, acted, strict=True)) if n not in state.private]
        st.html(
            conversation(opening, [step for step, _ in aloud], seat if seat != ALL else "", [by for _, by in aloud])
        )
        heard = [m for m in found.said if seat == ALL or hears(seat, m.party, m.to)]
        if heard:
            st.html(
                f"<div class='mark'>{tr('in private')}</div>{''.join(_private(state, message) for message in heard)}"
            )


def _by(party: str, who: str) -> str:
    """Return who acted for a party, in words; empty for a mediator and a clock."""
    if party in (CLOCK, MEDIATOR):
        return ""
    return tr("time was out") if who == CLOCK else who or tr("an agent")


def _as_seat(game: ClassGame, state: State, party: str) -> None:
    view = game.view(party, state)
    decimals = state.scenario.decimals
    now = worth(state, view.preferences, {}).otherwise
    metric(
        tr("Points with what is signed"),
        now,
        decimals,
        other=view.preferences.score({}),
        against=tr("against everything unsigned"),
    )
    st.html(tiles(view))
    for paper in state.papers.values():
        seen = worth(state, view.preferences, paper.deals)
        gain = words.points(apart(seen.points, seen.otherwise, decimals), decimals, signed=True)
        where = " + ".join(state.scenario.tables[name].title for name in paper.deals)
        with st.expander(tr(OFFERS, who=short(state.scenario, paper.author), tables=where, points=gain)):
            for name, deal in paper.deals.items():
                st.html(terms(view, state.scenario.tables[name], deal))
            st.html(signatures(state, paper))
    with st.expander(tr("Brief and score sheet")):
        brief(view, procedure(state.scenario, game.protocol.name, state.rounds))


def _papers(state: State, acted: Sequence[str]) -> None:
    if not state.papers and not state.bound:
        st.caption(tr("No paper lies on any table."))
    for name, deal in state.bound.items():
        who = " ".join(tag(state.scenario, party) for party in state.signed[name])
        _terms(state, name, deal, f"<span class='pill good'>{tr('signed')}</span> {who}")
    for paper in reversed(list(state.papers.values())):
        for name, deal in paper.deals.items():
            by = f" <span class='dim'>(<bdi>{escape(acted[paper.id])}</bdi>)</span>" if acted[paper.id] else ""
            _terms(
                state,
                name,
                deal,
                tr("{who} offers", who=f"{tag(state.scenario, paper.author)}{by}") + signatures(state, paper),
            )


def _terms(state: State, name: str, deal: tuple[int, ...], head: str) -> None:
    table = state.scenario.tables[name]
    rows = "".join(
        f"<tr><td class='dim'>{escape(issue.title)}</td><td>{escape(issue.texts[option])}</td></tr>"
        for issue, option in zip(table.issues, deal, strict=True)
    )
    st.html(f"<b>{escape(table.title)}</b> {head}{WIDE}<table class='terms'>{rows}</table></div>")


def _private(state: State, message: Message) -> str:
    to = listed(tr("the teacher") if one == TEACHER else short(state.scenario, one) for one in message.to)
    who = short(state.scenario, message.party)
    name = f"<b><bdi>{escape(message.name)}</bdi></b>"
    head = tr("{who} ({party}) to {to}", who=name, party=escape(who), to=escape(to))
    return f"<div class='say'><small>{head}</small><div class='text' dir='auto'>{escape(message.text)}</div></div>"
