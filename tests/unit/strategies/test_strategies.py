"""Strategies from inside and outside: found by name, composed, and as records of play."""

import dataclasses

import numpy as np
import pytest
from strategies_market import record
from support import BULLIES

from negotiation.actions import CLOCK, Accept, Offer, Pass, Tick, Walk, Withdraw
from negotiation.case import Case, Role
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.preferences import Link, Preferences
from negotiation.scenario import Party, Scenario
from negotiation.strategies import Strategy, parts, strategies, strategy
from negotiation.strategies import expectations as module_of_expectations
from negotiation.strategies.acceptance import Combi
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.expectations import cache_for, expectations
from negotiation.strategies.micro import Micro
from negotiation.table import Issue, Signers, Table


def test_strategies_are_found_by_name_with_parameters():
    assert set(strategies()) - set(BULLIES) == {
        *(
            "annealer",
            "boulware",
            "compat",
            "compose",
            "conceder",
            "easy",
            "fair",
            "hardliner",
            "linear",
            "master",
            "random",
            "tough",
        )
    }
    assert strategy("boulware:exponent=6,least=0.1").exponent == 6.0
    assert strategy("random:chance=0.5").chance == 0.5
    assert strategy("linear:") == strategy("linear")


def test_parts_are_chosen_by_name_and_take_their_parameters():
    ours = strategy("compose:bidding=micro,model=types,accept=combi,at=0.7,trust=0.5")
    assert ours.bidding == Micro()
    assert ours.accept == Combi(0.7)
    assert ours.model.trust == 0.5
    assert strategy("tough:haste=5,accept=combi,at=0.5").accept == Combi(0.5)
    assert strategy("tough:model=none").model.name == "none"
    assert set(parts("model")) == {"bayes", "frequency", "none", "similar", "types", "windowed"}
    assert set(parts("accept")) == {"combi", "const", "enough", "level", "next", "time", "whim"}
    assert {"micro", "nice", "time", "tradeoff", "whim"} < set(parts("bidding"))


