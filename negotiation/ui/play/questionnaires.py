"""The questionnaires of a class on a person's page: every answer is kept as it is given, and handed in by a button.

What is being typed is kept in a pause, when the field or the page is left, and when the phase ends, as on the preparation
sheet (scripts/sheet.js).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import partial

import streamlit as st

from negotiation.classroom.look import Look
from negotiation.classroom.questionnaires import NONE, Filling, Question, words_of
from negotiation.classroom.seats import Seat
from negotiation.errors import Refused
from negotiation.formats.questionnaires import said
from negotiation.language import plural, tr
from negotiation.scenario import Scenario
from negotiation.ui.common.style import short
from negotiation.ui.common.words import literal
from negotiation.ui.server import live
from negotiation.ui.server.identity import room

FEW = 3
"""Questions up to which a questionnaire that nobody has to fill in stands open."""

WHY = "ask-why"
"""Where the page keeps why an answer was not kept, by questionnaire."""


def due(look: Look) -> bool:
    """Return whether a questionnaire is required before this person goes on."""
    return any(one.due for one in _fillings(look.seat))


@st.fragment(key="questionnaires")
def questionnaires(look: Look, *, after: bool, only_due: bool = False) -> None:
    """Draw the questionnaires that are open now: those of before the talks, or of after them; or only what is required."""
    shown = [
        one
        for one in _fillings(look.seat)
        if one.open and one.questions and one.of.when != ("before" if after else "after")
        if one.due or not only_due
    ]
    if only_due and not shown:
        st.rerun()
    for one in shown:
        _questionnaire(one, look)
    if shown:
        _watched(shown, look.seat)


def _fillings(seat: Seat) -> list[Filling]:
    """Return the questionnaires as they stand; none where the person sits elsewhere by now, which the page will show."""
    try:
        return room().play.fillings(seat)
    except Refused:
        return []


def _questionnaire(one: Filling, look: Look) -> None:
    title, done = literal(said(one.of.title)), one.form.done
    label = tr("{title}: handed in", title=title) if done else title
    first = not done and (one.due or len(one.questions) <= FEW)
    with st.expander(label, expanded=first, icon=":material/task_alt:" if done else ":material/assignment:"):
        if one.due:
            st.info(tr("Your teacher asks for this before you go on."), icon=":material/lock:")
        if one.of.about:
            st.caption(literal(said(one.of.about)))
        for about in dict.fromkeys(question.about for question in one.questions):
            if about:
                st.markdown(f"##### {literal(look.scenario.parties[about].title)}")
            for question in one.questions:
                if question.about == about:
                    _question(one, question, look.seat, look.scenario)
        if why := st.session_state.get(WHY, {}).get(one.of.id):
            st.error(literal(tr("Not kept: {why}", why=tr(why))))
        _end(one, look.seat)


def _end(one: Filling, seat: Seat) -> None:
    if one.form.done and one.of.checks:
        st.write(tr("Right: {right} of {n}.", right=one.right, n=len(one.questions)))
    elif one.form.done:
        st.caption(tr("Handed in. You can still change your answers, and they are kept as you do."))
    elif not one.of.research:
        st.caption(tr("Your answers are kept as you give them."))
        st.button(
            tr("Hand in: {title}", title=literal(said(one.of.title))),
            type="primary",
            key=f"ask-done-{one.of.id}",
            on_click=partial(_hand_in, one, seat),
        )


def _question(one: Filling, question: Question, seat: Seat, scenario: Scenario) -> None:
    """Draw one question; what it is about stands in its label for who does not see the heading."""
    key, item = _key(one, question), question.item
    st.session_state.setdefault(key, one.form.answers.get(question.key, "" if item.kind == "text" else None))
    label = literal(question.text)
    if question.about:
        label = literal(tr("{party}: {question}", party=short(scenario, question.about), question=question.text))
    keep, over = partial(_keep, one, question, seat), one.form.done and one.of.checks
    if item.kind == "text":
        st.text_area(label, key=key, height=180, on_change=keep)
        if item.words:
            found = words_of(st.session_state[key])
            st.caption(
                plural("{n} word; {least} are wanted.", "{n} words; {least} are wanted.", found, least=item.words)
            )
        return
    told = _options(question)
    options = list(told)
    st.radio(
        label,
        options,
        index=None,
        key=key,
        horizontal=item.kind in ("scale", "consent"),
        format_func=told.__getitem__,
        on_change=keep,
        disabled=over,
    )
    if over and question.right is not None:
        _told(question, one)


def _told(question: Question, one: Filling) -> None:
    if one.form.answers.get(question.key) == question.right:
        st.caption(tr(":material/check: right"))
    elif question.right is not None:
        st.caption(tr(":material/close: it is {right}", right=literal(question.options[question.right - 1])))


def _options(question: Question) -> Mapping[object, str]:
    """Return the possible answers and what each is called."""
    item = question.item
    if item.kind == "consent":
        return {True: tr("Yes"), False: tr("No")}
    if item.kind != "scale":
        return {n: literal(text) for n, text in enumerate(question.options, start=1)}
    found: dict[object, str] = {n: str(n) for n in range(1, item.steps + 1)}
    found[1] = literal(f"1 · {said(item.low or {})}")
    found[item.steps] = literal(f"{item.steps} · {said(item.high or {})}")
    return {**found, NONE: tr("does not apply")} if item.none else found


def _key(one: Filling, question: Question) -> str:
    kind = "form-text" if question.item.kind == "text" else "ask"
    return f"{kind}-{one.of.id}-{question.key.replace('/', '-')}"


def _keep(one: Filling, question: Question, seat: Seat) -> None:
    """Store the answer to one question as it stands on the page now."""
    value = st.session_state[_key(one, question)]
    _store(one, seat, {question.key: value}, done=one.of.research)


def _hand_in(one: Filling, seat: Seat) -> None:
    answers = {question.key: st.session_state.get(_key(one, question)) for question in one.questions}
    _store(one, seat, answers, done=True)


def _store(one: Filling, seat: Seat, answers: Mapping[str, object], *, done: bool) -> None:
    why = room().play.answer(seat, one.of.id, answers, secrets.token_hex(12), done=done)
    st.session_state[WHY] = {**st.session_state.get(WHY, {}), one.of.id: why}


def _typed(shown: list[Filling]) -> dict[str, tuple[Filling, Question]]:
    return {
        _key(one, question): (one, question)
        for one in shown
        for question in one.questions
        if question.item.kind == "text"
    }


def _watched(shown: list[Filling], seat: Seat) -> None:
    """Have what is being typed stored, and take in what a page that is gone had typed."""
    fields = _typed(shown)
    if fields:
        kept = {key: str(one.form.answers.get(question.key, "")) for key, (one, question) in fields.items()}
        live.sheet(seat.person, kept, "form-typed", lambda: _came_back(fields, seat))


def _came_back(fields: Mapping[str, tuple[Filling, Question]], seat: Seat) -> None:
    """Store what was typed on a page of this browser that was closed or loaded anew before it was stored."""
    texts = json.loads(st.session_state["form-typed"].typed or "{}")
    for key, (one, question) in fields.items():
        if isinstance(text := texts.get(key), str):
            st.session_state[key] = text
            _keep(one, question, seat)
