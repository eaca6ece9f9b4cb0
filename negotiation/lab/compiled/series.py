"""One game again and again with others in its seats: what does not depend on who plays is made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.compiling import announce
from negotiation.lab.compiled.game import PLAYED
from negotiation.lab.compiled.kernel import play
from negotiation.lab.compiled.setup import Ready, ready
from negotiation.lab.compiled.strategy_codes import playable, seats
from negotiation.lab.factors import Changed
from negotiation.strategies import strategy
from negotiation.strategies.bargainer import Bargainer

FIRST = "fair"
"""The strategy in all seats at first: one that looks back at offers, so that there is room for them."""


class End(NamedTuple):
    """The end of a game: points by party, the share of the tables signed, and whether anybody may throw dice in it."""

    points: dict[str, float]
    signed: float
    rolls: bool


class Series:
    """A series of games of a case under a protocol, with fixed rounds and types."""

    def __init__(self, case: Case, protocol: str, rounds: int, types: Mapping[str, str]) -> None:
        self._parties = list(case.roles)
        self._announced = False
        self._ready = ready(Changed(case, dict.fromkeys(case.roles, FIRST), rounds, types), protocol)

    def points(self, line_up: Mapping[str, str], seed: int) -> dict[str, float] | None:
        """Return every party's points in the end; None if the game is one for the plain engine."""
        end = self.end(line_up, seed)
        return end and end.points

    def end(self, line_up: Mapping[str, str], seed: int) -> End | None:
        """Return the end of a game; None if it is one for the plain engine."""
        if self._ready is None or not _sit(self._ready, [line_up[party] for party in self._parties]):
            return None
        if not self._announced:
            announce(play)
            self._announced = True
        ends, _, _ = self._ready.play([seed])
        if ends.status[0] != PLAYED:
            return None
        points = {party: round(float(one), 9) for party, one in zip(self._parties, ends.points[0], strict=True)}
        return End(points, float((ends.deal[0] >= 0).mean()), bool(self._ready.game.who.rolls.any()))


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
