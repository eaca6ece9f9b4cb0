"""What deals bring about through links between tables, in the words of the case with my points beside them, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from negotiation.analysis.link_effects import LinkAhead, LinkEffect, link_effects, links_ahead, sentence
from negotiation.preferences import Link
from negotiation.scenario import Scenario
from negotiation.table import Deal
from negotiation.ui.common.words import all_of, change
from negotiation.view import View

TOGETHER = "What hangs together: points on top, when all of it holds"
AT_ONCE = "With this, counted in its points:"
LATER = "And if other tables are signed to match:"
ENDS = "No longer so: {sentence}"
RESTS = "As long as nothing else is signed at {tables}."
NEEDS = "If this is signed too: {needs}."
MORE = "More of the kind, smaller: {count}."

MOST_AHEAD = 3
"""Links that other tables could complete shown at once; the rest is counted."""


def linked(view: View, deals: Mapping[str, Deal], language: str = "en", *, ahead: int = MOST_AHEAD) -> str:
    """Return the links that deals bring about or end, and the weightiest `ahead` that others could complete, as HTML.

    Empty if there are none. The deals must be legal.
    """
    decimals = view.scenario.decimals
    now = [
        _row(effect.points, *_told(view.scenario, effect), decimals) for effect in link_effects(view, deals, language)
    ]
    later = links_ahead(view, deals, language)
    first = sorted(later, key=lambda link: -abs(link.points))[:ahead]
    rows = [_row(link.points, link.text, _needs(link), decimals) for link in later if link in first]
    more = f"<div class='note'>{MORE.format(count=len(later) - len(rows))}</div>" if len(later) > len(rows) > 0 else ""
    return _table(AT_ONCE, now) + _table(LATER, rows) + more


def sheet_rows(view: View, language: str = "en") -> list[str]:
    """Return all links with points for me as rows of a score sheet of three columns, under a heading, as HTML."""
    links = [link for link in view.preferences.links if link.points]
    head = [f"<tr><th colspan='3'>{TOGETHER}</th></tr>"] if links else []
    return head + [_sheet_row(view.scenario, link, language) for link in links]


def _sheet_row(scenario: Scenario, link: Link, language: str) -> str:
    when = f"<br><span class='dim'>{escape(scenario.words(link.pattern))}</span>" if link.says else ""
    told = f"{escape(sentence(scenario, link, language))}{when}"
    return f"<tr><td colspan='2'>{told}</td><td class='n'>{change(link.points, scenario.decimals)}</td></tr>"


def _told(scenario: Scenario, effect: LinkEffect) -> tuple[str, str]:
    """Return what a link says that begins or ends, and on what it rests."""
    if not effect.begins:
        return ENDS.format(sentence=effect.text), ""
    titles = [scenario.tables[name].title for name in effect.rests_on]
    return effect.text, RESTS.format(tables=all_of(titles)) if titles else ""


def _needs(link: LinkAhead) -> str:
    return NEEDS.format(needs="; ".join(link.needs.values()))


def _row(value: float, text: str, below: str, decimals: int) -> str:
    more = f"<br><span class='dim'>{escape(below)}</span>" if below else ""
    return f"<tr><td class='n'>{change(value, decimals)}</td><td>{escape(text)}{more}</td></tr>"


def _table(title: str, rows: Sequence[str]) -> str:
    return f"<div class='note'>{title}</div><table class='terms'>{''.join(rows)}</table>" if rows else ""
