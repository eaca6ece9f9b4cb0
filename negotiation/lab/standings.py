"""What a tournament says: means with intervals, who does well against whom, and which mixture would survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
STEPS = 20_000


@dataclass(frozen=True)
class Standing:
    """One strategy over all its seats and games.

    Attributes
    ----------
    share, low, high
        Mean gain as a share of the seat's best, and the ends of its 95 % bootstrap interval over line-ups.
    points
        Mean points.
    signed
        Share of the tables signed.
    nash_distance
        Mean distance from the Nash point; None if no case has one.
    """

    name: str
    share: float
    low: float
    high: float
    points: float
    signed: float
    nash_distance: float | None
    games: int


@dataclass(frozen=True)
class Report:
    """Standings best first; `against[i, j]` = mean share of strategy i where j sits in the other seats."""

    standings: tuple[Standing, ...]
    names: tuple[str, ...]
    against: npt.NDArray[np.float64]
    survivors: Mapping[str, float]
    errors: int


def report(rows: Sequence[Mapping[str, Any]], strategies: Sequence[str]) -> Report:
    """The standings of a tournament's rows.

    Every line-up weighs the same within its case, and every case the same.
    """
    played = [row for row in rows if "error" not in row]
    seats = [
        (row, seat, name, _field(row["lineup"], seat)) for row in played for seat, name in enumerate(row["lineup"])
    ]
    against = np.full((len(strategies), len(strategies)), np.nan)
    for i, mine in enumerate(strategies):
        for j, theirs in enumerate(strategies):
            shares = [
                (row["case"], row["share"][seat]) for row, seat, name, other in seats if (name, other) == (mine, theirs)
            ]
            if shares:
                against[i, j] = _by_case(shares)
    standings = [
        _standing(name, [(row, seat) for row, seat, who, other in seats if who == name and other is not None], n)
        for n, name in enumerate(strategies)
    ]
    ranked = sorted(standings, key=lambda one: -one.share)
    mixture = replicator(np.nan_to_num(against))
    survivors = {name: float(p) for name, p in zip(strategies, mixture, strict=True) if p > 0.001}
    return Report(tuple(ranked), tuple(strategies), against, survivors, len(rows) - len(played))


def _field(lineup: Sequence[str], seat: int) -> str | None:
    """The strategy in all other seats; None if they differ."""
    others = {name for n, name in enumerate(lineup) if n != seat}
    return others.pop() if len(others) == 1 else None


def _by_case(values: Sequence[tuple[str, float]]) -> float:
    """The mean over cases of the mean within each."""
    cases = dict.fromkeys(case for case, _ in values)
    means = [float(np.mean([value for name, value in values if name == case])) for case in cases]
    return float(np.mean(means))


def _standing(name: str, seats: Sequence[tuple[Mapping[str, Any], int]], number: int) -> Standing:
    shares = [(row["case"], float(row["share"][seat])) for row, seat in seats]
    low, high = bootstrap(shares, seed=number)
    distances = [row["nash_distance"] for row, _ in seats if row["nash_distance"] is not None]
    return Standing(
        name,
        _by_case(shares),
        low,
        high,
        _by_case([(row["case"], float(row["points"][seat])) for row, seat in seats]),
        _by_case([(row["case"], float(row["signed"])) for row, _ in seats]),
        float(np.mean(distances)) if distances else None,
        len(seats),
    )


def bootstrap(values: Sequence[tuple[str, float]], seed: int) -> tuple[float, float]:
    """The 2.5 % and 97.5 % points of the mean over cases, games resampled within each case."""
    rng = np.random.default_rng(seed)
    cases = dict.fromkeys(case for case, _ in values)
    total = np.zeros(RESAMPLES)
    for case in cases:
        there = np.array([value for name, value in values if name == case])
        total += there[rng.integers(0, len(there), (RESAMPLES, len(there)))].mean(axis=1)
    low, high = np.quantile(total / len(cases), [0.025, 0.975])
    return float(low), float(high)


def replicator(payoffs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mixture that replicator dynamics reach from equal shares, shape (strategies,), summing to 1.

    `payoffs[i, j]` is what i earns where j is the field. Discrete replicator dynamics (Taylor and Jonker 1978) in the
    empirical game (Wellman 2006): a share grows by how much its payoff exceeds the mean.
    """
    mixture = np.full(len(payoffs), 1.0 / len(payoffs))
    shifted = payoffs - payoffs.min() + 0.1
    for _ in range(STEPS):
        earned = shifted @ mixture
        mixture = mixture * earned / float(mixture @ earned)
        mixture /= mixture.sum()
    return mixture
