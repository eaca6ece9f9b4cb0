"""Decision rules as pure functions of arrays, written once: the agents call them, a compiler can take them as they are.

No Python objects go in, only float64 and integer arrays and numbers; no NumPy call is made whose result
could differ between processors.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Gains: TypeAlias = npt.NDArray[np.float64]
Order: TypeAlias = npt.NDArray[np.intp]

ACCEPT = -1
"""The rule signs the standing deal."""

NOTHING = -2
"""The rule neither signs nor bids: no deal is at or above the floor."""

NO_DEAL = -1
"""No deal stands."""

TOLERANCE = 1e-9
"""Points within which two gains count as equal: sums of hundredths are not exact in binary."""


def level(best: float, time: float, exponent: float, least: float) -> float:
    """The gain asked for at a time: `least + (best - least) * (1 - time ** exponent)`, shares of the best gain.

    Time-dependent tactic of Faratin, Sierra and Jennings (1998); exponent above 1 is boulware, below 1 conceder.

    Parameters
    ----------
    best
        The largest reachable gain, in points; the level of a best below 0 is 0.
    time
        Relative time in (0, 1].
    least
        The share of the best gain never given up, in [0, 1].
    """
    if best <= 0.0:
        return 0.0
    wanted: float = best * (least + (1.0 - least) * (1.0 - time**exponent))
    return wanted


def lowest(gains: Gains, order: Order, wanted: float) -> int:
    """The deal with the lowest gain at or above `wanted`; among equals the lowest number; `NOTHING` if none is.

    `order` lists the deals that may be bid, ascending by gain, equal gains in deal order (a stable sort).
    """
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if gains[order[middle]] < wanted - TOLERANCE:
            low = middle + 1
        else:
            high = middle
    if low == len(order):
        return NOTHING
    return int(order[low])


def concede(gains: Gains, order: Order, standing: int, time: float, exponent: float, least: float) -> int:
    """What a time-dependent negotiator does at one table.

    Parameters
    ----------
    gains
        Points of every deal over leaving the table unsigned, shape (deals,).
    order
        The deals that may be bid, ascending by gain, equal gains in deal order.
    standing
        The deal to answer, or `NO_DEAL`.
    time, exponent, least
        See `level`.

    Returns
    -------
    `ACCEPT`, `NOTHING`, or the number of the deal to bid
    """
    best = -1.0 if len(order) == 0 else gains[order[-1]]
    wanted = level(best, time, exponent, least)
    if standing != NO_DEAL and gains[standing] >= wanted - TOLERANCE:
        return ACCEPT
    return lowest(gains, order, wanted)


def wander(gains: Gains, order: Order, standing: int, accept: float, draw: float, pick: float) -> int:
    """What somebody does who signs any gain at a whim, and otherwise bids any deal that is no loss.

    Parameters
    ----------
    gains, order, standing
        As in `concede`.
    accept
        The chance of signing a standing deal that is no loss.
    draw, pick
        Two uniform draws in [0, 1): whether to sign, and which deal to bid.
    """
    if standing != NO_DEAL and gains[standing] >= -TOLERANCE and draw < accept:
        return ACCEPT
    first = 0
    while first < len(order) and gains[order[first]] < -TOLERANCE:
        first += 1
    if first == len(order):
        return NOTHING
    return int(order[first + int(pick * (len(order) - first))])


def ranking(gains: Gains, possible: npt.NDArray[np.bool_]) -> Order:
    """The possible deals ascending by gain, equal gains in deal order."""
    candidates: Any = np.flatnonzero(possible)
    ranked: Order = candidates[np.argsort(gains[candidates], kind="stable")]
    return ranked
