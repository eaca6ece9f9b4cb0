"""Pieces of the table screen as escaped HTML: tiles, papers, the conversation. Own points only, never another's."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from negotiation.actions import MEDIATOR, Offer
from negotiation.preferences import Context
from negotiation.state import Paper, State
from negotiation.table import Deal, Table
from negotiation.ui.look import short, tag
from negotiation.ui.words import change, points, stake, when
from negotiation.view import View


def tiles(view: View, chosen: str = "") -> str:
    """One card a table: its status, who still has to sign, and what it is worth to me now."""
    return (
        f"<div class='grid'>{''.join(_tile(view, name, chosen=name == chosen) for name in view.scenario.tables)}</div>"
    )


def _tile(view: View, name: str, *, chosen: bool) -> str:
    state, table = view.state, view.scenario.tables[name]
    points = view.preferences.points[name]
    mine = "" if view.me in table.seats else " <span class='dim'>(no seat)</span>"
    kind, text = "", ""
    if name in state.bound:
        gain = float(points[table.index(state.bound[name])] - points[-1])
        who = ", ".join(short(view.scenario, p) for p in state.signed[name])
        kind = "signed"
        text = (
            f"<span class='pill good'>signed in {when(view.scenario, state.bound_in[name])}</span><br>{escape(who)}<br>"
        )
        text += f"{change(gain, view.scenario.decimals)} for you"
    elif name in state.dead:
        kind, text = "dead", "<span class='pill'>abandoned</span><br>stays unsigned"
    elif state.turns.get(MEDIATOR):
        text = _mediated(view, name)
    elif papers := [p for p in state.at(name) if p.author != view.me]:
        last = papers[-1]
        must, votes = state.missing(last)[name]
        lacks = (
            " and ".join([*(short(view.scenario, p) for p in must), *([f"{votes} more"] if votes else [])])
            or "nobody here"
        )
        text = f"<span class='pill wait'>{len(papers)} paper{'s' if len(papers) > 1 else ''} to read</span><br>"
        text += f"last: {tag(view.scenario, last.author)}<br>still to sign: {escape(lacks)}"
    else:
        text = "<span class='pill'>open</span><br>no paper from others"
    css = f"tile {kind} {'chosen' if chosen else ''}"
    return f"<div class='{css}'><b>{escape(table.title)}</b>{mine}<br>{text}</div>"


def _mediated(view: View, name: str) -> str:
    """The status of a table where a mediator drafts."""
    count = waiting(view, name)
    pill = "to vote on" if view.state.drafts else "to sign"
    status = f"<span class='pill wait'>a draft {pill}</span>" if count and view.state.drafts else ""
    status = status or (f"<span class='pill wait'>a text {pill}</span>" if count else "<span class='pill'>open</span>")
    text = standing_text(view.state, name)
    if text is None:
        return f"{status}<br>no text yet"
    value, now = worth(view, text.deals)
    signed = ", ".join(short(view.scenario, party) for party in text.signed)
    return f"{status}<br>the text: {change(value - now, view.scenario.decimals)} for you<br>{escape(f'signed: {signed}') if signed else 'nobody has signed'}"


def standing_text(state: State, table: str) -> Paper | None:
    """The mediator's text at a table, if one was carried."""
    return next((paper for paper in state.at(table) if paper.ballot is not None), None)


def waiting(view: View, table: str) -> int:
    """How many papers at a table wait for my signature; drafts for my vote, while there are any."""
    state = view.state
    return sum(
        paper.author != view.me
        and paper.draft == bool(state.drafts)
        and state.signable(view.me, paper)
        and view.me not in state.votes.get(paper.id, {})
        for paper in state.at(table)
    )


def terms(view: View, table: Table, deal: Deal, before: Deal | None = None) -> str:
    """A deal issue by issue with my points; rows that changed against `before` are tinted."""
    rows = []
    for k, issue in enumerate(table.issues):
        sheet = view.preferences.sheets.get(f"{table.name}.{issue.name}")
        worth = (
            f"{points(sheet.points(deal[k]), view.scenario.decimals)} <span class='dim'>of {stake(sheet.weight)}</span>"
            if sheet
            else "<span class='dim'>–</span>"
        )
        moved = before is not None and before[k] != deal[k]
        was = f"<br><span class='dim'>was: {escape(issue.texts[before[k]])}</span>" if moved and before else ""
        rows.append(
            f"<tr class='{'moved' if moved else ''}'><td class='dim'>{escape(issue.title)}</td>"
            f"<td>{escape(issue.texts[deal[k]])}{was}</td><td class='n'>{worth}</td></tr>"
        )
    return f"<div class='wide'><table class='terms'>{''.join(rows)}</table></div>"


def signatures(state: State, paper: Paper) -> str:
    """Who has signed a paper and who is missing, as HTML."""
    have = " ".join(tag(state.scenario, p) for p in paper.signed) or "nobody"
    lacking = []
    for name, (must, votes) in state.missing(paper).items():
        where = f" at {name}" if len(paper.deals) > 1 else ""
        lacking += [f"{tag(state.scenario, p)}{where}" for p in must]
        lacking += [f"{votes} more signature{'s' if votes > 1 else ''}{where}"] if votes else []
    return f"<div class='note'>Signed: {have} · Missing: {', '.join(lacking) or 'nobody'}</div>"


def previous(state: State, paper: Paper, table: str) -> Deal | None:
    """What the author of a paper offered before it at the same table; for a mediator's draft, the text there."""
    if paper.author == MEDIATOR:
        text = standing_text(state, table) if paper.draft else None
        return text.deals[table] if text else None
    for event in reversed(state.events[: paper.id]):
        if event.party == paper.author and isinstance(event.action, Offer) and table in event.action.deals:
            return event.action.deals[table]
    return None


def worth(view: View, deals: Mapping[str, Deal]) -> tuple[float, float]:
    """My points if these deals bound now and nothing else; and my points if nothing more were signed."""
    now = view.preferences.score(view.state.outcome)
    return view.preferences.score({**view.state.outcome, **deals}), now


def certain(view: View, deals: Mapping[str, Deal]) -> Context:
    """What is signed, with these deals on top."""
    return {**view.state.outcome, **deals}
