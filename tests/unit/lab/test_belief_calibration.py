"""Onlookers of games: what models believe, against the truth, and the tables of it."""

import dataclasses

import pandas as pd
import pytest

from negotiation.actions import Accept, Offer, Pass
from negotiation.dice import Dice
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.belief_readings import NOTHING_LEARNT, Onlooker, issue_weights, stakes
from negotiation.lab.calibration import COMPANIONS, FIELDS, FLAGSHIP, MODELS, Setting, game_of, settings, watched
from negotiation.lab.calibration_tables import counts, gathered, reliability_table, type_scores, weight_scores
from negotiation.lab.oddities import Moody, Pretender
from negotiation.strategies import strategy
from negotiation.strategies.parts import Model

CASE = load(FLAGSHIP)


@pytest.fixture(scope="module")
def onlooker():
    return Onlooker(Game(CASE, strategy="fair", seed=3, rounds=5), MODELS, ("nissan",), (1, 3)).play()


def test_types_are_read_after_every_round_of_every_party_that_has_any(onlooker):
    assert {one.party for one in onlooker.types} == {"nissan", "renault"}
    assert {one.model for one in onlooker.types} == {"types", NOTHING_LEARNT}
    rounds = [one.round for one in onlooker.types if one.party == "nissan" and one.model == "types"]
    assert rounds == list(range(1, len(rounds) + 1))
    for one in onlooker.types:
        wrong = 1 - one.said if one.right else one.said
        assert one.brier == pytest.approx(wrong**2)
        assert one.log > 0
    odds = [one for one in onlooker.types if one.model == NOTHING_LEARNT and one.party == "nissan"]
    assert {one.said for one in odds} == {0.6}


def test_weights_are_read_when_wanted_of_every_model(onlooker):
    assert {one.party for one in onlooker.weights} == {"nissan"}
    assert {one.round for one in onlooker.weights} == {1, 3}
    assert {one.model for one in onlooker.weights} == {*MODELS, NOTHING_LEARNT}
    assert all(one.error >= 0 and -1 <= one.agreement <= 1 for one in onlooker.weights)
    assert {one.agreement for one in onlooker.weights if one.model in (NOTHING_LEARNT, "similar")} == {0.0}
    assert {one.model for one in onlooker.orders} == {"bayes", "types"}
    assert all(0.5 < one.said <= 1 and one.right in (0, 1) for one in onlooker.orders)


def test_the_weights_of_an_additive_sheet_are_found_again():
    game = Game(CASE, seed=3)
    table, points = CASE.scenario.tables["tech"], game.seated["nissan"].role.preferences.by_option["tech"]
    utility = sum(pd.Series(row).to_numpy()[table.grid[k]] for k, row in enumerate(points))
    assert issue_weights(table, utility) == pytest.approx(stakes(game, "nissan", "tech"))
    assert issue_weights(table, utility * 0) == (0.25,) * 4
    for even in (
        "ampere",
        "quay",
    ):  # what resembles a deal is worth a share for each issue, however many options it has
        there = (CASE if even == "ampere" else load("electric-quay")).scenario.tables[even]
        alike = sum((there.grid[k] == option) / len(there.issues) for k, option in enumerate(there.deal(0)))
        assert issue_weights(there, alike) == pytest.approx((1 / len(there.issues),) * len(there.issues))
    assert sum(stakes(game, "nissan", "tech")) == pytest.approx(1)


def test_nothing_is_read_where_a_party_has_nothing_at_stake_or_all_issues_matter_alike():
    game = Game(CASE, strategy="linear", seed=3, rounds=4)
    seat = game.seated["nissan"]
    ours = seat.role.preferences

    def kept(sheets):
        role = dataclasses.replace(seat.role, preferences=dataclasses.replace(ours, sheets=sheets))
        return {**game.seated, "nissan": dataclasses.replace(seat, role=role)}

    game.seated = kept({key: one for key, one in ours.sheets.items() if not key.startswith("tech.")})
    assert stakes(game, "nissan", "tech") == ()
    assert stakes(game, "nissan", "cloud") != ()
    even = Onlooker(game, MODELS, ("nissan",), (2,)).play()
    assert "tech" not in {one.table for one in (*even.weights, *even.orders)}
    game = Game(CASE, strategy="linear", seed=3, rounds=4)
    alike = {
        key: dataclasses.replace(one, weight=1000.0 / (max(one.shares) - min(one.shares)))
        for key, one in ours.sheets.items()
        if max(one.shares) > min(one.shares)
    }
    game.seated = kept(alike)
    even = Onlooker(game, MODELS, ("nissan",), (2,)).play()
    assert not even.weights
    assert not even.orders


