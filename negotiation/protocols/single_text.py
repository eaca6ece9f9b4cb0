"""Single text: a mediator drafts, all vote sealed, the clock opens the ballot, what was carried is revised."""

from __future__ import annotations

from typing import ClassVar

from negotiation.actions import CLOCK, MEDIATOR, Accept, Action, Offer, Open, Pass, Tick, Vote, Walk, Withdraw
from negotiation.language import mark, phrase
from negotiation.protocols.base import Protocol, bounded, talked_out
from negotiation.state import State

BALLOTS = 4
"""Ballots in one round."""


class SingleText(Protocol):
    """In each round a few ballots on a mediator's drafts, then the texts that stand may be signed.

    The mediated single text of Klein, Faratin, Sayama and Bar-Yam, *Negotiating complex contracts*, Group Decision
    and Negotiation 12 (2003): the mediator puts a change of the text to a vote, and a text is replaced only by one
    that all who would have to sign said yes to. Here a vote is not yet a signature: the text binds by signing.
    """

    name: ClassVar[str] = "single-text"
    about: ClassVar[str] = mark(
        "a mediator drafts, all vote sealed, the mediator revises; the text may be signed each round"
    )
    mediated: ClassVar[bool] = True

    def procedure(self, unit: str) -> str:
        """Return how it goes: ballots, then signing."""
        return phrase(
            "You make no offers: a mediator drafts. Each {unit} has up to {ballots} ballots, in which all whose signature a "
            "draft needs vote yes or no, sealed until all have voted; a draft that would bind with the yes votes becomes "
            "the text. A yes does not bind. At the end of the {unit} the texts that stand can be signed.",
            unit=unit,
            ballots=BALLOTS,
        )

    def to_move(self, state: State) -> tuple[str, ...]:
        """Return the mediator until every open table has its draft; then voters, then signers, and the clock last."""
        if state.over:
            return ()
        if self._drafting(state):
            return (MEDIATOR,)
        return (*(party for party in state.scenario.parties if self.due(state, party)), CLOCK)

    def allowed(self, state: State, party: str) -> tuple[type[Action], ...]:
        """Return drafts for the mediator; votes while a ballot is under way, else signatures, for parties."""
        if party == MEDIATOR:
            return (Offer, Pass)
        if party == CLOCK:
            return (Open,) if state.drafts else (Tick,)
        if state.drafts:
            return bounded(state, party, (Vote, Pass, Walk), (Vote, Pass))
        return bounded(state, party, (Accept, Withdraw, Pass, Walk), (Pass,))

    def due(self, state: State, party: str) -> tuple[str, ...]:
        """Return my tables with a draft to vote on; without drafts, those with a text I can sign or have signed."""
        if party in state.passed:
            return ()
        drafts = state.drafts
        papers = [
            paper
            for paper in drafts or state.papers.values()
            if (not drafts and party in paper.signed)
            or (state.signable(party, paper) and party not in state.votes.get(paper.id, {}))
        ]
        return tuple(name for name in state.sits(party) if any(name in paper.deals for paper in papers))

    def refusal(self, state: State, party: str, action: Action) -> str | None:
        """Return why a pass for one table, or talk beyond its bound, is refused; None if the act is allowed."""
        if isinstance(action, Pass) and action.table:
            return phrase("under single-text a pass is for this ballot or this signing, at all tables")
        return talked_out(state, party) or None if action.talk else None

    def _drafting(self, state: State) -> bool:
        """Return whether the mediator still has a table to draft for in the ballot that comes."""
        if state.ballots >= BALLOTS or MEDIATOR in state.passed:
            return False
        drafted = [name for draft in state.drafts for name in draft.deals]
        return any(name not in drafted for name in state.open)
