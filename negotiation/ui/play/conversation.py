"""The log as people read it: who said, offered and signed what, oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from negotiation import headlines
from negotiation.actions import MEDIATOR, SEALED, Event, Say, Tick, said
from negotiation.analysis.transcript import Line, Step, line, terms, titles
from negotiation.language import language, mark, plural, tr
from negotiation.reports.words import listed
from negotiation.scenario import Scenario
from negotiation.state import Paper, State
from negotiation.talk.chips import chip
from negotiation.talk.reading.folding import language_of
from negotiation.ui.common.style import colour, short
from negotiation.ui.common.words import when
from negotiation.ui.play.hearers import called

TO_VOTE = mark("Draft at {tables}: put to the vote")
TEXT_NOW = mark("Draft at {tables}: <b class='up'>is the text now</b>")
IN_PRIVATE = mark("In private: {pair}")
THROWN_OUT = mark("Draft at {tables}: thrown out")


def conversation(opening: State, steps: Iterable[Step], me: str = "", acted: Sequence[str] = ()) -> str:
    """Return the steps of a log as HTML bubbles, with a mark for every round, signature and announcement.

    Of what others said in private there is one line, however much it was, until something else is to be read.

    Parameters
    ----------
    me
        The party whose own words stand on the other side, as `You`.
    acted
        The author of each event in words, where that is told; empty: not.
    """
    scenario, state = opening.scenario, opening
    bits, whispers = [_mark(when(scenario, 0))], list[Event]()
    for seq, step in enumerate(steps):
        state = step.after
        if _sealed(step.event, me):
            whispers.append(step.event)
        elif new := _bits(step, me, acted[seq] if acted else ""):
            bits += [_whispered(scenario, whispers), *new]
            whispers = []
    bits.append(_whispered(scenario, whispers))
    bits += [_draft(state, paper, tr(TO_VOTE, tables=_where(state, paper))) for paper in state.drafts]
    return "".join(bits)


def _bits(step: Step, me: str, acted: str) -> list[str]:
    """Return an event and what came of it, a bit of HTML each."""
    before, event, _, came = step
    scenario = before.scenario
    bits = [_roll_call(before, vote) for vote in came.get("ballot", ())]
    if event.party != MEDIATOR and (told := line(before, event)):
        bits.append(_bubble(scenario, event, me, told, acted))
    bits += [
        _mark(tr("{table} is signed", table=scenario.tables[name].title), good=True) for name in came.get("signed", ())
    ]
    bits += [_mark(tr("{table} is abandoned", table=scenario.tables[name].title)) for name in came.get("abandoned", ())]
    if isinstance(event.action, Tick) and "unsigned" not in came:
        bits.append(_mark(when(scenario, before.round + 1)))
    news = headlines.fresh(step.after) if isinstance(event.action, Tick) else ()
    return [*bits, *(f"<div class='roll good'>{escape(tr(headlines.told(item, language())))}</div>" for item in news)]


def spoken(scenario: Scenario, me: str, say: Say) -> str:
    """Return words of mine as they will stand in the conversation, as HTML."""
    return _bubble(scenario, Event(me, say), me, Line(say.text))


def _bubble(scenario: Scenario, event: Event, me: str, told: Line, acted: str = "") -> str:
    """Return what a party said or did, under its name and whom it was said to; of my words also what they mean."""
    mine, say = event.party == me, event.action if isinstance(event.action, Say) else Say("")
    head = _head(scenario, event.party, say.to, me)
    by = f" · <bdi>{escape(acted)}</bdi>" if acted else ""
    chips = [chip(move, scenario, me, language_of(say.text)) for move in say.moves if mine]
    meant = "".join(f"<div class='meant'>{escape(told)}</div>" for told in chips)
    css = " ".join(["say", *["mine"] * mine, *["private"] * bool(say.to)])
    style = f"--c:{colour(scenario, event.party)}"
    return f"<div class='{css}' style='{style}'><small>{head}{by}</small>{_told(told)}{meant}</div>"


def _head(scenario: Scenario, party: str, to: Sequence[str], me: str) -> str:
    """Return who speaks, and to whom if that is in private, as HTML."""
    mine, who, whom = party == me, escape(short(scenario, party)), escape(called(scenario, to, me)) if to else ""
    if whom:
        if mine:
            return tr("<b>You</b> to {whom}, in private", whom=whom)
        return tr("<b>{who}</b> to {whom}, in private", who=who, whom=whom)
    who = tr("You") if mine else who
    return f"<b>{who}</b>"


def _sealed(event: Event, me: str) -> bool:
    """Return whether an event is words that I may not read."""
    action = event.action
    return isinstance(action, Say) and action.text == SEALED and me not in (event.party, *action.to) and bool(action.to)


def _whispered(scenario: Scenario, events: Sequence[Event]) -> str:
    """Return that others spoke in private, and who to whom how often; empty if nobody did."""
    pairs = Counter((event.party, event.action.to) for event in events if isinstance(event.action, Say))
    told = [_pair(scenario, party, to, n) for (party, to), n in pairs.items()]
    if len(told) < 2:
        return "".join(f"<div class='roll'>{tr(IN_PRIVATE, pair=pair)}</div>" for pair in told)
    much = plural("{n} private word between others", "{n} private words between others", len(events))
    return f"<div class='roll'><details><summary>{much}</summary>{'<br>'.join(told)}</details></div>"


def _pair(scenario: Scenario, party: str, to: Sequence[str], number: int) -> str:
    """Return who spoke to whom, and how often if that was more than once, as HTML."""
    who, whom = escape(short(scenario, party)), escape(called(scenario, to))
    if number > 1:
        return plural("{who} to {whom}, {n} time", "{who} to {whom}, {n} times", number, who=who, whom=whom)
    return tr("{who} to {whom}", who=who, whom=whom)


def _draft(state: State, paper: Paper, told: str, css: str = "") -> str:
    """Return a mediator's draft in one line, with its terms behind it."""
    words = tr(said(state.events[paper.id].action))
    return (
        f"<div class='roll {css}'><details><summary>{told}</summary>"
        f"{escape(words)}<br>{_terms(terms(state.scenario, paper.deals))}</details></div>"
    )


