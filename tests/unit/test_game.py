"""A game from the opening to the end: who acts when, lost turns, what a saved one needs; no Mesa."""

import json
import sys

import numpy as np
import pytest

import negotiation as ng
import negotiation.errors
from negotiation.actions import Accept, Offer, Pass, Say, Vote, Walk
from negotiation.errors import LogError, SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.record import reopen, result, setup


def test_no_seed_is_drawn_and_told_and_gives_the_same_game_again():
    first = Game("any-two-of-three", seed=None, strategy="random")
    again = Game("any-two-of-three", seed=first.seed, strategy="random")
    assert first.play() == again.play()
    seeds = {Game("cloud-for-two", seed=None).seed for _ in range(3)}
    assert len(seeds) > 1
    assert Game("cloud-for-two", seed=np.int64(3)).seed == 3


def test_the_flagship_signs_at_least_four_tables_with_linear_agents():
    signed = [len(Game(seed=seed).play().bound) for seed in range(20)]
    assert sum(count >= 4 for count in signed) > 10


def test_rounds_seats_types_and_variant_are_taken():
    model = Game(
        "any-two-of-three",
        variant="generous_trio",
        rounds=2,
        seats={"aster": "boulware:exponent=6"},
        strategy="hardliner",
    )
    model.play()
    told = result(model)
    assert (told["rounds"], told["variant"]) == (2, "generous_trio")
    assert told["seats"] == {"aster": "boulware:exponent=6", "boreal": "hardliner", "cygne": "hardliner"}
    assert ng.run(types={"nissan": "hawk"}, rounds=1)["types"]["nissan"] == "hawk"


def test_a_path_is_taken_for_a_case(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(load("cloud-for-two").text, encoding="utf-8")
    assert ng.run(path, seed=1) == ng.run("cloud-for-two", seed=1)


@pytest.mark.parametrize("options", [{"strategy": "person"}, {"seats": {"kaido": "person"}}])
def test_a_game_in_which_nobody_would_be_asked_is_not_run(options):
    with pytest.raises(SetupError, match="nobody sits at a screen in a headless game"):
        ng.run("cloud-for-two", **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"protocol": "alternate"}, "unknown protocol 'alternate'; did you mean 'alternating'?"),
        ({"strategy": "liner"}, "unknown strategy 'liner'; did you mean 'linear'?"),
        ({"seats": {"nisan": "linear"}}, "alliance-2023: unknown party 'nisan'"),
        ({"types": {"nissan": "dove"}}, "unknown type of nissan 'dove'"),
        ({"rounds": 0}, "rounds is 0, must be from 1 to 10,000"),
        ({"rounds": 2.5}, "rounds is 2.5, must be from 1 to 10,000, in whole rounds"),
        ({"seed": -1}, "seed is -1, must be a whole number from 0 up"),
        ({"seed": 1.5}, "seed is 1.5, must be a whole number"),
        ({"seed": "x"}, "seed is 'x', must be a whole number"),
        ({"seed": True}, "seed is True, must be a whole number"),
        ({"rounds": True}, "rounds is True, must be from 1 to 10,000, in whole rounds"),
        ({"case": None}, "case is None, must be a case, or the name or path of one"),
        ({"case": b"x"}, "case is b'x', must be a case"),
        ({"variant": None}, "variant is None, must be text"),
        ({"strategy": None}, "strategy is None, must be text"),
        ({"protocol": ["open-floor"]}, "protocol is ['open-floor'], must be text"),
        ({"types": ["hawk"]}, "types is ['hawk'], must be texts by party"),
        ({"seats": []}, "seats is [], must be texts by party"),
        ({"seats": "linear"}, "seats is 'linear', must be texts by party"),
        ({"seats": {"nissan": None}}, "seats is {'nissan': None}, must be texts by party"),
        ({"seats": {1: "linear"}}, "seats is {1: 'linear'}, must be texts by party"),
    ],
)
def test_what_makes_no_game_is_refused(options, message):
    with pytest.raises(SetupError) as problem:
        Game(**options)
    assert message in str(problem.value)


def test_the_same_arguments_give_the_same_bytes():
    first, second = (json.dumps(ng.run(seed=7, strategy="random")) for _ in range(2))
    assert first == second
    assert first != json.dumps(ng.run(seed=8, strategy="random"))


