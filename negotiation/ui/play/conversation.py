"""The log as people read it: who said, offered and signed what, oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from negotiation import headlines
from negotiation.actions import MEDIATOR, SEALED, Event, Say, Tick, said
from negotiation.analysis.transcript import Line, Step, line, terms, titles
from negotiation.scenario import Scenario
from negotiation.state import Paper, State
from negotiation.talk.chips import chip
from negotiation.talk.reading.folding import language_of
from negotiation.ui.common.style import colour, short
from negotiation.ui.common.words import counted, when
from negotiation.ui.play.hearers import called


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
    bits += [_draft(state, paper, "put to the vote") for paper in state.drafts]
    return "".join(bits)


def _bits(step: Step, me: str, acted: str) -> list[str]:
    """Return an event and what came of it, a bit of HTML each."""
    before, event, _, came = step
    scenario = before.scenario
    bits = [_roll_call(before, vote) for vote in came.get("ballot", ())]
    if event.party != MEDIATOR and (told := line(before, event)):
        bits.append(_bubble(scenario, event, me, told, acted))
    bits += [_mark(f"{scenario.tables[name].title} is signed", good=True) for name in came.get("signed", ())]
    bits += [_mark(f"{scenario.tables[name].title} is abandoned") for name in came.get("abandoned", ())]
    if isinstance(event.action, Tick) and "unsigned" not in came:
        bits.append(_mark(when(scenario, before.round + 1)))
    news = headlines.fresh(step.after) if isinstance(event.action, Tick) else ()
    return [*bits, *(f"<div class='roll good'>{escape(headlines.told(item))}</div>" for item in news)]


def spoken(scenario: Scenario, me: str, say: Say) -> str:
    """Return words of mine as they will stand in the conversation, as HTML."""
    return _bubble(scenario, Event(me, say), me, Line(say.text))


def _bubble(scenario: Scenario, event: Event, me: str, told: Line, acted: str = "") -> str:
    """Return what a party said or did, under its name and whom it was said to; of my words also what they mean."""
    mine, say = event.party == me, event.action if isinstance(event.action, Say) else Say("")
    who = "You" if mine else escape(short(scenario, event.party))
    whom = f" to {escape(called(scenario, say.to, me))}, in private" if say.to else ""
    by = f" · <bdi>{escape(acted)}</bdi>" if acted else ""
    chips = [chip(move, scenario, me, language_of(say.text)) for move in say.moves if mine]
    meant = "".join(f"<div class='meant'>{escape(told)}</div>" for told in chips)
    css = " ".join(["say", *["mine"] * mine, *["private"] * bool(say.to)])
    style = f"--c:{colour(scenario, event.party)}"
    return f"<div class='{css}' style='{style}'><small><b>{who}</b>{whom}{by}</small>{_told(told)}{meant}</div>"


def _sealed(event: Event, me: str) -> bool:
    """Return whether an event is words that I may not read."""
    action = event.action
    return isinstance(action, Say) and action.text == SEALED and me not in (event.party, *action.to) and bool(action.to)


def _whispered(scenario: Scenario, events: Sequence[Event]) -> str:
    """Return that others spoke in private, and who to whom how often; empty if nobody did."""
    pairs = Counter((event.party, event.action.to) for event in events if isinstance(event.action, Say))
    told = [
        f"{escape(short(scenario, party))} to {escape(called(scenario, to))}{f', {n} times' if n > 1 else ''}"
        for (party, to), n in pairs.items()
    ]
    if len(told) < 2:
        return "".join(f"<div class='roll'>In private: {pair}</div>" for pair in told)
    much = counted(len(events), "private word")
    return f"<div class='roll'><details><summary>{much} between others</summary>{'<br>'.join(told)}</details></div>"


def _draft(state: State, paper: Paper, told: str, css: str = "") -> str:
    """Return a mediator's draft in one line, with its terms behind it."""
    place, words = titles(state.scenario, paper.deals), said(state.events[paper.id].action)
    return (
        f"<div class='roll {css}'><details><summary>Draft at {escape(place)}: {told}</summary>"
        f"{escape(words)}<br>{_terms(terms(state.scenario, paper.deals))}</details></div>"
    )


def _roll_call(state: State, ballot: dict[str, Any]) -> str:
    """Return a draft and every party's vote on it, as HTML."""
    votes = ballot["votes"]
    yes = ", ".join(escape(short(state.scenario, party)) for party, vote in votes.items() if vote)
    no = ", ".join(escape(short(state.scenario, party)) for party, vote in votes.items() if not vote)
    told = " · ".join(filter(None, [yes and f"yes: {yes}", no and f"no: {no}"])) or "nobody voted"
    result = "<b class='up'>is the text now</b>" if ballot["carried"] else "thrown out"
    good = "good" if ballot["carried"] else ""
    return _draft(state, state.papers[ballot["paper"]], f"{result} <span class='dim'>({told})</span>", good)


def _mark(text: str, *, good: bool = False) -> str:
    return f"<div class='mark {'good' if good else ''}'>{escape(text)}</div>"


def _told(told: Line) -> str:
    did, said = escape(told.did), f"<div class='text' dir='auto'>{escape(told.said)}</div>" if told.said else ""
    if told.terms:
        return f"{said}<details><summary class='dim'>{did}</summary>{_terms(told.terms)}</details>"
    return f"{said}<span class='dim'>{did}</span>" if did else said


def _terms(told: Iterable[tuple[str, str]]) -> str:
    return "<br>".join(f"<span class='dim'>{escape(issue)}:</span> {escape(text)}" for issue, text in told)
