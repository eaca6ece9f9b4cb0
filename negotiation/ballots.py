"""The effect of votes: a mediator's draft goes to a sealed ballot, which makes it the text, or throws it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from negotiation.actions import Vote
from negotiation.errors import IllegalAction
from negotiation.language import phrase
from negotiation.state import Changes, Paper, State


def cast_vote(state: State, party: str, action: Vote) -> Changes:
    """Return the changes by a vote: one more is sealed; a party whose signature a draft would count votes on it once.

    A vote that is None folds too: it is one in a log where it must not be seen.

    Raises
    ------
    IllegalAction
        When there is no such draft, it does not need the party, or the party has voted.
    """
    drafts = {paper.id: paper for paper in state.drafts}
    draft = drafts.get(action.paper)
    if draft is None:
        live = ", ".join(map(str, drafts)) or "none"
        raise IllegalAction(
            phrase(
                "{party} cannot vote on paper {paper}: it is not put to the vote; drafts: {drafts}",
                party=party,
                paper=action.paper,
                drafts=live,
            )
        )
    if not state.signable(party, draft):
        raise IllegalAction(
            phrase(
                "{party} cannot vote on draft {draft}: it would not need the signature of {party}",
                party=party,
                draft=draft.id,
            )
        )
    cast = state.votes.get(draft.id, {})
    if party in cast:
        raise IllegalAction(
            phrase(
                "{party} cannot vote on draft {draft}: {party} has voted, and votes are sealed",
                party=party,
                draft=draft.id,
            )
        )
    return {"votes": {**state.votes, draft.id: {**cast, party: action.yes}}}


def open_ballot(state: State) -> Changes:
    """Return the changes by counting the votes on every draft: carried ones are texts, in the place of what lay there.

    A draft is carried if those who voted yes are enough to make it bind by signing, so conditional signers and
    quorums count as they do for signatures; who has not voted has not said yes. Nobody is bound by a vote.

    Raises
    ------
    IllegalAction
        When no draft is put to the vote.
    """
    drafts = state.drafts
    if not drafts:
        raise IllegalAction("clock cannot open a ballot: no draft is put to the vote")
    papers = {number: paper for number, paper in state.papers.items() if not paper.draft}
    for draft in drafts:
        ballot = {party: yes for party, yes in state.votes.get(draft.id, {}).items() if yes is not None}
        if carried(state, draft, ballot):
            papers = {n: old for n, old in papers.items() if not set(old.deals) & set(draft.deals)}
            papers[draft.id] = replace(draft, ballot=ballot)
    return {"papers": papers, "votes": {}, "ballots": state.ballots + 1, "passed": ()}


def carried(state: State, draft: Paper, ballot: Mapping[str, bool]) -> bool:
    """Return whether the votes make a draft the text: with the yes votes as signatures it would bind."""
    return state.lacking(draft.deals, tuple(party for party, yes in ballot.items() if yes)) == 0
