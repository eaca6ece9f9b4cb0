"""Scores of beliefs, by hand."""

import math

import pytest

from negotiation.analysis.calibration import (
    Bin,
    brier,
    calibration_error,
    log_score,
    order_agreement,
    reliability,
    weight_error,
)


def test_brier_is_0_for_who_is_right_and_certain_and_1_for_who_is_wrong():
    assert brier({"hawk": 1.0, "dove": 0.0}, "hawk") == 0
    assert brier({"hawk": 1.0, "dove": 0.0}, "dove") == 1
    assert brier({"a": 0.5, "b": 0.3, "c": 0.2}, "a") == pytest.approx((0.25 + 0.09 + 0.04) / 3)


def test_the_log_score_of_what_was_held_impossible_is_large_not_infinite():
    assert log_score({"hawk": 0.5, "dove": 0.5}, "hawk") == pytest.approx(math.log(2))
    assert log_score({"hawk": 1.0, "dove": 0.0}, "dove") == pytest.approx(6 * math.log(10))


def test_forecasts_are_counted_by_how_probable_they_were():
    said, right = [0.5, 0.92, 0.93, 0.94, 1.0], [1, 1, 0, 1, 1]
    bins = reliability(said, right)
    assert [(one.low, one.high, one.many) for one in bins] == [(0.0, 0.5, 1), (0.9, 0.95, 3), (0.95, 1.0, 1)]
    assert bins[1].said == pytest.approx(0.93)
    assert bins[1].right == pytest.approx(2 / 3)


def test_the_calibration_error_counts_each_forecast_once():
    assert calibration_error([]) == 0
    assert calibration_error([Bin(0.9, 1.0, 3, 0.9, 0.5), Bin(0.0, 0.5, 1, 0.4, 0.4)]) == pytest.approx(0.3)


def test_errors_of_weights():
    assert weight_error([0.5, 0.5], [0.7, 0.3]) == pytest.approx(0.2)
    assert weight_error([0.7, 0.3], [0.7, 0.3]) == 0


@pytest.mark.parametrize(
    ("guess", "truth", "agreement"),
    [
        ((0.6, 0.3, 0.1), (0.5, 0.3, 0.2), 1.0),
        ((0.1, 0.3, 0.6), (0.5, 0.3, 0.2), -1.0),
        ((1 / 3, 1 / 3, 1 / 3), (0.5, 0.3, 0.2), 0.0),
        ((0.6, 0.3, 0.1), (0.25, 0.25, 0.25), None),
        ((0.4, 0.4 + 1e-12, 0.2), (0.5, 0.3, 0.2), pytest.approx(2 / math.sqrt(6))),
        ((0.4, 0.4, 0.2), (0.5, 0.3, 0.2), pytest.approx(2 / math.sqrt(6))),
    ],
)
def test_how_far_orders_agree(guess, truth, agreement):
    assert order_agreement(guess, truth) == agreement
