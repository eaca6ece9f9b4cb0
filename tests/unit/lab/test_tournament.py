"""Tournaments: everybody meets everybody, nothing is played twice, and the standings add up."""

import json
import resource

import numpy as np
import pytest
from unit_small import SMALL

from negotiation.errors import LogError, SetupError
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.checksum_lines import line, read
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.standings import Games, replicator, report, standings
from negotiation.lab.standings_text import standings_text
from negotiation.lab.tournament import Match, Plan, Referee, lineups, play, run

TWO = ("linear", "boulware")
PLAN = Plan(("cloud-for-two",), TWO)


def test_every_pair_meets_in_every_seat():
    assert set(lineups(2, TWO)) == {(a, b) for a in TWO for b in TWO}
    trio = set(lineups(3, TWO))
    assert ("linear", "boulware", "boulware") in trio
    assert ("boulware", "boulware", "boulware") in trio
    assert len(trio) == 8


def test_a_tournament_is_played_once_and_resumes(tmp_path):
    seen = []
    rows = run(PLAN, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert len(rows) == 4
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    file = tmp_path / "out" / "games.jsonl"
    whole = file.read_text(encoding="utf-8")
    cut = whole.splitlines(keepends=True)
    file.write_text(cut[0] + cut[1] + cut[2][:40], encoding="utf-8")
    again = run(PLAN, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert again == rows
    assert file.read_text(encoding="utf-8") == whole
    assert seen[4:] == [(3, 4), (4, 4)]


def test_a_line_cut_by_a_full_disk_is_taken_off_where_it_stands(tmp_path, monkeypatch, capsys):
    rows = run(PLAN, tmp_path / "out")
    file = tmp_path / "out" / "games.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])

    def full(*_):
        raise LogError("No space left on device")

    monkeypatch.setattr("negotiation.lab.checksum_lines.whole_text", full)
    assert run(PLAN, tmp_path / "out") == rows
    assert capsys.readouterr().err == f"{file}: the last line was cut short; played again\n"
    assert file.read_bytes() == whole
    file.write_bytes(b"not json\n" + whole)
    with pytest.raises(LogError, match="No space left"):
        run(PLAN, tmp_path / "out")
    file.unlink()
    file.mkdir()
    with pytest.raises(LogError, match="games.jsonl: Is a directory"):
        run(PLAN, tmp_path / "out")


def test_two_workers_find_the_same(tmp_path):
    assert run(PLAN, tmp_path / "one") == run(PLAN, tmp_path / "two", workers=2)
    assert (tmp_path / "one/games.jsonl").read_bytes() == (tmp_path / "two/games.jsonl").read_bytes()


AGENT = """
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Agent(Strategy):
    name = about = "passes"
    def decide(self, view, dice):
        return Pass("")
"""
DYING = """
import os
from pathlib import Path
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Agent(Strategy):
    name = about = "dies"
    def decide(self, view, dice):
        if not Path("spared").exists():
            os._exit(9)
        return Pass("")
"""


def test_an_edit_of_an_agent_or_a_case_is_another_tournament(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agent.py").write_text(AGENT, encoding="utf-8")
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    plan = Plan(("small.yaml",), ("linear", "agent.py:Agent"), seeds=2)
    rows = run(plan, tmp_path / "out")
    assert run(plan, tmp_path / "out") == rows
    (tmp_path / "agent.py").write_text(AGENT + "# edited\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"out: was begun with other files .see versions.json there.; choose another"):
        run(plan, tmp_path / "out")
    (tmp_path / "agent.py").write_text(AGENT, encoding="utf-8")
    (tmp_path / "small.yaml").write_text(SMALL.replace("house", "palace"), encoding="utf-8")
    with pytest.raises(SetupError, match=r"out: was begun with other cases"):
        run(plan, tmp_path / "out")
    assert (tmp_path / "out" / "cases" / "0.yaml").read_text(encoding="utf-8") == SMALL
    (tmp_path / "out" / "versions.json").unlink()
    with pytest.raises(SetupError, match="out: holds results, but not what made them"):
        run(plan, tmp_path / "out")


def test_an_edit_while_games_are_played_stops_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agent.py").write_text(AGENT, encoding="utf-8")
    plan = Plan(("cloud-for-two",), ("linear", "agent.py:Agent"))
    with pytest.raises(SetupError, match="files changed while games were played"):
        run(plan, tmp_path / "out", progress=lambda *_: (tmp_path / "agent.py").write_text("# gone", encoding="utf-8"))
    assert len((tmp_path / "out" / "games.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    begun = json.loads((tmp_path / "out" / "versions.json").read_text(encoding="utf-8"))
    game = Match("cloud-for-two", "alternating", TWO, 0)
    assert Referee([game], begun, lambda: False).play(0) == {"n": 0, **play(game)}
    with pytest.raises(SetupError, match="numba changed while games were played"):
        Referee([], {**begun, "numba": "0"}, lambda: False)


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: "not json",
        lambda line: "[1]",
        lambda line: '{"key": "k"}',
        lambda line: line.replace('"signed": 1', '"signed": 0'),
        lambda line: line[:-1],
    ],
)
def test_a_line_that_is_not_what_was_written_is_named_and_its_game_played_again(tmp_path, capsys, damage):
    rows = run(PLAN, tmp_path / "out")
    file = tmp_path / "out" / "games.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert damage(lines[1]) != lines[1]
    file.write_text("\n".join([lines[0], damage(lines[1]), *lines[2:]]) + "\n", encoding="utf-8")
    assert run(PLAN, tmp_path / "out") == rows
    assert capsys.readouterr().err == f"{file}: line 2 is not what was written (1 in all); played again\n"
    assert sorted(file.read_text(encoding="utf-8").splitlines()) == sorted(lines)
    assert run(PLAN, tmp_path / "out") == rows
    assert capsys.readouterr().err == ""


def test_only_a_line_feed_ends_a_game(tmp_path):
    row = {"key": "a\u2028b\x85", "points": [0.1, 1e-9]}
    (tmp_path / "games.jsonl").write_text(line(row) * 2, encoding="utf-8")
    assert read(tmp_path / "games.jsonl") == {row["key"]: row}


def test_a_game_of_which_workers_die_is_a_row_and_tried_again_next_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dying.py").write_text(DYING, encoding="utf-8")
    plan = Plan(("cloud-for-two",), ("linear", "dying.py:Agent"))
    rows = run(plan, tmp_path / "out", workers=2)
    assert ["error" in row for row in rows] == [False, True, True, True]
    assert rows[1]["error"] == "the worker process that played this game died 2 times"
    (tmp_path / "spared").touch()
    again = run(plan, tmp_path / "out", workers=2)
    assert again[0] == rows[0]
    assert not any("error" in row for row in again)
    assert again == run(plan, tmp_path / "one")
    assert run(plan, tmp_path / "one", workers=2) == again


def test_a_full_disk_is_one_line_and_what_was_finished_stays(tmp_path):
    out = tmp_path / "out"
    rows = run(PLAN, out)
    file = out / "games.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(lines[0], encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(lines[0]) + 50, hard))
    try:
        with pytest.raises(LogError, match=r"games.jsonl: File too large; what was finished stays"):
            run(PLAN, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert run(PLAN, out) == rows


def test_a_strategy_that_ends_the_program_does_not(monkeypatch):
    def leave(*_):
        raise SystemExit(3)

    monkeypatch.setattr(Game, "play", leave)
    row = play(Match("cloud-for-two", "alternating", TWO, 0))
    assert row["error"] == "a strategy ended the program: sys.exit(3)"


def test_no_worker_is_none(tmp_path):
    with pytest.raises(SetupError, match="workers is 0, must be at least 1"):
        run(PLAN, tmp_path / "out", workers=0)


def test_linked_cases_take_part_without_a_fair_point(tmp_path):
    row = play(Match("alliance-2023", "open-floor", ("linear",) * 6, 0, 4))
    assert row["nash_distance"] is None
    assert len(row["points"]) == len(row["share"]) == 6


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (Plan(("cloud-for-two",), ("linear", "linear")), "at least two different strategies"),
        (Plan(("cloud-for-two",), TWO, seeds=0), "seeds is 0, must be at least 1"),
        (Plan(("cloud-for-two",), ("linear", "no-such")), "unknown strategy 'no-such'"),
        (Plan(("cloud-for-two",), TWO, rounds=0), "rounds is 0"),
        (Plan(("cloud-for-two",), TWO, protocol="shouting"), "unknown protocol 'shouting'"),
        (Plan(("cloud-for-two",), ("linear", f"{'a' * 300}.py:A")), "aaa.py: File name too long"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is(tmp_path, plan, message):
    with pytest.raises(SetupError, match=message):
        run(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_holds_one_tournament(tmp_path):
    run(PLAN, tmp_path / "out")
    with pytest.raises(SetupError, match="holds another tournament"):
        run(Plan(("cloud-for-two",), TWO, seeds=2), tmp_path / "out")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(SetupError, match="is not empty and holds no tournament"):
        run(PLAN, tmp_path / "other")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LogError, match="file: "):
        run(PLAN, tmp_path / "file")
    (tmp_path / "out" / "games.jsonl").unlink()
    (tmp_path / "out" / "games.jsonl").mkdir()
    with pytest.raises(LogError, match=r"games.jsonl: Is a directory"):
        run(PLAN, tmp_path / "out")


def test_a_game_that_cannot_be_set_up_is_a_row_with_its_error():
    row = play(Match("cloud-for-two", "alternating", ("linear", "no-such"), 0))
    assert "unknown strategy" in row["error"]
    standings = report([row, play(Match("cloud-for-two", "alternating", TWO, 0))], TWO)
    assert standings.errors == 1
    assert "1 game could not be played" in standings_text(standings)


def test_the_yardstick_of_a_single_table():
    case = load("cloud-for-two")
    measure = ideal_and_nash(case, ("base", "base"))
    assert measure.shares(measure.best) == [1.0, 1.0]
    assert measure.nash_distance(measure.nash) == 0.0
    assert measure.nash_distance([0.0, 0.0]) > 0.4
    product = measure.nash[0] * measure.nash[1]
    assert product == pytest.approx(331.7)


def test_shares_of_nothing_to_gain_are_nothing():
    from strategies_market import market

    hopeless = ideal_and_nash(market(floor=11.0), ("base", "base"))
    assert hopeless.nash is None
    assert hopeless.shares([-1.0, 0.0]) == [0.0, 0.0]
    assert hopeless.nash_distance([0.0, 0.0]) is None


def test_standings_rank_by_share_and_tell_it(tmp_path):
    names = ("hardliner", *TWO)
    rows = run(Plan(("cloud-for-two",), names), tmp_path / "out")
    found = report(rows, names)
    shares = [one.share.mean for one in found.standings]
    assert shares == sorted(shares, reverse=True)
    assert [one.behind and one.behind.mean for one in found.standings] == [
        None,
        *(pytest.approx(shares[0] - share) for share in shares[1:]),
    ]
    mine = [row["share"][0] for row in rows if row["lineup"] == ["linear", "boulware"]]
    theirs = [row["share"][1] for row in rows if row["lineup"] == ["boulware", "linear"]]
    assert found.against[1][2].mean == pytest.approx(np.mean([*mine, *theirs]))
    page = standings_text(found)
    assert "| hardliner" in page
    assert "Replicator dynamics" in page


FAULTY = """
from negotiation.strategies.concession import Linear

class Zero(Linear):
    def decide(self, view, dice):
        return 1 / 0
"""


def test_turns_that_strategies_lose_are_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "faulty.py").write_text(FAULTY, encoding="utf-8")
    names = ("linear", "faulty.py:Zero")
    rows = run(Plan(("cloud-for-two",), names, rounds=3), tmp_path / "out")
    assert [row["lost"] for row in rows] == [[0, 0], [0, 3], [3, 0], [3, 3]]
    found = report(rows, names)
    assert [(one.name, one.lost) for one in found.standings] == [("linear", 0), ("faulty.py:Zero", 12)]
    line = "faulty.py:Zero lost 12 turns in 3 games: ZeroDivisionError: division by zero (faulty.py, line 6)"
    assert standings_text(found).endswith(f"\n{line}\n")
    older = [{key: value for key, value in row.items() if key not in ("lost", "why")} for row in rows]
    assert "|    unknown |" in standings_text(report(older, names))
    assert "lost" not in standings_text(report(older, names)).partition("Head")[2]


def test_a_tournament_of_failures_has_a_page_too():
    row = {"case": "one", "lineup": ["a", "b"], "seed": 0, "error": "no"}
    page = standings_text(report([row], ("a", "b")))
    assert "1 game could not be played" in page
    assert "–" in page


def test_long_names_are_cut_in_the_head_of_the_matrix(tmp_path):
    names = ("linear", "compose:bidding=micro")
    assert "| compose:biddi… |" in standings_text(report(run(Plan(("cloud-for-two",), names), tmp_path / "out"), names))


def constructed(rng, seeds):
    """A tournament of a and b whose truth is known: 0.5 and 0.45, and a seed's luck is that of all who sit there."""
    rows = []
    for seed in range(seeds):
        luck = rng.normal(scale=0.1)
        for lineup in (("a", "b"), ("b", "a")):
            share = [{"a": 0.5, "b": 0.45}[name] + luck + rng.normal(scale=0.02) for name in lineup]
            for case in ("one", "two"):
                row = {"case": case, "lineup": lineup, "seed": seed, "share": share, "points": share, "signed": 1.0}
                rows.append({**row, "rounds": 3, "nash_distance": None})
    return rows


@pytest.mark.parametrize("seeds", [3, 10])
def test_seeds_that_all_share_are_clusters(seeds):
    """In 95 of 100 tournaments the truth lies in the interval, of a share and of how far one is behind the other."""
    rng, held, wide = np.random.default_rng(1), np.zeros(3), np.zeros(2)
    for _ in range(500):
        found = standings(Games(constructed(rng, seeds)), ("a", "b"))
        a, b = sorted(found, key=lambda one: one.name)
        second = found[1]
        behind = second.behind.mean * (1 if second is b else -1)
        held += [
            abs(a.share.mean - 0.5) < a.share.half,
            abs(b.share.mean - 0.45) < b.share.half,
            abs(behind - 0.05) < second.behind.half,
        ]
        wide += [a.share.half, second.behind.half]
    assert held / 500 == pytest.approx(0.95, abs=0.03)
    assert wide[1] < wide[0] / 3  # the luck that both share takes itself off


def test_one_seed_has_no_interval_and_copies_are_said(tmp_path):
    one, names = constructed(np.random.default_rng(1), 1), ("a", "b")
    found = report(one, names)
    assert {place.share.half for place in found.standings} == {None}
    assert "One seed says nothing about others" in standings_text(found)
    assert " ± " not in standings_text(found)
    copies = report([*one, *({**row, "seed": 1} for row in one)], names)
    assert {place.share.half for place in copies.standings} == {0}
    assert "came to the same with each of 2 seeds: copies of one game" in standings_text(copies)
    several = standings_text(report(constructed(np.random.default_rng(1), 12), names))
    assert "interval over other seeds (12 were played" in several
    assert sum(line.count(" ± ") for line in several.splitlines() if line.startswith("| ")) == 2 + 1 + 2


def test_every_case_weighs_the_same_in_every_column():
    row = {"lineup": ("a", "b"), "seed": 0, "rounds": 1}
    near = {**row, "case": "one", "share": [0.4, 0.4], "points": [4, 4], "signed": 1.0, "nash_distance": 0.1}
    far = {**row, "case": "two", "share": [0.8, 0.8], "points": [8, 8], "signed": 0.0, "nash_distance": 0.5}
    found = report([near, {**near, "lineup": ("a", "b", "b")}, far], ("a", "b")).standings[0]
    assert (found.name, found.share.mean, found.points) == ("a", pytest.approx(0.6), 6)
    assert (found.signed, found.nash_distance) == (0.5, pytest.approx(0.3))


def test_replicators_find_the_dominant_and_the_mixed():
    assert replicator(np.array([[1.0, 1.0], [0.0, 0.0]])) == pytest.approx([1, 0], abs=1e-6)
    hawk_dove = np.array([[-1.0, 2.0], [0.0, 1.0]])
    assert replicator(hawk_dove) == pytest.approx([0.5, 0.5], abs=1e-3)


def test_rows_are_plain_json(tmp_path):
    run(PLAN, tmp_path / "out")
    for text in (tmp_path / "out" / "games.jsonl").read_text(encoding="utf-8").splitlines():
        assert set(json.loads(text)) >= {"key", "case", "lineup", "seed", "points", "share", "signed", "rounds"}
