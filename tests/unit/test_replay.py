"""Saved games of strangers: told again anywhere by themselves, and nothing that they name is opened or run."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from unit_small import SMALL

from negotiation.actions import Pass, Say, Vote
from negotiation.analysis.transcript import transcript
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Store
from negotiation.cli import main
from negotiation.errors import IllegalAction, LogError, NegotiationError, SetupError
from negotiation.formats import load, loads, shipped
from negotiation.formats.log import decode, dumps, encode, write
from negotiation.game import Game
from negotiation.record import heading, reopen, result, setup
from negotiation.rules import VERSION
from negotiation.strategies import built_in

STRANGER = """
from pathlib import Path
from negotiation.strategies.concession import Linear
Path("ran").touch()
class Mine(Linear):
    pass
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def saved(case="cloud-for-two", **options):
    model = Game(case, seed=3, **options)
    model.play()
    return model, heading(model), result(model)["events"]


@pytest.mark.parametrize(
    "seat", ["helper.py:Mine", "helper.py:Mine:exponent=2", "negmas:helper.Mine", "negmas:os.system"]
)
def test_a_seat_that_names_code_is_shown_and_not_run(here, capsys, monkeypatch, seat):
    Path("helper.py").write_text(STRANGER)
    monkeypatch.syspath_prepend(here)
    _, head, rows = saved()
    write(Path("game.jsonl"), {**head, "seats": {**head["seats"], "kaido": seat}}, rows)
    assert main(["replay", "game.jsonl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seats"]["kaido"] == seat
    assert not Path("ran").exists()
    assert "helper" not in sys.modules


def test_a_case_that_is_a_path_is_not_opened(here, capsys):
    """Neither from a log, nor from a page, nor from a database."""
    Path("small.yaml").write_text(SMALL)
    _, head, rows = saved(load("small.yaml"))
    head = {**{key: value for key, value in head.items() if key != "case_text"}, "case": "small.yaml"}
    write(Path("game.jsonl"), head, rows)
    assert main(["replay", "game.jsonl"]) == 1
    error = capsys.readouterr().err
    assert "game.jsonl: unknown case 'small.yaml'; possible: alliance-2023" in error
    assert "--case FILE" in error
    store = Store(str(here / "games.db"))
    with pytest.raises(NegotiationError, match="unknown case 'small.yaml'"):
        Solo(store).start(case="small.yaml", seats={"anna": "person"})
    with store.writing() as write_row:
        game = write_row.create({**head, "rules": VERSION}, kind="solo")
    with pytest.raises(NegotiationError, match="unknown case 'small.yaml'"):
        Solo(store).load(game)
    with pytest.raises(NegotiationError, match="those that come with the package"):
        shipped("small.yaml")


def test_games_that_go_on_have_built_in_strategies_only(here):
    Path("helper.py").write_text(STRANGER)
    store = Store(str(here / "games.db"))
    with pytest.raises(SetupError, match="unknown strategy 'helper.py'"):
        Solo(store).start(case="cloud-for-two", seats={"kaido": "person", "nimbus": "helper.py:Mine"})
    with store.writing() as kept:
        model, _, _ = saved()
        seats = {"kaido": "person", "nimbus": "helper.py:Mine"}
        game = kept.create({**setup(model), "seats": seats, "rules": VERSION}, kind="solo", text=model.case.text)
    with pytest.raises(LogError, match=r"unknown strategy 'helper.py'.*only the built-in ones play here"):
        Solo(store).load(game)
    assert not Path("ran").exists()
    with pytest.raises(SetupError, match="unknown strategy 'negmas'"):
        built_in("negmas:os.system")
    assert built_in("boulware:exponent=6").exponent == 6


def test_a_game_takes_its_own_case_along(here, capsys):
    Path("small.yaml").write_text(SMALL)
    for variant in ("", "all"):
        assert main(["run", "small.yaml", "--variant", variant, "--log", "game.jsonl", "--json"]) == 0
        told = capsys.readouterr().out
        Path("small.yaml").rename("away.yaml")
        assert main(["replay", "game.jsonl", "--json"]) == 0
        assert capsys.readouterr().out == told
        Path("away.yaml").rename("small.yaml")


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("offer", {"seq": "x"}, "seq is 'x', must be 0"),
        ("offer", {"seq": 1}, "seq is 1, must be 0"),
        ("offer", {"seq": False}, "seq is False, must be 0"),
        ("offer", {"round": -1}, "round is -1, must be 1"),
        ("offer", {"round": 1.0}, "round is 1.0, must be 1"),
        ("offer", {"paper": {}}, "paper is {}, must be 0"),
        ("offer", {"signed": ["contract"]}, "signed is ['contract'], must not be there"),
        ("accept", {"signed": []}, "signed is [], must be ['contract']"),
        ("accept", {"lapsed": [99]}, "lapsed is [99], must"),
        ("tick", {"paper": 3}, "paper is 3, must not be there"),
    ],
)
def test_what_a_row_says_of_itself_is_checked_too(kind, change, why):
    _, head, rows = saved()
    at = max(n for n, row in enumerate(rows) if row["kind"] == kind and (kind != "offer" or n == 0))
    with pytest.raises(LogError) as refused:
        reopen(head, [*rows[:at], {**rows[at], **change}, *rows[at + 1 :]], "game.jsonl")
    assert str(refused.value).startswith(f"game.jsonl: event {at}: {why}")


