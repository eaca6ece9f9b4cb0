import math

import pytest

from negotiation.numerals import plain


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (199_123.456, 4, "199,123"),
        (2e5, 4, "200,000"),
        (0.0000123456, 4, "0.00001235"),
        (0.1 + 0.2, 6, "0.3"),
        (-1e30, 6, "-1" + ",000" * 10),
        (25, 6, "25"),
        (-0.0, 6, "0"),
        (math.inf, 6, "inf"),
    ],
)
def test_a_number_in_full(number, digits, text):
    assert plain(number, digits) == text


def test_a_change_has_a_sign():
    assert plain(5, sign=True) == "+5"
    assert plain(-0.5, sign=True) == "-0.5"
