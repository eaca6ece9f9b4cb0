"""Bidding for a fair split: down to it in time, and below it only as far as the others come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from negotiation.strategies.deadline import DeadlineBidding
from negotiation.strategies.decision_rules import TOLERANCE, favourite, level
from negotiation.strategies.micro import Micro
from negotiation.strategies.parts import Bidding
from negotiation.strategies.position import Position

NOTICED = 0.2
"""The share of the way to the fair split that the others must have come before it is answered."""

NEW_ONES = 0.6
"""The relative time from which on every offer is a new one, also while the last one still lies there."""

WORTH_IT = 0.7
"""The share of the fair split that is signed without more ado in the last two rounds."""

LIKELY = 0.2
"""The estimated gain that somebody who needs to sign should have, as a share of its best, where there is a choice."""

WEAKEST = 0.3
"""How much the needed signer that gains least counts beside the mean of all."""

FEW = 2
"""How many others one can hold firm against; among more there is less for each, and nobody whose coming could be answered."""

MOST_KEPT = 8
"""Positions of which the split is kept, within a turn; a cache, never a memory."""


@dataclass(frozen=True)
class FairSplit(Bidding):
    """A bidding that comes down to a fair split, holds it, and goes further only as the others do.

    The fair split is the deal with the largest product of its own gain and the estimated gain of the others (Nash), as far as that
    gives it the share `hold`, give or take `band`, of the best gain that the others could sign for. It comes down to that until relative time `by`, and then
    gives `give` of its best at most of itself; the gap that is left to the best offer of the others it closes in the
    measure in which they have come towards the split. In the last two rounds a good part of the split is enough. What is less
    it signs at the very end by chance only: the less there is in it, the rarer, so that it does not pay to hold out for it.
    Where a rival may take its place it bids as `late` does: firmness towards one who has another partner loses the table.
    Where there are rounds enough to go step for step it bids as `micro` does: whoever only waits gains nothing by that.

    Of the deals at or above its level it bids the one that the others are thought to like most, before those at which somebody who
    would have to sign is thought to lose.

    Parameters
    ----------
    hold
        Share of the best gain that the others could sign for, in (0, 1].
    band
        How far the estimated split may differ from that, in such shares, at least 0.
    by
        Relative time, in (0, 1).
    exponent
        How late it comes down until then, above 0.
    give
        Share of the best gain, in [0, 1].
    haste
        Rounds, above 0, see `DeadlineBidding`.
    enough
        Rounds from which on it goes step for step.
    """

    name: ClassVar[str] = "fair-split"
    about: ClassVar[str] = "comes down to a fair split, below it only as far as the others come"
    hold: float = 0.7
    band: float = 0.1
    by: float = 0.55
    exponent: float = 2.0
    give: float = 0.1
    haste: float = 8.0
    enough: int = 50

    def __post_init__(self) -> None:
        """Raise `ValueError` unless the parameters make a curve."""
        if not 0 < self.hold <= 1:
            raise ValueError(f"hold is {self.hold:g}, must be above 0 and at most 1")
        if not 0 < self.by < 1:
            raise ValueError(f"by is {self.by:g}, must be between 0 and 1")
        if not self.exponent > 0:
            raise ValueError(f"exponent is {self.exponent:g}, must be above 0")
        if not self.band >= 0:
            raise ValueError(f"band is {self.band:g}, must be at least 0")
        if not 0 <= self.give <= 1:
            raise ValueError(f"give is {self.give:g}, must be from 0 to 1")
        if not self.enough > 0:
            raise ValueError(f"enough is {self.enough}, must be above 0")
        DeadlineBidding(self.haste)

    def instead(self, position: Position) -> Bidding | None:
        """Return the bidding that takes its place where to hold a split would be of no use, else None."""
        if position.replaceable:
            return DeadlineBidding(self.haste)
        return Micro() if position.rounds >= self.enough else None

    def fair(self, position: Position) -> float:
        """Return my gain at the fair split."""
        return _fair(position, self.hold / _crowd(position), self.band)

    def level(self, position: Position) -> float:
        """Return the level: down to the fair split, then as far below it as is answered."""
        if other := self.instead(position):
            return other.level(position)
        best, fair = max(position.best, 0.0), self.fair(position)
        if position.time <= self.by:
            return fair + level(best - fair, position.time / self.by, self.exponent, 0.0)
        late = (position.time - self.by) / (1.0 - self.by)
        goal = fair - min(self.give * _crowd(position), 1.0) * late * best
        if position.received:
            now = max(position.received)
            answered = _answered(fair - position.received[0], now - position.received[0])
            goal = min(goal, fair - answered * late * max(fair - now, 0.0))
            if position.time * (position.rounds + 1) > position.rounds - 1.5 and now >= WORTH_IT * fair:
                goal = min(goal, now)
        return max(goal, 0.0)

    def pride(self, position: Position) -> float:
        """Return the gain of the fair split, or the level if that is below; 0 where another bidding takes its place."""
        return 0.0 if self.instead(position) else min(self.fair(position), self.level(position))

    def bid(self, position: Position) -> int:
        """Return the deal of the highest estimated utility to those who are thought able to sign, a new one if there is one."""
        if isinstance(other := self.instead(position), Micro):
            return other.bid(position)
        known, least = position.estimated_utility, position.least_gain
        liked = np.zeros(len(position.gains)) if known is None else known.copy()
        if least is not None:
            weakest = np.minimum(least, 1.0)
            liked = (weakest if known is None else (1.0 - WEAKEST) * liked + WEAKEST * weakest) - 4.0 * (least < LIKELY)
        talk = position.talk
        liked[[deal for deal in talk.mine if position.time > NEW_ONES or deal not in talk.lying]] -= 2.0
        return favourite(position.gains, position.order, max(self.level(position), position.floor), liked)


def _crowd(position: Position) -> float:
    """Return how many times as many others sit there as one can hold firm against, at least 1."""
    return max(position.others / FEW, 1.0)


def _answered(way: float, come: float) -> float:
    """Return how far a gap is closed, from 0 to 1, if the others have come so far on a way towards the split."""
    if way <= TOLERANCE:
        return 1.0
    share = (min(max(come / way, 0.0), 1.0) - NOTICED) / (1.0 - NOTICED)
    return math.sqrt(share) if share > 0.0 else 0.0


@lru_cache(maxsize=MOST_KEPT)
def _fair(position: Position, hold: float, band: float) -> float:
    """Return my gain at the deal with the largest product of it and what the others gain, as far as that is near `hold`."""
    best, least = max(position.best, 0.0), position.least_gain
    if least is None:
        return best * hold
    mine, theirs = position.gains[position.order], least[position.order]
    product = np.maximum(mine, 0.0) * np.maximum(theirs, 0.0)
    if not product.any():
        return best * min(hold, 0.5)
    reach = float(mine[theirs > 0].max())
    return min(max(float(mine[int(product.argmax())]), reach * (hold - band)), reach * min(hold + band, 1.0))
