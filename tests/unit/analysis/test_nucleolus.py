from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.analysis.coalitions import core, values
from negotiation.analysis.nucleolus import nucleolus
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load


def game(parties, worth):
    return {group: float(worth(group)) for size in range(1, len(parties) + 1) for group in combinations(parties, size)}


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, (100 / 3,) * 3), (200, (50, 75, 75)), (300, (50, 100, 150)), (500, (66.6667, 166.6667, 266.6667))],
)
def test_the_three_wives_of_the_talmud(estate, shares):
    """Aumann and Maschler (1985): half of each claim first, then, of a large estate, equal losses."""
    claims = {"a": 100, "b": 200, "c": 300}
    worth = game("abc", lambda group: max(0, estate - sum(claims[p] for p in "abc" if p not in group)))
    assert nucleolus(worth, "abc") == pytest.approx(shares, abs=1e-4)


def test_gloves_majority_and_a_veto():
    gloves = game("lmr", lambda group: "r" in group and len(group) > 1)
    assert nucleolus(gloves, "lmr") == pytest.approx([0, 0, 1], abs=1e-6)
    majority = game("abc", lambda group: len(group) > 1)
    assert nucleolus(majority, "abc") == pytest.approx([1 / 3] * 3, abs=1e-6)
    apex = game("abcde", lambda group: ("a" in group and len(group) > 1) or set("bcde") <= set(group))
    assert nucleolus(apex, "abcde") == pytest.approx([3 / 7, 1 / 7, 1 / 7, 1 / 7, 1 / 7], abs=1e-6)


@pytest.mark.parametrize(("costs", "pay"), [((4.0, 10.0, 16.0), (2.0, 4.0, 10.0)), ((6.0, 9.0, 12.0), (3.0, 3.0, 6.0))])
def test_an_airport(costs, pay):
    """Littlechild (1974): the least of c(i) / (number of planes up to i + 1) is paid first, then so on for the rest."""
    cost = dict(zip("abc", costs, strict=True))
    saving = game("abc", lambda group: sum(cost[p] for p in group) - max(cost[p] for p in group))
    assert np.array(costs) - nucleolus(saving, "abc") == pytest.approx(pay, abs=1e-6)


def test_one_party_and_no_division_at_all():
    assert nucleolus({("a",): 5.0}, ("a",)) == pytest.approx([5.0])
    assert nucleolus(game("ab", lambda group: 3.0 if len(group) == 1 else 5.0), "ab") is None


def ordered(worth, parties, shares):
    """The surpluses of all coalitions but the largest, rising."""
    return sorted(
        sum(shares[parties.index(p)] for p in group) - least
        for group, least in worth.items()
        if len(group) < len(parties)
    )


@settings(max_examples=25)
@given(
    st.integers(2, 4).flatmap(lambda n: st.lists(st.integers(0, 20), min_size=2**n - 1, max_size=2**n - 1)), st.data()
)
def test_no_other_division_has_a_larger_smallest_surplus_and_so_on(numbers, data):
    parties = "abcd"[: len(numbers).bit_length()]
    numbers = iter(numbers)
    worth = game(parties, lambda group: next(numbers) + (0 if len(group) == 1 else 5 * len(group)))
    shares = nucleolus(worth, parties)
    alone = [worth[p,] for p in parties]
    if sum(alone) > worth[tuple(parties)] + 1e-9:
        assert shares is None
        return
    assert sum(shares) == pytest.approx(worth[tuple(parties)], abs=1e-4)
    assert all(share >= own - 1e-4 for share, own in zip(shares, alone, strict=True))
    mine = ordered(worth, parties, shares)
    weights = np.array(data.draw(st.lists(st.integers(0, 9), min_size=len(parties), max_size=len(parties)))) + 1e-9
    other = np.array(alone) + (worth[tuple(parties)] - sum(alone)) * weights / weights.sum()
    for part in (1.0, 0.1, 0.01):
        theirs = ordered(worth, parties, list(part * other + (1 - part) * shares))
        first = next((k for k in range(len(mine)) if abs(mine[k] - theirs[k]) > 1e-3), None)
        assert first is None or mine[first] > theirs[first]


def test_it_is_in_the_core_of_the_flagship():
    case = load("alliance-2023")
    sheets = sheets_of(case)
    parties = tuple(sheets)
    worth = values(case.scenario, sheets, parties)
    shares = nucleolus(worth, parties)
    _, slack = core(worth, parties)
    assert slack >= 0
    assert ordered(worth, parties, list(shares))[0] == pytest.approx(slack, abs=1e-5)
