"""What agents think the others want, and whom they take them for."""

import dataclasses
import math
from types import SimpleNamespace

import numpy as np
import pytest

from negotiation.actions import Offer, Tick
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.compiled import agent
from negotiation.lab.compiled.game import FIRST, MADE, SECOND
from negotiation.strategies import strategy
from negotiation.strategies.bayes import Bayes, hypotheses, independent
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.frequency import Frequency, NoModel, Similar, Windowed
from negotiation.strategies.reputation import Reputation, _unless_pretended
from negotiation.table import Issue, Signers, Table

LOW_MID_HIGH = ("low", "mid", "high")
TABLE = Table(
    "t",
    "T",
    (Issue("price", "Price", LOW_MID_HIGH, LOW_MID_HIGH), Issue("term", "Term", LOW_MID_HIGH, LOW_MID_HIGH)),
    Signers(("a", "b")),
)


def offers(*deals):
    return tuple(((n + 1) / 10, deal) for n, deal in enumerate(deals))


def test_an_issue_that_is_never_given_up_weighs_more():
    weights, values = Frequency(learning=1.0).estimate(TABLE, offers((2, 2), (2, 1), (2, 0)))
    assert weights == pytest.approx([0.75, 0.25])
    assert values[0] == pytest.approx([0.25, 0.25, 1.0])
    assert values[1] == pytest.approx([1.0, 1.0, 1.0])


def test_windows_are_compared_as_a_whole():
    wavering = offers((2, 2), (2, 2), (2, 2), (2, 1))
    weights, _ = Windowed(window=2).estimate(TABLE, wavering)
    assert weights[0] > weights[1]
    assert Windowed(window=2).estimate(TABLE, offers((2, 2), (2, 2), (2, 2), (2, 2)))[0] == [0.5, 0.5]
    assert Windowed(window=3).estimate(TABLE, offers((2, 2)))[0] == [0.5, 0.5]


def test_what_resembles_the_last_offer():
    assert Similar().estimate(TABLE, offers((0, 0), (2, 1))) == ([0.5, 0.5], [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])


def test_shapes_of_value_peak_at_each_option():
    assert hypotheses(2) == [[1.0, 0.0], [0.0, 1.0]]
    assert hypotheses(1) == [[1.0]]
    assert [max(range(4), key=shape.__getitem__) for shape in hypotheses(4)] == [0, 1, 2, 3]


def test_bayes_learns_that_price_matters_and_should_be_high():
    weights, values = Bayes().estimate(TABLE, offers((2, 2), (2, 1), (2, 0)))
    assert weights[0] > 0.55
    assert values[0][2] > values[0][1] > values[0][0]
    same = Bayes().estimate(TABLE, offers((2, 2)))
    assert Bayes().estimate(TABLE, offers((2, 2), (2, 2))) == same
    assert same[0] == pytest.approx([0.5, 0.5])
    once = Bayes().estimate(TABLE, offers((2, 2), (2, 1)))
    assert Bayes().estimate(TABLE, offers((2, 2), (2, 1), (2, 2))) == once  # nothing that is new
    single = Table("t", "T", TABLE.issues[:1], Signers(("a", "b")))
    assert Bayes().estimate(single, offers((2,)))[0] == [1.0]


def test_an_issue_of_few_options_does_not_weigh_more_before_anybody_has_given_up_anything():
    table = Table("t", "T", (Issue("a", "A", ("x", "y"), ("x", "y")), *TABLE.issues), Signers(("a", "b")))
    weights, values = Bayes().estimate(table, offers((0, 2, 2)))
    assert weights == pytest.approx([1 / 3] * 3, abs=0.02)
    assert [(min(row), max(row)) for row in values] == [(0.0, 1.0)] * 3


def test_how_sure_bayes_is_that_one_issue_matters_more():
    made = offers((2, 2), (2, 1), (2, 0))
    assert 0.5 < Bayes().weighs_more(TABLE, made, 0, 1) < 1
    assert Bayes().weighs_more(TABLE, made, 0, 1) + Bayes().weighs_more(TABLE, made, 1, 0) == pytest.approx(1)
    assert Bayes().weighs_more(TABLE, (), 0, 1) == pytest.approx(0.5)


def test_many_offers_tell_as_much_as_a_few_that_have_nothing_in_common():
    assert independent(0, 0.1) == 0
    assert independent(1, 0.1) == 1
    assert 9 < independent(100, 0.1) < 10