def _roll_call(state: State, ballot: dict[str, Any]) -> str:
    """Return a draft and every party's vote on it, as HTML."""
    votes = ballot["votes"]
    yes = listed(escape(short(state.scenario, party)) for party, vote in votes.items() if vote)
    no = listed(escape(short(state.scenario, party)) for party, vote in votes.items() if not vote)
    cast = [tr("yes: {parties}", parties=yes) if yes else "", tr("no: {parties}", parties=no) if no else ""]
    told = " · ".join(filter(None, cast)) or tr("nobody voted")
    paper = state.papers[ballot["paper"]]
    result = tr(TEXT_NOW if ballot["carried"] else THROWN_OUT, tables=_where(state, paper))
    good = "good" if ballot["carried"] else ""
    return _draft(state, paper, f"{result} <span class='dim'>({told})</span>", good)


def _where(state: State, paper: Paper) -> str:
    return escape(titles(state.scenario, paper.deals))


def _mark(text: str, *, good: bool = False) -> str:
    return f"<div class='mark {'good' if good else ''}'>{escape(text)}</div>"


def _told(told: Line) -> str:
    did, said = escape(tr(told.did)), f"<div class='text' dir='auto'>{escape(told.said)}</div>" if told.said else ""
    if told.terms:
        return f"{said}<details><summary class='dim'>{did}</summary>{_terms(told.terms)}</details>"
    return f"{said}<span class='dim'>{did}</span>" if did else said


def _terms(told: Iterable[tuple[str, str]]) -> str:
    return "<br>".join(f"<span class='dim'>{escape(issue)}:</span> {escape(text)}" for issue, text in told)
