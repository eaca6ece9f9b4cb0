import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.analysis.dominance import snapped, undominated

tables = st.integers(1, 4).flatmap(
    lambda d: st.integers(0, 30).flatmap(lambda n: arrays(np.float64, (n, d), elements=st.integers(0, 4).map(float)))
)


@given(tables)
def test_a_row_stays_if_no_other_beats_it_and_none_before_it_is_equal(points):
    keep = undominated(points)
    for n, row in enumerate(points):
        beaten = ((points >= row).all(axis=1) & (points > row).any(axis=1)).any()
        twin = (points[:n] == row).all(axis=1).any()
        assert keep[n] == (not beaten and not twin)


def test_nearly_equal_numbers_become_equal_and_others_stay():
    points = np.array([[1.0, 5.0], [1.0 + 5e-10, 5.0 - 1e-15], [1.0 + 1.4e-9, 4.0], [1.1, 4.0]])
    assert snapped(points).tolist() == [[1.0, 5.0 - 1e-15], [1.0, 5.0 - 1e-15], [1.0, 4.0], [1.1, 4.0]]