def test_agents_wait_for_a_person_and_answer_in_the_same_round():
    model = Game("cloud-for-two", seats={"kaido": "person"}, strategy="conceder")
    model.play()
    assert model.waiting_for == ("kaido",)
    (paper,) = model.state.papers.values()
    assert paper.author == "nimbus"
    assert model.state.papers
    table = model.case.scenario.tables["contract"]
    generous = table.parse(dict(price="p30", data="vendor", term="y7", migration="buyer", volume="fixed"))
    model.submit("kaido", Offer({"contract": generous}))
    model.play()
    assert model.state.bound == {"contract": generous}
    assert model.next_act() is None
    assert not model.advance()


def test_a_person_who_passes_ends_the_round_for_the_agents_too():
    model = Game("cloud-for-two", seats={"kaido": "person"})
    model.play()
    model.submit("kaido", Pass())
    model.play()
    assert model.state.round == 1


def test_the_result_says_what_came_of_every_event():
    told = ng.run("alliance-2023", seed=1)
    events = told["events"]
    assert [event["seq"] for event in events] == list(range(len(events)))
    signed = {table: event["round"] for event in events for table in event.get("signed", ())}
    assert signed == {table: number for table, number in told["signed_in"].items() if number}
    offers = [event for event in events if event["kind"] == "offer"]
    assert all(event["paper"] == event["seq"] and event["words"] for event in offers)
    assert set(told["unsigned_scores"]) == set(told["scores"])


def test_a_table_that_stays_unsigned_says_why():
    told = ng.run("electric-quay", protocol="alternating", strategy="hardliner", rounds=2)
    assert told["outcome"] == {"quay": None}
    assert "paper of round 2 lacked" in told["events"][-1]["unsigned"]["quay"]
    assert told["scores"]["voltamer"] == 54.0


def test_news_are_told_when_their_round_begins():
    told = ng.run("alliance-2023", strategy="hardliner")
    news = {event["round"]: event["news"] for event in told["events"] if "news" in event}
    assert list(news) == [10, 12, 15]
    assert "annual general meeting" in news[10][0]


def test_reasons_for_unsigned_tables():
    model = Game(
        "alliance-2023", strategy="hardliner", seats=dict.fromkeys(load("alliance-2023").roles, "person"), rounds=1
    )
    tables = model.case.scenario.tables
    deal = tables["alliance"].deal(200)
    ampere = tables["ampere"].deal(150)
    model.submit("renault", Offer({"alliance": deal, "ampere": ampere}))
    model.submit("nimbus", Walk("cloud", "Too late."))
    model.submit("google", Walk("cloud", "Too late."))
    for party in ("nissan", "google"):
        model.submit(party, Say("Well."))
    paper = model.submit("renault", Offer({"tech": tables["tech"].deal(5)})) or max(model.state.papers)
    model.submit("geely", Offer({"horse": tables["horse"].deal(3)}))
    model.submit("geely", Walk("horse"))
    model.submit("nissan", Accept(paper))
    for party in ("renault", "nissan", "mitsubishi", "google"):
        if party in model.protocol.to_move(model.state):
            model.submit(party, Pass())
    model.play()
    why = result(model)["events"][-1]["unsigned"]
    assert why["cloud"] == "Nimbus and Google left the table, the last in week 1; no deal could bind without them"
    assert why["horse"] == "Geely left the table, the last in week 1; no deal could bind without them"
    assert why["sdv"] == "nobody ever made an offer there"
    assert "signatures at Ampère (Renault's electric and software company)" in why["alliance"]
    rows = result(model)["events"]
    assert [row["abandoned"] for row in rows if "abandoned" in row] == [["cloud"], ["horse"]]


def test_a_paper_withdrawn_leaves_a_reason_too():
    model = Game("cloud-for-two", seats={"kaido": "person", "nimbus": "person"}, rounds=1)
    model.submit("kaido", Offer({"contract": model.case.scenario.tables["contract"].deal(5)}))
    from negotiation.actions import Withdraw

    model.submit("kaido", Withdraw(0))
    for party in ("kaido", "nimbus"):
        model.submit(party, Pass())
    model.play()
    assert result(model)["events"][-1]["unsigned"]["contract"] == "no paper lay there at the end, of 1 offered"


def test_why_no_text_was_signed():
    seats = {"kaido": "person", "nimbus": "person"}
    model = Game("cloud-for-two", protocol="single-text", seats=seats, rounds=1)
    while model.play().drafts:
        for party in model.waiting_for:
            model.submit(party, Pass())
    assert result(model)["events"][-1]["unsigned"]["contract"] == "none of the mediator's 4 drafts was carried"
    model = Game("cloud-for-two", protocol="single-text", seats=seats, rounds=1)
    while not model.play().over:
        for party in model.waiting_for:
            model.submit(party, Vote(model.state.drafts[0].id, True) if model.state.drafts else Pass())
    assert result(model)["events"][-1]["unsigned"]["contract"] == (
        "no paper there was signed by all it needed: The mediator's paper of round 1 lacked Kaido Motors and Nimbus"
    )


