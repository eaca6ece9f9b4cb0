"""`negotiation measure`: the talk of saved games in numbers, as text and as JSON."""

import json

import pytest

from negotiation.actions import Say, Tick
from negotiation.cli import main
from negotiation.formats.log import write
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.record import heading, result


@pytest.fixture
def saved(tmp_path):
    def saved(name, game):
        file = tmp_path / name
        write(file, heading(game), result(game)["events"])
        return str(file)

    return saved


def talking():
    game = Game("alliance-2023", strategy="fair", seats={"nissan": "person"}, seed=1, talk="en", rounds=3)
    told = (
        "prefer alliance.regions: none > all; open alliance.stakes=ten_10; commit unless alliance by 1 then walk cloud"
    )
    game.submit("nissan", Say("So.", (), read(told, game.case.scenario)))
    game.play()
    while not game.state.over:
        game.submit("clock", Tick())
        game.play()
    return game


def test_answers_truth_and_promises_are_told(saved, capsys):
    talks, silence = saved("talks.jsonl", talking()), Game("alliance-2023", strategy="fair", seed=1)
    silence.play()
    assert main(["measure", talks, saved("silence.jsonl", silence)]) == 0
    text = capsys.readouterr().out
    assert f"{talks}\n  offers answered by agents: 100% of " in text
    assert "  words answered by agents: 100% of " in text
    assert "  nissan (person): true 50% of 2 statements; promises: broken 1" in text
    head, _, tail = text.partition("silence.jsonl\n  offers answered by agents: ")
    assert head
    assert int(tail.partition("%")[0]) < 60
    assert "with a reason: 0%" in tail
    assert "words" not in tail


def test_as_json_it_is_one_object(saved, capsys):
    assert main(["measure", saved("talks.jsonl", talking()), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["games"]
    assert found["case"] == "alliance-2023"
    assert found["answered"]["words"]["share"] == 1.0
    assert found["answered"]["offers"]["why"] > 0
    nissan = found["truth"]["nissan"]
    assert (nissan["played_by"], nissan["true"], nissan["false"], nissan["share"]) == ("person", 1, 1, 0.5)
    assert nissan["promises"] == {"kept": 0, "broken": 1, "void": 0, "open": 0}


def test_words_without_a_verdict_and_games_without_words(saved, capsys):
    game = Game("alliance-2023", strategy="person", seed=1, rounds=1)
    assert main(["measure", saved("empty.jsonl", game)]) == 0
    assert "nothing was said or offered that wants an answer" in capsys.readouterr().out
    game.submit("nissan", Say("So.", (), read("commit if alliance then walk cloud", game.case.scenario)))
    game.submit("clock", Tick())
    assert main(["measure", saved("promise.jsonl", game)]) == 0
    assert "nissan (person): no statement that a sheet decides; promises: void 1" in capsys.readouterr().out


def test_what_is_no_log_is_refused(tmp_path, capsys):
    assert main(["measure", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
