"""The decision rules as arithmetic."""

import math

import numpy as np
import pytest

from negotiation.strategies.decision_rules import (
    NOTHING,
    exponential,
    favourite,
    level,
    lowest,
    lowest_unsorted,
    micro_step,
    quadratic,
    random_deal,
    ranking,
)

GAINS = np.array([3.0, -1.0, 3.0, 8.0, 0.0, 5.0])
ORDER = ranking(GAINS, np.ones(6, dtype=bool))
NONE = ORDER[:0]


def test_equal_gains_rank_in_deal_order():
    assert ORDER.tolist() == [1, 4, 0, 2, 5, 3]
    assert ranking(GAINS, GAINS > 0).tolist() == [0, 2, 5, 3]


@pytest.mark.parametrize(("wanted", "deal"), [(-5, 1), (0, 4), (1, 0), (3, 0), (3.1, 5), (8, 3), (8.1, NOTHING)])
def test_the_lowest_deal_at_or_above_a_level(wanted, deal):
    assert lowest(GAINS, ORDER, wanted) == lowest_unsorted(GAINS, wanted) == deal


@pytest.mark.parametrize(("wanted", "deal"), [(0, 4), (1, 0), (4, 5), (6, 3), (9, NOTHING)])
def test_the_deal_they_like_most_at_or_above_a_level(wanted, deal):
    estimated_utility = np.array([0.5, 1.0, 0.5, 0.1, 0.9, 0.2])
    assert favourite(GAINS, ORDER, wanted, estimated_utility) == deal


def test_levels_fall_from_the_best_gain_to_nothing():
    assert level(8, 0.25, 1, 0) == 6
    assert level(8, 0.5, 4, 0) == 7.5
    assert level(8, 0.25, 1, 0.5) == 7
    assert level(8, 1, 1, 0) == 0
    assert level(-2, 0.5, 1, 0) == 0
    assert level(8, 0.9, math.inf, 0) == 8


def test_the_exponential_curve_goes_from_nearly_the_best_gain_to_nothing():
    assert exponential(8, 0, 1, 0.05) == pytest.approx(7.6)
    assert exponential(8, 1, 1, 0.05) == 0
    assert exponential(8, 0.5, 2, 0.05) < exponential(8, 0.5, 0.5, 0.05)
    assert exponential(-1, 0.5, 1, 0.05) == 0


def test_the_quadratic_curve_passes_its_ends():
    assert quadratic(8, 0, 1, 0.5, 0.25) == 8
    assert quadratic(8, 1, 1, 0.5, 0.25) == 2
    assert quadratic(8, 0.5, 1, 0.5, 0) == 4
    assert quadratic(-8, 0.5, 1, 0.5, 0) == 0


@pytest.mark.parametrize(
    ("offered", "received", "last", "deal"),
    [(0, 0, NOTHING, 3), (1, 0, 3, 3), (1, 1, 3, 5), (2, 2, 5, 2), (3, 3, 2, 0), (4, 4, 0, 4), (5, 5, 4, 4)],
)
def test_micro_steps_down_only_when_the_others_keep_pace_and_never_below_the_floor(offered, received, last, deal):
    assert micro_step(GAINS, ORDER, offered, received, last, 0.0) == deal


def test_micro_without_anything_to_offer():
    assert micro_step(GAINS, NONE, 0, 0, NOTHING, 0.0) == NOTHING
    assert micro_step(GAINS, ORDER[:1], 0, 0, NOTHING, 0.0) == NOTHING


def test_micro_does_not_repeat_what_has_become_a_loss():
    last = int(ORDER[1])
    assert micro_step(GAINS, ORDER, 1, 0, last, float(GAINS[last])) == last
    assert micro_step(GAINS, ORDER, 1, 0, last, float(GAINS[last]) + 0.1) == NOTHING


def test_a_whim_is_never_a_loss():
    assert random_deal(GAINS, ORDER, 0.0, 0.0) == 4
    assert random_deal(GAINS, ORDER, 0.99, 0.0) == 3
    assert random_deal(GAINS, ORDER[:1], 0.5, 0.0) == NOTHING
    assert GAINS[random_deal(GAINS, ORDER, 0.0, GAINS.max())] == GAINS.max()
