"""One game again and again with others in its seats: what does not depend on who plays is made ready once."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.game import PLAYED
from negotiation.lab.compiled.setup import Ready, ready
from negotiation.lab.compiled.strategy_codes import playable, seats
from negotiation.lab.factors import Changed
from negotiation.strategies import strategy
from negotiation.strategies.bargainer import Bargainer

FIRST = "fair"
"""The strategy in all seats at first: one that looks back at offers, so that there is room for them."""


class Series:
    """A series of games of a case under a protocol, with fixed rounds and types."""

    def __init__(self, case: Case, protocol: str, rounds: int, types: Mapping[str, str]) -> None:
        self._parties = list(case.roles)
        self._ready = ready(Changed(case, dict.fromkeys(case.roles, FIRST), rounds, types), protocol)

    def points(self, line_up: Mapping[str, str], seed: int) -> dict[str, float] | None:
        """Return every party's points in the end; None if the game is one for the plain engine."""
        if self._ready is None or not _sit(self._ready, [line_up[party] for party in self._parties]):
            return None
        ends, _, _ = self._ready.play([seed])
        if ends.status[0] != PLAYED:
            return None
        return {party: round(float(points), 9) for party, points in zip(self._parties, ends.points[0], strict=True)}


def _sit(there: Ready, texts: list[str]) -> bool:
    """Return whether these strategies, by party, could be seated."""
    try:
        named = [strategy(text) for text in texts]
    except NegotiationError:
        return False  # the plain engine says what is wrong
    players = [one for one in named if playable(one) and isinstance(one, Bargainer)]
    if len(players) < len(named):
        return False
    coded = seats(players, there.rounds)
    there.game.who = coded.who
    reals(there.game.share, coded.share.size)[:] = coded.share.reshape(-1)
    return True
