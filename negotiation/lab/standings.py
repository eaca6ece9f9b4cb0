"""The results of a tournament: means with intervals, who does well against whom, and which mixture would survive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.lab.estimates import Estimate, Mean, Reals, estimate
from negotiation.lab.lost_turns import Lost, in_game, together

STEPS = 20_000

Row: TypeAlias = Mapping[str, Any]

Seats: TypeAlias = Sequence[tuple[Row, int]]
"""Games, and a seat in each."""


@dataclass(frozen=True)
class Standing:
    """One strategy over all its seats and games.

    Attributes
    ----------
    share
        Mean gain as a share of the seat's best, with its 95 % interval over other seeds.
    behind
        By how much `share` is less than that of the first, paired seed by seed; None for the first itself.
    points
        Mean points.
    signed
        Share of the tables signed.
    nash_distance
        Mean distance from the Nash point; None if no case has one.
    lost
        Turns that it lost because it failed, in all games; None if rows do not say.
    """

    name: str
    share: Mean
    behind: Mean | None
    points: float
    signed: float
    nash_distance: float | None
    games: int
    lost: int | None


@dataclass(frozen=True)
class Report:
    """Standings best first; `against[i][j]` = mean share of strategy i where j sits in the other seats.

    Attributes
    ----------
    copies
        Whether every line-up had equal results with each of several seeds.
    seeds
        How many seeds were played.
    lost
        The turns that strategies lost, by name.
    """

    standings: tuple[Standing, ...]
    names: tuple[str, ...]
    against: tuple[tuple[Mean | None, ...], ...]
    survivors: Mapping[str, float]
    errors: int
    seeds: int
    copies: bool
    lost: Mapping[str, Lost]


class Games:
    """The games that were played to their end, by who sits against whom."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = [row for row in rows if "error" not in row]
        self.seeds = {seed: n for n, seed in enumerate(sorted({row["seed"] for row in self.rows}))}
        self.everybody = np.zeros((1, len(self.seeds)))
        for row in self.rows:
            self.everybody[0, self.seeds[row["seed"]]] += 1
        self.meetings: dict[tuple[str, str | None], list[tuple[Row, int]]] = defaultdict(list)
        for row in self.rows:
            for seat, name in enumerate(row["lineup"]):
                self.meetings[name, _field(row["lineup"], seat)].append((row, seat))
        ends: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in self.rows:
            ends[row["case"], *row["lineup"]].add(repr((row["points"], row["rounds"], row["signed"])))
        self.copies = len(self.rows) > len(ends) and all(len(some) == 1 for some in ends.values())

    def of(self, name: str) -> list[tuple[Row, int]]:
        """Return the seats of a strategy whose others are all of one kind."""
        return [one for (mine, theirs), some in self.meetings.items() if mine == name and theirs for one in some]

    def shares(self, seats: Seats) -> Estimate | None:
        """Return the mean share in these seats; None: there are none."""
        return self.mean(seats, lambda row, seat: float(row["share"][seat])) if seats else None

    def mean(self, seats: Seats, value: Callable[[Row, int], float]) -> Estimate:
        """Return the mean over cases of the mean within each; all games with one seed, of any case, are a cluster."""
        counts, sums = (defaultdict[str, Reals](lambda: np.zeros(self.everybody.shape)) for _ in range(2))
        for row, seat in seats:
            at = 0, self.seeds[row["seed"]]
            counts[row["case"]][at] += 1
            sums[row["case"]][at] += value(row, seat)
        found = [estimate(counts[case], sums[case], self.everybody, np.ones(1)) for case in counts]
        mean = sum(one.mean for one in found) / len(found)
        pull = np.sum([one.pull for one in found], axis=0) / len(found)
        return Estimate(mean, len(seats), pull, self.everybody, np.all([one.there for one in found], axis=0))


def report(rows: Sequence[Row], strategies: Sequence[str]) -> Report:
    """Return the standings of a tournament's rows.

    All line-ups weigh equally within their case, and all cases equally. Line-ups and cases are those that were asked
    for; what another tournament would draw anew is the seeds, which all line-ups share.
    """
    games = Games(rows)
    meet = [[games.shares(games.meetings[i, j]) for j in strategies] for i in strategies]
    payoffs = np.array([[one.mean if one else 0.0 for one in line] for line in meet])
    mixture = replicator(payoffs)
    return Report(
        standings(games, strategies),
        tuple(strategies),
        tuple(tuple(one.told(copies=games.copies) if one else None for one in line) for line in meet),
        {name: float(p) for name, p in zip(strategies, mixture, strict=True) if p > 0.001},
        len(rows) - len(games.rows),
        len(games.seeds),
        games.copies,
        _lost(games.rows),
    )


def _field(lineup: Sequence[str], seat: int) -> str | None:
    """Return the strategy in all other seats; None if they differ."""
    others = {name for n, name in enumerate(lineup) if n != seat}
    return others.pop() if len(others) == 1 else None


def standings(games: Games, strategies: Sequence[str]) -> tuple[Standing, ...]:
    """Return how strategies did, best first; those that never played to the end are left out."""
    shares = {name: mean for name in strategies if (mean := games.shares(games.of(name)))}
    order = sorted(shares, key=lambda name: -shares[name].mean)
    return tuple(_standing(games, name, shares[name], shares[order[0]]) for name in order)


def _standing(games: Games, name: str, share: Estimate, first: Estimate) -> Standing:
    seats = games.of(name)
    near = [(row, seat) for row, seat in seats if row["nash_distance"] is not None]
    counts = [row["lost"][n] for row in games.rows if "lost" in row for n in _at(row, name)]
    return Standing(
        name,
        share.told(copies=games.copies),
        None if share is first else first.less(share, copies=games.copies),
        games.mean(seats, lambda row, seat: float(row["points"][seat])).mean,
        games.mean(seats, lambda row, _: float(row["signed"])).mean,
        games.mean(near, lambda row, _: float(row["nash_distance"])).mean if near else None,
        len(seats),
        sum(counts) if all("lost" in row for row in games.rows) else None,
    )


def _at(row: Row, name: str) -> list[int]:
    """Return where a strategy sits in a game."""
    return [seat for seat, who in enumerate(row["lineup"]) if who == name]


def _lost(rows: Sequence[Row]) -> dict[str, Lost]:
    """Return the turns that strategies lost in all their seats, by name."""
    found: dict[str, Lost] = {}
    for row in rows:
        found = together(found, in_game(zip(row["lineup"], row.get("lost", ()), row.get("why", ()), strict=False)))
    return found


def replicator(payoffs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the mixture that replicator dynamics reach from equal shares, shape (strategies,), summing to 1.

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
