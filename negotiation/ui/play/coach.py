"""The coach beside the table: what to do now, what my plan is, and what to ask whom; and what it says of a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape

import streamlit as st

from negotiation.actions import Offer, Say
from negotiation.analysis.coaching.advice import advice
from negotiation.analysis.coaching.plan import Plan, prepare
from negotiation.analysis.coaching.remarks import Remark
from negotiation.analysis.coaching.review import review
from negotiation.language import mark, tr
from negotiation.moves import Ask, Trade
from negotiation.reports import coach_text
from negotiation.reports.words import in_turn
from negotiation.scenario import Scenario
from negotiation.strategies.bayes import Bayes
from negotiation.strategies.evaluation import Evaluation
from negotiation.table import Deal
from negotiation.ui.common.feedback import click_key
from negotiation.ui.common.words import literal
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.quick import sentence
from negotiation.ui.server.away import steady
from negotiation.ui.server.render_slots import render_slot
from negotiation.view import View

CSS = """
.coach { margin:0 !important; padding:0 !important; list-style:none; font-size:.86rem; line-height:1.4 }
.coach li { padding:.3rem 0 .3rem .6rem; border-left:3px solid var(--line); margin:0 0 .35rem !important; overflow-wrap:anywhere }
.coach li.first { border-color:var(--accent); font-size:.95rem } .coach li.bad { border-color:var(--bad) } .coach li.good { border-color:var(--good) }
.coach small { display:block; font-size:.78rem; color:color-mix(in srgb, currentColor 78%, transparent) }
.coach.draft li { padding:.1rem 0 .1rem .6rem; font-size:.82rem; margin-bottom:.2rem !important } .coach.draft small { display:inline }
.coach-plan { font-size:.86rem; line-height:1.45 } .coach-plan p { margin:.25rem 0; font-size:.86rem } .coach-plan ul { margin:.2rem 0 .5rem; padding-left:1.1rem }
.coach-plan li { font-size:.86rem; margin:0 0 .2rem }
.coach-plan h5 { margin:.55rem 0 .1rem; padding:0; font-size:.86rem; font-weight:700 }
.coach-more summary { cursor:pointer; font-size:.82rem; padding:.35rem 0 }
.st-key-card-coach button[kind] { height:auto; text-align:left } .st-key-card-coach button[kind] p { white-space:normal; overflow-wrap:anywhere }
@media (max-width:640px) { .coach-more summary { padding:.75rem 0 } .st-key-card-coach button[kind] { min-height:44px } }
"""

ABOUT = mark(
    "It sees what you see, and nothing of the others' sheets. "
    "Points are your own, exact; how likely something is, it says in words."
)

ELSE = mark("What else the coach sees")

AT_ONCE, OF_A_DRAFT = 3, 2
"""Things to do now, and lines under a draft, that are shown at once."""

BAD = {"loss", "further", "no nearer", "refused", "own word", "promise walk", "promise sign", "bids alone", "gift"}
GOOD = {"gain", "theirs", "nearer", "free", "sign"}

TOLD_ABOVE = {"gain", "loss", "level"}
"""Kinds of remarks on a draft that the composer makes itself."""

LAST = "coach-wanted"
"""In the session: whether the coach was last wanted, in any game."""


@lru_cache(maxsize=1024)
def _switch(_game: str, _party: str) -> dict[str, bool]:
    """Return where it is kept, on the server beyond the page, whether a person wants the coach in a game."""
    return {}


def coached(hand: ActionButtons) -> bool:
    """Return whether the coach is allowed here, and wanted."""
    kept = _switch(hand.game, hand.view.me)
    return hand.coaches and kept.get("on", bool(st.session_state.get(LAST, True)))


@st.fragment
@steady
def coach(hand: ActionButtons, table: str) -> None:
    """Draw the coach of a seat, with a switch that is remembered; nothing where no coach is allowed.

    Parameters
    ----------
    table
        The table that is looked at: what is to be known of it comes first.
    """
    if not hand.coaches:
        return
    with render_slot():
        if hand.gone():
            st.rerun()
        with st.container(border=True, key="card-coach"):
            _panel(hand, table)


def _panel(hand: ActionButtons, table: str) -> None:
    began = st.session_state.setdefault(f"coach-began-{hand.game}", coached(hand))
    on = st.toggle(tr("Coach"), value=began, key=f"coach-{hand.game}".replace("_", "-"), help=tr(ABOUT))
    if on != coached(hand):
        _switch(hand.game, hand.view.me)["on"] = st.session_state[LAST] = on
        st.rerun()  # what is said of drafts comes or goes too
    if not on:
        return
    now, plan = _worked_out(hand)
    shown = [remark for remark in now if remark.kind not in ("wait", "nothing")][:AT_ONCE] or list(now[:1])
    st.html(f"<style>{CSS}</style>{_listed(hand.view.scenario, shown)}")
    talks = hand.takes(Say) and (bool(hand.view.talk) or not hand.alone)
    for remark in shown:
        if talks and remark.move is not None:
            _say(hand, remark.move, remark.parties[0])
    with st.expander(tr("My plan"), icon=":material/checklist:"):
        st.html(_planned(hand.view, plan, table))
    if talks and plan.questions:
        with st.expander(tr("Whom to ask what"), icon=":material/help:"):
            for question in plan.questions:
                _say(hand, question, question.whom)


def _worked_out(hand: ActionButtons) -> tuple[list[Remark], Plan]:
    """Return what to do now, and the plan; kept until something happens in the game."""
    view = replace(hand.view, allowed=tuple(kind for kind in hand.view.allowed if hand.takes(kind)))
    stamp = hand.game, view.me, len(view.state.events), view.allowed
    kept = st.session_state.get("coach-kept")
    if kept is None or kept[0] != stamp:
        now = list(advice(view)) or [Remark("nothing", "rules")]
        kept = st.session_state["coach-kept"] = stamp, now, prepare(view)
    return kept[1], kept[2]


def _say(hand: ActionButtons, move: Ask | Trade, party: str) -> None:
    """Draw a button that says a move to a party: a question for all to hear, a trade for the party alone."""
    view = hand.view
    to = (party,) if isinstance(move, Trade) and len(view.scenario.parties) > 2 else ()
    text = sentence(view, move, to)
    label = coach_text.button(view.scenario, move, party)
    key = f"coach-{click_key(label)[:12]}-{view.state.turns.get(view.me, 0)}"
    hand.button(literal(label), Say(text, to, (move,)), key, icon="forum", said=tr("Said."))


def _listed(scenario: Scenario, remarks: Iterable[Remark], *, draft: bool = False) -> str:
    """Return remarks as a list, as HTML: each with what it rests on."""
    rows = []
    for n, remark in enumerate(remarks):
        css = "first" if not (draft or n) else "bad" if remark.kind in BAD else "good" if remark.kind in GOOD else ""
        told, rests = escape(coach_text.told(remark, scenario)), escape(coach_text.rests(remark))
        rows.append(f"<li class='{css}'>{told} <small>{rests}</small></li>")
    return f"<ul class='coach{' draft' if draft else ''}'>{''.join(rows)}</ul>"


def _planned(view: View, plan: Plan, table: str) -> str:
    """Return a plan as HTML, the table that is looked at first."""
    scenario, decimals = view.scenario, view.scenario.decimals
    aims = coach_text.aims(plan.walk_away, plan.best, plan.target, decimals)
    weights = [coach_text.weight(scenario, term, points) for term, points in plan.issues]
    links = [coach_text.linked(scenario, link) for link in plan.links]
    tables = sorted(plan.tables, key=lambda one: one.table != table)
    told = [in_turn(coach_text.prospects(scenario, one, brief=one.table != table)) for one in tables]
    parts = ["".join(f"<p>{escape(line)}</p>" for line in aims)]
    for title, lines in (
        (tr("What weighs most"), weights),
        (tr("Links that matter"), links),
        (tr("Table by table"), told),
    ):
        rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
        parts.append(f"<h5>{title}</h5><ul>{rows}</ul>" if lines else "")
    return f"<div class='coach-plan'>{''.join(parts)}</div>"


def reviewed(view: View, deals: Mapping[str, Deal]) -> str:
    """Return what the coach says of a draft, as HTML for the place under it; empty if the composer has said it all."""
    lies = any(paper.author == view.me and dict(paper.deals) == dict(deals) for paper in view.state.papers.values())
    if lies or Offer not in view.allowed:
        return ""
    model = Evaluation(view, Bayes())
    estimates = {name: model.estimates(name) for name in deals}
    found = [
        one
        for one in review(view, deals, estimates)
        if one.kind not in TOLD_ABOVE and (one.basis != "rules" or _signs(one))
    ]
    if not found:
        return ""
    more = _listed(view.scenario, found[OF_A_DRAFT:], draft=True) if len(found) > OF_A_DRAFT else ""
    rest = f"<details class='coach-more'><summary>{tr(ELSE)}</summary>{more}</details>" if more else ""
    return f"<style>{CSS}</style>{_listed(view.scenario, found[:OF_A_DRAFT], draft=True)}{rest}"


def _signs(remark: Remark) -> bool:
    """Return whether a remark from the rules says who must sign, not why the draft cannot be."""
    return remark.kind in ("signers", "votes", "any votes", "binds")
