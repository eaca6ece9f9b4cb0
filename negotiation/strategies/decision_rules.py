"""Decision rules as pure functions of arrays, written once: agents call them, and numba compiles them as they are.

No Python objects go in, only float64 and integer arrays and numbers; no NumPy call is made whose result
could differ between processors.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Gains: TypeAlias = npt.NDArray[np.float64]
Order: TypeAlias = npt.NDArray[np.intp]

NOTHING = -1
"""No deal: none is at or above the level."""

NEVER = 1e300
"""A level that no gain reaches."""

TOLERANCE = 1e-9
"""Points within which two gains count as equal: sums of hundredths are not exact in binary."""


PRESSURE = 0.25
"""Share of the time left that seems gone to a party that may be left out of a table."""


def signature_share(signed: int, lacks: int) -> float:
    """Return the weight of a live paper in what is expected: its share of the signatures it needs."""
    return signed / (signed + lacks)


def pressed_time(time: float) -> float:
    """Return relative time as it seems to a party that may be left out."""
    return time + PRESSURE * (1.0 - time)


def level(best: float, time: float, exponent: float, least: float) -> float:
    """Return the gain asked for at a time: `least + (best - least) * (1 - time ** exponent)`, shares of the best gain.

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
    return share_of_best(best, polynomial(time, exponent, least))


def share_of_best(best: float, share: float) -> float:
    """Return the gain that is a share of the best gain; 0 of a best below 0."""
    return best * share if best > 0.0 else 0.0


def polynomial(time: float, exponent: float, least: float) -> float:
    """Return the share of the best gain that `level` asks for."""
    share: float = least + (1.0 - least) * (1.0 - time**exponent)
    return share


def at_least(gains: Gains, order: Order, wanted: float) -> int:
    """Return the place in `order` of the first deal with a gain at or above `wanted`; `len(order)` if there is none.

    `order` lists the deals that may be bid, ascending by gain, equal gains in deal order (a stable sort).
    """
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if gains[order[middle]] < wanted - TOLERANCE:
            low = middle + 1
        else:
            high = middle
    return low


def lowest(gains: Gains, order: Order, wanted: float) -> int:
    """Return the deal with the lowest gain at or above `wanted`; of equals the lowest number; `NOTHING` if none is."""
    first = at_least(gains, order, wanted)
    return NOTHING if first == len(order) else int(order[first])


def lowest_unsorted(gains: Gains, wanted: float) -> int:
    """Return the deal of `lowest` without an order, by a look at every deal; deals not to be bid gain `-NEVER`."""
    limit, size = wanted - TOLERANCE, len(gains)
    one = two = three = four = NEVER  # four minima at a time: a processor need not wait for one to know the next
    for n in range(0, size - 3, 4):
        one = min(one, gains[n] if gains[n] >= limit else NEVER)
        two = min(two, gains[n + 1] if gains[n + 1] >= limit else NEVER)
        three = min(three, gains[n + 2] if gains[n + 2] >= limit else NEVER)
        four = min(four, gains[n + 3] if gains[n + 3] >= limit else NEVER)
    for n in range(size - size % 4, size):
        one = min(one, gains[n] if gains[n] >= limit else NEVER)
    least, deal = min(min(one, two), min(three, four)), 0
    if least == NEVER:
        return NOTHING
    while gains[deal] != least:
        deal += 1
    return deal


def favourite_unsorted(gains: Gains, wanted: float, estimated_utility: Gains) -> int:
    """Return the deal of `favourite` without an order, by a look at every deal; deals not to be bid gain `-NEVER`."""
    found, most = NOTHING, -NEVER
    for deal in range(len(gains)):
        if gains[deal] >= wanted - TOLERANCE and estimated_utility[deal] > most:
            found, most = deal, estimated_utility[deal]
    return found


def favourite(gains: Gains, order: Order, wanted: float, estimated_utility: Gains) -> int:
    """Return the deal at or above `wanted` of the highest `estimated_utility`; among equals the lowest number.

    `estimated_utility` has shape (deals,); `order` as in `lowest`.
    """
    first = at_least(gains, order, wanted)
    if first == len(order):
        return NOTHING
    deals = order[first:]
    most = estimated_utility[deals].max()
    return int(deals[estimated_utility[deals] == most].min())


def exponential(best: float, time: float, exponent: float, start: float) -> float:
    """Return the gain asked for by the exponential time-dependent tactic of Faratin, Sierra and Jennings (1998).

    The share given up is `start ** ((1 - time) ** exponent)`: `start` at the beginning, everything at the end.
    """
    share: float = 1.0 - start ** ((1.0 - time) ** exponent)
    return share_of_best(best, share)


def quadratic(best: float, time: float, first: float, middle: float, last: float) -> float:
    """Return the gain asked for on a quadratic Bezier curve through shares of the best (Keskin and others, 2021)."""
    back = 1.0 - time
    return share_of_best(best, back * back * first + 2.0 * back * time * middle + time * time * last)


def micro_step(gains: Gains, order: Order, offered: int, received: int, last: int, least: float) -> int:
    """Return the next deal of MiCRO (de Jonge 2022): one step down the ranking whenever the others have kept pace.

    Parameters
    ----------
    offered
        How many different deals I have offered; so many steps down the ranking I am.
    received
        How many different deals each other party has offered, on average, rounded down.
    last
        The deal I offered last, repeated while the others lag behind; `NOTHING` if none.
    least
        The gain below which a deal is a loss.

    Notes
    -----
    The ranking is `order` from its end: descending by gain, equal gains in reverse deal order. No chance is needed.
    """
    if (offered <= received or last == NOTHING) and offered < len(order):
        step = order[len(order) - 1 - offered]
        if gains[step] >= least - TOLERANCE:
            return int(step)
    return last if last != NOTHING and gains[last] >= least - TOLERANCE else NOTHING


def random_deal(gains: Gains, order: Order, pick: float, least: float) -> int:
    """Return any deal that gains `least`, chosen by a uniform draw `pick` in [0, 1); `NOTHING` if there is none."""
    first = at_least(gains, order, least)
    if first == len(order):
        return NOTHING
    return int(order[first + int(pick * (len(order) - first))])


def ranking(gains: Gains, possible: npt.NDArray[np.bool_]) -> Order:
    """Return the possible deals ascending by gain, equal gains in deal order."""
    candidates: Any = np.flatnonzero(possible)
    ranked: Order = candidates[np.argsort(gains[candidates], kind="stable")]
    return ranked


def window(received: int, time: float) -> int:
    """Return how many of the latest offers received Combi looks back on: a window as long as the time that is left."""
    return max(1, int(received * (1.0 - time) / time))
