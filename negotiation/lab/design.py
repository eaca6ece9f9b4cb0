"""Which combinations of factors a plan plays: a grid, or points spread over the space of all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.lab.plan import Levels, Plan, Range, Value

MOST_POINTS = 10**7


class Design:
    """The points of a plan, each once, in a fixed order.

    Attributes
    ----------
    coordinates
        Shape (points, factors): a number of a range, or the place of a value in its list.
    """

    def __init__(self, plan: Plan) -> None:
        self.factors: dict[str, Levels] = plan.factors
        found = _grid(self.factors) if plan.design.kind == "grid" else self._spread(plan)
        _, first = np.unique(found, axis=0, return_index=True) if found.shape[1] else (None, np.zeros(1, dtype=np.intp))
        self.coordinates = found[np.sort(first)]

    def __len__(self) -> int:
        return len(self.coordinates)

    def settings(self, point: int) -> dict[str, Value]:
        """The value of every factor at a point."""
        row = self.coordinates[point].tolist()
        return {name: _value(levels, at) for (name, levels), at in zip(self.factors.items(), row, strict=True)}

    def _spread(self, plan: Plan) -> npt.NDArray[np.float64]:
        shares = _shares(plan.design.kind, plan.design.samples, len(self.factors), plan.design.seed)
        for column, levels in zip(shares.T, self.factors.values(), strict=True):
            if isinstance(levels, tuple):
                column[:] = np.floor(column * len(levels))
            elif levels.whole:
                column[:] = levels.least + np.floor(column * (levels.most - levels.least + 1))
            else:
                column[:] = levels.least + column * (levels.most - levels.least)
        return shares


def ends(levels: Levels) -> tuple[Value, ...]:
    """The values that show whether all are possible: every one of a list, both ends of a range."""
    return levels if isinstance(levels, tuple) else (levels.least, levels.most)


def _value(levels: Levels, at: float) -> Value:
    if isinstance(levels, tuple):
        return levels[int(at)]
    return int(at) if levels.whole else at


def _grid(factors: dict[str, Levels]) -> npt.NDArray[np.float64]:
    """All combinations, the last factor changing fastest."""
    axes = [_axis(levels) for levels in factors.values()]
    count = 1
    for axis in axes:
        count *= len(axis)
    if count > MOST_POINTS:
        raise SetupError(f"the grid has {count:,} points, must have at most {MOST_POINTS:,}; try another design")
    if not axes:
        return np.zeros((1, 0))
    return np.stack([part.ravel() for part in np.meshgrid(*axes, indexing="ij")], axis=1)


def _axis(levels: Levels) -> npt.NDArray[np.float64]:
    if isinstance(levels, Range):
        step = (levels.most - levels.least) / (levels.steps - 1)
        return np.array([levels.least + n * step for n in range(levels.steps - 1)] + [levels.most], dtype=np.float64)
    return np.arange(len(levels), dtype=np.float64)


def _shares(kind: str, samples: int, factors: int, seed: int) -> npt.NDArray[np.float64]:
    """Points in the unit cube, shape (samples, factors), the same for the same seed."""
    if not factors:
        return np.zeros((1, 0))
    if kind == "random":
        return np.array([_draws(seed, n, factors) for n in range(samples)])
    from scipy.stats import qmc  # half a second, which every worker would pay

    engine = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    return np.asarray(engine(factors, rng=np.random.default_rng(seed)).random(samples))


def _draws(seed: int, row: int, factors: int) -> list[float]:
    dice = Dice(seed, row, 0)
    return [dice.uniform() for _ in range(factors)]
