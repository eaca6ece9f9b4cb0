"""Behaviour-dependent tactics as pure functions of numbers and arrays, written once (see `decision_rules.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negotiation.strategies.decision_rules import NEVER, TOLERANCE, Gains


def relative_tit_for_tat(best: float, first: float, now: float) -> float:
    """Return the gain asked for by relative tit for tat: I come down in the proportion in which they have come up.

    `first` and `now` are what their first and a later offer gain me. The gap that their offers leave to my best
    gain has shrunk by some factor, and so has what I ask for (Faratin, Sierra and Jennings 1998, in utilities,
    taken over all steps at once so that coarse deals cannot swallow small steps).
    """
    gap = best - first
    if gap <= TOLERANCE:
        return best
    return min(max(best * ((best - now) / gap), 0.0), best)


def absolute_tit_for_tat(best: float, first: float, now: float, noise: float) -> float:
    """Return the gain asked for by absolute tit for tat: I come down by what they came up, give or take `noise`."""
    return min(max(best - (now - first) + noise, 0.0), best)


def nice_tit_for_tat(best: float, nash: float, first: float, now: float, time: float) -> float:
    """Return the gain asked for by Nice tit for tat (Baarslag, Hindriks and Jonker 2013).

    I come down from my best gain towards the estimated Nash point by the share of the way that their offers have
    come from their first one towards it; late in the talks a little more, so that time does not run out.

    Parameters
    ----------
    nash
        My gain at the estimated Nash point.
    first, now
        What their first and their best offer so far gain me.
    """
    way = nash - first
    share = 1.0 if way <= TOLERANCE else min(max((now - first) / way, 0.0), 1.0)
    bonus = max(0.0, (time - 0.9) * 5.0)
    return best - min(1.0, share + bonus) * (best - nash)


def gain_at_nash_point(gains: Gains, deals: Iterable[int], estimated_utility: Gains, best: float) -> float:
    """Return my gain at the deal with the largest product of my gain and their estimated utility; of equals the first.

    `deals` are those that may be bid, ascending; half the best gain if all of them are losses.
    """
    most, found = -1.0, best / 2
    for deal in deals:
        gain = gains[deal]
        product = gain * estimated_utility[deal]
        if gain >= 0 and product > most + TOLERANCE:
            most, found = product, gain
    return found


def stepwise(best: float, received: Sequence[float] | Gains, step: float) -> float:
    """Return the best gain, less a step for each offer received that was no better for me than all before it.

    Parameters
    ----------
    received
        What the others' offers gain me, oldest first.
    step
        A share of the best gain.
    """
    level, seen = max(best, 0.0), -NEVER
    for gain in received:
        if gain <= seen + TOLERANCE:
            level -= step * max(best, 0.0)
        seen = max(seen, gain)
    return max(level, 0.0)


def hybrid(best: float, by_time: float, came: float, answer: float, time: float) -> float:
    """Return the gain asked for by the hybrid tactic of Keskin and others (2021): by the clock, then by behaviour.

    Parameters
    ----------
    by_time
        What the clock asks for.
    came
        By how many points of mine the others have come up, see `approached`.
    answer
        The share of it by which I come down.
    """
    by_behaviour = min(max(best - answer * came, 0.0), best)
    share = time * time
    return share * by_behaviour + (1.0 - share) * by_time


def approached(first: float, before: float, latest: float) -> float:
    """Return how far offers have come up since the first, the latest counting twice as much as the one before."""
    return (2.0 * latest + before) / 3.0 - first
