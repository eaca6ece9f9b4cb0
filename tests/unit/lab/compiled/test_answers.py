"""Bidding that answers what others do, what they are thought to like, and the textbook: as plain Python, as compiled."""

from itertools import product

import numpy as np
import pytest
from strategies_market import market
from support_compiled import PLAYED, assert_plan_same, assert_same, plan_of, runs_of, uncompiled

from negotiation.dice import Dice, key
from negotiation.formats import load
from negotiation.lab.compiled import setup
from negotiation.lab.compiled.chance import below
from negotiation.lab.factors import Changed
from negotiation.strategies.compat import RULES


@pytest.mark.parametrize("protocol", ["alternating", "open-floor"])
def test_every_strategy_against_itself(protocol):
    lineups = {f"n{n}": text for n, text in enumerate(PLAYED)}
    plan = plan_of(cases=["any-two-of-three"], protocols=[protocol], lineups=lineups, factors={"rounds": 6})
    with uncompiled():
        assert set(assert_plan_same(plan)) == {"compiled"}


def test_two_who_learn_otherwise_and_what_a_party_may_not_sign():
    learn = "compose:bidding=nice,model=frequency,learning={},accept=level"
    seats = ("fair", learn.format(0.1), learn.format(0.9), "compose:bidding=late,model=frequency,accept=next", "linear")
    case = load("alliance-2023")
    game = {party: seats[n % 5] for n, party in enumerate(case.roles)}
    case = Changed(case, game, rounds=3)
    runs, shapes = runs_of(case.case, game, "open-floor", [1])
    runs = [type(run)(run.cell, run.seed, case) for run in runs]
    with uncompiled():
        assert assert_same(runs, shapes) == ["compiled"]


@pytest.mark.parametrize("floor", [0.0, 4.0, 11.0])
def test_every_textbook_rule_against_every_other(floor):
    case = market(floor=floor)
    with uncompiled():
        for seller, buyer in product(RULES, RULES):
            seats = {"seller": f"compat:rule={seller}", "buyer": f"compat:rule={buyer}"}
            assert set(assert_same(*runs_of(case, seats, "alternating", [1, 2], 0.2 * (seller == "cab")))) == {
                "compiled"
            }


def test_where_links_make_utilities_more_than_points_the_textbook_is_left_to_the_model():
    case = load("cloud-for-two")
    assert any(role.preferences.links for kinds in case.roles.values() for role in kinds.values())
    assert setup.ready(Changed(case, dict.fromkeys(case.roles, "compat")), "alternating") is None


@pytest.mark.parametrize("n", [1, 2, 7, 4096])
def test_a_choice_among_so_many_is_that_of_the_dice(n):
    for seed in range(20):
        with np.errstate(over="ignore"):
            assert below(np.uint64(key(seed, 1, 2)), 1, n) == Dice(seed, 1, 2).below(n)
