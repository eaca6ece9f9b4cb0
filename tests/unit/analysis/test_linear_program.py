from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from negotiation.analysis.coalitions import core
from negotiation.analysis.linear_program import exactly, independent, largest
from negotiation.analysis.nucleolus import nucleolus


def groups(parties):
    return [group for size in range(1, len(parties) + 1) for group in combinations(parties, size)]


@st.composite
def games(draw):
    parties = "abcd"[: draw(st.integers(2, 4))]
    worths = st.lists(st.integers(-20, 40), min_size=2 ** len(parties) - 1, max_size=2 ** len(parties) - 1)
    return parties, dict(zip(groups(parties), map(float, draw(worths)), strict=True))


@settings(max_examples=60)
@given(games())
def test_the_slack_of_the_core_is_what_a_solver_in_floats_finds(game):
    parties, worth = game
    division, slack = core(worth, parties)
    some = [group for group in worth if len(group) < len(parties)]
    solved = linprog(
        c=[*[0.0] * len(parties), -1.0],
        A_ub=[[*(-float(p in group) for p in parties), 1.0] for group in some],
        b_ub=[-worth[group] for group in some],
        A_eq=[[*[1.0] * len(parties), 0.0]],
        b_eq=[worth[tuple(parties)]],
        bounds=[(None, None)] * (len(parties) + 1),
    )
    assert slack == pytest.approx(solved.x[-1], abs=1e-7)
    assert sum(division) == pytest.approx(worth[tuple(parties)], abs=1e-6)
    shares = dict(zip(parties, division, strict=True))
    assert min(sum(shares[p] for p in group) - worth[group] for group in some) == pytest.approx(slack, abs=1e-7)


def test_huge_worths():
    """A solver in floats takes 1e30 for infinity and finds nothing."""
    worth = dict.fromkeys(groups("abc"), 0.0) | {("a", "b", "c"): 1e30}
    assert nucleolus(worth, "abc") == pytest.approx([1e30 / 3] * 3)
    division, slack = core(worth, "abc")
    assert division == pytest.approx([1e30 / 3] * 3)
    assert slack == pytest.approx(1e30 / 3)


@pytest.mark.parametrize("short", [0, 0.001, -0.001])
def test_whether_the_core_is_empty_is_exact_where_worths_are_large(short):
    """Each pair could have nearly all: a thousandth of a point in billions decides whether it leaves."""
    worth = {group: 2e9 if len(group) == 2 else 0.0 for group in groups("abc")} | {("a", "b", "c"): 3e9 - short}
    division, slack = core(worth, "abc")
    assert slack == pytest.approx(-2 * short / 3, rel=1e-3)
    assert (slack < 0) is (short > 0)
    assert division == pytest.approx([1e9] * 3)


def test_one_party_has_what_it_has():
    division, slack = core({("a",): 2.0}, "a")
    assert (division.tolist(), slack) == ([2.0], 0.0)


def test_numbers_are_taken_as_they_are_written():
    assert exactly(0.1) == Fraction(1, 10)
    assert exactly(np.float64(1e30)) == 10**30
    assert independent([[1, 1, 0], [2, 2, 0], [0, 0, 1], [1, 1, 1]], [[0, 0, 2]]) == [0]


def test_steps_that_change_nothing_end():
    """Many conditions through one corner: the simplex goes on from one set of them to the next and stops."""
    rows = [[-1, 0, -1], [0, -1, -1], [0, 0, -1], [1, 0, -1], [0, 1, -1], [1, 1, -2], [-1, -1, -2], [1, -1, -2]]
    zero, far = Fraction(0), Fraction(-7)
    point, prices = largest([[1, 0, 0], [0, 1, 0], *rows], [far, far, zero, zero, zero, *[zero] * 5], 0, [0, 1, 4])
    assert point[-1] == 0
    assert all(price >= 0 for price in prices.values())
