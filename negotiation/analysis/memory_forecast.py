"""Memory that an analysis will take, estimated by a small trial of it, so that one that cannot end is not begun."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil, log, sqrt
from typing import TypeVar

import numpy as np

from negotiation.analysis.elimination import unit_step, whole
from negotiation.analysis.merging import Merger, Tell
from negotiation.analysis.outcome_space import Space
from negotiation.analysis.partial_outcomes import Bounds, Part, Trail
from negotiation.language import phrase
from negotiation.rounding import plain

Step = TypeVar("Step", int, float)

PAIRS = 8_000
"""Pairs of partial outcomes that a trial tries per join."""

SURELY = 2.0
"""How many times the memory an estimate must be to refuse, and once more below it to advise."""

EPSILONS = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0)
"""Points that are tried for advice."""


class Trial(Merger):
    """A merger that keeps samples of partial outcomes, and reckons how many there would be.

    `peak` is the most bytes that all of them would take at once.
    """

    def __init__(self, space: Space, memory: float, step: float) -> None:
        super().__init__(space, np.inf, step)
        self.real = Merger(space, memory).batch
        self.peak = self.holding = 0.0
        self.ratios: dict[int, tuple[float, Trail]] = {}  # by identity of the trail, kept so that none gets the same

    def join(self, first: Part, second: Part, rest: Bounds, *, thin: bool, tell: Tell | None = None) -> Part:
        """Return samples joined; the number of pairs that survive is extrapolated from that of a quarter of them."""
        mine, theirs = self._ratio(first), self._ratio(second)
        pairs = first.size * mine * second.size * theirs
        few, others = _few(first, second)
        part = super().join(few, others, rest, thin=thin)
        tried, ratio = few.size * others.size, 1.0
        if pairs > tried and part.size:
            less, least = _sampled(few, 2), _sampled(others, 2)
            half = super().join(less, least, rest, thin=thin)
            power = log(part.size / max(1, half.size)) / log(tried / (less.size * least.size))
            ratio = (pairs / tried) ** min(max(power, 0.0), 1.0)
        self.ratios[id(part.trail)] = ratio, part.trail
        self._count(part, ratio, pairs)
        self.holding -= self.point_bytes * sum(
            origin.size * many for origin, many in ((first, mine), (second, theirs)) if origin.trail.origins
        )
        return part

    def _ratio(self, part: Part) -> float:
        """Return how many partial outcomes a row of a sample stands for; a table's are as its branches'."""
        kept, origins = self.ratios, part.trail.origins
        if part.trail.table and origins and id(part.trail) not in kept:
            sizes = [max(1, len(origin.left)) for origin in origins]
            many = [kept[id(origin)][0] * size for origin, size in zip(origins, sizes, strict=True)]
            kept[id(part.trail)] = sum(many) / sum(sizes), part.trail
        return kept[id(part.trail)][0] if origins else 1.0

    def _count(self, part: Part, ratio: float, pairs: float) -> None:
        largest = ratio * max((len(points) for points, _ in part.groups.values()), default=0)
        made = largest + min(pairs, max(largest, self.real) + self.real)
        self.peak = max(self.peak, self.holding + made * self.made_bytes)
        self.holding += part.size * ratio * (self.point_bytes + 8)


def _few(first: Part, second: Part) -> tuple[Part, Part]:
    """Return samples of two parts with about PAIRS pairs at most."""
    most = max(sqrt(PAIRS), PAIRS / max(1, min(first.size, second.size)))
    return _sampled(first, ceil(first.size / most)), _sampled(second, ceil(second.size / most))


def _sampled(part: Part, every: int) -> Part:
    """Return every n-th row of each signature."""
    if every <= 1:
        return part
    return replace(part, groups={sign: (points[::every], at) for sign, (points, at) in part.groups.items()})


def forecast(space: Space, epsilon: float, memory: float) -> float:
    """Return about how many bytes a frontier takes at once.

    An estimate, not a bound: a small trial joins samples of the partial outcomes in the order of the real work, and the
    number kept is taken to grow with the number of pairs as it does from a quarter of a sample to all of it. Measured:
    1.2 GB for the six parties of the flagship, which take 0.8 to 1.0; within a factor of two on additive tables of up
    to five parties and 20 issues. On tables of three parties and 30 to 60 issues it is 10 times too low or worse: such
    work may be begun and stopped later, when its memory runs out. Where the work is too large to be done the estimate could not be compared with anything.
    """
    trial = Trial(space, memory, unit_step(space, epsilon))
    whole(trial, None)
    return trial.peak


def what_fits(space: Space, epsilon: float, memory: float) -> str:
    """Return what to ask for instead, in words with numbers, as far as estimates allow."""
    groups, fine = space.problem.objectives, memory / SURELY
    rough = Space(space.scenario, space.sheets, space.problem, lossy=True)

    def fits(count: int) -> bool:
        problem = replace(space.problem, objectives=groups[:count])
        fewer = Space(space.scenario, space.sheets, problem, lossy=epsilon > 0)
        return forecast(fewer, epsilon, memory) < fine

    fewer = _first(range(len(groups) - 1, 1, -1), fits)
    coarser = _first([more for more in EPSILONS if more > epsilon], lambda more: forecast(rough, more, memory) < fine)
    fewest, rough_one = (
        phrase("{n} parties", n=fewer),
        phrase("an approximation (epsilon {epsilon})", epsilon=plain(coarser or 0.0)),
    )
    if fewer and coarser:
        return phrase("{parties}, {approximation}, or more memory", parties=fewest, approximation=rough_one)
    if fewer or coarser:
        return phrase("{what}, or more memory", what=fewest if fewer else rough_one)
    return phrase("more memory")


def _first(steps: Sequence[Step], fits: Callable[[Step], bool]) -> Step | None:
    """Return the first step that fits, if those after it do too; None: none."""
    at = bisect_left(steps, True, key=fits)  # noqa: FBT003 - False before True
    return steps[at] if at < len(steps) else None
