"""The map in words: how each table stands in a few of them, and all of it for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable

from negotiation.language import plural, tr
from negotiation.reports.words import all_of, in_turn, short_title
from negotiation.state import Paper, State
from negotiation.ui.common.style import short
from negotiation.ui.common.words import when
from negotiation.ui.play.pieces import more_signatures


def agreed(state: State, table: str) -> tuple[str, str]:
    """Return the first thing that was agreed at a signed table, whole and shorter: `Vendor: Google`, `Google`."""
    issue = state.scenario.tables[table].issues[0]
    text = issue.texts[state.bound[table][0]]
    return tr("{issue}: {option}", issue=issue.title, option=text), text


def waits(state: State, me: str, table: str) -> bool:
    """Return whether a paper of others at a table waits for my signature."""
    return (
        not state.over
        and table in state.sits(me)
        and any(paper.author != me and not paper.draft and state.signable(me, paper) for paper in state.at(table))
    )


def briefly(state: State, me: str, table: str) -> tuple[str, str]:
    """Return how an unsigned table stands, in a few words and in fewer."""
    if table in state.dead:
        return tr("abandoned in {week}", week=when(state.scenario, state.dead[table])), tr("abandoned")
    papers = state.at(table)
    if waits(state, me, table):
        return tr("waits for your signature"), tr("for you to sign")
    if not papers:
        return tr("no paper yet"), tr("no paper")
    lacking = lacks(state, papers[-1], table)
    alone = len(papers) == 1 and papers[0].author == me
    paper = tr("your paper") if alone else plural("{n} paper", "{n} papers", len(papers))
    return tr("{papers}, waits for {who}", papers=paper, who=lacking) if lacking else paper, paper


def lacks(state: State, paper: Paper, table: str) -> str:
    """Return who must still sign a paper at a table, in words; empty when nobody must there."""
    must, votes = state.missing(paper)[table]
    names = [short(state.scenario, party) for party in must]
    return all_of([*names, *([more_signatures(votes)] if votes else [])] or [""])


def told(state: State, me: str, tied: Iterable[tuple[str, str]] = ()) -> str:
    """Return the whole map in sentences: who sits where, who offers what where, what is signed, what waits for whom."""
    scenario = state.scenario
    week = when(scenario, state.round)
    now = (
        tr("Map of the talks. The talks are over.")
        if state.over
        else tr("Map of the talks. It is {week} of {rounds}.", week=week, rounds=state.rounds)
    )
    links = [
        tr("For you {table} and {other} are linked.", table=short_title(scenario, a), other=short_title(scenario, b))
        for a, b in tied
    ]
    return in_turn([now, *(_table(state, me, name) for name in scenario.tables), *links])


def _table(state: State, me: str, name: str) -> str:
    scenario, title = state.scenario, short_title(state.scenario, name)
    if name in state.bound:
        who = all_of([short(scenario, party) for party in state.signed[name]] or [tr("nobody")])
        week = when(scenario, state.bound_in[name])
        return tr(
            "{table}: signed in {week} by {who}. {terms}.",
            table=title,
            week=week,
            who=who,
            terms=agreed(state, name)[0],
        )
    seats = all_of([short(scenario, party) for party in scenario.tables[name].seats])
    if name in state.dead:
        week = when(scenario, state.dead[name])
        return tr("{table}, where {seats} sat, is abandoned in {week}.", table=title, seats=seats, week=week)
    papers = [_paper(state, paper, name) for paper in state.at(name)]
    mine = [tr("It waits for your signature.")] if waits(state, me, name) else []
    lie = "; ".join(papers) or tr("no paper yet")
    return in_turn([tr("{table}, between {seats}: {papers}.", table=title, seats=seats, papers=lie), *mine])


def _paper(state: State, paper: Paper, table: str) -> str:
    scenario = state.scenario
    signed = [short(scenario, party) for party in paper.signed if party != paper.author]
    author, others, who = short(scenario, paper.author), all_of(signed or [""]), lacks(state, paper, table)
    if signed and who:
        return tr(
            "a paper of {author}, signed by {others} too, which waits for {who}", author=author, others=others, who=who
        )
    if signed:
        return tr("a paper of {author}, signed by {others} too", author=author, others=others)
    if who:
        return tr("a paper of {author}, which waits for {who}", author=author, who=who)
    return tr("a paper of {author}", author=author)
