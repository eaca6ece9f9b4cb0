"""An open floor: everybody acts when and as often as they like, until they pass for the round."""

from __future__ import annotations

from typing import ClassVar

from negotiation.actions import CLOCK, Accept, Action, Offer, Pass, Tick, Walk, Withdraw
from negotiation.language import mark, phrase
from negotiation.protocols.base import Protocol, bounded, talked_out
from negotiation.state import State


class OpenFloor(Protocol):
    """Within a round parties act in any order and more than once until they pass; then the clock ticks.

    Each party keeps at most one live paper per table. Papers stand until withdrawn, replaced, bound, or lapsed.
    Offers may span tables. The clock may end a round early (a teacher's timer); it must when all have passed.
    """

    name: ClassVar[str] = "open-floor"
    about: ClassVar[str] = mark(
        "everybody at once: offers (also across tables), signatures and talk until all have passed"
    )

    def procedure(self, unit: str) -> str:
        """Return how it goes: offers, signatures and talk in any order."""
        return phrase(
            "Within a {unit} everybody acts as often as they like, in any order: offer, sign, talk, take back what is not "
            "bound yet, or leave a table for good. One offer may span several tables. The {unit} ends when everybody has "
            "ended it; what lies on the tables stays there.",
            unit=unit,
        )

    def to_move(self, state: State) -> tuple[str, ...]:
        """Return all who sit at an open table and have not passed, then the clock."""
        if state.over:
            return ()
        passed = state.passed
        return (*[party for party, tables in state.sitting.items() if tables and party not in passed], CLOCK)

    def allowed(self, state: State, party: str) -> tuple[type[Action], ...]:
        """Return everything for parties, only passing (and talk) after `ACTS_PER_ROUND` acts, and the tick for the clock."""
        if party == CLOCK:
            return (Tick,)
        return bounded(state, party, (Offer, Accept, Withdraw, Pass, Walk), (Pass,))

    def refusal(self, state: State, party: str, action: Action) -> str | None:
        """Return why a pass for one table, or talk beyond its bound, is refused; None if the act is allowed."""
        if isinstance(action, Pass) and action.table:
            return phrase("under open-floor a pass is for the rest of the round, at all tables")
        return talked_out(state, party) or None if action.talk else None