RECORDS = [
    ("boulware", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S9 B5 / S8 B6 / S="),
    ("linear", "S10 B0 / S9 B1 / S8 B2 / S7 B3 / S6 B4 / S5 B="),
    ("conceder", "S6 B0 / S5 B1 / S4 B2 / S4 B3 / S4 B="),
    ("hardliner", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S10 B7 /"),
    ("random", "S10 B0 / S2 B1 / S6 B2 / S="),
    ("easy", "S7 B0 / S6 B1 / S5 B2 / S5 B3 / S4 B="),
    ("fair", "S10 B0 / S9 B1 / S8 B2 / S7 B3 / S6 B4 / S5 B="),
    ("tough", "S10 B0 / S9 B1 / S8 B2 / S6 B3 / S4 B="),
    ("master", "S10 B0 / S9 B1 / S8 B2 / S6 B3 / S4 B="),
    ("compose:bidding=exponential", "S10 B0 / S10 B1 / S9 B2 / S9 B3 / S8 B4 / S8 B5 / S6 B="),
    ("compose:bidding=micro", "S10 B0 / S9 B1 / S8 B2 / S7 B3 / S6 B4 / S5 B="),
    ("compose:bidding=relative", "S10 B0 / S10 B1 / S10 B2 / S9 B3 / S8 B4 / S7 B5 / S6 B="),
    ("compose:bidding=absolute", "S10 B0 / S10 B1 / S10 B2 / S8 B3 / S8 B4 / S6 B5 / S6 B="),
    ("compose:bidding=averaged", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S9 B4 / S8 B5 / S7 B6 / S="),
    ("compose:bidding=nice,model=bayes", "S10 B0 / S10 B1 / S10 B2 / S9 B3 / S8 B4 / S8 B5 / S7 B6 / S="),
    ("compose:bidding=tradeoff", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S10 B4 / S10 B5 / S10 B6 / S="),
    ("compose:bidding=quadratic", "S10 B0 / S9 B1 / S9 B2 / S9 B3 / S8 B4 / S8 B5 / S7 B6 / S="),
    ("compose:bidding=hybrid", "S10 B0 / S9 B1 / S9 B2 / S9 B3 / S8 B4 / S8 B5 / S7 B6 / S="),
    ("compose:bidding=time,exponent=4,accept=combi,at=0.5", "S10 B0 / S10 B1 / S10 B2 / S10 B3 / S="),
    ("compose:bidding=whim,accept=whim", "S10 B0 / S2 B1 / S6 B2 / S="),
]


@pytest.mark.parametrize(("seller", "told"), RECORDS)
def test_a_record_of_play_against_an_even_conceder(seller, told):
    assert record(seller, "linear") == told


def test_the_last_round_is_not_wasted():
    """In turn the last mover takes what is no loss; on an open floor whoever is left without a better answer does."""
    late = "boulware:exponent=9"
    assert record(late, late).endswith("S10 B0 / S8 B=")
    assert record(late, late, protocol="open-floor").endswith("S8 B2 S=")
    assert "=" not in record("hardliner", "hardliner", protocol="open-floor")


def test_who_gets_no_answer_waits_or_steps_down():
    assert record("compose:bidding=micro", "hardliner", rounds=3) == "S10 B0 / S9 B0 / S9 B0 /"
    assert record("compose:bidding=tradeoff,step=0.2", "hardliner", rounds=4) == "S10 B0 / S10 B0 / S9 B0 / S7 B0 /"
    assert record("compose:bidding=nice,model=none", "hardliner", rounds=3) == "S10 B0 / S10 B0 / S10 B0 /"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bulware", "unknown strategy 'bulware'; did you mean 'boulware'?"),
        (
            "boulware:exponnt=6",
            "boulware: unknown parameter 'exponnt'; did you mean 'exponent'? possible: exponent, least, candour",
        ),
        ("boulware:exponent=six", "boulware: parameter exponent is 'six', must be a float such as exponent=4.0"),
        ("boulware:exponent", "boulware: parameter exponent is None, must be a float"),
        ("linear:exponent=0", "linear: exponent is 0, must be above 0"),
        ("linear:exponent=nan", "linear: parameter exponent is 'nan', must be a float"),
        ("linear:least=2", "linear: least is 2, must be from 0 to 1"),
        ("random:chance=-1", "random: chance is -1, must be from 0 to 1"),
        ("compose:bidding=mikro", "compose: unknown bidding 'mikro'; did you mean 'micro'? possible: absolute, "),
        ("compose:model", "compose: unknown model 'None'"),
        (
            "compose:window=3",
            "compose: unknown parameter 'window'; possible: bidding, model, accept, candour, exponent, least",
        ),
        ("compose:least=2", "compose: least is 2, must be from 0 to 1"),
        ("compose:bidding=time,exponent=0", "compose: exponent is 0, must be above 0"),
        ("compose:bidding=exponential,exponent=0", "compose: exponent is 0, must be above 0"),
        ("compose:bidding=exponential,start=1", "compose: start is 1, must be between 0 and 1"),
        ("tough:haste=0", "tough: haste is 0, must be above 0"),
        ("compose:bidding=relative,lag=0", "compose: lag is 0, must be at least 1"),
        ("compose:bidding=tradeoff,step=0", "compose: step is 0, must be above 0 and at most 1"),
        ("compose:accept=const,share=2", "compose: share is 2, must be from 0 to 1"),
        ("compose:accept=time,at=2", "compose: at is 2, must be from 0 to 1"),
        ("compose:model=windowed,window=0", "compose: window is 0, must be at least 1"),
        ("compose:model=bayes,concession=2", "compose: concession is 2, must be from 0 to 1"),
        ("compose:model=bayes,spread=0", "compose: spread is 0, must be above 0"),
        ("compose:model=types,sharpness=-1", "compose: sharpness is -1, must be at least 0"),
        ("compose:model=types,trust=2", "compose: trust is 2, must be from 0 to 1"),
        ("compat:rule=toug", "compat: unknown rule 'toug'; did you mean 'tough'? possible: boulware, linear"),
        ("compat:exponent=0", "compat: exponent is 0, must be above 0"),
        ("none.py:Mine", "none.py: there is no such file to take strategies from"),
    ],
)
def test_what_is_no_strategy_is_named(text, message):
    with pytest.raises(SetupError) as problem:
        strategy(text)
    assert message in str(problem.value)


OWN = '''
from dataclasses import dataclass
from negotiation.actions import Pass
from negotiation.strategies import Strategy

@dataclass(frozen=True)
class Silent(Strategy):
    """Says nothing."""
    name = "silent"
    about = "says nothing"
    pace: int = 1
    word: str = "x"

    def decide(self, view, dice):
        return Pass()
'''


def test_a_strategy_from_outside_plays_along(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(OWN, encoding="utf-8")
    mine = strategy(f"{file}:Silent:pace=3,word=y")
    assert (mine.pace, mine.word) == (3, "y")
    model = Game("cloud-for-two", seats={"kaido": f"{file}:Silent"}, rounds=2)
    model.play()
    assert model.state.bound == {}
    assert mine.aims(model.view("kaido")) == {}
    assert mine.estimates(model.view("kaido"), "contract") == {}
    assert mine.beliefs(model.view("kaido")) == {}
    with pytest.raises(SetupError, match=r"unknown strategy class 'Loud'; possible: Silent"):
        strategy(f"{file}:Loud")
    file.write_text("import no_such_module", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be imported: ModuleNotFoundError: No module named"):
        strategy(f"{file}:Silent")


def talks(**options):
    model = Game("alliance-2023", seats=dict.fromkeys(load("alliance-2023").roles, "person"), **options)
    return model, model.case.scenario.tables


def test_expectations_weigh_papers_by_their_signatures():
    model, tables = talks()
    full = tables["ampere"].parse(
        dict(nissan_stake="s7", mmc_stake="m2", engineers="none", tech_access="licence", condition="firm")
    )
    paper = 0
    model.submit("renault", Offer({"ampere": full}))
    assert expectations(model.state)["ampere"] == pytest.approx({None: 0.75, full: 0.25})
    model.submit("nissan", Accept(paper))
    assert expectations(model.state)["ampere"] == pytest.approx({None: 0.6, full: 0.4})
    model.submit("mitsubishi", Accept(paper))
    assert expectations(model.state)["ampere"] == full
    assert expectations(model.state)["tech"] is None


def test_renault_offers_the_rebalancing_only_together_with_a_stake_in_ampere():
    model, _ = talks(types={"renault": "base"})
    packages = []
    for _ in range(14):
        acts = [strategy("linear").decide(model.view("renault"), Dice(0, 0, n)) for n in range(1)]
        packages += [act for act in acts if isinstance(act, Offer) and len(act.deals) > 1]
        for act in acts:
            model.submit("renault", act)
        for party in model.protocol.to_move(model.state)[:-1]:
            model.submit(party, Pass())
        model.advance()
    assert packages
    worth = model.seated["renault"].role.preferences
    deals = packages[0].deals
    assert worth.score(deals) > worth.score({})


def test_a_paper_that_has_fallen_below_the_floor_is_taken_back():
    model, tables = talks(types={"renault": "base"})
    trust = tables["alliance"].parse(
        dict(stakes="trust_15", votes="free", purchasing="project", regions="india", platforms="runoff")
    )
    seven = tables["ampere"].parse(
        dict(nissan_stake="s15", mmc_stake="zero", engineers="joint", tech_access="codev", condition="firm")
    )
    model.submit("nissan", Offer({"ampere": seven}))
    model.submit("renault", Offer({"alliance": trust}))
    assert Evaluation(model.view("renault")).gain({"alliance": trust}) < 0
    for party in model.protocol.to_move(model.state)[:-1]:
        model.submit(party, Pass())
    model.advance()
    assert strategy("linear").decide(model.view("renault"), Dice(0, 0, 0)) == Withdraw(1)


def test_a_signature_must_be_worth_the_delay_it_adds():
    model, tables = talks(types={"renault": "base"}, rounds=26)
    trust = dict(stakes="trust_15", votes="capped", purchasing="joint", regions="all", platforms="common")
    model.submit("renault", Offer({"alliance": tables["alliance"].parse(trust)}))
    model.submit("nissan", Accept(0))
    while model.state.round < 20:
        model.submit(CLOCK, Tick())
    renault = model.seated["renault"]
    evaluation = Evaluation(model.view("renault"))
    assert evaluation.delay == pytest.approx(0.30 * 20)  # twenty weeks since the alliance was signed, 0.3 points each
    deals = [tables["tech"].deal(int(n)) for n in np.flatnonzero(evaluation.possible("tech"))]
    poor = max(
        (deal for deal in deals if evaluation.gain({"tech": deal}) < evaluation.delay),
        key=lambda d: evaluation.gain({"tech": d}),
    )
    assert evaluation.gain({"tech": poor}) > 0
    model.submit("nissan", Offer({"tech": poor}))
    paid, signed = model.state.rounds_paid("renault"), {**model.state.outcome, "tech": poor}
    score = renault.role.preferences.score
    assert score(signed, paid + model.state.rounds_more("renault")) < score(model.state.outcome, paid)
    signs_anything = strategy("compose:bidding=micro,accept=const,share=0")
    assert not isinstance(signs_anything.decide(model.view("renault"), Dice(1, 0, 0)), Accept)
    model.submit("nissan", Offer({"tech": max(deals, key=lambda deal: evaluation.gain({"tech": deal}))}))
    assert isinstance(signs_anything.decide(model.view("renault"), Dice(1, 0, 0)), Accept)


def test_hardliners_and_conceders_do_as_they_are_called():
    model = Game("cloud-for-two", seats={"kaido": "hardliner", "nimbus": "conceder"})
    model.play()
    own = [e.action.deals["contract"] for e in model.state.events if e.party == "kaido" and isinstance(e.action, Offer)]
    assert len(set(own)) == 1
    best = model.seated["kaido"].role.preferences.points["contract"][:-1].max()
    assert model.seated["kaido"].role.preferences.score({"contract": own[0]}) == best
    model = Game("cloud-for-two")
    aims = model.view("kaido")
    assert model.seated["kaido"].strategy.aims(aims)["contract"] == pytest.approx((100 - 47) * 12 / 13)
    assert strategy("random").aims(aims) == {"contract": 0.0}


def test_what_was_worked_out_is_kept_within_bounds(monkeypatch):
    log = Game("alliance-2023", seed=2).play().events
    monkeypatch.setattr(module_of_expectations, "MOST_KEPT", 2)
    model = Game("alliance-2023", seed=2)
    kept = [cache_for(agent.role.preferences) for agent in model.seated.values()]
    for found in kept:
        found.clear()
    assert model.play().events == log
    assert all(0 < len(found) <= 2 for found in kept)


def test_a_strategy_is_abstract():
    with pytest.raises(TypeError):
        Strategy()


def test_a_package_must_gain_as_a_whole():
    """Each half looks fine given hopes elsewhere; together they would be a loss, so they are not offered."""
    ends = ("o0", "o1")
    issue = Issue("i", "I", ends, ends)
    tables = {name: Table(name, name, (issue,), Signers(("p0", "p1"))) for name in ("t0", "t1")}
    scenario = Scenario("s", "S", {"p0": Party("p0", "P0"), "p1": Party("p1", "P1")}, tables, 5)
    live_deals = (
        Link("M", {"t0.i": ("o1",), "t1.i": ("o0",)}, 150.0),
        Link("N", {"t0.i": ("o0",), "t1.i": ("o0",)}, 5.0),
    )
    ours = Preferences(scenario, "p0", {}, {"t0": 4.0, "t1": 40.0}, live_deals)
    theirs = Preferences(scenario, "p1", {})
    case = Case("s", scenario, {"p0": {"base": Role("base", ours)}, "p1": {"base": Role("base", theirs)}})
    model = Game(case, seats={"p0": "person", "p1": "person"}, rounds=1000)
    model.submit("p1", Offer({"t0": (1,)}))
    late = dataclasses.replace(model.state, round=999)
    seen = dataclasses.replace(model.view("p0"), state=late)
    act = strategy("conceder:exponent=0.001").decide(seen, Dice(0, 0, 0))
    worth = Evaluation(seen).gain({"t0": (0,), "t1": (0,)})
    assert worth < 0
    assert not (isinstance(act, Offer) and len(act.deals) > 1 and act.deals["t0"] == (0,))


def test_whoever_may_only_pass_passes():
    model = Game("cloud-for-two")
    seen = dataclasses.replace(model.view("kaido"), allowed=(Pass,))
    assert strategy("linear").decide(seen, Dice(0, 0, 0)) == Pass()


def test_nobody_courts_a_party_that_has_left():
    model, tables = talks()
    model.submit("google", Walk("cloud"))
    for n in range(10):
        act = strategy("random").decide(model.view("nissan"), Dice(n, 1, 0))
        if isinstance(act, Offer) and "cloud" in act.deals:
            assert tables["cloud"].name_of(act.deals["cloud"])["vendor"] == "nimbus"
    assert not Evaluation(model.view("nissan")).possible("cloud")[tables["cloud"].required("google")].any()
