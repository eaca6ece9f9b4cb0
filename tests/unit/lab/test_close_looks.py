"""Measures that a plan asks for: what they say of known games, and that they change nothing else."""

import pytest
from support_talks import Talks

from negotiation.actions import Accept, Offer, Say, Walk
from negotiation.analysis.improvements import improvements
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.lab.close_looks import LOOKS, left, left_when_signed, looked_at
from negotiation.lab.plan import read_plan
from negotiation.lab.report import report
from negotiation.lab.results import open_results
from negotiation.lab.runner import run
from negotiation.lab.runs import Runs
from negotiation.lab.summary import summarise

CASE = load("cloud-for-two")
PLAN = {
    "format": "negotiation-plan/1",
    "cases": ["cloud-for-two"],
    "protocols": ["open-floor"],
    "lineups": {"fair": "fair"},
    "factors": {"noise": 0.25, "talk": [False, True]},
    "replications": 3,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("looks") / "out"
    run(read_plan({**PLAN, "measures": list(LOOKS)}), out)
    return open_results(out)


def test_a_plan_gets_the_columns_that_it_asks_for_and_the_rest_stays(folder, tmp_path):
    frame = folder.frame()
    assert frame["error"].isna().all()
    assert set(frame["engine"]) == {"plain"}
    assert frame[["left", "left_when_signed", "least_gain", "texts"]].notna().all(axis=None)
    silent, talking = frame[~frame["factor.talk"]], frame[frame["factor.talk"]]
    assert silent[["truth", "answered"]].isna().all()["truth"]
    assert (silent["texts"] == 0).all()
    assert (talking["texts"] > 0).all()
    assert (talking["answered"] == 1).all()
    assert talking["truth"].between(0, 1).all()
    assert (frame["least_gain"] == frame[["gain.kaido", "gain.nimbus"]].min(axis=1)).all()
    run(read_plan({**PLAN, "factors": {"noise": 0.25, "talk": True}}), tmp_path / "out")
    plain = open_results(tmp_path / "out").frame()
    assert set(frame) - set(plain) == set(LOOKS)
    assert plain.equals(talking[list(plain)].reset_index(drop=True))


def test_summary_and_report_tell_them(folder):
    summary = summarise(folder, "factor.talk")
    assert [row["texts"]["mean"] > 0 for row in summary.groups] == [False, True]
    assert {row["outcome"] for row in summary.differences} >= {"left", "left_when_signed", "texts"}
    page = report(folder)
    for look in LOOKS.values():
        assert look.title in page


def test_games_that_are_slow_come_in_small_chunks():
    many = {**PLAN, "factors": {"noise": 0.25}, "replications": 4000}
    assert Runs(read_plan(many)).chunk == 250
    assert Runs(read_plan({**many, "measures": ["left"]})).chunk == 20
    assert Runs(read_plan({**many, "factors": {"talk": True}})).chunk == 20


def signed(deal, *before):
    """A game in which Kaido and Nimbus sign a deal, after what was done before."""
    talks = Talks(CASE)
    for party, act in before:
        talks.do(party, act)
    talks.do("kaido", Offer({"contract": deal}))
    talks.do("nimbus", Accept(len(talks.state.events) - 1))
    game = Game(CASE, protocol="open-floor", seats=dict.fromkeys(CASE.roles, "person"), events=talks.state.events)
    assert game.state.bound == {"contract": deal}
    return game


@pytest.mark.parametrize("number", [0, 100, 200])
def test_what_is_left_is_the_best_that_nobody_would_refuse(number):
    game = signed(CASE.scenario.tables["contract"].deal(number))
    sheets = {party: seat.role.preferences for party, seat in game.seated.items()}
    best = improvements(game.state.scenario, sheets, game.state.outcome)[0]
    assert left(game) == pytest.approx(sum(best.gains.values()))
    assert left_when_signed(game) == pytest.approx(left(game))  # one table, no links: nothing was unknown
    better = signed(best.deal)
    assert (left(better), left_when_signed(better)) == (0, 0)


def test_what_is_left_when_signed_leaves_out_what_could_not_bind_any_more():
    """Renault would take Mitsubishi's money too, which Mitsubishi gives gladly; not when it has left the table."""
    case = load("alliance-2023")
    options = {
        "nissan_stake": "s5",
        "mmc_stake": "zero",
        "engineers": "none",
        "tech_access": "licence",
        "condition": "ipo",
    }

    def found(*gone):
        talks = Talks(case)
        for party in gone:
            talks.do(party, Walk("ampere"))
        talks.do("renault", Offer(talks.deal("ampere", options)))
        talks.do("nissan", Accept(len(talks.state.events) - 1))
        talks.do("nissan", Say("Now for the rest."))  # a table counts once
        game = Game(case, seats=dict.fromkeys(case.roles, "person"), events=talks.state.events)
        assert [*game.state.bound] == ["ampere"]
        return left_when_signed(game)

    assert 0 <= found("mitsubishi") < found()


def test_truth_is_the_share_of_the_true():
    said = read("prefer contract.price: p14 > p22; prefer contract.price: p22 > p14", CASE.scenario)
    game = signed(CASE.scenario.tables["contract"].deal(0), ("kaido", Say("So.", (), said)))
    assert looked_at(game, ["truth", "texts"]) == {"truth": 0.5, "texts": 1.0}
    silent = signed(CASE.scenario.tables["contract"].deal(0))
    assert looked_at(silent, ["truth"]) == {"truth": None}
