"""What could have been had in a domain, worked out exactly: whether all could gain, how much together, how much each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from negotiation.analysis.dominance import TOLERANCE
from negotiation.analysis.frontier import frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import sheets_of
from negotiation.case import Case
from negotiation.lab.ideal_and_nash import ideal_and_nash


@dataclass(frozen=True)
class Yardstick:
    """The gains that a domain allows, over leaving everything unsigned, where nobody ends below that.

    Attributes
    ----------
    joint
        The most that all together could gain; 0 where there is no zone of agreement.
    each
        The most that each could gain, in seating order; 0 where there is no zone.
    ideal
        The most that each could gain if the others signed anything.
    """

    joint: float
    each: tuple[float, ...]
    ideal: tuple[float, ...]

    @property
    def zone(self) -> bool:
        """Whether there is an outcome at which somebody gains and nobody loses."""
        return self.joint > TOLERANCE


@lru_cache(maxsize=256)
def yardstick(case: Case, types: tuple[str, ...]) -> Yardstick:
    """Return the yardstick of a case whose parties are of these types, in seating order."""
    sheets = sheets_of(case, dict(zip(case.roles, types, strict=True)))
    floors = {party: ours.score({}) for party, ours in sheets.items()}

    def most(group: tuple[str, ...]) -> float:
        best = frontier(case.scenario, sheets, Problem((group,), floors=floors)).points[0, 0]
        return round(float(best) - sum(floors[party] for party in group), 9) + 0.0

    best = ideal_and_nash(case, types).best
    return Yardstick(most(tuple(sheets)), tuple(most((party,)) for party in sheets), best)
