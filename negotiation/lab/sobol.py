"""Sobol indices of a batch whose design is `saltelli`: which factor decides what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.errors import SetupError
from negotiation.lab.exact_sums import reals
from negotiation.lab.results import Results
from negotiation.lab.runs import Runs
from negotiation.lab.strata import Strata

Numbers = npt.NDArray[np.float64]

RESAMPLES = 199
"""Bootstrap samples of an interval."""

PARTS = 10
"""Parts into which the seeds of each point are dealt, so that the bootstrap can draw them anew."""

MOST_NUMBERS = 5 * 10**7
"""Numbers held at once; a larger design has its seeds in one part, and intervals over points only."""


@dataclass(frozen=True)
class Influence:
    """The share of an outcome's variance that a factor explains: alone (`first`), and with its interactions (`total`).

    The literature's first-order and total Sobol indices, estimates from a sample: they may lie a little below 0.

    Attributes
    ----------
    low, high, first_low, first_high
        Ends of the 95 % bootstrap intervals of `total` and `first`, over other points and, with `over_seeds`, other seeds.
    over_seeds
        Whether several seeds were played of a combination of types; otherwise what seeds decide is in no interval.
    """

    case: str
    protocol: str
    lineup: str
    outcome: str
    factor: str
    first: float
    total: float
    low: float
    high: float
    first_low: float
    first_high: float
    over_seeds: bool

    @property
    def clear(self) -> bool:
        """Return whether it differs from 0, as far as two decimals and the interval tell."""
        return round(self.low, 2) > 0


def influences(results: Results, outcomes: tuple[str, ...] = ()) -> list[Influence]:
    """Return the influence of every factor on every outcome (columns of `runs`; by default gains and `agreement`).

    Replications of a point are averaged, every combination of drawn types by its odds. The estimators are those of SciPy (Saltelli and others 2010; Azzini, Mara and
    Rosati 2021). An outcome that does not vary, or that a failed run lacks, is left out.

    Raises
    ------
    SetupError
        When the design is another, or runs are missing.
    """
    plan = results.plan
    if plan.design.kind != "saltelli":
        raise SetupError(f"{results.out}: the design is {plan.design.kind}; Sobol indices need a plan with saltelli")
    runs = results.runs
    names = outcomes or tuple(n for n in results.dataset().schema.names if n.startswith("gain.") or n == "agreement")
    cells, over_seeds = _means(results, runs, names)
    count, factors = plan.design.samples, list(plan.factors)
    found = []
    for block, (case, protocol, lineup, _) in enumerate(runs.blocks):
        here = cells[block * len(runs.design) : (block + 1) * len(runs.design)][runs.design.places]
        sets = here.reshape(len(factors) + 2, count, len(names), -1)
        found += [
            Influence(case.name, protocol, lineup, name, factor, *numbers, over_seeds)
            for at, name in enumerate(names)
            for factor, numbers in zip(factors, _indices(sets[:, :, at]), strict=False)
        ]
    return found


def _means(results: Results, runs: Runs, names: tuple[str, ...]) -> tuple[Numbers, bool]:
    """Return outcomes of each cell by part of its seeds, shape (cells, outcomes, parts), and whether it splits seeds.

    Rows are in the order of runs.

    The mean of the parts is the cell's mean, in which each combination of types counts by its odds. The seeds of a combination
    are dealt out evenly; a part without any takes the combination's mean, so that copies of a game make no part differ.
    """
    strata, done = Strata(runs.plan, runs.cases), 0
    kinds = strata.shape[0]
    parts = min(PARTS, runs.plan.replications)
    parts = parts if runs.cells * kinds * parts * len(names) <= MOST_NUMBERS else 1
    sums = np.zeros((runs.cells, kinds, parts, len(names)))
    counts = np.zeros((runs.cells, kinds, parts))
    for batch in results.dataset().to_batches(columns=list(dict.fromkeys([*strata.columns, *names]))):
        table = pa.Table.from_batches([batch])
        values = np.column_stack([reals(table[name]) for name in names])
        cells = (done + np.arange(len(values))) // runs.plan.replications
        seeds = table["seed"].to_numpy() - runs.plan.seed
        codes = strata.codes(table)
        places = cells, np.maximum(codes, 0) // strata.shape[1], seeds % parts
        np.add.at(counts, places, 1)
        np.add.at(sums, places, np.where(codes[:, None] < 0, np.nan, values))
        done += len(values)
    if done < len(runs):
        raise SetupError(f"{results.out}: holds {done:,} of {len(runs):,} runs; Sobol indices need them all")
    odds = np.zeros((runs.cells, kinds))
    for block, (case, *_) in enumerate(runs.blocks):
        ours = strata.odds[case.name]
        odds[block * len(runs.design) : (block + 1) * len(runs.design), : len(ours)] = ours
    return _weighted(sums, counts, odds), bool((counts > 0).sum(axis=2).max() > 1)


def _weighted(sums: Numbers, counts: Numbers, odds: Numbers) -> Numbers:
    """Return sums over counts by cell, outcome and part, type combinations weighted by odds, undrawn ones left out."""
    drawn = counts.sum(axis=2)
    weights = np.where(drawn > 0, odds, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    whole = sums.sum(axis=2) / np.maximum(drawn, 1)[:, :, None]
    apart = (sums - counts[..., None] * whole[:, :, None]) / np.maximum(drawn, 1)[:, :, None, None] * counts.shape[2]
    found: Numbers = ((whole[:, :, None] + apart) * weights[:, :, None, None]).sum(axis=1)
    return found.transpose(0, 2, 1)


def _indices(sets: Numbers) -> Iterator[tuple[float, float, float, float, float, float]]:
    """Yield first-order and total index by factor, and the intervals of the latter and the former, where defined."""
    middle = sets.mean(axis=2)
    if not np.isfinite(middle).all() or float(middle[:2].std()) < 1e-12:
        return
    count, parts = sets.shape[1], sets.shape[2]
    first, total = _estimate(middle)
    rng = np.random.default_rng(0)
    again = []
    for _ in range(RESAMPLES):
        points, seeds = rng.integers(count, size=count), rng.integers(parts, size=parts)
        again.append(_estimate(sets[:, points][:, :, seeds].mean(axis=2)))
    (first_low, low), (first_high, high) = np.nanquantile(again, (0.025, 0.975), axis=0)
    columns = (first, total, low, high, first_low, first_high)
    yield from zip(*(column.round(6).tolist() for column in columns), strict=True)


def _estimate(sets: Numbers) -> tuple[Numbers, Numbers]:
    """Return first-order and total indices by factor, from A, B and A with each column of B (factors + 2, samples)."""
    from scipy.stats import sobol_indices

    found = sobol_indices(func={"f_A": sets[:1], "f_B": sets[1:2], "f_AB": sets[2:, None]}, n=sets.shape[1])
    return np.ravel(found.first_order), np.ravel(found.total_order)