def test_bayes_keeps_its_mind_when_an_offer_is_impossible_under_all_hypotheses():
    assert Bayes(spread=1e-9).estimate(TABLE, offers((2, 2)))[0] == [0.5, 0.5]


def seated(types, strategy="linear", rounds=16):
    model = Game("alliance-2023", strategy=strategy, types=types, rounds=rounds, seed=3)
    model.play()
    return model


def weekly(name, kind, weeks=16, seed=3):
    """What Google thinks Nissan is, after each week."""
    game, found = Game("alliance-2023", strategy=name, types={"nissan": kind, "renault": "base"}, seed=seed), []
    while len(found) < weeks and game.advance():
        if isinstance(game.state.events[-1].action, Tick):
            found.append(Reputation().beliefs(game.view("google"))["nissan"])
    return found


@pytest.mark.parametrize("name", ["linear", "fair", "tough", "boulware"])
def test_a_hawk_looks_more_like_one_than_a_pragmatic_nissan_ever_does(name):
    most = {kind: max(week["hawk"] for week in weekly(name, kind)) for kind in ("hawk", "pragmatic")}
    assert most["hawk"] > most["pragmatic"]
    assert most["hawk"] > 0.45  # the odds that everybody knows are 0.4


@pytest.mark.parametrize("name", ["easy", "fair", "tough", "master", "linear", "boulware", "hardliner"])
def test_nobody_is_sure_that_a_pragmatic_nissan_is_a_hawk_after_three_weeks(name):
    """It opens as a hawk would, with what it would like best; its sketch does not say so, and sketches are rough."""
    for seed in (3, 4):
        assert all(week["hawk"] < 0.61 for week in weekly(name, "pragmatic", 3, seed))


def test_a_belief_is_about_all_sketched_types_of_the_others():
    model = seated({"nissan": "hawk", "renault": "base"})
    beliefs = Reputation().beliefs(model.view("google"))
    assert sum(beliefs["nissan"].values()) == pytest.approx(1)
    assert set(beliefs) == {"nissan", "renault"}
    assert set(Reputation().beliefs(model.view("nissan"))) == {"renault"}


def stakes_asked(*options, regions="all", model=None):
    """What Google thinks of a Nissan that has made these offers, all alike but for the cross-shareholding."""
    game = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"))
    table = game.case.scenario.tables["alliance"]
    rest = dict(votes="free", purchasing="project", regions=regions, platforms="project")
    for option in options:
        game.submit("nissan", Offer({"alliance": table.parse({"stakes": option, **rest})}))
    return (model or Reputation()).beliefs(game.view("google"))["nissan"]["hawk"]


def test_the_same_offer_again_tells_nothing_and_alike_ones_tell_less():
    once = stakes_asked("zero")
    assert once > 0.4
    assert stakes_asked("zero", "zero") == once
    assert stakes_asked("ten_10", "trust_15") < 0.4  # favourites of a pragmatic Nissan


def test_nobody_is_ever_quite_sure_for_somebody_may_pretend():
    surest = stakes_asked("zero", regions="india_latam", model=Reputation(sharpness=1e6, doubt=0.01))
    assert surest == pytest.approx(0.4 * 0.95 / (0.4 * 0.95 + 0.6 * 0.05), abs=0.01)
    assert _unless_pretended([0.0, -math.inf]) == pytest.approx([0.95, 0.05])
    assert _unless_pretended([0.0, -math.inf, -math.inf]) == pytest.approx([0.95, 0.025, 0.025])
    assert _unless_pretended([-700.0]) == pytest.approx([0.95])  # of one type only


def test_without_doubt_and_without_sharpness_a_model_is_sure_and_learns_nothing():
    assert stakes_asked("zero", model=Reputation(doubt=1.0)) == pytest.approx(0.4)
    assert stakes_asked("zero", model=Reputation(sharpness=0.0)) == pytest.approx(0.4)
    assert stakes_asked("zero", model=Reputation(doubt=0.01)) > stakes_asked("zero") + 0.2
    assert stakes_asked("zero", "ten_10", model=Reputation(sharpness=1e6, doubt=0.5)) < 0.5  # one miss is too many
    with pytest.raises(ValueError, match="doubt is 0, must be above 0"):
        Reputation(doubt=0.0)


