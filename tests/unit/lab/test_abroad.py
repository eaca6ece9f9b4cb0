"""Results for other programs: a game in normal form for Gambit, and the card of a data set."""

import json

import pytest
import yaml

from negotiation.cli import main
from negotiation.errors import LogError
from negotiation.lab.abroad import _size, card, normal_form
from negotiation.lab.checksum_lines import line
from negotiation.lab.tournament import Plan, run


def game(case, lineup, points, seed=0):
    key = json.dumps([case, lineup, seed])
    return line({"key": key, "case": case, "lineup": lineup, "seed": seed, "points": points, "share": points})


def folder(tmp_path, *rows):
    (tmp_path / "games.jsonl").write_text("".join(rows), encoding="utf-8")
    return tmp_path


def test_a_game_of_two_seats_with_the_first_players_choice_changing_fastest(tmp_path):
    rows = [
        game("my/pie.yaml", ["a", 'b"'], [1.0, 2.0]),
        game("my/pie.yaml", ["a", 'b"'], [2.0, 4.0], seed=1),
        game("my/pie.yaml", ['b"', "a"], [5.0, 6.0]),
        game("my/pie.yaml", ["a", "a"], [7.0, 8.0]),
        game("my/pie.yaml", ['b"', 'b"'], [9.0, 0.5]),
        game("your/pie.yaml", ["a", "a"], [1.0, 1.0]),
    ]
    files = normal_form(folder(tmp_path, *rows))
    assert list(files) == ["pie.nfg", "pie-2.nfg"]
    title, players, strategies, blank, payoffs = files["pie.nfg"].splitlines()
    assert title == 'NFG 1 R "pie: strategies; payoffs are mean points over seeds"'
    assert players == '{ "seat 1" "seat 2" }'
    assert strategies == '{ { "a" "b\\"" } { "a" "b\\"" } }'
    assert blank == ""
    assert [float(p) for p in payoffs.split()] == [7, 8, 5, 6, 1.5, 3, 9, 0.5]


def test_a_game_of_one_against_all_others(tmp_path):
    lineups = [["a", "a", "a"], ["b", "b", "b"], ["a", "b", "b"], ["b", "a", "b"], ["b", "b", "a"]]
    lineups += [["b", "a", "a"], ["a", "b", "a"], ["a", "a", "b"]]
    rows = [game("trio", names, [0.5 if n == "a" else 0.25 for n in names]) for names in lineups]
    (text,) = normal_form(folder(tmp_path, *rows)).values()
    assert '{ "one" "all others" }' in text
    assert [float(p) for p in text.splitlines()[-1].split()] == [0.5, 0.5, 0.25, 0.5, 0.5, 0.25, 0.25, 0.25]


def test_what_is_not_finished_makes_no_game(tmp_path):
    with pytest.raises(LogError, match="holds no tournament"):
        normal_form(tmp_path)
    bad = line({"key": "1", "case": "c", "lineup": ["a", "b"], "seed": 0, "error": "no"})
    with pytest.raises(LogError, match="no game of this tournament has been played to its end"):
        normal_form(folder(tmp_path, bad))
    with pytest.raises(LogError, match="c: b against a has not been played to its end"):
        normal_form(folder(tmp_path, game("c", ["a", "a"], [1.0, 1.0]), game("c", ["a", "b"], [1.0, 1.0])))


def test_a_tournament_goes_to_gambit_by_one_command(tmp_path, capsys):
    run(Plan(("cloud-for-two",), ("tough", "easy")), tmp_path / "cup")
    assert main(["export", str(tmp_path / "cup"), "--to", "nfg", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "cloud-for-two.nfg").read_text(encoding="utf-8")
    assert len(text.splitlines()[-1].split()) == 8
    assert "cloud-for-two.nfg" in capsys.readouterr().out


def test_a_batch_has_a_card_that_names_its_files_and_columns(tmp_path, capsys):
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "format: negotiation-plan/1\ncases: [cloud-for-two]\nlineups: {all: tough}\nreplications: 2\n", encoding="utf-8"
    )
    out = tmp_path / "batch"
    assert main(["batch", str(plan), "--out", str(out)]) == 0
    assert main(["export", str(out), "--to", "card", str(out)]) == 0
    _, front, told = (out / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    head = yaml.safe_load(front)
    assert head["size_categories"] == ["n<1K"]
    assert head["configs"][0] == {"config_name": "runs", "data_files": "runs/*.parquet", "default": True}
    assert list(out.glob(head["configs"][1]["data_files"]))
    assert "2 of 2 planned runs" in told
    assert "| `points.kaido` | double |" in told
    assert main(["batch", str(plan), "--out", str(out)]) == 0
    with pytest.raises(LogError, match="holds no run of a batch yet"):
        card(tmp_path)  # a plan alone


def test_sizes_are_told_as_hubs_do():
    assert [_size(n) for n in (999, 1000, 99_999, 10**7)] == ["n<1K", "1K<n<10K", "10K<n<100K", "n>10M"]
