"""The strata of runs: those with equal private types, and among them those with equal seeds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import product

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.case import Case
from negotiation.lab.exact_sums import Places, coded
from negotiation.lab.plan import Plan

CLUSTERS = 240
"""Groups of seeds that a summary keeps apart, at most; runs of different seeds have nothing in common."""

MOST_STRATA = 24
"""Combinations of private types up to which each is weighted by its odds."""


def _number(point: tuple[object, ...]) -> int:
    """Return a number for a point of the design, equal wherever it is played."""
    return int(hashlib.sha256(repr(point).encode()).hexdigest()[:12], 16)


class Strata:
    """By run: the combination of its drawn types, and its seed, as one number.

    Attributes
    ----------
    odds
        By case, the probability of each combination of types; one combination if there are too many, or none is drawn.
    shape
        Combinations, at most, and clusters of seeds in each.
    """

    def __init__(self, plan: Plan, cases: Mapping[str, Case]) -> None:
        self.plan = plan
        self.drawn: dict[str, dict[str, list[str]]] = {}
        self.odds: dict[str, npt.NDArray[np.float64]] = {}
        for case in cases.values():
            several = {
                party: kinds
                for party, kinds in case.roles.items()
                if len(kinds) > 1 and f"type.{party}" not in plan.factors
            }
            chances = [[role.chance for role in kinds.values()] for kinds in several.values()]
            odds = np.array([np.prod(combination) for combination in product(*chances)])
            few = len(odds) <= MOST_STRATA
            self.drawn[case.name] = {party: list(kinds) for party, kinds in several.items()} if few else {}
            self.odds[case.name] = odds / odds.sum() if few else np.ones(1)
        most = max(len(odds) for odds in self.odds.values())
        self.shape = most, CLUSTERS // most

    @property
    def columns(self) -> list[str]:
        """Return the columns of `runs` that tell."""
        points = [f"factor.{name}" for name in self.plan.factors] if self.over_points else []
        return [
            "key",
            "case",
            "seed",
            *points,
            *dict.fromkeys(f"type.{p}" for parties in self.drawn.values() for p in parties),
        ]

    @property
    def over_points(self) -> bool:
        """Return whether points of the design stand for seeds, of which there is one only."""
        return self.plan.replications == 1 and self.plan.design.kind != "grid"

    def codes(self, runs: pa.Table) -> Places:
        """Return the number of each run; −1 where nothing was played."""
        if self.over_points:
            points, marks = coded(*(runs[f"factor.{name}"] for name in self.plan.factors), empty=True)
            found = np.array([_number(point) % self.shape[1] for point in points], dtype=np.intp)[marks]
        else:
            seeds = runs["seed"].to_numpy()
            found = ((seeds - self.plan.seed) % self.shape[1]).astype(np.intp)
        names, whose = coded(runs["case"])
        combination = np.zeros(len(runs), dtype=np.intp)
        for code, (case,) in enumerate(names):
            here = whose == code
            for party, kinds in self.drawn[case].items():
                types, taken = coded(runs[f"type.{party}"])
                places = np.array([*(kinds.index(kind) if kind in kinds else -1 for (kind,) in types), -1])[taken]
                known = (combination >= 0) & (places >= 0)
                combination[here] = np.where(known, combination * len(kinds) + places, -1)[here]
        return np.where(combination < 0, -1, combination * self.shape[1] + found)
