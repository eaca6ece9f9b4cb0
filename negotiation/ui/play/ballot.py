"""The ballot of a mediated table: drafts that wait for my votes, and texts that I may sign."""

from __future__ import annotations

import streamlit as st

from negotiation.actions import Vote, Withdraw
from negotiation.language import mark, tr
from negotiation.protocols.single_text import BALLOTS
from negotiation.state import Paper
from negotiation.ui.common.style import tag
from negotiation.ui.common.words import judged, when
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.papers import sign, withdraw
from negotiation.ui.play.pieces import previous, signatures, terms, valued
from negotiation.view import View
from negotiation.worth import Worth, worth

VOTED = mark("{who} has voted")
TO_VOTE = mark("{who} is to vote")
YES = mark("You voted **yes**. Sealed until the ballot is opened.")
NO = mark("You voted **no**. Sealed until the ballot is opened.")


def stage(view: View) -> str:
    """Return what is to be done now, in one or two sentences."""
    unit = view.scenario.unit
    if view.state.drafts:
        return tr(
            "Ballot {n} of {most} this {unit}. Votes are sealed until all are in; a yes binds "
            "nobody, and the mediator goes on from what all say yes to.",
            n=view.state.ballots + 1,
            most=BALLOTS,
            unit=unit,
        )
    if view.state.round + 1 == view.state.rounds:
        return tr(
            "The ballots are over, and so is the last {unit} when you end it: what you do not sign now stays unsigned.",
            unit=unit,
        )
    return tr(
        "The ballots of this {unit} are over: sign a text, or let it lie and see what becomes of it next {unit}.",
        unit=unit,
    )


def ballot(hand: ActionButtons) -> None:
    """Show the drafts that I vote on, side by side; after the last ballot, the texts that need me."""
    view = hand.view
    drafts = view.state.drafts
    mine = [p for p in drafts or view.state.papers.values() if view.me in p.signed or view.state.signable(view.me, p)]
    if not mine:
        with st.container(border=True, key="card-no-text"):
            st.caption(tr("Nothing here needs you now."))
    for first in range(0, len(mine), 2):
        for place, paper in zip(st.columns(min(2, len(mine)), gap="medium"), mine[first : first + 2], strict=False):
            with place.container(border=True, key=f"card-paper-{paper.id}"):
                _paper(hand, paper)


def _paper(hand: ActionButtons, paper: Paper) -> None:
    view = hand.view
    state = view.state
    where = " + ".join(view.scenario.tables[name].title for name in paper.deals)
    seen = worth(state, view.preferences, paper.deals)
    texts = {p.id: p for name in paper.deals for p in state.at(name) if not p.draft} if paper.draft else {}
    compared = ""
    if texts:
        text = worth(state, view.preferences, {name: deal for p in texts.values() for name, deal in p.deals.items()})
        distance = judged(seen.points, text.points, tr("the text"), view.scenario.decimals)
        compared = f"<div>{distance}</div>"
    what = tr("Draft") if paper.draft else tr("Text of {week}", week=when(view.scenario, paper.round))
    st.html(f"<div><b>{what}</b> <span class='note'>{where}</span></div>{valued(view, seen)}{compared}")
    for name, deal in paper.deals.items():
        st.html(terms(view, view.scenario.tables[name], deal, previous(state, paper, name)))
    if paper.draft:
        _votes(hand, paper)
    else:
        st.html(signatures(state, paper))
        _signing(hand, paper, seen)


def _votes(hand: ActionButtons, draft: Paper) -> None:
    view = hand.view
    cast = view.state.votes.get(draft.id, {})
    voters = [party for party in view.scenario.parties if view.state.signable(party, draft)]
    said = [tr(VOTED if party in cast else TO_VOTE, who=tag(view.scenario, party)) for party in voters]
    st.html(f"<div class='note'>{' · '.join(said)}</div>")
    if view.me in cast:
        st.caption(tr(YES if cast[view.me] else NO))
        return
    with st.container(horizontal=True):
        told = tr("Your vote is in, sealed.")
        hand.button(tr("Yes"), Vote(draft.id, yes=True), f"yes-{draft.id}", icon="thumb_up", primary=True, said=told)
        hand.button(tr("No"), Vote(draft.id, yes=False), f"no-{draft.id}", icon="thumb_down", said=told)


def _signing(hand: ActionButtons, text: Paper, seen: Worth) -> None:
    if hand.view.me in text.signed:
        withdraw(hand, text, disabled=Withdraw not in hand.view.allowed)
    else:
        sign(hand, text, seen, due=bool(hand.view.due))