def test_a_model_that_guesses_nothing_leaves_no_reading():
    class Silent(Model):
        name, about = "silent", "nothing"

        def estimated_utilities(self, view, table):
            return {}

    read = Onlooker(Game(CASE, seed=1, rounds=3), {"silent": Silent()}, ("nissan",), (1,)).play()
    assert not read.weights
    assert {one.model for one in read.types} == {NOTHING_LEARNT}


def test_parties_that_are_sketched_but_not_seated_are_left_out():
    game = Game(CASE, strategy="linear", seed=1, rounds=2)
    del game.seated["renault"]
    read = Onlooker(game, {}, ())
    read._read(1)
    assert {one.party for one in read.types} == {"nissan"}


def test_settings_are_the_same_each_time_and_of_every_kind():
    many = list(settings(60))
    assert many == list(settings(60))
    assert {one.case for one in many} == {FLAGSHIP, *COMPANIONS}
    assert {(one.field, one.talk) for one in many if one.case == FLAGSHIP} == {
        (field, talk) for field in FIELDS for talk in ("", "en")
    }
    assert {(one.case, one.talk) for one in settings(4, ["a", "b"])} == {("a", ""), ("b", "")}


@pytest.mark.parametrize("field", FIELDS)
def test_everybody_of_a_field_can_play(field):
    games = [game_of(Setting(n, FLAGSHIP, field, ""), CASE) for n in range(20)]
    played = {plays for game in games for plays in game.seats.values()}
    assert played == set(FIELDS[field])
    for game in games:
        for party, seat in game.seated.items():
            lies = game.seats[party].startswith("pretender:") and party in ("nissan", "renault")
            assert isinstance(seat.strategy, Pretender) is lies
            assert isinstance(seat.strategy, Moody) is (game.seats[party] == "moody")


def test_a_pretender_offers_as_another_type_would_and_signs_for_itself():
    other = CASE.roles["nissan"]["hawk"]
    game = Game(CASE, strategy="linear", types={"nissan": "pragmatic"}, seed=3)
    liar, inner = Pretender(strategy("linear"), other, until=0.5), strategy("linear")
    early = game.view("nissan")
    assert liar.decide(early, Dice(3, 1, 0)) == inner.decide(dataclasses.replace(early, role=other), Dice(3, 1, 0))
    assert isinstance(liar.decide(early, Dice(3, 1, 0)), Offer)
    late = dataclasses.replace(early, state=dataclasses.replace(early.state, round=12))
    assert liar.decide(late, Dice(3, 1, 0)) == inner.decide(late, Dice(3, 1, 0))


@pytest.mark.parametrize(("protocol", "act"), [("open-floor", Pass()), ("alternating", Pass("contract"))])
def test_a_pretender_signs_nothing_while_it_pretends(protocol, act):
    class Signs:
        def decide(self, view, dice):
            return Accept(0)

    game = Game("cloud-for-two", protocol=protocol, seed=3)
    party = "kaido"
    while party not in game.protocol.to_move(game.state):
        game.advance()
    liar = Pretender(Signs(), game.case.role(party))
    assert liar.decide(game.view(party), Dice(3, 0, 0)) == act


def test_a_moody_player_changes_its_mind_by_its_dice():
    game = Game(CASE, strategy="linear", seed=3)
    view = game.view("nissan")
    acts = {str(Moody(steady=0.0).decide(view, Dice(3, 1, turn))) for turn in range(12)}
    assert len(acts) > 1
    first = {str(Moody(steady=1.0).decide(view, Dice(8, 1, turn))) for turn in range(6)}
    assert len(first) == 1


def test_tables_say_what_was_read_and_how_often():
    read = gathered(settings(4))
    assert all(len(frame) for frame in read)
    assert any("alliance-2023" in line for line in [*counts(read)])
    for lines in (
        reliability_table(read.types),
        type_scores(read.types, "round"),
        weight_scores(read.weights, "round"),
    ):
        rows = list(lines)
        assert rows[0].count("|") == rows[1].count("|") == rows[2].count("|")
        assert len(rows) > 2
    sure = read.types.assign(said=0.95, right=1)
    assert any(
        line.endswith(f"100% of {len(sure[sure['round'] == 1]) // 2:,} |") for line in type_scores(sure, "round")
    )
    some = read.weights[~((read.weights.model == "bayes") & (read.weights["round"] == 1))]
    assert "–" in "".join(weight_scores(some, "round"))


def test_a_game_is_watched_the_same_each_time():
    one, two = (watched(Setting(6, "cloud-for-two", "kept apart", "en")) for _ in range(2))
    assert one.weights == two.weights
    assert one.weights
