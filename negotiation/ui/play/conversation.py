"""The log as people read it: who said, offered and signed what, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from negotiation.actions import MEDIATOR, Tick, said
from negotiation.analysis.transcript import Line, Step, line, terms, titles
from negotiation.state import Paper, State
from negotiation.ui.common.style import colour, short
from negotiation.ui.common.words import when


def conversation(opening: State, steps: Iterable[Step], me: str = "", acted: Sequence[str] = ()) -> str:
    """Return the steps of a log as HTML bubbles, with a mark for every round, signature and announcement.

    Parameters
    ----------
    me
        The party whose own words stand on the other side, as `You`.
    acted
        The author of each event in words, where that is told; empty: not.
    """
    scenario, state = opening.scenario, opening
    bits = [_mark(when(scenario, 0))]
    for seq, step in enumerate(steps):
        before, event, state, came = step
        bits += [_roll_call(before, vote) for vote in came.get("ballot", ())]
        told = line(before, event) if event.party != MEDIATOR else None
        if told:
            mine = event.party == me
            who = "You" if mine else escape(short(scenario, event.party))
            css = f"class='say {'mine' if mine else ''}' style='--c:{colour(scenario, event.party)}'"
            by = f" · <bdi>{escape(acted[seq])}</bdi>" if acted and acted[seq] else ""
            bits.append(f"<div {css}><small><b>{who}</b>{by}</small>{_told(told)}</div>")
        bits += [_mark(f"{scenario.tables[name].title} is signed", good=True) for name in came.get("signed", ())]
        bits += [_mark(f"{scenario.tables[name].title} is abandoned") for name in came.get("abandoned", ())]
        if isinstance(event.action, Tick) and "unsigned" not in came:
            bits.append(_mark(when(scenario, before.round + 1)))
        bits += [_mark(text, good=True) for text in came.get("news", ())]
    bits += [_draft(state, paper, "put to the vote") for paper in state.drafts]
    return "".join(bits)


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
    did = escape(told.did)
    if told.terms:
        return f"{escape(told.said)}<details><summary class='dim'>{did}</summary>{_terms(told.terms)}</details>"
    return f"{escape(told.said)} <span class='dim'>{did}</span>" if did else escape(told.said)


def _terms(told: Iterable[tuple[str, str]]) -> str:
    return "<br>".join(f"<span class='dim'>{escape(issue)}:</span> {escape(text)}" for issue, text in told)
