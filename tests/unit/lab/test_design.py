"""Designs: every combination, or points spread evenly; each point once, the same for the same seed."""

import numpy as np
import pytest

from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.lab.design import Design, ends
from negotiation.lab.plan import read_plan

FACTORS = {"delay": {"least": 0, "most": 2.0}, "rounds": {"least": 1, "most": 4}, "links": [True, False]}


def plan(factors, **design):
    return read_plan(
        {"format": "negotiation-plan/1", "cases": ["x"], "lineups": {"a": "b"}, "factors": factors, "design": design}
    )


def points(design):
    return [tuple(design.settings(n).values()) for n in range(len(design))]


def test_a_grid_is_all_combinations_in_order():
    design = Design(plan({"a": [3, 1], "b": {"least": 0, "most": 1, "steps": 3}}, kind="grid"))
    assert points(design) == [(3, 0.0), (3, 0.5), (3, 1.0), (1, 0.0), (1, 0.5), (1, 1.0)]
    assert points(Design(plan({}, kind="grid"))) == [()]


@pytest.mark.parametrize("kind", ["random", "latin-hypercube", "sobol"])
def test_spread_points_stay_in_range_and_come_again(kind):
    design = Design(plan(FACTORS, kind=kind, samples=64, seed=3))
    found = points(design)
    assert found == points(Design(plan(FACTORS, kind=kind, samples=64, seed=3)))
    assert found != points(Design(plan(FACTORS, kind=kind, samples=64, seed=4)))
    assert len(found) == 64
    delays, rounds, links = zip(*found, strict=True)
    assert 0 <= min(delays) < 0.2 < 1.8 < max(delays) < 2
    assert set(rounds) == {1, 2, 3, 4}
    assert {type(value) for value in rounds} == {int}
    assert set(links) == {True, False}


def test_even_designs_fill_every_slice():
    for kind in ("latin-hypercube", "sobol"):
        delays = Design(plan({"delay": FACTORS["delay"]}, kind=kind, samples=16)).coordinates[:, 0]
        assert sorted(np.floor(delays / 2 * 16)) == list(range(16))


def test_a_point_that_comes_twice_is_played_once():
    assert sorted(points(Design(plan({"links": [True, False]}, kind="random", samples=50)))) == [(False,), (True,)]
    assert points(Design(plan({}, kind="random", samples=50))) == [()]


def test_a_grid_without_end_is_refused():
    wide = {"least": 0, "most": 1, "steps": 1000}
    with pytest.raises(
        SetupError, match="the design has 1,000,000,000 points of 3 factors, must have at most 6,666,666"
    ):
        Design(plan(dict.fromkeys("abc", wide), kind="grid"))


def test_saltelli_mixes_two_samples_and_plays_twins_once():
    design = Design(plan({"a": {"least": 0, "most": 1.0}, "links": [True, False]}, kind="saltelli", samples=8))
    drawn = design.coordinates[design.places].reshape(4, 8, 2)
    first, second, *mixed = drawn
    for column, one in enumerate(mixed):
        other = 1 - column
        assert (one[:, column] == second[:, column]).all()
        assert (one[:, other] == first[:, other]).all()
    assert 16 < len(design) < 32
    assert len(set(points(design))) == len(design)


def test_steps_between_whole_numbers_are_whole():
    stepped = {"least": 2, "most": 10, "steps": 5}
    found = points(Design(plan({"rounds": stepped}, kind="grid")))
    assert found == [(2,), (4,), (6,), (8,), (10,)]
    assert {type(value) for (value,) in found} == {int}
    parts = read_plan(
        {
            "format": "negotiation-plan/1",
            "cases": ["x"],
            "lineups": {"a": "b"},
            "factors": {"a": {**stepped, "steps": 4}},
        }
    ).factors["a"]
    assert ends(parts) == (2, pytest.approx(2 + 8 / 3), 10)
    assert ends(plan({"a": stepped}, kind="grid").factors["a"]) == (2, 4, 10)


def test_a_random_design_shares_no_dice_with_the_games_it_lays_out():
    """Seat n of the game with the design's seed would have drawn in its first turn what point n is made of."""
    found = Design(plan({"delay": FACTORS["delay"]}, kind="random", samples=8, seed=5)).coordinates[:, 0]
    for seat, number in enumerate(found):
        assert number / 2 != pytest.approx(Dice(5, seat, 0).uniform())
