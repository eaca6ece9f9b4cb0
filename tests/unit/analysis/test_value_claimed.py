"""Shares of what was created hold whatever the signs."""

import pytest

from negotiation.analysis.value_claimed import Claims, part


def test_where_nobody_lost_a_share_is_of_all_that_was_created():
    claims = Claims({"a": 30.0, "b": 10.0, "c": 0.0})
    assert (claims.created, claims.gained, claims.lost) == (40.0, 40.0, 0.0)
    assert [claims.share(party) for party in claims.each] == [0.75, 0.25, 0.0]


def test_where_somebody_lost_nobody_has_more_than_all_and_a_loss_is_no_share():
    claims = Claims({"a": 53.0, "b": -45.0, "c": 0.0})
    assert (claims.created, claims.gained, claims.lost) == (8.0, 53.0, 45.0)
    assert [claims.share(party) for party in claims.each] == [1.0, None, 0.0]


def test_where_nobody_gained_there_are_no_shares():
    claims = Claims({"a": 0.0, "b": -1.5})
    assert (claims.created, claims.gained, claims.lost) == (-1.5, 0.0, 1.5)
    assert [claims.share(party) for party in claims.each] == [None, None]


@pytest.mark.parametrize(("points", "most", "share"), [(0.0, 40.0, 0.0), (40.0000000001, 40.0, 1.0), (5.0, 0.0, None)])
def test_a_part_of_the_most_is_from_nothing_to_all(points, most, share):
    assert part(points, most) == share
