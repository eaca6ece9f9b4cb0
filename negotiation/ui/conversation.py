"""The log as people read it: who said, offered and signed what, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from negotiation.scenario import Scenario
from negotiation.ui.look import colours, short
from negotiation.ui.words import when


def conversation(scenario: Scenario, rows: Iterable[Mapping[str, Any]], me: str = "") -> str:
    """The rows of a transcript as HTML bubbles, with a mark for every round, signature and announcement."""
    palette, papers = colours(scenario), dict[int, str]()
    bits = [_mark(when(scenario, 0))]
    for row in rows:
        if row["kind"] == "offer":
            papers[row["paper"]] = " + ".join(scenario.tables[name].title for name in row["deals"])
        if text := _text(scenario, row, papers):
            mine = row["party"] == me
            who = "You" if mine else escape(short(scenario, row["party"]))
            css = f"class='say {'mine' if mine else ''}' style='--c:{palette[row['party']]}'"
            bits.append(f"<div {css}><small><b>{who}</b></small>{text}</div>")
        bits += [_mark(f"{scenario.tables[name].title} is signed", good=True) for name in row.get("signed", ())]
        bits += [_mark(f"{scenario.tables[name].title} is abandoned") for name in row.get("abandoned", ())]
        if row["kind"] == "tick" and "unsigned" not in row:
            bits.append(_mark(when(scenario, row["round"])))
        bits += [_mark(text, good=True) for text in row.get("news", ())]
    return "".join(bits)


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
