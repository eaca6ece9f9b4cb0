"""The log as people read it: who said, offered and signed what, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from negotiation.actions import MEDIATOR
from negotiation.scenario import Scenario
from negotiation.ui.common.style import colour, short
from negotiation.ui.common.words import when


def conversation(scenario: Scenario, rows: Iterable[Mapping[str, Any]], me: str = "", acted: Sequence[str] = ()) -> str:
    """The rows of a transcript as HTML bubbles, with a mark for every round, signature and announcement.

    Parameters
    ----------
    me
        The party whose own words stand on the other side, as `You`.
    acted
        By event who brought it about, in words, where that is told; empty: not.
    """
    papers, drafts = dict[int, str](), dict[int, Mapping[str, Any]]()
    bits = [_mark(when(scenario, 0))]
    for row in rows:
        if row["kind"] == "offer":
            papers[row["paper"]] = " + ".join(scenario.tables[name].title for name in row["deals"])
            if row["party"] == MEDIATOR:
                drafts[row["paper"]] = row
                continue
        if ballots := row.get("ballot"):
            bits += [_roll_call(scenario, drafts[vote["paper"]], papers[vote["paper"]], vote) for vote in ballots]
            drafts.clear()
        if text := _text(scenario, row, papers):
            mine = row["party"] == me
            who = "You" if mine else escape(short(scenario, row["party"]))
            css = f"class='say {'mine' if mine else ''}' style='--c:{colour(scenario, row['party'])}'"
            by = f" · <bdi>{escape(acted[row['seq']])}</bdi>" if acted and acted[row["seq"]] else ""
            bits.append(f"<div {css}><small><b>{who}</b>{by}</small>{text}</div>")
        bits += [_mark(f"{scenario.tables[name].title} is signed", good=True) for name in row.get("signed", ())]
        bits += [_mark(f"{scenario.tables[name].title} is abandoned") for name in row.get("abandoned", ())]
        if row["kind"] == "tick" and "unsigned" not in row:
            bits.append(_mark(when(scenario, row["round"])))
        bits += [_mark(text, good=True) for text in row.get("news", ())]
    bits += [_draft(scenario, row, papers[paper], "put to the vote") for paper, row in drafts.items()]
    return "".join(bits)


def _draft(scenario: Scenario, row: Mapping[str, Any], place: str, told: str, css: str = "") -> str:
    """A mediator's draft in one line, with its terms behind it."""
    return (
        f"<div class='roll {css}'><details><summary>Draft at {escape(place)}: {told}</summary>"
        f"{escape(row['words'])}<br>{_terms(scenario, row['deals'])}</details></div>"
    )


def _roll_call(scenario: Scenario, row: Mapping[str, Any], place: str, ballot: Mapping[str, Any]) -> str:
    """A draft and how everybody voted on it."""
    votes = ballot["votes"]
    yes = ", ".join(escape(short(scenario, party)) for party, vote in votes.items() if vote)
    no = ", ".join(escape(short(scenario, party)) for party, vote in votes.items() if not vote)
    told = " · ".join(filter(None, [yes and f"yes: {yes}", no and f"no: {no}"])) or "nobody voted"
    result = "<b class='up'>is the text now</b>" if ballot["carried"] else "thrown out"
    good = "good" if ballot["carried"] else ""
    return _draft(scenario, row, place, f"{result} <span class='dim'>({told})</span>", good)


def _mark(text: str, *, good: bool = False) -> str:
    return f"<div class='mark {'good' if good else ''}'>{escape(text)}</div>"


def _text(scenario: Scenario, row: Mapping[str, Any], papers: Mapping[int, str]) -> str:
    words = escape(row.get("words", ""))
    match row["kind"]:
        case "offer":
            summary = f"offer at {escape(papers[row['paper']])}"
            return f"{words}<details><summary class='dim'>{summary}</summary>{_terms(scenario, row['deals'])}</details>"
        case "accept":
            return f"{words} <span class='dim'>signs at {escape(papers[row['paper']])}</span>"
        case "withdraw":
            return f"<span class='dim'>takes back a signature at {escape(papers[row['paper']])}</span>"
        case "walk":
            return f"{words} <span class='dim'>leaves {escape(scenario.tables[row['table']].title)} for good</span>"
        case "say":
            return escape(row["text"])
    return ""


def _terms(scenario: Scenario, deals: Mapping[str, Mapping[str, str]]) -> str:
    lines = []
    for name, deal in deals.items():
        for issue in scenario.tables[name].issues:
            text = issue.texts[issue.options.index(deal[issue.name])]
            lines.append(f"<span class='dim'>{escape(issue.title)}:</span> {escape(text)}")
    return "<br>".join(lines)
