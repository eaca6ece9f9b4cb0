"""The rules of the field's textbook negotiators as pure functions of arrays, written once (see `decision_rules.py`).

They look at plain utilities `u`, shape (deals,), and at deals `ranked` ascending by utility, ties in deal order: all
(`every`), or those worth at least the reservation value (`rational`). `standing` is the deal to answer, `NOTHING` if
none stands. Tie rules and tolerances are those of the recorded runs they are checked against.
"""

from __future__ import annotations

from negotiation.strategies.decision_rules import NEVER, NOTHING, Gains, Order

ACCEPT, REPEAT = -2, -3
"""Answers other than a deal: sign what stands; offer again, by chance, one of the deals offered before."""

NEAR = 1e-6
"""How far below the level asked for a bid may lie."""


def place_of(u: Gains, ranked: Order, value: float) -> int:
    """Return the first place in the ranking with at least this utility; `len(ranked)` if there is none."""
    low, high = 0, len(ranked)
    while low < high:
        middle = (low + high) // 2
        if u[ranked[middle]] < value:
            low = middle + 1
        else:
            high = middle
    return low


def nearest(u: Gains, ranked: Order, level: float) -> int:
    """Return the nearest deal among those above the level or within `NEAR` below it; the last if there is none.

    At equal distance one at or above the level goes first, then the first in the ranking.
    """
    last = len(ranked) - 1
    start = place_of(u, ranked, level - NEAR)
    if start > last:
        return int(ranked[last])
    above = place_of(u, ranked, level)
    near, below, found = NEVER, 1, 0
    for n in (start, max(above - 1, start), min(above, last)):
        value = u[ranked[n]]
        off, under, place = abs(value - level), int(value < level), max(place_of(u, ranked, value), start)
        if (off, under, place) < (near, below, found):
            near, below, found = off, under, place
    return int(ranked[found])


def by_time(u: Gains, rational: Order, low: float, high: float, share: float, slack: float, standing: int) -> int:
    """Return the bid of a time-based tactic: asks for `share` of the way from `low` to `high`, less `slack`."""
    level = min(max((high - low) * share + low - slack, low), high)
    if standing != NOTHING and level <= u[standing] <= high:
        return ACCEPT
    return nearest(u, rational, level)


def concede_in_kind(u: Gains, rational: Order, reserved: float, offered: int, received: int, standing: int) -> int:
    """Return the bid of MiCRO, after so many different deals `offered`, and `received` from all others together."""
    ready = offered <= received
    place = len(rational) - 1 - (offered if ready else offered - 1)
    if standing != NOTHING:
        asked = u[rational[place]] if 0 <= place < len(rational) else reserved
        if u[standing] >= max(reserved, asked):
            return ACCEPT
    return int(rational[place]) if ready and place >= 0 else REPEAT


def accept_better(u: Gains, rational: Order, reserved: float, made: int, standing: int) -> int:
    """Return the bid of conceding accept-better: one step down with each offer `made`; signs what is no loss."""
    if standing != NOTHING and u[standing] >= reserved:
        return ACCEPT
    return int(rational[max(len(rational) - 1 - made, 0)])


def take_it(u: Gains, every: Order, standing: int) -> int:
    """Return the bid of take it or leave it: the best deal, always."""
    best = every[len(every) - 1]
    if standing != NOTHING and u[standing] == u[best]:
        return ACCEPT
    return int(best)


def naive(
    u: Gains, every: Order, low: float, reserved: float, played: int, early: int, latest: int, standing: int
) -> int:
    """Return the bid of naive tit for tat: gives as much as the others' latest offer is worth.

    Parameters
    ----------
    low
        See `Utilities.low`.
    played
        Rounds that are over.
    early
        How many times I answered or offered in the second and third round, before this turn.
    latest
        The others' latest deal; `NOTHING` if there is none.
    """
    bottom, high = u[every[0]], u[every[len(every) - 1]]
    value = 0.0 if latest == NOTHING else 1 - (1 - (u[latest] - low) * (1 / (high - low)))
    if standing != NOTHING:
        if (u[standing] - low) * (1 / (high - low)) >= 1 - _given(u, every, reserved, played, early, value):
            return ACCEPT
        early += 1
    return nearest(u, every, bottom + (1 - _given(u, every, reserved, played, early, value)) * (high - bottom))


def _given(u: Gains, every: Order, reserved: float, played: int, early: int, value: float) -> float:
    """Return the share that naive tit for tat gives up."""
    if played == 0:
        return 0.0
    given = max(0.0, value)
    if played < 3:
        span = u[every[len(every) - 1]] - u[every[0]]
        given = (_step(u, every, reserved, 2 * early) - _step(u, every, reserved, 2 * early + 1) + 1e-12) / span
    return given if -1e-6 <= given <= 1 + 1e-7 else 0.0


def _step(u: Gains, every: Order, reserved: float, number: int) -> float:
    """Return the utility so many steps below the best; the reservation value below the last."""
    place = len(every) - 1 - number
    return u[every[place]] if place >= 0 else reserved
