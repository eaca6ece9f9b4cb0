"""In how many of 100 cases 95 % intervals of few seeds hold the truth: `python benchmarks/intervals.py`; prints, never fails.

Many seeds are played once on the compiled engine. Their mean is the truth; a few of them, drawn at random again and again,
make intervals as a batch of so many seeds would have them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

import negotiation as ng
from negotiation.lab.estimates import Reals, estimate
from negotiation.lab.exact_sums import Places
from negotiation.lab.results import Results
from negotiation.lab.strata import Strata

SEEDS, SAMPLES, FEW = 4000, 4000, (3, 5, 10, 30)

PLANS = {
    "cloud-for-two": {"even": "linear", "mixed": {"kaido": "linear", "others": "random"}},
    "alliance-2023": {"even": "linear", "firm": "boulware"},
}
"""By case the line-ups: gains of the first, and its difference to the second."""


def main() -> None:
    """Print a table by case, outcome and number of seeds."""
    print(f"{'of 100 intervals':<42}{'seeds':>6}{'none':>8}{'hold':>8}{'1.96 errors would':>20}")
    with tempfile.TemporaryDirectory() as folder:
        for case, lineups in PLANS.items():
            plan = {"format": "negotiation-plan/1", "cases": [case], "lineups": lineups, "replications": SEEDS}
            results = ng.batch({**plan, "factors": {"noise": 0.25}}, Path(folder) / case)
            party = next(iter(results.runs.cases[case].roles))
            for outcome in (f"gain.{party}", "rounds", "agreement"):
                _told(results, case, outcome)


def _told(results: Results, case: str, outcome: str) -> None:
    strata = Strata(results.plan, results.runs.cases)
    odds = strata.odds[case]
    runs = results.dataset().to_table(columns=list(dict.fromkeys([*strata.columns, "lineup", outcome])))
    first, second = (runs.filter(pc.equal(runs["lineup"], name)).sort_by("seed") for name in results.plan.lineups)
    kinds = strata.codes(first) // strata.shape[1]
    values = [part[outcome].to_numpy().astype(float) for part in (first, second)]
    rng = np.random.default_rng(1)
    for what, numbers in ((outcome, values[0]), (f"{outcome}, difference", values[1] - values[0])):
        truth = np.array([numbers[kinds == kind].mean() for kind in range(len(odds))])
        for few in FEW:
            found = np.array(
                [_once(numbers, kinds, odds, truth, rng.integers(SEEDS, size=few)) for _ in range(SAMPLES)]
            )
            none = 100 * found[:, 0].mean()
            hold, normal = (100 * found[found[:, 0] == 0, n].mean() for n in (1, 2))
            print(f"{case + ', ' + what:<42}{few:>6}{none:>8.1f}{hold:>8.1f}{normal:>20.1f}", flush=True)


def _once(numbers: Reals, kinds: Places, odds: Reals, truth: Reals, at: Places) -> tuple[bool, bool, bool]:
    """Whether seeds drawn give no interval, whether the interval holds the truth, and whether 1.96 errors would."""
    counts, sums = np.zeros((2, len(odds), len(at)))
    counts[kinds[at], np.arange(len(at))] = 1
    sums[kinds[at], np.arange(len(at))] = numbers[at]
    found = estimate(counts, sums, counts, odds).told()
    drawn = counts.sum(axis=1) > 0
    off = abs(found.mean - float((odds * truth)[drawn].sum() / odds[drawn].sum()))
    if found.half is None or found.error is None:
        return True, False, False
    return False, off <= found.half, off <= 1.96 * found.error


if __name__ == "__main__":
    main()
