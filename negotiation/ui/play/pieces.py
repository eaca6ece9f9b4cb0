"""Pieces of the table screen as escaped HTML: tiles, papers, the conversation; own points only, never another's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from negotiation.actions import MEDIATOR, Offer
from negotiation.language import mark, plural, tr
from negotiation.preferences import Context
from negotiation.reports.words import listed
from negotiation.rounding import apart
from negotiation.state import Paper, State
from negotiation.table import Deal, Table
from negotiation.ui.common.style import short, tag
from negotiation.ui.common.words import all_of, change, delayed, judged, points, stake, when
from negotiation.view import View
from negotiation.worth import Worth, brought, worth

FOR_YOU = mark("{points} point for you"), mark("{points} points for you")
IN_ALL = mark("{points} point for you in all"), mark("{points} points for you in all")
"""What a paper is worth, for one point and for several; `in all`: with what else is signed, or stays unsigned."""

NO_SEAT = mark("(no seat)")
WAS = mark("was: {option}")


def tiles(view: View, chosen: str = "", seen: Collection[int] | None = None) -> str:
    """Return one card a table, as HTML: its status, who still has to sign, and what it is worth to me now."""
    gains = brought(view.state, view.preferences)
    cards = [_tile(view, name, gains, seen, chosen=name == chosen) for name in view.scenario.tables]
    return f"<div class='grid'>{''.join(cards)}</div>"


def _tile(view: View, name: str, gains: Mapping[str, float], seen: Collection[int] | None, *, chosen: bool) -> str:
    state, table = view.state, view.scenario.tables[name]
    mine = "" if view.me in table.seats else f" <span class='dim'>{tr(NO_SEAT)}</span>"
    kind, text = "", ""
    if name in state.bound:
        who = listed(short(view.scenario, p) for p in state.signed[name])
        kind = "signed"
        when_signed = tr("signed in {week}", week=when(view.scenario, state.bound_in[name]))
        text = f"<span class='pill good'>{when_signed}</span><br>{escape(who)}"
        text += "<br>" + tr("brought you {points}", points=change(gains[name], view.scenario.decimals))
    elif name in state.dead:
        kind, text = "dead", _pill(tr("abandoned"), tr("stays unsigned"))
    elif state.turns.get(MEDIATOR):
        text = _mediated(view, name)
    elif papers := [p for p in state.at(name) if p.author != view.me]:
        text = _offered(view, name, papers, unread(view, name, seen))
    else:
        text = _pill(tr("open"), tr("no paper from others"))
    css = f"tile {kind} {'chosen' if chosen else ''}"
    return f"<div class='{css}'><b>{escape(table.title)}</b>{mine}<br>{text}</div>"


def _offered(view: View, name: str, papers: Sequence[Paper], new: int) -> str:
    """Return the status of a table where others have made offers, as HTML."""
    last = papers[-1]
    must, votes = view.state.missing(last)[name]
    lacks = [*(short(view.scenario, p) for p in must), *([tr("{n} more", n=votes)] if votes else [])]
    count = plural("{n} paper", "{n} papers", len(papers))
    count = plural("{papers}, {n} new", "{papers}, {n} new", new, papers=count) if new else count
    author = tr("last: {who}", who=tag(view.scenario, last.author))
    lacking = tr("still to sign: {who}", who=all_of(lacks) if lacks else tr("nobody here"))
    return f"{_pill(count, author, wait=bool(new))}<br>{escape(lacking)}"


def _mediated(view: View, name: str) -> str:
    """Return the status of a table where a mediator drafts, as HTML."""
    count = waiting(view, name)
    told = (tr("a draft to vote on") if view.state.drafts else tr("a text to sign")) if count else tr("open")
    text = standing_text(view.state, name)
    if text is None:
        return _pill(told, tr("no text yet"), wait=bool(count))
    seen = worth(view.state, view.preferences, text.deals)
    gain = apart(seen.points, seen.otherwise, view.scenario.decimals)
    signed = listed(short(view.scenario, party) for party in text.signed)
    worth_it = tr("the text: {points} for you", points=change(gain, view.scenario.decimals))
    who = escape(tr("signed: {parties}", parties=signed) if signed else tr("nobody has signed"))
    return f"{_pill(told, worth_it, wait=bool(count))}<br>{who}"


def _pill(text: str, below: str, *, wait: bool = False) -> str:
    return f"<span class='pill {'wait' if wait else ''}'>{text}</span><br>{below}"


def standing_text(state: State, table: str) -> Paper | None:
    """Return the mediator's text at a table, if one was carried."""
    return next((paper for paper in state.at(table) if paper.ballot is not None), None)


