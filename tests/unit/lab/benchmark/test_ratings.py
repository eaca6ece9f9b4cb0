"""Ratings: what the model says of easy counts, that the fit is at its best, and that no order matters."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.lab.benchmark.comparisons import compared, worth
from negotiation.lab.benchmark.ratings import MIDDLE, ahead, ratings, strengths


def counts(*rows):
    return np.array([rows], dtype=float)


def test_equals_have_equal_ratings():
    rated = ratings(counts([0, 3], [3, 0]), counts([0, 2], [2, 0]))
    assert rated.tolist() == [[MIDDLE, MIDDLE]]


def test_who_always_wins_has_a_finite_rating_by_the_prior():
    rated = ratings(counts([0, 50], [0, 0]), counts([0, 0], [0, 0]))[0]
    assert 200 < rated[0] - rated[1] < 2000
    assert ahead(*rated) > 0.9
    assert ahead(MIDDLE, MIDDLE) == 0.5


def test_nothing_but_ties_is_finite_and_equal():
    pi, nu = strengths(counts([0, 0], [0, 0]), counts([0, 40], [40, 0]))
    assert np.allclose(pi, 1.0, atol=1e-9)
    assert 2 < nu[0] < 1000


def log_likelihood(pi, nu, better, ties):
    """The logarithm of what `strengths` maximises, prior included, written down apart from it."""
    total = math.log(nu / (2 + nu)) + math.log(2 / (2 + nu))
    for i, mine in enumerate(pi):
        total += math.log(mine / (mine + 1)) + math.log(1 / (mine + 1))
        for j, theirs in enumerate(pi):
            if i != j:
                both = mine + theirs + nu * math.sqrt(mine * theirs)
                total += better[i][j] * math.log(mine / both)
                total += ties[i][j] / 2 * math.log(nu * math.sqrt(mine * theirs) / both)
    return total


def test_no_step_in_any_direction_is_likelier_than_the_fit():
    better, ties = counts([0, 7, 2], [3, 0, 9], [1, 1, 0]), counts([0, 4, 1], [4, 0, 2], [1, 2, 0])
    pi, nu = strengths(better, ties)
    best = log_likelihood(pi[0], nu[0], better[0], ties[0])
    for factor in (0.99, 1.01):
        for n in range(3):
            other = pi[0].copy()
            other[n] *= factor
            assert log_likelihood(other, nu[0], better[0], ties[0]) < best
        assert log_likelihood(pi[0], nu[0] * factor, better[0], ties[0]) < best


def row(block, pair, gains):
    base = {
        "block": block,
        "domain": block,
        "talk": "",
        "pair": list(pair),
        "gains": list(gains),
        "ideal": [10.0, 10.0],
    }
    return {**base, "suite": "bilateral"}


GAMES = [
    row(block, (one, other), ((7 * n + 3 * ord(one) + 5 * ord(other)) % 11, (n * ord(one) + ord(other)) % 7))
    for n, block in enumerate(("k", "l", "m"))
    for one in "abc"
    for other in "abc"
]


@settings(max_examples=12, deadline=None)
@given(st.permutations(GAMES), st.permutations("abc"))
def test_no_order_of_games_or_agents_changes_a_rating(games, agents):
    """To the last bit for the games; agents are put in order of their names by `results`, and by any other to 1e-6."""
    plain = ratings(*(part.sum(axis=0)[None] for part in compared(GAMES, ["k", "l", "m"], "abc")))[0]
    mixed = ratings(*(part.sum(axis=0)[None] for part in compared(games, ["k", "l", "m"], "abc")))[0]
    assert mixed.tolist() == plain.tolist()
    turned = ratings(*(part.sum(axis=0)[None] for part in compared(games, ["k", "l", "m"], agents)))[0]
    assert np.allclose([turned[agents.index(name)] for name in "abc"], plain, atol=1e-6)


def test_who_sat_in_the_same_chair_is_compared():
    rows = [row("k", "aa", (5, 5)), row("k", "ab", (5, 1)), row("k", "ba", (6, 2)), row("k", "bb", (5, 1))]
    better, ties = compared([*rows, {**rows[0], "error": "why"}], ["k"], "ab")
    # first seat: against a 5 < 6, against b 5 = 5; second seat: against a 5 > 1, against b 2 > 1
    assert better[0].tolist() == [[0, 2], [1, 0]]
    assert ties[0].tolist() == [[0, 1], [1, 0]]


def test_a_seat_that_can_gain_nothing_counts_points():
    assert worth({"gains": [-3.0, 1.0], "ideal": [0.0, 4.0]}, 0) == -3.0
    assert worth({"gains": [-3.0, 1.0], "ideal": [0.0, 4.0]}, 1) == 0.25


def test_a_fit_that_takes_too_long_ends_where_it_is(monkeypatch):
    monkeypatch.setattr("negotiation.lab.benchmark.ratings.MOST_STEPS", 1)
    rated = ratings(counts([0, 5], [1, 0]), counts([0, 0], [0, 0]))[0]
    assert rated[0] > rated[1]
