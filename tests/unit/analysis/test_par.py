"""Where a result lies among those of agents."""

import pytest

from negotiation.analysis.par import Par

TEN = Par([5.0, 1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0, 10.0])


def test_the_band_holds_eight_in_ten():
    assert (TEN.low, TEN.middle, TEN.high, TEN.games) == (1.9, 5.5, 9.1, 10)
    assert TEN.ordered[0] == 1.0


@pytest.mark.parametrize(
    ("mine", "fewer", "equal", "grade"),
    [
        (11.0, 10, 0, "far above"),
        (9.5, 9, 0, "far above"),
        (7.0, 6, 1, "above"),
        (6.0, 5, 1, "at"),
        (5.0, 4, 1, "at"),
        (4.0, 3, 1, "below"),
        (1.5, 1, 0, "far below"),
    ],
)
def test_the_grade_counts_equal_results_by_half(mine, fewer, equal, grade):
    assert (TEN.fewer(mine), TEN.equal(mine), TEN.grade(mine)) == (fewer, equal, grade)


def test_a_result_like_all_others_is_on_par():
    same = Par([3.0000000001, 3.0, 3.0])
    assert (same.low, same.high, same.equal(3.0), same.grade(3.0)) == (3.0, 3.0, 3, "at")
