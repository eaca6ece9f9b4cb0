"""What deals bring about through links between tables, in the words of the case with my points beside them, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from negotiation.analysis.link_effects import LinkAhead, LinkEffect, account, links_ahead, sentence
from negotiation.language import language, mark, tr
from negotiation.preferences import Link
from negotiation.scenario import Scenario
from negotiation.table import Deal
from negotiation.totals import Total, runs
from negotiation.ui.common.words import all_of, change
from negotiation.view import View

TOGETHER = mark("What hangs together: points on top, when all of it holds")
ADDS_UP = mark("Points by what these add up to: {issues}")
A_SUM = mark("together {sum}")
ANOTHER_SUM = mark("anything else")
AT_ONCE = mark("What it is made of, against leaving it unsigned:")
ITSELF = mark("The terms by themselves.")
DELAY = mark("The delay that your signature adds.")
LATER = mark("What could follow from other tables:")
ENDS = mark("No longer so: {sentence}")
RESTS = mark("As long as nothing to the contrary is signed at {tables}.")
NEEDS = mark("If signed too: {needs}.")
MORE = mark("Not shown, as they weigh less: {count}.")

MOST_AHEAD = 3
"""Links that other tables could complete shown at once; the rest is counted."""


def linked(view: View, deals: Mapping[str, Deal], *, ahead: int = MOST_AHEAD) -> str:
    """Return the links that deals bring about or end, and the weightiest `ahead` that other tables could complete, as HTML.

    With the former stands what they leave to the terms themselves and to delay, so that the points of the rows add up to
    what the deals are worth above leaving them unsigned. Empty without links. The deals must be legal.
    """
    scenario = view.scenario
    parts = account(view, deals, language())
    now = [_row(scenario, effect.points, *_told(scenario, effect)) for effect in parts.links]
    if now:
        now.insert(0, _row(scenario, parts.itself, tr(ITSELF)))
        now += [_row(scenario, -parts.delay, tr(DELAY))] if parts.delay else []
    later = links_ahead(view, deals, language())
    first = sorted(later, key=lambda link: -abs(link.points))[:ahead]
    follow = [_row(scenario, link.points, link.text, _needs(scenario, link)) for link in later if link in first]
    rest = len(later) - len(follow)
    more = f"<div class='note'>{tr(MORE, count=rest)}</div>" if follow and rest else ""
    rows = [*_headed(AT_ONCE, now), *_headed(LATER, follow)]
    return f"<table class='terms'>{''.join(rows)}</table>{more}" if rows else ""


def sheet_rows(view: View) -> list[str]:
    """Return all links and totals with points for me as rows of a score sheet of three columns, under headings, as HTML."""
    links = [link for link in view.preferences.links if link.points]
    head = [f"<tr><th colspan='3'>{tr(TOGETHER)}</th></tr>"] if links else []
    sums = [row for total in view.preferences.totals for row in _sum_rows(view.scenario, total)]
    return head + [_sheet_row(view.scenario, link) for link in links] + sums


def _sum_rows(scenario: Scenario, total: Total) -> list[str]:
    """Return the points of a total as rows, under a heading that says what adds up."""
    titles = [title for title, _ in scenario.stated(dict.fromkeys(total.amounts, ()))]
    head = f"<tr><th colspan='3'>{escape(tr(ADDS_UP, issues=all_of(titles)))}</th></tr>"
    rows = [
        (tr(A_SUM, sum=first if first == last else f"{first}–{last}"), points) for first, last, points in runs(total)
    ]
    if total.otherwise:
        rows.append((tr(ANOTHER_SUM), total.otherwise))
    return [head] + [
        f"<tr><td colspan='2'>{escape(text)}</td><td class='n'>{change(points, scenario.decimals)}</td></tr>"
        for text, points in rows
    ]


def _sheet_row(scenario: Scenario, link: Link) -> str:
    when = f"<br><span class='dim'>{escape(scenario.words(link.pattern))}</span>" if link.says else ""
    told = f"{escape(sentence(scenario, link, language()))}{when}"
    return f"<tr><td colspan='2'>{told}</td><td class='n'>{change(link.points, scenario.decimals)}</td></tr>"


def _told(scenario: Scenario, effect: LinkEffect) -> tuple[str, str]:
    """Return what a link says that begins or ends, and on what it rests."""
    if not effect.begins:
        return tr(ENDS, sentence=effect.text), ""
    titles = [scenario.tables[name].title for name in effect.rests_on]
    return effect.text, tr(RESTS, tables=all_of(titles)) if titles else ""


def _needs(scenario: Scenario, link: LinkAhead) -> str:
    return tr(NEEDS, needs="; ".join(f"{scenario.tables[name].title} – {terms}" for name, terms in link.needs.items()))


def _row(scenario: Scenario, value: float, text: str, below: str = "") -> str:
    more = f"<br><span class='dim'>{escape(below)}</span>" if below else ""
    return f"<tr><td class='n'>{change(value, scenario.decimals)}</td><td>{escape(text)}{more}</td></tr>"


def _headed(title: str, rows: Sequence[str]) -> list[str]:
    return [f"<tr><td colspan='2' class='dim'>{tr(title)}</td></tr>", *rows] if rows else []
