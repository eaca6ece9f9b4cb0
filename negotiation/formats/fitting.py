"""A profile of another program made such that a scenario file can hold it: its points exactly, or on a scale of 0 to 1 on request."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from negotiation.errors import ScenarioError, figure

if TYPE_CHECKING:
    from negotiation.formats.profiles import Profile

POWERS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""Weights by which numbers are divided and multiplied without rounding."""

MOST_WEIGHT, MOST_POINTS = 100.0, POWERS[-1]
"""The largest weight of a scenario file, and what one issue may be worth where weights are made."""


def fitted(source: str, profile: Profile) -> Profile:
    """Return a profile with weights of 0 to 100 and shares of 0 to 1, and with the very same points.

    Where the file has others, the weight is a power of two.

    Raises
    ------
    ScenarioError
        When a value is worth less than nothing, or more than a scenario file holds.
    """
    weights, shares = dict(profile.weights), dict(profile.shares)
    for issue, points in profile.points.items():
        if 0 <= weights[issue] <= MOST_WEIGHT and all(0 <= one <= 1 for one in shares[issue]):
            continue
        worst, best = min(points), max(points)
        if worst < 0 or best > MOST_POINTS:
            found = figure(worst if worst < 0 else best)
            raise ScenarioError(
                f"{source}: issue {issue!r}: a value is worth {found}, must lie within 0 and {MOST_POINTS:g}; "
                "--norm maps utilities to 0..1"
            )
        weights[issue] = next(power for power in POWERS if best <= power)
        shares[issue] = tuple(one / weights[issue] for one in points)
    return replace(profile, weights=weights, shares=shares)


def normed(source: str, profile: Profile) -> Profile:
    """Return a profile whose worst deal is worth 0 and whose best 1, everything else on a straight line between them.

    Raises
    ------
    ScenarioError
        When every deal is worth the same, or time takes a share of utilities, which a line does not keep.
    """
    low, high = profile.extreme(min), min(profile.extreme(max), profile.most)
    if not high > low:
        raise ScenarioError(f"{source}: every deal is worth {figure(low)}, which cannot be mapped to 0..1")
    if profile.discount != 1.0 and low:
        raise ScenarioError(
            f"{source}: has a discount and a worst deal of {figure(low)}; --norm would change what waiting costs"
        )
    width = high - low
    weights, shares = {}, {}
    for issue, points in profile.points.items():
        worst, best = min(points), max(points)
        weights[issue] = (best - worst) / width
        shares[issue] = tuple((one - worst) / ((best - worst) or 1.0) for one in points)
    most = 1.0 if profile.most < math.inf else math.inf
    return replace(
        profile, weights=weights, shares=shares, reservation=(profile.reservation - low) / width, most=most, bias=0.0
    )
