"""The map in words: how each table stands in a few of them, and all of it for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable

from negotiation.reports.words import all_of, short_title
from negotiation.state import Paper, State
from negotiation.ui.common.style import short
from negotiation.ui.common.words import counted, when


def agreed(state: State, table: str) -> tuple[str, str]:
    """Return the first thing that was agreed at a signed table, whole and shorter: `Vendor: Google`, `Google`."""
    issue = state.scenario.tables[table].issues[0]
    text = issue.texts[state.bound[table][0]]
    return f"{issue.title}: {text}", text


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
        return f"abandoned in {when(state.scenario, state.dead[table])}", "abandoned"
    papers = state.at(table)
    if waits(state, me, table):
        return "waits for your signature", "for you to sign"
    if not papers:
        return "no paper yet", "no paper"
    lacking = lacks(state, papers[-1], table)
    paper = "your paper" if len(papers) == 1 and papers[0].author == me else counted(len(papers), "paper")
    return f"{paper}, waits for {lacking}" if lacking else paper, paper


def lacks(state: State, paper: Paper, table: str) -> str:
    """Return who must still sign a paper at a table, in words; empty when nobody must there."""
    must, votes = state.missing(paper)[table]
    names = [short(state.scenario, party) for party in must]
    return all_of([*names, *([counted(votes, "more signature")] if votes else [])] or [""])


def told(state: State, me: str, tied: Iterable[tuple[str, str]] = ()) -> str:
    """Return the whole map in sentences: who sits where, who offers what where, what is signed, what waits for whom."""
    scenario = state.scenario
    now = "The talks are over" if state.over else f"It is {when(scenario, state.round)} of {state.rounds}"
    links = [f"For you {short_title(scenario, a)} and {short_title(scenario, b)} are linked." for a, b in tied]
    return " ".join([f"Map of the talks. {now}.", *(_table(state, me, name) for name in scenario.tables), *links])


def _table(state: State, me: str, name: str) -> str:
    scenario, title = state.scenario, short_title(state.scenario, name)
    if name in state.bound:
        who = all_of([short(scenario, party) for party in state.signed[name]] or ["nobody"])
        week = when(scenario, state.bound_in[name])
        return f"{title}: signed in {week} by {who}. {agreed(state, name)[0]}."
    seats = all_of([short(scenario, party) for party in scenario.tables[name].seats])
    if name in state.dead:
        return f"{title}, where {seats} sat, is {briefly(state, me, name)[0]}."
    papers = [_paper(state, paper, name) for paper in state.at(name)]
    mine = ["It waits for your signature."] if waits(state, me, name) else []
    return " ".join([f"{title}, between {seats}: {'; '.join(papers) or 'no paper yet'}.", *mine])


def _paper(state: State, paper: Paper, table: str) -> str:
    scenario = state.scenario
    signed = [short(scenario, party) for party in paper.signed if party != paper.author]
    also = f", signed by {all_of(signed)} too" if signed else ""
    lacking = lacks(state, paper, table)
    waiting = f", which waits for {lacking}" if lacking else ""
    return f"a paper of {short(scenario, paper.author)}{also}{waiting}"