def waiting(view: View, table: str) -> int:
    """Return how many papers at a table wait for my signature; during a ballot, drafts for my vote."""
    state = view.state
    return sum(
        paper.author != view.me
        and paper.draft == bool(state.drafts)
        and state.signable(view.me, paper)
        and view.me not in state.votes.get(paper.id, {})
        for paper in state.at(table)
    )


def unread(view: View, table: str, seen: Collection[int] | None) -> int:
    """Return how many papers of others at my table `table` are not in `seen`; 0 if that is None and not counted."""
    if seen is None or table not in view.state.sits(view.me):
        return 0
    return sum(paper.author != view.me and paper.id not in seen for paper in view.state.at(table))


def terms(view: View, table: Table, deal: Deal, before: Deal | None = None) -> str:
    """Return a deal issue by issue with my points, as HTML; rows that changed against `before` are tinted."""
    rows = []
    for k, issue in enumerate(table.issues):
        sheet = view.preferences.sheets.get(f"{table.name}.{issue.name}")
        here = (
            tr(
                "{points} <span class='dim'>of {most}</span>",
                points=points(sheet.points(deal[k]), view.scenario.decimals),
                most=stake(sheet.weight),
            )
            if sheet
            else "<span class='dim'>–</span>"
        )
        moved = before is not None and before[k] != deal[k]
        was = (
            f"<br><span class='dim'>{escape(tr(WAS, option=issue.texts[before[k]]))}</span>" if moved and before else ""
        )
        rows.append(
            f"<tr class='{'moved' if moved else ''}'><td class='dim'>{escape(issue.title)}</td>"
            f"<td>{escape(issue.texts[deal[k]])}{was}</td><td class='n'>{here}</td></tr>"
        )
    return f"<div class='wide'><table class='terms'>{''.join(rows)}</table></div>"


def valued(view: View, seen: Worth) -> str:
    """Return what a paper is worth to me if it binds in this round, and what of it is delay, as HTML."""
    decimals = view.scenario.decimals
    told = points(seen.points, decimals)
    forms = IN_ALL if len(view.scenario.tables) > 1 else FOR_YOU
    large = f"<span class='big'>{told}</span>"
    number = tr(forms[told != "1"], points=large)
    delay = delayed(view.scenario, seen, view.state.round)
    distance = judged(seen.points, seen.otherwise, tr("leaving it unsigned"), decimals)
    return f"<div>{number} · {distance}</div>{f'<div class=note>{delay}</div>' if delay else ''}"


def signatures(state: State, paper: Paper) -> str:
    """Return who has signed a paper and who is missing, as HTML."""
    have = " ".join(tag(state.scenario, p) for p in paper.signed) or tr("nobody")
    lacking = []
    for name, (must, votes) in state.missing(paper).items():
        here = [*(tag(state.scenario, p) for p in must), *([more_signatures(votes)] if votes else [])]
        where = escape(state.scenario.tables[name].title)
        lacking += [tr("{who} at {table}", who=who, table=where) for who in here] if len(paper.deals) > 1 else here
    told = tr("Signed: {signed} · Missing: {missing}", signed=have, missing=listed(lacking) or tr("nobody"))
    return f"<div class='note'>{told}</div>"


def more_signatures(number: int) -> str:
    """Return how many more signatures are needed, from whomever they come."""
    return plural("{n} more signature", "{n} more signatures", number)


def previous(state: State, paper: Paper, table: str) -> Deal | None:
    """Return the author's previous offer at this table before `paper`; for a mediator's draft, the text there."""
    if paper.author == MEDIATOR:
        text = standing_text(state, table) if paper.draft else None
        return text.deals[table] if text else None
    for event in reversed(state.events[: paper.id]):
        if event.party == paper.author and isinstance(event.action, Offer) and table in event.action.deals:
            return event.action.deals[table]
    return None


def certain(view: View, deals: Mapping[str, Deal]) -> Context:
    """Return the outcome signed so far, with these deals on top."""
    return {**view.state.outcome, **deals}
