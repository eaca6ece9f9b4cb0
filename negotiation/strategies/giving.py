"""Bidding that gives way and takes nothing back: every offer lies nearer to what the others asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from negotiation.strategies.decision_rules import NEVER, NOTHING, TOLERANCE, favourite
from negotiation.strategies.position import Position
from negotiation.strategies.time_based import Polynomial


@dataclass(frozen=True)
class Giving(Polynomial):
    """A bidding along the same curve that goes from its last offer towards what the others asked for first.

    Of the deals at or above the level it bids the one with the fewest steps left to that, of those that lie between the two
    on every issue, with options in the order of the case: so the others see it come nearer with every offer, and nothing
    that was given is taken back. While none of them is good enough it stands by its last offer. Their first offer counts,
    of those that it could sign: it shows best what they want. Until there is one it goes by what they said, if they did, else
    towards the deal that is worth least to itself.
    """

    name: ClassVar[str] = "giving"
    about: ClassVar[str] = "by the clock, each offer nearer to what the others asked for; takes nothing back"

    def bid(self, position: Position) -> int:
        """Return the deal between my last offer and what they asked for that is nearest to that."""
        if not len(position.order):
            return NOTHING
        grid, talk, wanted = position.grid, position.talk, max(self.level(position), position.floor)
        asked = self._asked(position)
        goal = grid[:, [asked]]
        nearness = -np.abs(grid - goal).sum(axis=0).astype(np.float64)
        if talk.mine:
            last = talk.mine[-1]
            here = grid[:, [last]]
            between = (grid >= np.minimum(here, goal)) & (grid <= np.maximum(here, goal))
            on_the_way = np.where(between.all(axis=0), nearness, -NEVER)
            found = favourite(position.gains, position.order, wanted, on_the_way)
            if found != NOTHING and on_the_way[found] > -NEVER:
                return found
            if last in position.order and position.gains[last] >= position.floor - TOLERANCE:
                return last
        return favourite(position.gains, position.order, wanted, nearness)

    @staticmethod
    def _asked(position: Position) -> int:
        """Return the deal towards which to go."""
        for deal in position.talk.all_theirs:
            if deal in position.order:
                return deal
        said = None if position.talk.all_theirs else position.estimated_utility
        return int(position.order[0]) if said is None else favourite(position.gains, position.order, -NEVER, said)
