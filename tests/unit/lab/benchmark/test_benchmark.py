"""A benchmark from its games to its files: played once, resumed, the same by any number of workers, and refused if wrong."""

import json

import pyarrow.parquet as pq
import pytest
from unit_small import SMALL

from negotiation.cli import main
from negotiation.errors import LogError, SetupError
from negotiation.lab.benchmark import matches
from negotiation.lab.benchmark.figures import FIGURES, parts
from negotiation.lab.benchmark.matches import Match, Plan, play
from negotiation.lab.benchmark.results import ranked, results, scope
from negotiation.lab.benchmark.running import PLAN, Referee, run
from negotiation.lab.benchmark.suites import Setting
from negotiation.lab.benchmark.text import benchmark_text, said
from negotiation.lab.benchmark.writing import figures, seats, write
from negotiation.strategies.user_files import classes_of_file

TINY = Plan(("fair", "easy"), ("bilateral",), quick=True)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return run(TINY, tmp_path_factory.mktemp("tiny") / "out")


@pytest.fixture(scope="module")
def found(rows):
    return results(TINY, rows)


def test_every_agent_meets_every_agent_on_either_side_of_every_domain(rows):
    assert len(rows) == len(TINY.settings) * 4
    assert {tuple(row["pair"]) for row in rows} == {(a, b) for a in TINY.agents for b in TINY.agents}
    assert {row["zone"] for row in rows} == {True, False}
    assert all((row["joint"] is None) is not row["zone"] for row in rows)


def test_figures_are_in_their_bounds_and_kept_apart(found):
    one = found["scopes"]["bilateral"]["agents"]["fair"]
    assert {"surplus", "joint", "agreed", "refrained", "below", "weights_error", "lost"} <= set(one["figures"])
    for name, value in one["figures"].items():
        assert (value["low"] is None) is (name == "refrained"), "one block without a zone says nothing about others"
        assert value["low"] is None or value["low"] <= value["value"] <= value["high"], name
        assert not FIGURES[name].share or -1 <= value["value"] <= 1
    assert "weights_error" not in found["scopes"]["bilateral"]["agents"]["easy"]["figures"]
    assert set(one["rounds"]["weights_error"]) >= {"1", "2"}
    assert "| easy  | states none" in benchmark_text(found)


def test_neither_the_order_of_games_nor_of_agents_changes_a_result(rows, found):
    turned = Plan(TINY.agents[::-1], TINY.suites, quick=True)
    assert json.dumps(results(turned, rows[::-1])) == json.dumps(found)
    assert ranked(found["scopes"]["bilateral"])[0] in TINY.agents


def test_what_was_played_is_not_played_again_and_workers_change_no_byte(tmp_path, rows, monkeypatch):
    out = tmp_path / "out"
    run(TINY, out)
    whole = (out / "games.jsonl").read_bytes()
    lines = whole.splitlines(keepends=True)
    (out / "games.jsonl").write_bytes(b"".join(lines[:9]) + lines[9][:20])
    told = []
    assert run(TINY, out, workers=2, progress=lambda *two: told.append(two)) == rows
    assert (out / "games.jsonl").read_bytes() == whole
    assert told[-1] == (len(rows), len(rows))
    monkeypatch.setattr(matches, "play", None)
    assert run(TINY, out) == rows


def test_a_referee_plays_what_the_folder_began_with(tmp_path, rows):
    run(TINY, tmp_path / "out")
    begun = json.loads((tmp_path / "out" / "versions.json").read_text(encoding="utf-8"))
    games = list(TINY.games())
    assert Referee(games, begun, lambda: False).play(1) == {"n": 1, **rows[1]}


def test_files_hold_the_results_for_programs_and_people(tmp_path, rows, found):
    text = write(tmp_path, found, rows)
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8")) == found
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == text
    assert pq.read_table(tmp_path / "seats.parquet").num_rows == 2 * len(rows)
    table = pq.read_table(tmp_path / "figures.parquet").to_pylist()
    assert {line["figure"] for line in table} >= {"rating", "surplus", "weights_error"}
    assert len(table) == len(list(figures(found)))


