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
from negotiation.ui.look import tag
from negotiation.ui.offered import among
from negotiation.ui.teach.doing import attempt
from negotiation.ui.teach.inside import inside
from negotiation.ui.teach.people import move

VIEWS = ("Seats", "Look inside", "Correct")


def group_panel(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    """What can be seen of a group and done to it."""
    with st.container(border=True, key="card-group"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"#### Group {tile.number}")
            view = st.segmented_control(
                "What of it", VIEWS, default="Seats", required=True, key="group-view", label_visibility="collapsed"
            )
            if st.button("Close", icon=":material/close:", type="tertiary", key="group-close"):
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
    names = ", ".join(f"<bdi>{escape(p.name)}</bdi>{' (away)' if p in tile.offline else ''}" for p in people)
    who = names or f"<span class='dim'>agent: {escape(str(tile.game.setup['seats'][party]))}</span>"
    if people and taken:
        who += " <b class='up'>an agent plays for them</b>"
    with st.container(horizontal=True, vertical_alignment="center", key=f"seat-{party}"):
        st.html(f"<div>{tag(tile.state.scenario, party)} {who}</div>")
        if not people:
            return
        if taken:
            if st.button("Hand back", key=f"back-{party}-{tile.group}", icon=":material/undo:"):
                attempt(lambda: room.teaching.hand_back(by, session.id, tile.group, party), "The seat is theirs again.")
        elif st.button(
            "Agent takes over",
            key=f"take-{party}-{tile.group}",
            icon=":material/smart_toy:",
            help="It sees what they saw. They get the seat back when they return, or by one click here.",
        ):
            attempt(lambda: room.teaching.take_over(by, session.id, tile.group, party), "An agent plays on.")


def _correct(room: Classroom, by: Account, session: Session, tile: Tile) -> None:
    """Put on record what a group really agreed at one table."""
    scenario, state = tile.state.scenario, tile.state
    st.caption(
        "For what was agreed outside the system. The game itself stays as it was; the correction is on the record."
    )
    for fact in [fact for fact in session.corrections if fact["group"] == tile.group]:
        st.text(f"Put on record by {fact['by']}: {outcome_of(fact, scenario)}. Reason: {fact['why']}")
    name = st.selectbox(
        "Table",
        list(scenario.tables),
        format_func=among(scenario.tables, lambda n: scenario.tables[n].title),
        key=f"correct-{tile.group}",
    )
    table = scenario.tables[name]
    bound = agreed(session, tile.game, state)[name]
    signed = st.toggle("It was signed", value=bound is not None, key=f"correct-{tile.group}-{name}")
    options: dict[str, str] = {}
    if signed:
        first = bound or table.deal(0)  # one that can be signed
        for k, issue in enumerate(table.issues):
            texts = dict(zip(issue.options, issue.texts, strict=True))
            options[issue.name] = st.selectbox(
                issue.title,
                list(texts),
                index=first[k],
                format_func=texts.__getitem__,
                key=f"correct-{tile.group}-{name}-{issue.name}",
            )
    why = st.text_input("Reason", key=f"why-{tile.group}-{len(session.corrections)}")
    with st.popover("Correct", icon=":material/edit_note:", key=f"correcting-{len(session.corrections)}"):
        st.write(
            f"{outcome_of({'outcome': {name: options if signed else None}}, scenario)}. It counts in the results, and its "
            "reason is kept. A reason may stand in the debrief: leave names out."
        )
        if st.button("Yes, put it on record", key=f"correct-go-{len(session.corrections)}"):
            outcome = {name: options if signed else None}
            attempt(lambda: room.teaching.correct(by, session.id, tile.group, outcome, why), "On record.")
