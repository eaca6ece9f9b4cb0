"""The top of the console: clock, phases, words to everybody, and answers to questions."""

from __future__ import annotations

import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Session
from negotiation.classroom.talk import Message
from negotiation.classroom.tiles import Tile
from negotiation.language import mark, plural, tr
from negotiation.ui.common.feedback import answered, attempt, click_key
from negotiation.ui.common.style import short
from negotiation.ui.common.words import literal

COMING = mark("I am coming over.")

SHOWN = 4
"""Questions at a time: thirty at once would be a wall, and a tenth of a second for the server."""


def clock_controls(room: Classroom, by: Account, session: Session) -> None:
    """Draw the buttons to pause, resume and add time; each is undone by its opposite."""
    if not session.phase.timed:
        return
    teaching = room.teaching
    if session.clock.since is None:
        if st.button(tr("Go on"), icon=":material/play_arrow:", type="primary", key=f"resume-{session.phase}"):
            attempt(lambda: teaching.resume(by, session.id))
    elif st.button(
        tr("Pause"),
        icon=":material/pause:",
        key=f"pause-{session.phase}",
        help=tr("Nobody acts meanwhile, agents neither."),
    ):
        attempt(lambda: teaching.pause(by, session.id))
    if session.settings.homework:
        _more(room, by, session, tr("+1 day"), 86400)
        return
    _more(room, by, session, tr("+1 min"), 60)
    _more(room, by, session, tr("+5 min"), 300)
    if session.clock.length is not None:
        _more(room, by, session, tr("−1 min"), -60)


def _more(room: Classroom, by: Account, session: Session, label: str, seconds: int) -> None:
    # named by the length it changes, not by the version: somebody who joins meanwhile must not swallow the click
    if st.button(label, key=f"extend{seconds}-{session.clock.length}"):
        key = f"extend-{session.version}-{seconds}"
        attempt(lambda: room.teaching.extend(by, session.id, seconds, key))


def phase_controls(room: Classroom, by: Account, session: Session) -> None:
    """Draw the buttons to the next phase and the one before, each after a question."""
    after, before = session.following, session.preceding
    if after:
        coming = tr(after.called)
        with st.popover(f"{coming} …", icon=":material/skip_next:", type="primary", key=f"next-{session.phase}"):
            st.write(tr(after.begins))
            if st.button(tr("Yes: {phase}", phase=coming.lower()), key=f"go-{session.phase}-{after}", type="primary"):
                attempt(lambda: room.teaching.go(by, session.id, after))
            if session.phase is Phase.LOBBY and st.button(tr("Skip to the talks"), key=f"skip-{session.phase}"):
                attempt(lambda: room.teaching.go(by, session.id, Phase.NEGOTIATE))
            if session.phase is Phase.NEGOTIATE and not session.settings.homework:
                st.caption(tr("Or end the talks at once, without time to sign what lies on the tables:"))
                if st.button(tr("End and debrief"), key=f"end-{session.phase}"):
                    attempt(lambda: room.teaching.go(by, session.id, Phase.DEBRIEF))
    if before:
        former = tr(before.called).lower()
        with st.popover(tr("Back"), icon=":material/skip_previous:", key=f"back-{session.phase}"):
            st.write(tr("Back to {phase}; nothing is lost, and what was revealed stays known.", phase=former))
            if st.button(tr("Yes, back to {phase}", phase=former), key=f"return-{session.phase}"):
                attempt(lambda: room.teaching.go(by, session.id, before))


def to_all(room: Classroom, by: Account, session: Session) -> None:
    """Draw the form that sends a line to everybody."""
    said = [message for message in room.talk.announced(session.id) if not message.to]
    mine = sum(message.name == by.name for message in said)  # what a colleague says empties nobody's line
    with st.popover(tr("Tell everybody"), icon=":material/campaign:", key=f"all-{mine}"):
        for message in said[-3:]:
            st.caption(tr("Said:"))
            st.text(message.text)
        with st.form("to-all", border=False):
            text = st.text_area(tr("Everybody reads this"), key=f"to-all-text-{mine}")
            if st.form_submit_button(tr("Send"), type="primary"):
                key = click_key("all", mine, text)
                attempt(lambda: answered(room.teaching.broadcast(by, session.id, text, key)), tr("Sent to everybody."))


def questions(room: Classroom, by: Account, session: Session, tiles: tuple[Tile, ...]) -> None:
    """Show what people ask, oldest first, each with an answer that only its author reads."""
    asked = sorted(((tile, message) for tile in tiles for message in tile.unanswered), key=lambda one: one[1].at)
    for tile, message in asked[:SHOWN]:
        _question(room, by, session, tile, message)
    if len(asked) > SHOWN:
        st.caption(plural("and {n} more who asks", "and {n} more who ask", len(asked) - SHOWN))


def _question(room: Classroom, by: Account, session: Session, tile: Tile, message: Message) -> None:
    where = tr("group {n}", n=tile.number)
    if message.party in tile.game.case.roles:
        where = tr("group {n}, {party}", n=tile.number, party=short(tile.state.scenario, message.party))
    key = click_key(tile.group, message.at, message.text)

    def answer(text: str) -> None:
        answered(room.teaching.broadcast(by, session.id, text, click_key(key, text), message.person))

    with st.container(border=True, key=f"card-question-{key}", horizontal=True, vertical_alignment="center"):
        st.text(tr("{who} ({where}): {text}", who=message.name, where=where, text=message.text))
        if st.button(tr(COMING), key=f"coming-{key}", icon=":material/directions_walk:"):
            attempt(lambda: answer(tr(COMING)), tr("Answered."))
        with (
            st.popover(tr("Answer"), icon=":material/reply:", key=f"reply-{key}"),
            st.form(f"answer-{key}", border=False),
        ):
            text = st.text_area(tr("Only {who} reads this", who=literal(message.name)))
            if st.form_submit_button(tr("Send"), type="primary"):
                attempt(lambda: answer(text), tr("Answered."))
