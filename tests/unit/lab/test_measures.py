"""Measures: known games, known numbers."""

from types import SimpleNamespace

import numpy as np
import pytest
from strategies_market import market

from negotiation.formats import load
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.measures import Ended, gini
from negotiation.lab.measures import measures as all_measures

TYPES = ("base", "base")


def measures(case, types, points, gains, *, shared):
    tables = len(case.scenario.tables)
    return SimpleNamespace(**all_measures(case, types, points, gains, [True] * tables, 3, shared=shared))


def test_at_the_nash_point_nothing_is_left():
    case = load("cloud-for-two")
    gains = ideal_and_nash(case, TYPES).nash
    points = [gain + case.role(p).preferences.score({}) for p, gain in zip(case.roles, gains, strict=True)]
    found = measures(case, TYPES, points, gains, shared=True)
    assert (found.frontier_distance, found.nash_share) == (0.0, pytest.approx(1.0))
    assert found.welfare == pytest.approx(sum(gains))
    worse = measures(case, TYPES, [p - 2 for p in points], [g - 2 for g in gains], shared=True)
    assert worse.frontier_distance == pytest.approx(2)
    assert 0 < worse.nash_share < 1


def test_no_frontier_where_scores_are_each_games_own_or_it_is_too_large():
    case = load("cloud-for-two")
    own = measures(case, TYPES, [50, 50], [3, 5], shared=False)
    assert (own.frontier_distance, own.nash_share) == (None, None)
    assert own.min_share == measures(case, TYPES, [50, 50], [3, 5], shared=True).min_share
    large = load("alliance-2023")
    types = tuple(next(iter(kinds)) for kinds in large.roles.values())
    assert measures(large, types, [1] * 6, [1] * 6, shared=True).frontier_distance is None


def test_where_nobody_can_gain_there_is_no_nash_share():
    found = measures(market(floor=11.0), TYPES, [0, 0], [0, 0], shared=True)
    assert (found.nash_share, found.gini) == (None, None)


def unequal(shares):
    gains = np.array([shares])
    return gini(Ended(gains, gains, np.ones_like(gains), np.ones((1, 1), dtype=bool), np.array([1]))).item()


def test_inequality():
    assert unequal([0.2, 0.2, 0.2]) == 0
    assert unequal([1.0, 0.0, -5.0]) == pytest.approx(2 / 3)


def test_the_best_of_a_seat_counts_its_links():
    """Without them five of the flagship's six parties have another best."""
    case = load("alliance-2023")
    types = tuple(next(iter(kinds)) for kinds in case.roles.values())
    best = ideal_and_nash(case, types).best
    assert best == pytest.approx([55.94, 56.85, 60.6, 67.0, 45.0, 48.0])
    found = measures(case, types, [0.0] * 6, [n / 2 for n in best[:-1]] + [best[-1] / 4], shared=True)
    assert found.min_share == 0.25
