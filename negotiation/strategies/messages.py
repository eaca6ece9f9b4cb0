"""The sentences that agents send with their acts: what changed and what is missing, never a number."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.state import Paper
from negotiation.table import Deal, Table
from negotiation.view import View


def offer_message(view: View, deals: Mapping[str, Deal]) -> str:
    """Return one or two sentences on an offer: where I moved since my last one, and what theirs still lacks."""
    name = next(iter(deals))
    table, deal = view.scenario.tables[name], deals[name]
    together = ""
    if len(deals) > 1:
        titles = [view.scenario.tables[other].title for other in deals]
        together = f"For us {titles[0]} only works together with {' and '.join(titles[1:])}. "
    before = _last(view, name, mine=True)
    moved = _largest(view, table, before, deal) if before else None
    theirs = _last(view, name, mine=False)
    lacks = _largest(view, table, deal, theirs) if theirs else None
    sentences = []
    if moved is not None:
        sentences.append(f"We move on {_title(table, moved)}: {_text(table, moved, deal)}.")
    elif before is None:
        sentences.append("This is where we start." if not theirs else "This is what would work for us.")
    else:
        sentences.append("We have put it another way that should suit you better.")
    if theirs and lacks is not None:
        sentences.append(f"On {_title(table, lacks)} we cannot yet live with: {_text(table, lacks, theirs)}.")
    return (together + " ".join(sentences))[:1000]


def signature_message(view: View, paper: Paper) -> str:
    """Return one sentence on why I sign: the point of the paper that is worth most to me."""
    name = next(iter(paper.deals))
    table, deal = view.scenario.tables[name], paper.deals[name]
    best: tuple[float, int] | None = None
    for k, (points, option) in enumerate(zip(view.preferences.by_option[name], deal, strict=True)):
        worth = points[option]
        if worth > 0 and (best is None or worth > best[0]):
            best = worth, k
    if best is None:
        return "We can sign this."
    return f"We can sign this: {_title(table, best[1])} is as we need it."


def _largest(view: View, table: Table, more: Deal, less: Deal) -> int | None:
    """Return the issue on which going from one deal to the other costs me most; None if none does."""
    most, issue = 0.0, None
    for k, points in enumerate(view.preferences.by_option[table.name]):
        if (cost := points[more[k]] - points[less[k]]) > most:
            most, issue = cost, k
    return issue


def _last(view: View, table: str, *, mine: bool) -> Deal | None:
    for party, _, deal in reversed(view.state.offers.get(table, ())):
        if (party == view.me) == mine:
            return deal
    return None


def _title(table: Table, issue: int) -> str:
    return table.issues[issue].title


def _text(table: Table, issue: int, deal: Deal) -> str:
    return table.issues[issue].texts[deal[issue]]
