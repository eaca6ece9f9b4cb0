"""Stacked alternating offers at every table (SAOP, Aydoğan, Festen, Hindriks and Jonker 2017)."""

from __future__ import annotations

from typing import ClassVar

from negotiation.actions import CLOCK, Accept, Action, Offer, Pass, Tick, Walk
from negotiation.language import mark, phrase
from negotiation.protocols.base import Protocol
from negotiation.state import State


class Alternating(Protocol):
    """In each round the parties act once, in seating order, at every open table where they sit.

    One paper stands at each table. Who acts there signs it, replaces it by a counter-offer, lets it be, or walks
    away. Signatures stay until a counter-offer. With one table that all must sign this is SAOP.
    """

    name: ClassVar[str] = "alternating"
    about: ClassVar[str] = mark(
        "in turn, table by table: sign the paper that stands there, or put your own in its place"
    )
    one_paper: ClassVar[bool] = True

    def procedure(self, unit: str) -> str:
        """Return how it goes: one act each, in turn."""
        return phrase(
            "In each {unit} you act once at every open table where you have a seat, in a fixed order: sign the paper that "
            "stands there, put your own in its place, let it be, or leave the table for good. One paper stands at a table at "
            "a time, and a counter-offer clears the signatures under it.",
            unit=unit,
        )

    def to_move(self, state: State) -> tuple[str, ...]:
        """Return the next party with a table to act at in this round, or the clock at its end."""
        if state.over:
            return ()
        return (next((party for party in state.scenario.parties if self.due(state, party)), CLOCK),)

    def allowed(self, state: State, party: str) -> tuple[type[Action], ...]:
        """Return offer, accept, pass and walk for parties, the tick for the clock."""
        return (Tick,) if party == CLOCK else (Offer, Accept, Pass, Walk)

    def due(self, state: State, party: str) -> tuple[str, ...]:
        """Return the open tables where `party` has not acted in this round."""
        if party in state.passed:
            return ()
        return tuple(table for table in state.sits(party) if (party, table) not in state.acted)

    def refusal(self, state: State, party: str, action: Action) -> str | None:
        """Return why an act is refused unless it names one table, where the turn of `party` is still due; else None."""
        named = state.named(action)
        if len(named) > 1:
            return phrase("under alternating an offer names one table; open-floor takes packages across tables")
        if named and (party, named[0]) in state.acted:
            return phrase(
                "{party} has acted at {table} in this round; due: {due}",
                party=party,
                table=named[0],
                due=", ".join(self.due(state, party)),
            )
        return None