def saved():
    model = Game("cloud-for-two", seed=3)
    model.play()
    return model, setup(model), result(model)["events"]


def test_a_saved_game_opens_again():
    model, head, rows = saved()
    assert reopen(head, rows).state == model.state


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"digest": "x"}, "case cloud-for-two has changed since this game was played"),
        ({"seed": None}, "saved before the end, when seed and types are still secret"),
        ({"seats": 3}, "the set-up cannot be read"),
        ({"case": "cloud-for-tow"}, "unknown case 'cloud-for-tow'"),
    ],
)
def test_a_set_up_that_does_not_fit_is_refused(change, message):
    _, head, rows = saved()
    with pytest.raises((LogError, ng.errors.NegotiationError)) as problem:
        reopen({**head, **change}, rows, "game.jsonl")
    assert message in str(problem.value)


def test_a_set_up_or_a_log_with_something_missing_is_refused():
    _, head, rows = saved()
    with pytest.raises(LogError, match="game.jsonl: the set-up lacks 'protocol'"):
        reopen({k: v for k, v in head.items() if k != "protocol"}, rows, "game.jsonl")
    with pytest.raises(LogError, match="game.jsonl: event 0: accept of kaido lacks 'paper'"):
        reopen(head, [{"party": "kaido", "kind": "accept"}], "game.jsonl")
    with pytest.raises(LogError, match="game.jsonl: event 0: kaido cannot sign paper 9"):
        reopen(head, [{"party": "kaido", "kind": "accept", "paper": 9}], "game.jsonl")


def test_before_the_end_a_public_set_up_keeps_seed_and_types_secret():
    model = Game(seats={"nissan": "person"}, seed=3)
    hidden = setup(model, public=True)
    assert (hidden["seed"], hidden["types"]) == (None, {})
    assert setup(model)["seed"] == 3


FAULTY = """
from dataclasses import dataclass
from negotiation.actions import Accept
from negotiation.strategies.concession import Linear

asked = []

@dataclass(frozen=True)
class Faulty(Linear):
    how: str = "raise"

    def decide(self, view, dice):
        asked.append((view.state.round, len(view.state.events)))
        if view.state.round == 1:
            if self.how == "raise":
                raise KeyError("oh no")
            if self.how == "leave":
                raise SystemExit(3)
            if self.how == "vanish":
                raise GeneratorExit("gone")
            return Accept(99) if self.how == "cheat" else None if self.how == "silent" else "nonsense"
        return super().decide(view, dice)
"""


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("raise", "kaido lost this turn: KeyError: 'oh no' (faulty.py, line 16)"),
        ("leave", "kaido lost this turn: SystemExit: 3 (faulty.py, line 18)"),
        ("vanish", "kaido lost this turn: GeneratorExit: gone (faulty.py, line 20)"),
        ("cheat", "kaido lost this turn: kaido cannot sign paper 99: it does not lie on any table now; papers: "),
        ("nonsense", "kaido lost this turn: kaido cannot str under "),
        ("silent", "kaido lost this turn: decided nothing; possible: offer, accept"),
    ],
)
@pytest.mark.parametrize("protocol", ["alternating", "open-floor"])
def test_a_strategy_that_fails_loses_its_turn_and_not_the_game(tmp_path, how, why, protocol):
    file = tmp_path / "faulty.py"
    file.write_text(FAULTY, encoding="utf-8")
    model = Game("cloud-for-two", seats={"kaido": f"{file}:Faulty:how={how}"}, protocol=protocol)
    state = model.play()
    lost = [e.action.words for e in state.events if isinstance(e.action, Pass) and e.action.words]
    assert len(lost) == 1
    assert lost[0].startswith(why)
    asked = sys.modules[type(model.seated["kaido"].strategy).__module__].asked
    assert len(asked) == len(set(asked))
    assert state.bound
    *_, again = model.protocol.replay(model.case.scenario, state.events)
    assert again == state


def test_whoever_stops_a_game_stops_it_while_a_strategy_thinks_too(tmp_path):
    file = tmp_path / "slow.py"
    file.write_text(FAULTY.replace("raise SystemExit(3)", "raise KeyboardInterrupt"), encoding="utf-8")
    game = Game("cloud-for-two", seats={"kaido": f"{file}:Faulty:how=leave"})
    with pytest.raises(KeyboardInterrupt):
        game.play()
