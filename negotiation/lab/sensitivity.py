"""Which factor decides what: Sobol indices of a batch whose design is `saltelli`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from negotiation.errors import SetupError
from negotiation.lab.results import Results
from negotiation.lab.runs import Runs

Numbers = npt.NDArray[np.float64]

RESAMPLES = 199
"""Bootstrap samples of an interval."""


@dataclass(frozen=True)
class Influence:
    """How much of the variance of an outcome a factor explains: alone (`first`), and with all it interacts with (`total`).

    The literature's first-order and total Sobol indices, estimates from a sample: they may lie a little below 0. `low`
    and `high` are the 95 % bootstrap interval of `total`.
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


def influences(results: Results, outcomes: tuple[str, ...] = ()) -> list[Influence]:
    """The influence of every factor on every outcome (columns of `runs`; every party's gain and `agreement` if none are named).

    Replications of a point are averaged. The estimators are those of SciPy (Saltelli and others 2010; Azzini, Mara and
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
    cells = _means(results, runs, names)
    count, factors = plan.design.samples, list(plan.factors)
    found = []
    for block, (case, protocol, lineup, _) in enumerate(runs.blocks):
        here = cells[block * len(runs.design) : (block + 1) * len(runs.design)][runs.design.places]
        sets = here.reshape(len(factors) + 2, count, len(names))
        found += [
            Influence(case.name, protocol, lineup, name, factor, *numbers)
            for at, name in enumerate(names)
            for factor, numbers in zip(factors, _indices(sets[:, :, at]), strict=False)
        ]
    return found


def _means(results: Results, runs: Runs, names: tuple[str, ...]) -> Numbers:
    """The mean of each outcome over the replications of each cell, shape (cells, outcomes): rows are in the order of runs."""
    times, done = runs.plan.replications, 0
    sums = np.zeros((runs.cells, len(names)))
    for batch in results.dataset().to_batches(columns=list(names)):
        values = np.column_stack([batch.column(name).to_numpy(zero_copy_only=False) for name in names]).astype(float)
        np.add.at(sums, (done + np.arange(len(values))) // times, values)
        done += len(values)
    if done < len(runs):
        raise SetupError(f"{results.out}: holds {done:,} of {len(runs):,} runs; Sobol indices need them all")
    return sums / times


def _indices(sets: Numbers) -> Iterator[tuple[float, float, float, float]]:
    """By factor: first-order and total index, and the interval of the latter; nothing if they are not defined."""
    if not np.isfinite(sets).all() or float(sets[:2].std()) < 1e-12:
        return
    count = sets.shape[1]
    first, total = _estimate(sets)
    rng = np.random.default_rng(0)
    again = [_estimate(sets[:, rng.integers(count, size=count)])[1] for _ in range(RESAMPLES)]
    low, high = np.nanquantile(again, (0.025, 0.975), axis=0)
    yield from zip(*(column.round(6).tolist() for column in (first, total, low, high)), strict=True)


def _estimate(sets: Numbers) -> tuple[Numbers, Numbers]:
    """First-order and total indices by factor, from A, B and A with each column of B, shape (factors + 2, samples)."""
    from scipy.stats import sobol_indices

    found = sobol_indices(func={"f_A": sets[:1], "f_B": sets[1:2], "f_AB": sets[2:, None]}, n=sets.shape[1])
    return np.ravel(found.first_order), np.ravel(found.total_order)
