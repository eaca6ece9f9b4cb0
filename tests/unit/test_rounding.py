"""Numbers as people round them."""

import math

import pytest

from negotiation.rounding import apart, percent, plain, rounded, shown


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [
        (4.05, 1, "4.1"),  # kept as 4.0499999999999998
        (0.1 + 0.2 + 3.75, 1, "4.1"),
        (-4.05, 1, "-4.1"),
        (2.5, 0, "3"),
        (0.25, 1, "0.3"),
        (2.675, 2, "2.68"),
        (4.0499, 1, "4.0"),
        (-0.04, 1, "0.0"),
        (1e22, 1, "10000000000000000000000.0"),
        (math.inf, 1, "inf"),
    ],
)
def test_halves_go_up(value, decimals, told):
    assert shown(value, decimals) == told


def test_signs_stand_in_front_of_what_is_not_nothing():
    assert [shown(value, 1, signed=True) for value in (4.05, -0.05, 0.04, -0.04)] == ["+4.1", "-0.1", "0.0", "0.0"]


def test_a_difference_is_that_of_the_figures_beside_it():
    assert apart(42.9, 42.94, 1) == 0.0  # both are told as 42.9
    assert apart(42.85, 42.84, 1) == 0.1  # 42.9 and 42.8
    assert math.copysign(1.0, apart(42.94, 42.9, 1)) == 1.0


def test_what_is_not_finite_stays_so():
    assert rounded(-math.inf, 1) == -math.inf
    assert str(rounded(-0.04, 1)) == "0.0"


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (199_123.456, 4, "199,123"),
        (2e5, 4, "200,000"),
        (0.0000123456, 4, "0.00001235"),
        (0.1 + 0.2, 6, "0.3"),
        (-1e30, 6, "-1" + ",000" * 10),
        (25, 6, "25"),
        (12.345, 4, "12.35"),
        (120.0, 2, "120"),
        (-0.0, 6, "0"),
        (math.inf, 6, "inf"),
    ],
)
def test_a_number_in_full(number, digits, text):
    assert plain(number, digits) == text


def test_a_change_has_a_sign():
    assert plain(5, sign=True) == "+5"
    assert plain(-0.5, sign=True) == "-0.5"


def test_shares_are_told_like_all_else():
    assert [percent(share) for share in (0.125, 0.285, 1.0, 0.004, -0.125)] == ["13%", "29%", "100%", "0%", "-13%"]
