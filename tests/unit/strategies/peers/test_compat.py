"""Where the textbook negotiators can play, and what they do there; the recorded runs are in tests/golden."""

import numpy as np
import pytest
from strategies_market import market, record

from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.strategies.peers.compat import RULES, Turn, Utilities
from negotiation.strategies.peers.textbook import ACCEPT, nearest

SEATS = {"seller": "compat:rule=micro", "buyer": "compat:rule=micro"}


@pytest.mark.parametrize(("case", "protocol"), [("alliance-2023", "alternating"), ("electric-quay", "alternating")])
def test_it_plays_one_table_that_all_must_sign(case, protocol):
    with pytest.raises(SetupError, match=r"cannot play 'compat' in .*: it plays one table that all must sign"):
        Game(case, strategy="compat", protocol=protocol)


def test_and_in_turn_only():
    with pytest.raises(SetupError, match="under alternating"):
        Game(market(), seats=SEATS, protocol="open-floor")


def test_micro_repeats_a_deal_of_its_own_when_the_other_lags_behind():
    assert record("compat:rule=micro", "compat:rule=tough", rounds=4) == "S10 B0 / S9 B0 / S9 B0 / S10 B0 /"


def test_naive_tit_for_tat_runs_out_of_steps():
    has = Utilities(np.array([0.0, 0.5, 1.0]), 0.25, np.array([1, 2]), np.array([0, 1, 2]))
    turn = Turn(has, 2, 0.5, 1.0, 0.0, standing=0, mine=(2,), theirs=(0,), early=2, dice=Dice(0, 0, 0))
    assert RULES["naive_tft"](turn) == 2


def test_a_level_above_everything_means_the_best_deal():
    has = Utilities(np.array([0.0, 0.5, 1.0]), 0.0, np.array([0, 1, 2]), np.array([0, 1, 2]))
    assert nearest(has.u, has.every, 2.0) == 2
    assert [nearest(has.u, has.every, level) for level in (0.5, 0.5000005, 0.7, 0.9)] == [1, 1, 2, 2]


def test_whoever_can_gain_nothing_lets_it_be():
    model = Game(market(floor=11.0), seats=SEATS, protocol="alternating", rounds=2)
    assert model.play().bound == {}
    assert not model.state.offers


def test_take_it_or_leave_it_accepts_its_best_deal_only():
    has = Utilities(np.array([0.0, 0.5, 1.0]), 0.0, np.array([0, 1, 2]), np.array([0, 1, 2]))
    for standing, answer in ((2, ACCEPT), (1, 2)):
        turn = Turn(has, 2, 0.5, 1.0, 0.0, standing=standing, mine=(), theirs=(standing,), early=0, dice=Dice(0, 0, 0))
        assert RULES["tough"](turn) == answer
