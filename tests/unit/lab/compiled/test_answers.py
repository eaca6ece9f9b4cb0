"""Bidding that answers what others do, what they are thought to like, and the textbook: as plain Python, as compiled."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from strategies_market import market
from support_compiled import PLAYED, assert_plan_same, assert_same, plan_of, runs_of, uncompiled

from negotiation.case import Role
from negotiation.dice import Dice, key
from negotiation.formats import load
from negotiation.lab.compiled import kernel, setup
from negotiation.lab.compiled.acts import offer
from negotiation.lab.compiled.chance import below
from negotiation.lab.compiled.expectations import seat
from negotiation.lab.compiled.gains import gain_of, slot
from negotiation.lab.compiled.game import OFFER
from negotiation.lab.compiled.tactics import late
from negotiation.lab.compiled.worth import price
from negotiation.lab.factors import Changed
from negotiation.preferences import Link
from negotiation.strategies.peers.compat import RULES


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
def test_every_textbook_rule_against_some(floor):
    case = market(floor=floor)
    with uncompiled():
        for seller, buyer in product(RULES, ("micro", "aspiration")):
            seats = {"seller": f"compat:rule={seller}", "buyer": f"compat:rule={buyer}"}
            assert set(assert_same(*runs_of(case, seats, "alternating", [1, 2], 0.2 * (seller == "cab")))) == {
                "compiled"
            }


def test_where_links_make_utilities_more_than_points_the_textbook_is_left_to_the_model():
    case = market()
    assert setup.ready(Changed(case, dict.fromkeys(case.roles, "compat")), "alternating")
    mine = case.roles["buyer"]["base"].preferences
    mine = replace(mine, links=(Link("L1", {"deal.price": (mine.scenario.tables["deal"].issues[0].options[0],)}, 1.0),))
    case.roles["buyer"]["base"] = Role("base", mine)
    assert setup.ready(Changed(case, dict.fromkeys(case.roles, "compat")), "alternating") is None


def test_what_lies_on_the_table_on_a_paper_over_two_is_not_offered_in_vain():
    case = load("alliance-2023")
    there = setup.ready(Changed(case, dict.fromkeys(case.roles, "compose:bidding=late,model=none")), "open-floor")
    game = there.game
    game.cast[: len(there.first)] = there.first
    kernel.open_talks(game)
    horse, sdv = (list(case.scenario.tables).index(name) for name in ("horse", "sdv"))
    game.act[:] = OFFER, 0, horse, 0, sdv, 0
    assert offer(game)
    seat(game, 0, game.cast[0])
    price(game, there.prices, there.prices.weight[game.sheet])
    with np.errstate(over="ignore"):
        found = [slot(game, table) for table in (horse, sdv)]
    for table, at in zip((horse, sdv), found, strict=True):
        wanted = gain_of(game, at, 0)
        size = game.rule.start[table + 1] - 1 - game.rule.start[table]
        gains = [gain_of(game, at, deal) for deal in range(size)]
        assert late(game, table, at, wanted) == min(deal for deal in range(size) if gains[deal] >= wanted - 1e-9)


@pytest.mark.parametrize("n", [1, 2, 7, 4096])
def test_a_choice_among_so_many_is_that_of_the_dice(n):
    for seed in range(20):
        with np.errstate(over="ignore"):
            assert below(np.uint64(key(seed, 1, 2)), 1, n) == Dice(seed, 1, 2).below(n)