def test_a_row_that_says_nothing_of_itself_is_an_older_one():
    model, head, rows = saved("alliance-2023", protocol="single-text")
    assert result(reopen(head, rows)) == result(model)
    bare = [encode(model.case.scenario, event) for event in model.state.events]
    assert result(reopen(head, bare)) == result(model)
    first = next(n for n, row in enumerate(rows) if "ballot" in row)
    with pytest.raises(LogError, match=f"event {first}: ballot is"):
        reopen(head, [*rows[:first], {**rows[first], "ballot": []}, *rows[first + 1 :]])


def test_an_older_log_of_ones_own_case_opens_with_its_file(here, capsys):
    Path("small.yaml").write_text(SMALL)
    model, _, rows = saved(load("small.yaml"))
    write(Path("game.jsonl"), setup(model), rows)
    assert main(["replay", "game.jsonl"]) == 1
    assert "unknown case 'small'" in capsys.readouterr().err
    assert main(["replay", "game.jsonl", "--case", "small.yaml"]) == 0
    assert "5 rounds" in capsys.readouterr().out
    Path("small.yaml").write_text(SMALL.replace("rounds: 5", "rounds: 6"))
    assert main(["replay", "game.jsonl", "--case", "small.yaml"]) == 1
    assert "game.jsonl: case small has changed since this game was played" in capsys.readouterr().err


def test_a_bundled_case_is_taken_along_too_and_its_text_was_read_as_it_was_then():
    model, head, rows = saved()
    assert head["case_text"] == model.case.text == load("cloud-for-two").text
    assert (head["rules"], len(reopen(head, rows).state.events)) == (VERSION, len(rows))
    old = loads(SMALL.replace("rounds: 5", "rounds: 012"), "old.yaml", kept=True)
    model, head, rows = saved(old)
    assert (model.state.rounds, reopen(head, rows).state.rounds) == (10, 10)


