"""Grades within each role, since only players of one role had equal problems; no other file makes grades.

A seat is compared with the seats of the same role, of the same private type, whose result is that of people: agents are
a yardstick of their own (see `comparisons`), and whom they happen to fill up a class with should move nobody's grade. A
seat counts once, however many people share it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame
from negotiation.language import mark
from negotiation.rounding import rounded


@dataclass(frozen=True)
class Grade:
    """The place of one seat among all that people had in its role and type; agents have points only.

    Attributes
    ----------
    of
        How many seats of people are compared, this one included; 0 for an agent's.
    fewer, equal, more
        How many of the others have fewer points, as many, and more.
    z
        Standard deviations (of the sample) above the mean of all of them; None if there is no spread.
    """

    points: float
    gain: float
    of: int = 0
    fewer: int = 0
    equal: int = 0
    more: int = 0
    z: float | None = None

    @property
    def percentile(self) -> float | None:
        """Per cent of the others with fewer points, those with as many by half; None with no others."""
        others = self.fewer + self.equal + self.more
        return rounded(100 * (self.fewer + self.equal / 2) / others, 1) if others else None

    @property
    def role_points(self) -> float | None:
        """The grade 50 + 10 z, so that roles compare; 50 if all have equal points, None with no others."""
        return rounded(50 + 10 * (self.z or 0.0), 1) if self.of > 1 else None


def grades(klass: ClassData) -> dict[str, dict[str, Grade]]:
    """Return the grades by group, by party."""
    return {
        group.id: {party: _place(group, party, _peers(klass, group, party)) for party in klass.case.roles}
        for group in klass.groups
    }


def of_people(klass: ClassData, party: str) -> list[GroupGame]:
    """Return the groups in which people had this role."""
    return [group for group in klass.groups if group.people[party]]


def mean_of_people(klass: ClassData, party: str) -> float | None:
    """Return the mean points of the seats that people had in a role; None if nobody had it."""
    points = [group.points[party] for group in of_people(klass, party)]
    return spread(points)["mean"] if points else None


def _peers(klass: ClassData, group: GroupGame, party: str) -> list[float]:
    """Return the points of the seats that people had in this role, of this group's type."""
    kind = group.game.game.types[party]
    alike = [one for one in of_people(klass, party) if one.game.game.types[party] == kind]
    return [round(one.points[party], 6) for one in alike]


def _place(group: GroupGame, party: str, peers: Sequence[float]) -> Grade:
    mine, gain = round(group.points[party], 6), group.gains[party]
    if not group.people[party]:
        return Grade(mine, gain)
    fewer, equal = sum(other < mine for other in peers), sum(other == mine for other in peers) - 1
    more = len(peers) - fewer - equal - 1
    return Grade(mine, gain, len(peers), fewer, equal, more, standard(mine, peers))


def standard(value: float, all_values: Sequence[float]) -> float | None:
    """Return how many standard deviations (of the sample) a value is above the mean; None if there is no spread.

    Examples
    --------
    >>> standard(5.0, [1.0, 3.0, 5.0]), standard(1.0, [1.0])
    (1.0, None)
    """
    if len(all_values) < 2 or min(all_values) == max(all_values):
        return None
    mean = sum(all_values) / len(all_values)
    spread = math.sqrt(sum((other - mean) ** 2 for other in all_values) / (len(all_values) - 1))
    return (value - mean) / spread


ABOUT = mark(
    "Compared are the seats that people had in the same role, of the same private type; n says how many, a shared seat "
    "counts once, agents do not. Percentile: per cent of the others with fewer points, those with as many by half. z: "
    "standard deviations above the mean of all n. Role points: 50 + 10 z, so that roles compare."
)
"""What stands wherever a grade is shown."""


def spread(values: Sequence[float]) -> Mapping[str, float]:
    """Return the least, the quartiles, the mean and the most of some numbers; quantiles are interpolated linearly.

    Examples
    --------
    >>> spread([1.0, 2.0, 3.0, 4.0])["median"], spread([5.0])["low"]
    (2.5, 5.0)
    """
    ordered = sorted(values)
    total = 0.0
    for value in ordered:
        total += value
    return {
        "least": ordered[0],
        "low": quantile(ordered, 0.25),
        "median": quantile(ordered, 0.5),
        "high": quantile(ordered, 0.75),
        "most": ordered[-1],
        "mean": total / len(ordered),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of sorted numbers lies, interpolated linearly between neighbours."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
