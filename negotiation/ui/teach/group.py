"""One group opened on the console: its seats, its people, a look inside, a correction."""

from __future__ import annotations

from html import escape

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.agreed import agreed
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.sessions import Session
from negotiation.classroom.tiles import Tile
from negotiation.classroom.trail import outcome_of
from negotiation.language import mark, tr
from negotiation.reports.words import listed
from negotiation.table import Deal, Table
from negotiation.ui.common.feedback import attempt
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import tag
from negotiation.ui.common.words import player
from negotiation.ui.teach.inside import inside
from negotiation.ui.teach.kept_form import Draft
from negotiation.ui.teach.people import move

VIEWS = (mark("Seats"), mark("Look inside"), mark("Correct"))


def group_panel(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    """Draw one group, and what can be done to it."""
    with st.container(border=True, key="card-group"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"## {tr('Group {n}', n=tile.number)}")
            view = st.segmented_control(
                tr("What of it"),
                VIEWS,
                default="Seats",
                required=True,
                format_func=among(VIEWS, tr),
                key="group-view",
                label_visibility="collapsed",
            )
            if st.button(tr("Close"), icon=":material/close:", type="tertiary", key="group-close"):
                st.query_params.pop("group", None)
                st.rerun()
        if view == "Look inside":
            inside(room, by, session, tile)
        elif view == "Correct":
            _correct(room, by, session, tile)
        else:
            _seats(room, by, session, tile)


def _seats(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    left, right = st.columns([5, 4], gap="medium")
    with left:
        for party in tile.game.case.roles:
            _seat(room, by, session, tile, party)
    with right:
        scenario = tile.state.scenario
        others = [p for p in session.people.values() if not p.gone and p.group != tile.group]
        move(room, by, session, scenario, [*session.members(tile.group), *others], f"move-{tile.group}")


def _seat(room: Classroom, by: Account, session: Session, tile: Tile, party: str) -> None:
    people = session.at(tile.group, party)
    taken = party in session.groups[tile.group].taken
    called = {p: f"<bdi>{escape(p.name)}</bdi>" for p in people}
    names = listed(tr("{who} (away)", who=who) if p in tile.offline else who for p, who in called.items())
    agent = tr("agent: {strategy}", strategy=escape(player(str(tile.game.setup["seats"][party]))))
    who = names or f"<span class='dim'>{agent}</span>"
    if people and taken:
        who += f" <b class='up'>{tr('an agent plays for them')}</b>"
    with st.container(horizontal=True, vertical_alignment="center", key=f"seat-{party}"):
        st.html(f"<div>{tag(tile.state.scenario, party)} {who}</div>")
        if not people:
            return
        if taken:
            if st.button(tr("Hand back"), key=f"back-{party}-{tile.group}", icon=":material/undo:"):
                attempt(
                    lambda: room.teaching.hand_back(by, session.id, tile.group, party), tr("The seat is theirs again.")
                )
        elif st.button(
            tr("Agent takes over"),
            key=f"take-{party}-{tile.group}",
            icon=":material/smart_toy:",
            help=tr("It sees what they saw. They get the seat back when they return, or by one click here."),
        ):
            attempt(lambda: room.teaching.take_over(by, session.id, tile.group, party), tr("An agent plays on."))


def _correct(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    """Put on record what a group really agreed at one table."""
    scenario = tile.state.scenario
    st.caption(
        tr("For what was agreed outside the system. The game itself stays as it was; the correction is on the record.")
    )
    here = [fact for fact in session.corrections if fact.group == tile.group]
    for fact in here:
        what = outcome_of(fact.outcome, scenario)
        st.text(tr("Put on record by {who}: {what}. Reason: {why}", who=fact.by, what=what, why=fact.why))
    mine = sum(fact.by == by.name for fact in here)
    draft = Draft(f"correct-{tile.group}-{mine}")  # a new one after what one has put on record oneself, and only then
    names = list(scenario.tables)
    name = st.selectbox(
        tr("Table"),
        names,
        index=names.index(draft.get("table", names[0])),
        format_func=among(names, lambda n: scenario.tables[n].title),
        **draft.kept("table"),
    )
    options = _terms(scenario.tables[name], agreed(session, tile.game, tile.state)[name], draft)
    why = st.text_input(tr("Reason"), value=draft.get("why", ""), **draft.kept("why"))
    with st.popover(tr("Correct"), icon=":material/edit_note:", key=f"correcting-{tile.group}-{mine}"):
        st.write(
            tr(
                "{what}. It counts in the results, and its reason is kept. A reason may stand in the debrief: leave names "
                "out.",
                what=outcome_of({name: options}, scenario),
            )
        )
        if st.button(tr("Yes, put it on record"), key=f"correct-go-{tile.group}-{mine}"):
            attempt(lambda: room.teaching.correct(by, session.id, tile.group, {name: options}, why), tr("On record."))


def _terms(table: Table, bound: Deal | None, draft: Draft) -> dict[str, str] | None:
    """Ask for the options of a table and return them, or None if it was not signed; at first those that count now."""
    signed = f"signed-{table.name}"
    if not st.toggle(tr("It was signed"), value=draft.get(signed, bound is not None), **draft.kept(signed)):
        return None
    first, options = bound or table.deal(0), {}  # one that can be signed
    for option, issue in zip(first, table.issues, strict=True):
        texts = dict(zip(issue.options, issue.texts, strict=True))
        field, choices = f"{table.name}.{issue.name}", list(texts)
        options[issue.name] = st.selectbox(
            issue.title,
            choices,
            index=choices.index(draft.get(field, issue.options[option])),
            format_func=texts.__getitem__,
            **draft.kept(field),
        )
    return options
