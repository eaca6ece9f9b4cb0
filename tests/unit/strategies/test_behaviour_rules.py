"""Answers to what the others do, as arithmetic."""

import numpy as np
import pytest

from negotiation.strategies.behaviour_rules import (
    absolute_tit_for_tat,
    approached,
    gain_at_nash_point,
    hybrid,
    nice_tit_for_tat,
    relative_tit_for_tat,
    stepwise,
)


def test_answers_in_kind():
    assert relative_tit_for_tat(10, 2, 6) == 5
    assert relative_tit_for_tat(10, 2, 1) == 10
    assert relative_tit_for_tat(10, 10, 10) == 10
    assert relative_tit_for_tat(10, 2, 20) == 0
    assert absolute_tit_for_tat(10, 2, 5, 0.0) == 7
    assert absolute_tit_for_tat(10, 5, 2, 0.0) == 10
    assert absolute_tit_for_tat(10, 2, 5, -0.5) == 6.5
    assert absolute_tit_for_tat(10, 0, 15, 0.0) == 0


def test_nice_comes_down_as_far_as_they_come_up():
    assert nice_tit_for_tat(10, 4, 0, 0, 0.5) == 10
    assert nice_tit_for_tat(10, 4, 0, 2, 0.5) == 7
    assert nice_tit_for_tat(10, 4, 0, 9, 0.5) == 4
    assert nice_tit_for_tat(10, 4, 5, 5, 0.5) == 4
    assert nice_tit_for_tat(10, 4, 0, 0, 1.0) == pytest.approx(7)


def test_the_fair_point_is_the_largest_product_and_no_loss():
    gains, estimated_utility = np.array([4.0, 6.0, 6.0, -2.0]), np.array([0.9, 0.6, 0.6, 1.0])
    assert gain_at_nash_point(gains, range(4), estimated_utility, 6.0) == 4.0
    assert gain_at_nash_point(gains, range(1, 4), estimated_utility, 6.0) == 6.0
    assert gain_at_nash_point(gains, range(3, 4), estimated_utility, 6.0) == 3.0


def test_a_step_down_for_every_offer_that_is_no_better():
    assert stepwise(10, [1.0, 2.0, 3.0], 0.1) == 10
    assert stepwise(10, [1.0, 1.0, 3.0, 2.0], 0.1) == 8
    assert stepwise(10, [1.0] * 20, 0.1) == 0
    assert stepwise(-1, [1.0, 1.0], 0.1) == 0


def test_by_the_clock_at_first_and_by_behaviour_later():
    assert approached(1.0, 4.0, 4.0) == 3.0
    assert hybrid(10, 9, 3, 1.0, 0.0) == 9
    assert hybrid(10, 9, 3, 1.0, 1.0) == 7
    assert hybrid(10, 9, 20, 1.0, 1.0) == 0
    assert hybrid(10, 9, -5, 1.0, 1.0) == 10
