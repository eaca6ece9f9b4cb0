"""The design of a plan, the combinations of factors played: a grid, or points spread over the space of all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.lab.plan import Levels, Plan, Range, Value

MOST_NUMBERS = 2 * 10**7
"""Points times factors up to which a design is laid out: it is held in memory (160 MB)."""


DESIGN_TURN = -3
"""The turn number of the draws of a random design: no seat ever has it, so that no game's dice fall like those of its design."""


class Design:
    """The points of a plan, each once, in a fixed order.

    Attributes
    ----------
    coordinates
        Shape (points, factors): a number of a range, or the place of a value in its list.
    places
        Where each point of the design as it was drawn, twins among them, is in `coordinates`.
    """

    def __init__(self, plan: Plan) -> None:
        self.factors: dict[str, Levels] = plan.factors
        self._stepped = plan.design.kind == "grid"
        found = _grid(self.factors) if self._stepped else self._spread(plan)
        if plan.design.kind != "saltelli" and any(_continuous(levels) for levels in self.factors.values()):
            self.coordinates, self.places = found, np.arange(len(found))
            return
        first, twins = np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp)
        if found.shape[1]:
            _, first, twins = np.unique(found, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        self.coordinates, self.places = found[first[order]], rank[twins.ravel()]

    def __len__(self) -> int:
        return len(self.coordinates)

    def settings(self, point: int) -> dict[str, Value]:
        """Return the value of every factor at a point."""
        row = self.coordinates[point].tolist()
        return {name: self._value(levels, at) for (name, levels), at in zip(self.factors.items(), row, strict=True)}

    def _value(self, levels: Levels, at: float) -> Value:
        if isinstance(levels, tuple):
            return levels[int(at)]
        return int(at) if levels.whole or (self._stepped and _whole_steps(levels)) else at

    def _spread(self, plan: Plan) -> npt.NDArray[np.float64]:
        design, factors = plan.design, len(self.factors)
        points = design.samples * (factors + 2) if design.kind == "saltelli" else design.samples
        _fits(points, factors)
        shares = _shares(design.kind, design.samples, factors, design.seed)
        for column, levels in zip(shares.T, self.factors.values(), strict=True):
            if isinstance(levels, tuple):
                column[:] = np.floor(column * len(levels))
            elif levels.whole:
                column[:] = levels.least + np.floor(column * (levels.most - levels.least + 1))
            else:
                column[:] = levels.least + column * (levels.most - levels.least)
        return shares


def ends(levels: Levels) -> tuple[Value, ...]:
    """Return the values that show whether all are possible: all of a list, both ends of a range and one step on."""
    if isinstance(levels, tuple):
        return levels
    if levels.steps > 2:
        second = float(_axis(levels)[1])
        return levels.least, int(second) if _whole_steps(levels) else second, levels.most
    return levels.least, levels.most


def _whole_steps(levels: Range) -> bool:
    """Return whether all steps of a range are whole numbers, as its ends are."""
    least, most = levels.least, levels.most
    return isinstance(least, int) and isinstance(most, int) and (most - least) % (levels.steps - 1) == 0


def _continuous(levels: Levels) -> bool:
    return isinstance(levels, Range) and not levels.whole


def _fits(points: int, factors: int) -> None:
    if points * factors > MOST_NUMBERS:
        raise SetupError(
            f"the design has {points:,} points of {factors} factors, must have at most {MOST_NUMBERS // factors:,}; "
            "take fewer, or replications (with noise)"
        )


def _grid(factors: dict[str, Levels]) -> npt.NDArray[np.float64]:
    """Return all combinations, the last factor changing fastest."""
    axes = [_axis(levels) for levels in factors.values()]
    count = 1
    for axis in axes:
        count *= len(axis)
    _fits(count, len(axes))
    if not axes:
        return np.zeros((1, 0))
    return np.stack([part.ravel() for part in np.meshgrid(*axes, indexing="ij")], axis=1)


def _axis(levels: Levels) -> npt.NDArray[np.float64]:
    if isinstance(levels, Range):
        step = (levels.most - levels.least) / (levels.steps - 1)
        return np.array([levels.least + n * step for n in range(levels.steps - 1)] + [levels.most], dtype=np.float64)
    return np.arange(len(levels), dtype=np.float64)


def _shares(kind: str, samples: int, factors: int, seed: int) -> npt.NDArray[np.float64]:
    """Return points in the unit cube, shape (samples, factors), fixed by the seed."""
    if not factors:
        return np.zeros((1, 0))
    if kind == "random":
        return np.array([_draws(seed, n, factors) for n in range(samples)])
    from scipy.stats import qmc  # half a second, which every worker would pay

    rng = np.random.default_rng(seed)
    if kind == "saltelli":
        return _saltelli(np.asarray(qmc.Sobol(2 * factors, rng=rng).random(samples)), factors)
    engine = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    return np.asarray(engine(factors, rng=rng).random(samples))


def _saltelli(both: npt.NDArray[np.float64], factors: int) -> npt.NDArray[np.float64]:
    """Return two samples A and B, then A with one column after the other taken from B (Saltelli and others 2010).

    Sobol indices are estimated from what is found at these points, see `lab.sobol`.
    """
    first, second = both[:, :factors], both[:, factors:]
    mixed = np.repeat(first[None], factors, axis=0)
    for column in range(factors):
        mixed[column, :, column] = second[:, column]
    return np.concatenate([first, second, *mixed])


def _draws(seed: int, row: int, factors: int) -> list[float]:
    dice = Dice(seed, row, DESIGN_TURN)
    return [dice.uniform() for _ in range(factors)]
