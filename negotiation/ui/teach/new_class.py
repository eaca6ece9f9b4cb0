"""A new class in under two minutes: what matters first, good defaults for the rest, and a summary in words."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import Any

import streamlit as st

from negotiation.case import Case, Plan
from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import TIMED, Phase
from negotiation.classroom.settings import ASKED, OF_OTHERS, SHOWN, Asked, Settings
from negotiation.errors import NegotiationError
from negotiation.formats import bundled, loads
from negotiation.formats.memory_check import LARGEST_UPLOADED
from negotiation.language import decimal, language, mark, phrase, plural, tr
from negotiation.rounding import plain
from negotiation.strategies import strategies
from negotiation.ui.common import words
from negotiation.ui.common.cases import load
from negotiation.ui.common.offered import among
from negotiation.ui.common.style import short
from negotiation.ui.teach import questionnaires
from negotiation.ui.teach.class_summary import summary
from negotiation.ui.teach.own_case import CHOSEN, own_text

OWN = mark("A case of my own")

WAYS = {"clock": mark("By the clock"), "rounds": mark("By rounds"), "homework": mark("Homework, open for days")}
REVEALED = {
    "brief": mark("One's own brief"),
    "sheet": mark("One's own score sheet"),
    "results": mark("Results of one's group"),
    "sheets": mark("Everybody's score sheets"),
}


@dataclass(frozen=True)
class Chosen:
    """A case that was chosen: its name, variant, and the text of an own file (empty for a bundled case)."""

    case: Case
    name: str
    variant: str
    text: str = ""


def create(room: Classroom, by: Account) -> None:
    """Draw the form, and open the class that it makes."""
    left, right = st.columns([6, 4], gap="medium")
    with left.container(border=True, key="card-create"):
        chosen = _case(room, by)
        if chosen is None:
            return
        title = st.text_input(tr("Title"), placeholder=chosen.case.scenario.title, key="create-title")
        way = st.segmented_control(
            tr("How it goes"),
            list(WAYS),
            default="clock",
            required=True,
            format_func=among(WAYS, lambda one: tr(WAYS[one])),
            key="create-way",
        )
        made = _homework(chosen.case) if way == "homework" else _in_class(chosen.case, way or "clock")
        made |= _agents(chosen.case)
        made |= questionnaires.ask()
        made |= _more(chosen.case, homework=way == "homework")
    settings = Settings(case=chosen.name, variant=chosen.variant, **made)
    with right.container(border=True, key="card-summary"):
        st.markdown(f"## {chosen.case.scenario.title}")
        st.markdown("\n".join(f"- {line}" for line in summary(settings, chosen.case)))
        st.caption(chosen.case.scenario.disclaimer or tr(words.FICTION))
        if st.button(tr("Create the class"), type="primary", icon=":material/add:", key="create-go"):
            _make(room, by, settings, title.strip(), chosen.text)


def _make(room: Classroom, by: Account, settings: Settings, title: str, text: str) -> None:
    try:
        session, _ = room.teaching.create(by, settings, title=title, text=text)
    except NegotiationError as problem:
        st.error(words.literal(tr(problem.said)), icon=":material/error:")
        return
    st.session_state.pop("create-seed-first", None)
    st.session_state.pop(CHOSEN, None)
    st.query_params["class"] = session.id
    st.session_state["section"] = "Join"
    st.rerun()


def _case(room: Classroom, by: Account) -> Chosen | None:
    names = [*bundled(), OWN]
    name = st.selectbox(
        tr("Case"),
        names,
        index=len(names) - 1 if CHOSEN in st.session_state else 0,
        format_func=among(names, lambda n: tr(n) if n == OWN else load(n).scenario.title),
        key="create-case",
    )
    try:
        if name != OWN:
            return _variant(name, "")
        text = own_text(room, by)
        return None if text is None else _variant("own", text)
    except NegotiationError as problem:
        st.error(words.literal(tr(problem.said)), icon=":material/error:")
        return None


def _variant(name: str, text: str) -> Chosen:
    case = _told(text, name)
    if not case.variants:
        return Chosen(case, name, "", text)
    variant = st.selectbox(
        tr("Variant"),
        ["", *case.variants],
        format_func=among(["", *case.variants], lambda v: _called(v, case.variants[v]) if v else tr("as it is")),
        key=f"create-variant-{name}",
    )
    return Chosen(
        _told(text, name, variant) if variant else case,
        name,
        variant,
        text,
    )


def _told(text: str, name: str, variant: str = "") -> Case:
    """Return the case of a file, or a bundled one, in the language of the page."""
    return loads(text, name, variant, most=LARGEST_UPLOADED).told(language()) if text else load(name, variant)


def _called(variant: str, about: str) -> str:
    return tr("{name}: {about}", name=variant.replace("_", " "), about=about)


def _in_class(case: Case, way: str) -> dict[str, Any]:
    made: dict[str, Any] = {"minutes": {}}
    plan = _plan(case)
    if way == "clock":
        for column, phase in zip(st.columns(len(TIMED)), TIMED, strict=True):
            found = column.number_input(
                tr("{phase}, min", phase=phrase(phase.called)),
                0.0,
                600.0,
                float(getattr(plan, phase)) if plan else phase.minutes,
                1.0 if plan else 5.0,
                format="%g",
                key=f"min-{phase}-{case.name}-{plan.minutes}" if plan else f"min-{phase}",
            )
            if found:
                made["minutes"][phase] = found
        st.caption(tr("0: no clock, you say when the phase ends. You can pause and extend at any time."))
    rounds = _rounds(case, plan)
    made["rounds"] = rounds
    talks = made["minutes"].get(Phase.NEGOTIATE)
    if talks and st.toggle(
        tr(
            "The clock ends each {unit} ({minutes} min ÷ {n} = {each} min) if somebody has not finished",
            unit=case.scenario.unit,
            minutes=decimal(plain(talks)),
            n=rounds,
            each=decimal(plain(talks / rounds, 2)),
        ),
        value=True,
        key="create-ticks",
    ):
        made["round_seconds"] = max(1.0, talks * 60 / rounds)
    return made | _declared("class")


def _declared(*parts: str, places: Sequence[AbstractContextManager[object]] = ()) -> dict[str, Any]:
    """Draw some parts of the form as their settings declare, the first in `places`, and return the settings."""
    wanted = {name: asked for name, asked in ASKED.items() if asked.part in parts}
    made, everywhere = {}, chain[AbstractContextManager[object]](places, repeat(nullcontext()))
    for (name, asked), place in zip(wanted.items(), everywhere, strict=False):
        with place:
            made[name] = _asked(name, asked)
    return made


def _asked(name: str, asked: Asked) -> object:
    first: Any = getattr(Settings, name) if asked.first is None else asked.first
    if asked.options is not None:
        options = asked.options()
        index = list(options).index(first)
        return st.selectbox(
            tr(asked.label),
            list(options),
            index=index,
            format_func=among(options, lambda one: tr(options[one])),
            key=f"create-{name}",
        )
    if isinstance(first, bool):
        return st.toggle(tr(asked.label), value=first, key=f"create-{name}")
    kind = type(first)
    return st.number_input(tr(asked.label), kind(asked.least), kind(asked.most), first, key=f"create-{name}")


def _plan(case: Case) -> Plan | None:
    """Draw the choice among the lessons that a case has plans for, and return the one chosen."""
    if not case.plans:
        return None
    known = {plan.minutes: plan for plan in case.plans}
    chosen = st.segmented_control(
        tr("The lesson lasts"),
        list(known),
        default=case.plans[0].minutes,
        required=True,
        format_func=among(known, lambda n: plural("{n} minute", "{n} minutes", n)),
        help=tr("The times below are those of the teaching note; what is left is for the debrief."),
        key=f"create-plan-{case.name}",
    )
    return known[chosen or case.plans[0].minutes]


def _rounds(case: Case, plan: Plan | None = None) -> int:
    label, most = tr("{unit}s", unit=case.scenario.unit.capitalize()), int(ASKED["rounds"].most)
    rounds, key = case.scenario.rounds, f"create-rounds-{case.name}"
    if plan:
        rounds, key = plan.rounds, f"{key}-{plan.minutes}"
    return int(st.number_input(label, 1, most, rounds, key=key))


def _homework(case: Case) -> dict[str, Any]:
    left, middle, right = st.columns(3)
    days = left.number_input(tr("Open for, days"), 1, 90, 7, key="create-days")
    made = _declared("homework", places=(middle, right))
    seat = st.selectbox(
        tr("Everybody plays as"),
        ["", *case.roles],
        format_func=among(["", *case.roles], lambda p: short(case.scenario, p) if p else tr("each party in turn")),
        key=f"create-seat-{case.name}",
    )
    minutes: Mapping[Phase, float] = {Phase.NEGOTIATE: days * 24 * 60}
    return {**made, "homework": True, "minutes": minutes, "seat": seat, "rounds": _rounds(case)}


def _agents(case: Case) -> dict[str, Any]:
    level = st.segmented_control(
        tr("Agents in empty seats"),
        [*words.LEVELS, "own"],
        default="fair",
        required=True,
        format_func=among(
            [*words.LEVELS, "own"],
            lambda n: _level(n) if n in words.LEVELS else tr("Another strategy"),
        ),
        key="create-level",
    )
    strategy = words.LEVELS[level][0] if level in words.LEVELS else _strategy(tr("Strategy"), "create-strategy")
    kept = st.multiselect(
        tr("Seats that agents always take"),
        list(case.roles),
        select_all=False,
        format_func=among(case.roles, lambda p: short(case.scenario, p)),
        placeholder=tr("none: people may take every seat"),
        key=f"create-kept-{case.name}",
    )
    return {"level": strategy, "agents": dict.fromkeys(kept, strategy)}


def _level(name: str) -> str:
    return re.split("[:：]", tr(words.LEVELS[name][1]))[0].rstrip()


def _strategy(label: str, key: str) -> str:
    known = strategies()
    found = st.selectbox(
        label,
        list(known),
        index=list(known).index("linear"),
        format_func=lambda n: words.named(n, known[n].about) if n in known else n,
        accept_new_options=True,
        help=tr("With parameters too: boulware:exponent=6"),
        key=key,
    )
    return found or "linear"


def _more(case: Case, *, homework: bool) -> dict[str, Any]:
    with st.expander(tr("Protocol, seats, what is shown when, seed")):
        made = _declared("more", *([] if homework else ["more in class"]))
        reveal = _reveal() if not homework else {}
        types = _types(case)
        if "create-seed-first" not in st.session_state:
            st.session_state["create-seed-first"] = secrets.randbelow(1_000_000)
        seed = st.number_input(
            tr("Seed"),
            0,
            None,
            st.session_state["create-seed-first"],
            help=tr("The same seed draws the same private types."),
            key="create-seed",
        )
    return {**made, "reveal": reveal, "types": types, "seed": int(seed)}


def _reveal() -> dict[str, Phase]:
    made: dict[str, Phase] = {}
    st.caption(tr("Shown from which phase on"))
    for column, (what, label) in zip(st.columns(len(REVEALED)), REVEALED.items(), strict=True):
        phases = [phase for phase in Phase if what not in OF_OTHERS or phase.over]
        found = column.selectbox(
            tr(label),
            phases,
            index=phases.index(SHOWN[what]),
            format_func=among(phases, lambda p: tr(p.called)),
            key=f"create-show-{what}",
        )
        if found != SHOWN[what]:
            made[what] = found
    return made


def _drawn(case: Case, party: str, kind: str) -> str:
    return words.kind(case.scenario, party, kind) if kind else tr("drawn by the seed")


def _types(case: Case) -> dict[str, str]:
    made = {}
    for party, odds in case.scenario.odds.items():
        drawn = st.selectbox(
            tr("{party}'s private type", party=short(case.scenario, party)),
            ["", *odds],
            format_func=among(["", *odds], partial(_drawn, case, party)),
            key=f"create-type-{case.name}-{party}",
        )
        if drawn:
            made[party] = drawn
    return made
