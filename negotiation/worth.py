"""The worth of signing to one party: the points of the deals, less what the added delay costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.preferences import Preferences
from negotiation.rounding import apart
from negotiation.state import State
from negotiation.table import Deal


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of deals to a party if they bind in the running round, against signing nothing more.

    Both figures are taken at the end of the running round, so that the round itself counts on neither side.

    Attributes
    ----------
    points
        What it would have with them, the cost of delay taken off.
    otherwise
        What it has if nothing more is signed, the cost of delay taken off.
    delay
        The points that its signature costs by itself, since it pays until the last table it signs; 0 if it would
        not sign, or has signed nothing yet and so pays on either way.
    """

    points: float
    otherwise: float
    delay: float

    @property
    def gain(self) -> float:
        """Return the gain by signing, negative for a loss."""
        return self.points - self.otherwise

    @property
    def loses(self) -> bool:
        """Return whether signing is a loss."""
        return self.gain <= -1e-9


def worth(state: State, preferences: Preferences, deals: Mapping[str, Deal]) -> Worth:
    """Return the worth of these deals, on top of what is signed, to the party of these preferences."""
    me, rounds = preferences.party, state.rounds
    paid, later = state.rounds_paid(me), min(state.round + 1, rounds)
    signs = any(state.scenario.tables[name].signs(me, deal) for name, deal in deals.items())
    signed = {**state.outcome, **deals}

    def points(outcome: Mapping[str, Deal | None], pays: int) -> float:
        return preferences.score(outcome, pays, pays / (rounds + 1))

    then = points(signed, later if signs else paid)
    return Worth(then, points(state.outcome, paid), points(signed, paid) - then)


def brought(state: State, preferences: Preferences) -> dict[str, float]:
    """Return the gain of each signed table to this party when it was signed: links counted, cost of delay left out.

    To as many decimals as the scenario states, so that together they are what everything that is signed is worth above
    everything unsigned as people read it.
    """
    found: dict[str, float] = {}
    outcome: dict[str, Deal] = {}
    before = preferences.score({})
    for name, deal in state.bound.items():
        outcome[name] = deal
        after = preferences.score(outcome)
        found[name], before = apart(after, before, state.scenario.decimals), after
    return found
