"""Value created and value claimed (Lax and Sebenius 1986), told so that every figure holds whatever its sign.

Points of a signed table may cost a party more than leaving everything unsigned, by a link or by a bad signature. What
all created is then less than what some gained, and a share of it says nothing: 53 of 8 points. So shares are of what was
gained, and what was lost is told beside it, in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiation.analysis.dominance import TOLERANCE


@dataclass(frozen=True)
class Claims:
    """The claims of all parties.

    Attributes
    ----------
    each
        By party: points above leaving everything unsigned, without the cost of delay; below 0 a loss.
    """

    each: Mapping[str, float]

    @property
    def created(self) -> float:
        """Return all of it added up: below 0 if what was signed does more harm than good."""
        return added(self.each.values())

    @property
    def gained(self) -> float:
        """Return the sum of all gains."""
        return added(max(gain, 0.0) for gain in self.each.values())

    @property
    def lost(self) -> float:
        """Return the sum of all losses, from 0 up; value created is what was gained less this."""
        return added(max(-gain, 0.0) for gain in self.each.values())

    def share(self, party: str) -> float | None:
        """Return the part of all that was gained that a party has; None if it lost, or nobody gained anything."""
        gained = self.gained
        return self.each[party] / gained if gained > TOLERANCE and self.each[party] >= 0 else None


def added(values: Iterable[float]) -> float:
    """Return the sum of some points, in order."""
    total = 0.0
    for value in values:
        total += value
    return round(total, 9) + 0.0


def part(points: float, most: float | None) -> float | None:
    """Return how much of the most there was some points are, from 0 to 1; None if they are no part of it.

    That is where there was nothing to gain, where they are a loss, and where they are more than could be had with
    nobody below everything unsigned.

    Examples
    --------
    >>> part(30.0, 40.0), part(-1.0, 40.0), part(41.0, 40.0), part(1.0, None)
    (0.75, None, None, None)
    """
    if most is None or most <= TOLERANCE or not -TOLERANCE <= points <= most + TOLERANCE:
        return None
    return min(max(points / most, 0.0), 1.0)