def test_before_the_end_a_log_for_a_player_holds_no_case():
    """The case holds everybody's sheets."""
    model = Game(loads(SMALL, "small.yaml"), seats={"anna": "person"})
    assert "case_text" not in heading(model, public=True)
    assert heading(model)["case_text"] == SMALL
    bare = Game(replace(load("cloud-for-two"), text=""))
    assert "case_text" not in heading(bare)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": float("inf")}, "the set-up cannot be read: seed is inf, must be a whole number"),
        ({"seed": "3"}, "seed is '3', must be a whole number"),
        ({"seed": True}, "seed is True, must be a whole number"),
        ({"seed": -1}, "the set-up cannot be read"),
        ({"rounds": float("inf")}, "rounds is inf, must be a whole number or null"),
        ({"rounds": 10**9}, "the set-up cannot be read: rounds is 1000000000"),
        ({"rounds": [1]}, "rounds is [1], must be a whole number or null"),
        ({"seats": {"kaido": 3}}, "seats is {'kaido': 3}, must be strategies by party"),
        ({"seats": {"nobody": "linear"}}, "unknown party 'nobody'"),
        ({"types": {"kaido": []}}, "types is {'kaido': []}, must be types by party"),
        ({"types": {"kaido": "x"}}, "unknown type of kaido 'x'"),
        ({"protocol": None}, "protocol is None, must be text"),
        ({"protocol": "x" * 99}, "unknown protocol"),
        ({"case": 3, "case_text": ""}, "case is 3, must be text"),
        ({"variant": None}, "the set-up lacks 'variant'"),
        ({"case_text": 5}, "case_text is 5, must be text"),
        ({"case_text": "a: 1"}, "game.jsonl: its case: format: is missing"),
        ({"case_text": "#" * 2_000_000}, "its case has 2,000,000 characters, must have at most 1,048,576"),
        ({"case_text": SMALL}, "case small has changed since this game was played"),
        ({"rules": 99}, "follows rules 99, this program has rules 1"),
        ({"variant": "six"}, "unknown variant 'six'"),
    ],
)
def test_a_set_up_that_cannot_be_is_one_line(here, capsys, change, message):
    _, head, rows = saved()
    text = dumps(head, rows)
    changed = json.dumps({**json.loads(text.split("\n")[0]), **change}).replace("Infinity", "1e999")
    Path("game.jsonl").write_text("\n".join([changed, *text.split("\n")[1:]]), encoding="utf-8")
    assert main(["replay", "game.jsonl"]) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.startswith("negotiation: game.jsonl: ")
    assert error.count("\n") == 1


def test_titles_of_strangers_do_not_steer_the_terminal(here, capsys):
    text = SMALL.replace("name: Bert", 'name: "B\\e[2Jert\\x9b"').replace("title: A small case", 'title: "A \\e case"')
    Path("small.yaml").write_text(text)
    _, head, rows = saved(loads(text, "an older game", kept=True), strategy="hardliner")
    head["seats"]["anna"] = "\x1b[2J\u202e helper\xa0👩\u200d🏫.py:Mine"
    write(Path("game.jsonl"), head, rows)
    for command in (["replay", "game.jsonl"], ["check", "small.yaml"]):
        main(command)
        told = capsys.readouterr()
        shown = told.out + told.err
        assert r"\x1b" in shown or "U+001B" in shown
        assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    main(["replay", "game.jsonl"])
    assert "helper\xa0👩\u200d🏫.py:Mine" in capsys.readouterr().out


def test_why_a_turn_was_lost_is_in_the_log(here, capsys):
    Path("mine.py").write_text(
        "from negotiation.strategies.concession import Linear\n"
        "class Mine(Linear):\n    def decide(self, view, dice):\n        raise ValueError('half \\ud800 of it')\n"
    )
    assert main(["run", "cloud-for-two", "--seat", "kaido=mine.py:Mine", "--log", "game.jsonl", "--json"]) == 1
    told = capsys.readouterr().out
    assert "kaido lost this turn: ValueError: half ? of it" in told
    assert main(["replay", "game.jsonl", "--json"]) == 0
    assert capsys.readouterr().out == told


def test_half_a_character_is_nothing_that_can_be_said():
    model = Game("cloud-for-two", seats={"kaido": "person"})
    model.play()
    for action in (Say("half \ud800"), Pass(words="\udfff")):
        with pytest.raises(IllegalAction, match="kaido said something that is no text"):
            model.submit("kaido", action)


def test_a_sealed_vote_is_read_and_then_refused_by_the_rules():
    model = Game("cloud-for-two", protocol="single-text", seats={"kaido": "person"})
    model.play()
    rows = transcript(model.protocol.opening(model.case.scenario), model.state.events)
    sealed = {"party": "kaido", "kind": "vote", "paper": model.state.drafts[0].id, "yes": None}
    assert decode(model.case.scenario, sealed).action == Vote(model.state.drafts[0].id, None)
    with pytest.raises(LogError, match=rf"event {len(rows)}: kaido cannot vote None .*: a vote is yes or no"):
        reopen(heading(model), [*rows, sealed])
