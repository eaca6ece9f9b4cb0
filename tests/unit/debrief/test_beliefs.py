"""Worksheets against the truth, whatever people have typed."""

import pytest

from negotiation.debrief.beliefs import believed, mattering, number


@pytest.mark.parametrize(
    ("typed", "read"),
    [(5, 5.0), ("5,5", 5.5), (" 7.25 ", 7.25), ("much", None), (True, None), (None, None), ("inf", None), ([], None)],
)
def test_numbers_are_read_as_people_type_them(typed, read):
    assert number(typed) == read


def test_a_number_too_large_is_none():
    assert number(10**400) is None


def test_what_matters_is_what_is_at_stake(found):
    for party, sheets in found.klass.sheets.items():
        order = mattering(sheets)
        stakes = []
        for key in order:
            points = [sheets.sheets[key].points(n) for n in range(len(sheets.sheets[key].shares))]
            stakes.append(max(points) - min(points))
        assert stakes == sorted(stakes, reverse=True), party


def test_guesses_are_judged_by_how_many_hit(found):
    rows = {found.klass.called[one.person]: one for one in believed(found.klass)}
    assert len(rows) == 8
    assert rows["Person 0"].guesses == ()
    assert rows["Person 0"].right is None
    assert rows["Person 0"].target is None
    one = rows["Person 1"]
    assert one.walk_away == 45.5
    assert one.target == 71.0
    for guess in one.guesses:
        truth = set(mattering(found.klass.sheets[guess.party])[:2])
        assert guess.right == len(truth & {"cloud.vendor", "alliance.stakes"}) / 2
    assert one.right == pytest.approx(sum(guess.right for guess in one.guesses) / len(one.guesses))
    group = next(group for group in found.klass.groups if group.number == one.group)
    assert one.unsigned == group.unsigned[one.party]
    assert one.points == group.points[one.party]
