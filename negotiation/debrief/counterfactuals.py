"""The counterfactual twin: the points of agents in a person's seat, and of the person's own policy against others.

Three sets of replays with the same opponents, replay by replay (see `replays`):

1. *agents*: a drawn agent in the person's seat too;
2. *policy*: the person's own policy, estimated from the offers: a quadratic curve through the share of the best deal
   that was asked for over time, fitted by least squares; it signs what gains at least what it would ask for next;
3. *bolder*: that policy with an opening one tenth of the best deal higher (lower, where it cannot be higher).

Skill is the mean of 2 less the mean of 1, luck what the person really got less the mean of 2, and what the opening was
worth the mean of 3 less that of 2. Luck holds all that the policy does not: other people, words, and every good idea
that a curve cannot have.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from negotiation.debrief.replays import Progress, Setting, Spread, batches, replayed, spread
from negotiation.lab.estimates import reach
from negotiation.language import phrase

LEAST, MOST = 20, 1000
"""Replays of each set at first, and at most."""

GRID = 0.05
"""Shares are rounded to this, so that people who did much the same share their replays."""

STEP = 0.1
"""How much higher an opening is tried, as a share of the best deal."""

RIDGE = 0.02
"""How strongly a curve is drawn to the mean of the offers, in offers: with one or two it could not be told otherwise."""


@dataclass(frozen=True)
class Policy:
    """A policy: shares of the best deal asked for at the beginning, in the middle (control point) and at the end."""

    first: float
    middle: float
    last: float

    @property
    def text(self) -> str:
        """Return the strategy, as people write it."""
        return (
            f"compose:bidding=quadratic,first={self.first:g},middle={self.middle:g},last={self.last:g},model=frequency"
        )

    def bolder(self) -> tuple[Policy, float]:
        """Return this policy with another opening, and by how much it differs."""
        step = STEP if self.first + STEP <= 1.0 else -STEP
        return Policy(round(self.first + step, 6), self.middle, self.last), step


@dataclass(frozen=True)
class Twin:
    """The result of the replays for one person.

    Attributes
    ----------
    got
        The points the person really has.
    agents, policy, bolder
        Where the points of that seat lie in the three sets of replays.
    fitted, offers
        The estimated policy, and from how many rounds with offers of these people.
    others
        How many offers of the seat were not theirs: an agent's, or those of a person who had it before.
    step
        By how much the opening differs in the third set.
    margin
        Half the 95 % interval of `opening`, from the differences replay by replay.
    """

    got: float
    agents: Spread
    policy: Spread
    bolder: Spread
    fitted: Policy
    offers: int
    step: float
    margin: float
    others: int = 0

    @property
    def skill(self) -> float:
        """Return the gain of the person's policy over what agents do in that seat."""
        return self.policy.mean - self.agents.mean

    @property
    def luck(self) -> float:
        """Return the points the person got beyond those of the policy on average."""
        return self.got - self.policy.mean

    @property
    def opening(self) -> float:
        """Return the gain by the other opening."""
        return self.bolder.mean - self.policy.mean


def fit(asked: Sequence[tuple[float, float]]) -> Policy | None:
    """Return the policy behind offers of (relative time, share of the best deal); None without any.

    Least squares of the Bezier curve (1-t)² first + 2t(1-t) middle + t² last, each drawn a little to the mean.
    """
    if not asked:
        return None
    times, shares = (np.array([pair[n] for pair in asked]) for n in (0, 1))
    shares = np.clip(shares, 0.0, 1.0)
    columns = [(1 - times) ** 2, 2 * times * (1 - times), times**2]
    left = [[_dot(a, b) + (RIDGE if n == k else 0.0) for k, b in enumerate(columns)] for n, a in enumerate(columns)]
    mean = _dot(shares, np.ones_like(shares)) / len(shares)
    right = [_dot(a, shares) + RIDGE * mean for a in columns]
    return Policy(*(_rounded(float(value)) for value in np.linalg.solve(np.array(left), np.array(right))))


def _dot(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    total = 0.0
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        total += a * b
    return total


def _rounded(share: float) -> float:
    return round(round(min(max(share, 0.0), 1.0) / GRID) * GRID, 6)


@dataclass(frozen=True)
class Asked:
    """A twin that is wanted: key of the answer, party, its points, policy, and numbers of offers (see `Twin`)."""

    key: str
    party: str
    got: float
    policy: Policy
    offers: int
    others: int = 0


Points: TypeAlias = dict[str, list[float]]
"""By set of replays, the points of a seat, replay by replay. A set is called party/strategy; with a drawn agent party/."""


def units(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """Return the replays for these people as party and strategy; first nobody's, with agents in every seat.

    People with equal seat and policy share the replays.
    """
    wanted = [(one.party, policy.text) for one in asked for policy in (one.policy, one.policy.bolder()[0])]
    return [("", ""), *dict.fromkeys(wanted)]


def points(setting: Setting, wanted: Sequence[tuple[str, str]], numbers: range, progress: Progress) -> Points:
    """Return the points in these replays, by set."""
    found: Points = {}
    total, done = len(wanted) * len(numbers), 0
    for party, text in wanted:
        seats = [party] if party else list(setting.case.roles)
        own = {party: text} if party else {}
        for batch in batches(numbers):
            progress(done / total, phrase("{done:,} of {games:,} replays", done=done, games=total))
            for row in replayed(setting, batch, own):
                for seat in seats:
                    found.setdefault(f"{seat}/{text}", []).append(round(row[seat], 6))
            done += len(batch)
    return found


def twins(asked: Sequence[Asked], played: Points) -> dict[str, Twin]:
    """Return the twins of many people, by key, from the points of all their sets of replays."""
    answers = {}
    for one in asked:
        bolder, step = one.policy.bolder()
        alone, same, other = (played[f"{one.party}/{text}"] for text in ("", one.policy.text, bolder.text))
        margin = _margin([b - a for a, b in zip(same, other, strict=True)])
        spreads = spread(alone), spread(same), spread(other)
        answers[one.key] = Twin(one.got, *spreads, one.policy, one.offers, step, margin, one.others)
    return answers


def _margin(differences: Sequence[float]) -> float:
    """Return half the 95 % interval of a mean, by Student's t: replays are drawn independently."""
    count, total, squares = len(differences), 0.0, 0.0
    for one in differences:
        total += one
    for one in differences:
        squares += (one - total / count) ** 2
    return round(reach(count - 1) * math.sqrt(squares / (count - 1) / count), 6)


def following(done: int, spent: float, budget: float) -> int:
    """Return how many replays are played next, after `done` of them took `spent` seconds; 0 when it is enough.

    Twice as many in all each time, so that what is known so far is soon told; no more than the budget still allows.

    Examples
    --------
    >>> following(0, 0.0, 600.0), following(20, 10.0, 600.0), following(40, 320.0, 600.0), following(60, 480.0, 600.0)
    (20, 20, 20, 0)
    """
    if not done:
        return LEAST
    affordable = int((budget - spent) / (spent / done)) if spent else MOST
    wanted = min(done, affordable, MOST - done)
    return wanted // LEAST * LEAST if wanted >= LEAST else 0