def test_before_anybody_speaks_the_odds_are_all_one_knows():
    model = Game("alliance-2023", strategy="tough")
    google = model.seated["google"]
    assert google.strategy.beliefs(model.view("google"))["nissan"] == pytest.approx({"pragmatic": 0.6, "hawk": 0.4})
    assert strategy("linear").beliefs(model.view("google")) == {}
    scenario = dataclasses.replace(
        model.case.scenario, odds={**model.case.scenario.odds, "nissan": {"pragmatic": 1.0, "hawk": 0.0}}
    )
    seen = dataclasses.replace(
        model.view("google"), state=dataclasses.replace(model.view("google").state, scenario=scenario)
    )
    assert Reputation().beliefs(seen)["nissan"] == {"pragmatic": 1.0, "hawk": 0.0}


def test_a_sketch_colours_what_the_offers_tell_only_where_it_speaks():
    model = seated({"nissan": "hawk", "renault": "base"})
    renault = model.view("renault")
    for table, differs in (("alliance", True), ("cloud", False)):
        plain, coloured = Bayes().estimated_utilities(renault, table), Reputation().estimated_utilities(renault, table)
        assert list(plain) == list(coloured)
        if "nissan" in plain:
            assert np.array_equal(plain["nissan"], coloured["nissan"]) is not differs


def test_estimated_utility_is_that_of_those_who_would_sign():
    model = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"))
    table = model.case.scenario.tables["cloud"]
    assert Evaluation(model.view("nissan"), Frequency()).estimated_utility("cloud") is None
    deal = table.parse(dict(vendor="google", scope="full", price="high", data="vendor", term="y8"))
    model.submit("google", Offer({"cloud": deal}))
    estimated_utility = Evaluation(model.view("nissan"), Frequency()).estimated_utility("cloud")
    assert estimated_utility[table.index(deal)] == pytest.approx(1.0)
    assert (estimated_utility[table.required("nimbus")] == 0).all()
    position = Evaluation(model.view("nissan"), Frequency()).position("cloud")
    assert position.liking is position.estimated_utility  # what agents of users have called it so far
    assert NoModel().estimated_utilities(model.view("nissan"), "cloud") == {}


def test_rivals_get_a_round_to_outbid_each_other_and_hurry():
    model = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"))
    table = model.case.scenario.tables["cloud"]
    good = table.parse(dict(vendor="google", scope="full", price="low", data="nissan", term="y3"))
    model.submit("google", Offer({"cloud": good}))
    assert Evaluation(model.view("nissan")).rivalled("cloud")
    assert not Evaluation(model.view("nissan")).rivalled("tech")
    assert Evaluation(model.view("nimbus")).position("cloud").time > model.state.time
    assert Evaluation(model.view("google")).position("cloud").time == model.state.time
    assert Evaluation(model.view("nissan")).position("cloud").floor == pytest.approx(
        Evaluation(model.view("nissan")).gain({"cloud": good})
    )
    easy = strategy("conceder:exponent=0.01")
    from negotiation.dice import Dice

    act = easy.decide(model.view("nissan"), Dice(0, 1, 0))
    assert not (hasattr(act, "paper") and act.paper == 0)
    late = dataclasses.replace(model.state, round=model.state.round + 1)
    seen = dataclasses.replace(model.view("nissan"), state=late)
    assert easy.decide(seen, Dice(0, 1, 0)).paper == 0


def test_rivals_at_the_second_table_of_a_package_get_a_round_too():
    game = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"))
    history = game.case.references["history_2023"].outcome
    easy = strategy("conceder:exponent=0.01")
    for tables, waits in ((("alliance", "ampere"), True), (("alliance", "tech"), False)):
        game.submit("nissan", Offer({name: history[name] for name in tables}))
        paper = game.state.papers[len(game.state.events) - 1]
        renault = Evaluation(game.view("renault"))
        assert [renault.rivalled(name) for name in tables] == [False, waits]
        assert easy._may_be_outbid(renault, paper) is waits


@pytest.mark.parametrize("tables", [(0, -1), (1, -1), (0, 1), (1, 0), (0, 2)])
@pytest.mark.parametrize("now", [3, 4, 8])
def test_the_compiled_engine_waits_for_rivals_at_either_table(tables, now):
    paper = np.zeros(12, dtype=np.int64)
    paper[MADE], paper[FIRST], paper[SECOND] = min(now, 3) if now < 8 else 8, *tables
    game = SimpleNamespace(now=now, rounds=9, me=1, rule=SimpleNamespace(rivalled=[0b101, 0b010, 0b001]))
    assert bool(agent._may_be_outbid(game, paper)) is (now == 3 and 1 in tables)
