"""Groups as they are wanted: of these sizes, mixed or alike, and not again with the same people."""

import pytest

from negotiation.classroom.courses.grouping import MOST_ROUNDS, Wish, met, planned, sizes

PEOPLE = [f"p{n}" for n in range(8)]


def test_eight_people_at_a_case_for_six():
    assert sizes(8, 6, even=False) == [6, 2]
    assert sizes(8, 6, even=True) == [4, 4]
    assert sizes(7, 3, even=True) == [3, 2, 2]
    assert sizes(0, 3, even=False) == []


@pytest.mark.parametrize("even", [False, True])
def test_everybody_has_one_place_and_a_seed_one_plan(even):
    plan = planned(PEOPLE, 6, Wish(even=even), 5)
    assert sorted(who for group in plan.groups for who in group) == PEOPLE
    assert [len(group) for group in plan.groups] == sizes(8, 6, even=even)
    assert plan == planned(PEOPLE, 6, Wish(even=even), 5)
    assert plan != planned(PEOPLE, 6, Wish(even=even), 6)
    assert planned([], 6, Wish(even=even), 5).groups == ()


def test_groups_alike_and_mixed():
    by = {who: "AB"[n % 2] for n, who in enumerate(PEOPLE)}
    alike = planned(PEOPLE, 4, Wish(by, alike=True), 1)
    assert [len({by[who] for who in group}) for group in alike.groups] == [1, 1]
    mixed = planned(PEOPLE, 4, Wish(by), 1)
    assert [sorted(by[who] for who in group) for group in mixed.groups] == [list("AABB")] * 2


def test_mixed_in_groups_of_several_sizes():
    by = {who: "A" if n < 3 else "B" for n, who in enumerate(PEOPLE)}
    plan = planned(PEOPLE, 3, Wish(by), 2)
    assert [sum(by[who] == "A" for who in group) for group in plan.groups] == [1, 1, 1]


def test_nobody_meets_again_as_long_as_that_can_be():
    """Eight people in pairs, three times; and where all have met, all meet again."""
    pairs = {}
    again = []
    for n in range(3):
        plan = planned(PEOPLE, 2, Wish(met=pairs), n)
        again.append(plan.again)
        for group in plan.groups:
            pairs[frozenset(group)] = pairs.get(frozenset(group), 0) + 1
    assert again == [0, 0, 0]
    everybody = {frozenset((one, other)): 1 for one in PEOPLE for other in PEOPLE if one < other}
    assert planned(PEOPLE, 2, Wish(met=everybody), 1).again == 4


def test_the_search_has_an_end(monkeypatch):
    monkeypatch.setattr("negotiation.classroom.courses.grouping.MOST_ROUNDS", 0)
    assert MOST_ROUNDS > 0
    by = {who: "AB"[n % 2] for n, who in enumerate(PEOPLE)}
    assert len(planned(PEOPLE, 4, Wish(by), 1).groups) == 2


def test_who_has_met_whom(local_class):
    one = local_class()
    for _ in range(3):
        one.join()
    assert met([one.now]) == {}