def test_another_plan_another_version_or_another_thing_is_refused_in_a_line(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / PLAN).write_text(TINY.text().replace('"version": "1"', '"version": "0"'), encoding="utf-8")
    with pytest.raises(SetupError, match="was begun with version '0' of the suites, this program has version '1'"):
        run(TINY, out)
    (out / PLAN).write_text(TINY.text().replace("easy", "tough"), encoding="utf-8")
    with pytest.raises(SetupError, match="holds another benchmark"):
        run(TINY, out)
    (out / PLAN).write_text("not json", encoding="utf-8")
    with pytest.raises(SetupError, match="is not JSON any more"):
        run(TINY, out)
    (out / PLAN).unlink()
    (out / "else.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SetupError, match="is not empty and holds no benchmark"):
        run(TINY, out)


def test_a_plan_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    (tmp_path / PLAN).write_text("{}", encoding="utf-8")

    def broken(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", broken)
    with pytest.raises(LogError, match="Permission denied"):
        run(TINY, tmp_path)


@pytest.mark.parametrize(
    ("agents", "why"),
    [
        (("fair",), "at least two different agents"),
        (("fair", "nobody"), "nobody"),
        (("fair", "person"), "nobody sits at a screen"),
        (("fair", "compat:rule=micro"), "--suite chooses what is played"),
        (tuple(f"boulware:exponent={n}" for n in range(1, 43)), "must be at most 40"),
    ],
)
def test_agents_that_make_no_benchmark_are_refused(agents, why):
    with pytest.raises(SetupError, match=why):
        Plan(agents, ("linked",), quick=True).check()


def test_a_game_that_cannot_be_played_is_an_error_in_its_row(monkeypatch):
    game = Match(Setting("bilateral", "drawn:bilateral-zone-1"), ("fair", "easy"))
    for problem, why in ((SetupError("no luck"), "no luck"), (SystemExit(3), "ended the program: sys.exit")):

        def broken(_, problem=problem):
            raise problem

        monkeypatch.setattr(matches, "watched", broken)
        assert why in play(game)["error"]
    failed = {**play(game), "key": "k"}
    assert parts([failed]) == {}
    assert list(seats([failed])) == []
    nothing = results(TINY, [failed])
    assert nothing["errors"]["fair"] == {"games": 1, "why": failed["error"]}
    assert "No game could be played." in benchmark_text(nothing)
    assert "fair: 1 game could not be played" in benchmark_text(nothing)


def test_a_single_block_has_no_interval(rows):
    first = [row for row in rows if row["block"] == rows[0]["block"]]
    assert len(scope(first).blocks) == 1
    found = results(TINY, first)["scopes"]["bilateral"]
    assert found["agents"]["fair"]["rating"]["low"] is None
    assert "refrained" not in found["agents"]["fair"]["figures"]
    assert said(found["agents"]["fair"]["figures"]["lost"], "lost") == "0.00"


def test_beliefs_about_types_and_honesty_are_read_where_there_are_any():
    typed = play(Match(Setting("linked", "alliance-2023", 1), ("tough", "tough")))
    assert {len(reading) for reading in typed["beliefs"]["types"]} == {6}
    spoken = play(Match(Setting("language", "any-two-of-three", 0, "en"), ("fair", "hardliner")))
    assert sum(spoken["honesty"]["true"]) > 0
    told = results(Plan(("fair", "hardliner", "tough"), ("language", "linked")), [spoken, typed])
    assert told["scopes"]["all"]["agents"]["fair"]["figures"]["truthful"]["value"] == 1.0
    assert "| fair" in benchmark_text(told)


STRANGER = """
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Odd(Strategy):
    name, about = "odd", "says odd things of the others"
    def decide(self, view, dice):
        return Pass(view.due[0]) if view.state.one_paper else Pass()
    def beliefs(self, view):
        return {"nobody": {"a": 1.0}}
    def estimates(self, view, table):
        return {view.me: [1.0], "north": [1.0, 2.0], "nobody": []}

class Sure(Odd):
    name, about = "sure", "holds the first deals to be worth more"
    def estimates(self, view, table):
        return {"anna": [1.0 / (n + 1) for n in range(view.scenario.tables[table].size)]}

class Fails(Odd):
    name, about = "fails", "raises when asked"
    def estimates(self, view, table):
        raise ValueError("asked too much")
"""


def test_a_stranger_that_says_odd_things_states_none_and_one_that_fails_is_named(tmp_path):
    (tmp_path / "odd.py").write_text(STRANGER, encoding="utf-8")
    assert set(classes_of_file(str(tmp_path / "odd.py"))) >= {"Odd", "Fails"}
    setting = Setting("bilateral", "drawn:bilateral-zone-1")
    odd = play(Match(setting, (f"{tmp_path / 'odd.py'}:Odd", "hardliner")))
    assert odd["beliefs"] == {"weights": [], "types": []}
    assert "asked too much" in play(Match(setting, (f"{tmp_path / 'odd.py'}:Fails", "easy")))["error"]


def test_of_a_table_with_one_issue_there_is_no_order_to_know(tmp_path):
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "odd.py").write_text(STRANGER, encoding="utf-8")
    pair = "hardliner", f"{tmp_path / 'odd.py'}:Sure"
    beliefs = play(Match(Setting("linked", str(tmp_path / "small.yaml")), pair))["beliefs"]["weights"]
    assert [one[:3] for one in beliefs] == [[1, 1, 1], [1, 2, 1], [1, 3, 1], [1, 4, 1]], (
        "of the house, not of the garden"
    )


def test_the_command_plays_and_tells(tmp_path, capsys, monkeypatch):
    words = ["benchmark", "--agents", "fair", "easy", "--suite", "bilateral", "--quick", "--out", str(tmp_path / "out")]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "# Benchmark" in out
    assert "Who does better in the same chair" in out
    assert main(["benchmark", "--agents", "person", "fair", "--out", str(tmp_path / "two")]) == 1
    assert "nobody sits at a screen" in capsys.readouterr().err

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("negotiation.lab.benchmark.running.run", stop)
    assert main(words) == 130
    assert "the same command goes on" in capsys.readouterr().err
