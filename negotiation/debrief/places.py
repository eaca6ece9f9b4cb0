"""Each role against its own kind: only whoever played the same role had the same problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from negotiation.classroom.rows import percentile, standard
from negotiation.debrief.gathering import Gathered, Played


@dataclass(frozen=True)
class Place:
    """How one seat did among all that played the same role, of the same type.

    `percentile`: per cent of them with fewer points, equal ones and itself by half. `z`: standard deviations above
    their mean, None if all have the same. `rank` from 1, the best; `of` how many there are.
    """

    points: float
    gain: float
    percentile: float
    z: float | None
    rank: int
    of: int


def places(klass: Gathered) -> dict[str, dict[str, Place]]:
    """By group, by party. Seats that agents played count as well: they had the same problem."""
    return {
        group.id: {party: _place(group, party, _peers(klass, group, party)) for party in klass.case.roles}
        for group in klass.groups
    }


def _peers(klass: Gathered, group: Played, party: str) -> list[float]:
    types = group.game.model.types
    return [round(other.points[party], 6) for other in klass.groups if other.game.model.types[party] == types[party]]


def _place(group: Played, party: str, peers: Sequence[float]) -> Place:
    mine = round(group.points[party], 6)
    rank = 1 + sum(other > mine for other in peers)
    return Place(mine, group.gains[party], percentile(mine, peers), standard(mine, peers), rank, len(peers))


def spread(values: Sequence[float]) -> Mapping[str, float]:
    """The least, the quartiles, the mean and the most of some numbers; quantiles are interpolated linearly.

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
    """The value below which a share of sorted numbers lies, interpolated linearly between neighbours."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
