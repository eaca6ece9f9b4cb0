"""The runner: the same rows with any number of workers, after any number of kills; clear lines when it cannot go on."""

import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import SimpleNamespace

import pytest
from unit_small import SMALL

import negotiation as ng
from negotiation.errors import LogError, NegotiationError, SetupError
from negotiation.lab.dispatcher import WorkerDied
from negotiation.lab.lanes import Lane, first_of_all, lanes
from negotiation.lab.part_files import finished
from negotiation.lab.plan import read_plan
from negotiation.lab.results import open_results
from negotiation.lab.results_folder import claim, locked, sweep, whole_file
from negotiation.lab.runner import estimate, run
from negotiation.lab.runs import Runs
from negotiation.lab.worker import Worker

BASE = {
    "format": "negotiation-plan/1",
    "cases": ["cloud-for-two"],
    "lineups": {"firm": "boulware", "mixed": {"kaido": "linear", "others": "random"}},
}
PLAN = read_plan({**BASE, "factors": {"rounds": [3, 6], "noise": [0.0, 0.2]}, "replications": 250})
AGENT = """
from helper import WORDS
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Agent(Strategy):
    name = about = "passes"
    def decide(self, view, dice):
        return Pass(WORDS)
"""
DYING = """
import os
from pathlib import Path
from negotiation.actions import Pass
from negotiation.strategies import Strategy

class Always(Strategy):
    name = about = "dies"
    def decide(self, view, dice):
        os._exit(9)

class Once(Strategy):
    name = about = "dies once"
    def decide(self, view, dice):
        if not Path("died").exists():
            Path("died").touch()
            os._exit(9)
        return Pass("")
"""


def rows(out):
    found = open_results(out)
    kinds = [kind for kind in ("runs", "tables", "events") if (out / kind).exists()]
    return [found.frame(kind).sort_values(["key"], kind="stable").to_csv(index=False) for kind in kinds]


def parts(out):
    return {path.name: path.read_bytes() for path in (out / "runs").iterdir()}


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    out = tmp_path_factory.mktemp("straight") / "out"
    assert run(PLAN, out) == (2000, 0)
    return out


def test_every_run_once_with_the_same_seeds_everywhere(straight):
    frame = open_results(straight).frame()
    assert len(frame) == len(set(frame["key"])) == 2000
    cells = frame.groupby(["lineup", "factor.rounds", "factor.noise"])["seed"].apply(list)
    assert len(cells) == 8
    assert all(seeds == list(range(250)) for seeds in cells)
    assert set(frame["engine"]) == {"compiled"}
    assert frame["error"].isna().all()
    assert frame.loc[frame["factor.noise"] > 0, "frontier_distance"].isna().all()
    assert (frame.loc[frame["factor.noise"] == 0, "frontier_distance"] >= 0).all()
    assert open_results(straight).plan == PLAN
    assert open_results(straight).frame(columns=["welfare"]).shape == (2000, 1)


def test_a_row_tells_what_the_model_plays(straight):
    from negotiation.game import Game

    frame = open_results(straight).frame().query("lineup == 'mixed' and seed == 7 and `factor.noise` == 0")
    row = frame[frame["factor.rounds"] == 6].iloc[0]
    seats = {"kaido": "linear", "nimbus": "random"}
    model = Game("cloud-for-two", seats=seats, protocol="alternating", rounds=6, seed=7)
    state = model.play()
    assert row["points.kaido"] == pytest.approx(model.points("kaido"))
    tables = open_results(straight).frame("tables").set_index("key").loc[row["key"]]
    assert bool(state.bound) == bool(row["signed"])
    if state.bound:
        assert tables["contract.term"] == state.scenario.tables["contract"].name_of(state.bound["contract"])["term"]


def test_two_workers_write_the_same_bytes(straight, tmp_path):
    seen = []
    assert run(PLAN, tmp_path / "two", workers=2, progress=lambda *numbers: seen.append(numbers)) == (2000, 0)
    assert rows(tmp_path / "two") == rows(straight)
    assert parts(tmp_path / "two") == parts(straight)
    assert (seen[0], seen[-1]) == ((0, 2000), (2000, 2000))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_ten_kills_and_the_rows_are_the_same(straight, tmp_path):
    moments, fork = random.Random(1), multiprocessing.get_context("fork")
    plan, out = PLAN.model_copy(update={"replications": 1000}), tmp_path / "killed"
    codes = []
    for n in range(10):
        there = len(finished(out))
        process = fork.Process(target=run, args=(plan, out))
        process.start()
        while n % 2 and len(finished(out)) == there and process.is_alive():
            time.sleep(0.001)  # every other one gets somewhere, however slow the machine
        time.sleep(moments.uniform(0, 0.03))
        process.kill()
        process.join()
        codes.append(process.exitcode)
    assert codes.count(-signal.SIGKILL) >= 8
    assert len(finished(out)) >= 5
    assert run(plan, out) == run(plan, tmp_path / "straight") == (8000, 0)
    assert rows(out) == rows(tmp_path / "straight")
    assert not list(out.glob("*/.tmp-*"))


def test_a_limit_stops_at_whole_chunks_and_the_rest_follows(straight, tmp_path):
    assert run(PLAN, tmp_path / "out", limit=251) == (500, 0)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "runs").iterdir()}
    assert run(PLAN, tmp_path / "out", limit=1) == (750, 0)
    assert run(PLAN, tmp_path / "out") == (2000, 0)
    assert run(PLAN, tmp_path / "out", workers=2) == (2000, 0)
    assert all(path.stat().st_mtime_ns == at for path, at in before.items())
    assert rows(tmp_path / "out") == rows(straight)
    lines = [json.loads(line) for line in (tmp_path / "out" / "chunks.jsonl").read_text().splitlines()]
    assert [one["chunk"] for one in lines] == list(range(8))


def test_a_worker_that_dies_costs_its_chunk_a_second_try(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dying.py").write_text(DYING, encoding="utf-8")
    lineups = {"always": "dying.py:Always", "once": "dying.py:Once", "well": "linear"}
    plan = read_plan({**BASE, "lineups": lineups, "replications": 20})
    assert run(plan, tmp_path / "out", workers=2) == (60, 20)
    frame = open_results(tmp_path / "out").frame()
    dead = frame["error"] == "the worker process that played this chunk died 2 times"
    assert dead.tolist() == (frame["lineup"] == "always").tolist()
    (tmp_path / "dying.py").write_text(DYING + "\n", encoding="utf-8")
    with pytest.raises(SetupError, match="out: was begun with other files"):
        run(plan, tmp_path / "out")


def test_a_run_that_fails_is_a_row(tmp_path, monkeypatch):
    from negotiation.lab import plain_engine

    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    factors = {"table.house": [True, False], "table.garden": [True, False]}
    plan = read_plan({**BASE, "cases": [str(tmp_path / "small.yaml")], "lineups": {"a": "linear"}, "factors": factors})
    assert run(plan, tmp_path / "out") == (4, 1)
    frame = open_results(tmp_path / "out").frame()
    assert frame["error"][3] == "factors.table.garden: no table would be left"
    assert frame["tables"][:3].tolist() == [2, 1, 1]
    for problem, text in (
        (LogError("so it is"), "so it is"),
        (ZeroDivisionError("by 0"), "ZeroDivisionError: by 0"),
        (SystemExit(3), "a strategy ended the program: sys.exit(3)"),
    ):

        def fail(*_, problem=problem, **__):
            raise problem

        monkeypatch.setattr(plain_engine, "measures", fail)
        (played,) = plain_engine.play(list(Runs(plan).between(0, 1)))
        assert played.run["error"] == text


def test_events_are_kept_if_asked_for(tmp_path):
    plan = read_plan({**BASE, "lineups": {"a": "linear"}, "events": True})
    run(plan, tmp_path / "out")
    frame = open_results(tmp_path / "out").frame("events")
    assert frame["seq"].tolist() == list(range(len(frame)))
    assert json.loads(frame["event"][0])["kind"] == "offer"
    assert len(rows(tmp_path / "out")) == 3


def test_columns_have_the_kinds_of_their_factors(tmp_path):
    factors = {
        "links": [True, False],
        "type.kaido": "base",
        "rounds": {"least": 2, "most": 4},
        "delay": {"least": 0, "most": 1.5},
    }
    plan = read_plan({**BASE, "factors": factors, "design": {"kind": "sobol", "samples": 4}})
    run(plan, tmp_path / "out")
    kinds = {field.name: str(field.type) for field in open_results(tmp_path / "out").dataset().schema}
    assert [kinds[f"factor.{name}"] for name in factors] == ["bool", "string", "int64", "double"]


def test_what_a_plan_would_take():
    found = estimate(PLAN.model_copy(update={"events": True}))
    assert (found.runs, found.chunks) == (2000, 100)
    assert found.seconds > 0
    assert found.bytes > 10_000


def test_chunks_with_events_stay_small_enough_to_be_held():
    large = PLAN.model_copy(update={"replications": 10**6})
    assert Runs(large).chunk == 10_000
    assert Runs(large.model_copy(update={"events": True})).chunk == 500


@pytest.mark.parametrize(
    ("change", "chunk"),
    [
        ({"replications": 4000}, 250),  # compiled: writing a small chunk would cost more than playing it
        ({"replications": 10}, 45),  # a cell is set up every ten runs
        ({"replications": 1}, 20),
        ({"replications": 4000, "lineups": {"a": "tough"}}, 20),  # left to the plain engine: slow enough
        ({"replications": 4000, "protocols": ["single-text"]}, 20),
        ({"replications": 4000, "events": True}, 20),
        ({"replications": 10**6}, 5000),
    ],
)
def test_chunks_are_sized_by_about_what_they_take(change, chunk):
    assert Runs(read_plan({**BASE, "lineups": {"a": "linear"}, **change})).chunk == chunk


def test_a_dry_run_tells_setting_up_from_playing(monkeypatch):
    """A second to set up, a hundredth a run: 4,000 runs in 16 chunks take 56 seconds, however few of them are played."""
    from negotiation.lab import runner

    clock = [0.0]

    def batch(some, shapes, real=runner.batch):
        some = list(some)
        clock[0] += 1.0 + 0.01 * len(some)
        return real(some, shapes)

    monkeypatch.setattr(runner, "batch", batch)
    monkeypatch.setattr(runner.time, "process_time", lambda: clock[0])
    monkeypatch.setattr(runner, "ENOUGH", 100.0)
    monkeypatch.setattr(runner, "PATIENCE", 1e9)
    found = estimate(read_plan({**BASE, "factors": {"rounds": [3, 6]}, "replications": 1000}))
    assert (found.runs, found.chunks) == (4000, 16)
    assert found.seconds == pytest.approx(56)
    assert estimate(PLAN.model_copy(update={"replications": 2})).seconds == pytest.approx(
        16 * 1.01
    )  # as if nothing were shared


def test_size_is_foretold_within_a_half(straight):
    real = sum(path.stat().st_size for kind in ("runs", "tables") for path in (straight / kind).iterdir())
    assert real / 1.5 < estimate(PLAN).bytes < real * 1.5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"factors": {"order": "nissan"}}, "factors.order: unknown party 'nissan'"),
        ({"cases": ["no-such"]}, "unknown case 'no-such'"),
        ({"cases": ["a" * 300]}, "unknown case 'aaa"),
        ({"cases": ["a" * 300 + ".yaml"]}, "aaa.yaml: File name too long"),
        ({"cases": ["a\0b.yaml"]}, "unknown case 'a\\x00b.yaml'"),
        ({"lineups": {"a": "b" * 300 + ".py:A"}}, "bbb.py: File name too long"),
        ({"lineups": {"a": "no-such"}}, "lineups.a: unknown strategy 'no-such'"),
        ({"lineups": {"a": "linear", "b": {"others": "linear"}}}, "lineups.b: is the same as a in cloud-for-two"),
        ({"lineups": {"a": {"kaido": "linear"}}}, "lineups.a: nobody plays nimbus in cloud-for-two; add `others`"),
        ({"lineups": {"a": {"nissan": "linear"}}}, "lineups.a: unknown party 'nissan'"),
        ({"lineups": {"a": "person"}}, "lineups.a: nobody sits at a screen in a batch"),
        ({"lineups": {"a": "gone.py:A"}}, "gone.py: No such file or directory"),
        ({"protocols": ["shouting"]}, "unknown protocol 'shouting'"),
        ({"factors": {"strategy.exponent": [1, 2]}}, "lineups.mixed: "),
        ({"factors": {"rounds": [5, 0]}}, "factors.rounds: rounds is 0, must be from 1"),
        ({"factors": {"rounds": [5, 2.5]}}, "factors.rounds: is 2.5, must be a whole number"),
        ({"factors": {"fun": 1}}, "factors.fun: unknown factor 'fun'"),
    ],
)
def test_a_plan_that_cannot_be_played_is_refused_before_anything_is(tmp_path, change, message):
    with pytest.raises(NegotiationError) as problem:
        run(read_plan({**BASE, **change}), tmp_path / "out")
    assert message in str(problem.value)
    assert not (tmp_path / "out").exists()


def test_the_same_case_by_two_names(tmp_path):
    from negotiation.formats import bundled

    (tmp_path / "copy.yaml").write_bytes(bundled()["cloud-for-two"].read_bytes())
    with pytest.raises(SetupError, match=r"copy.yaml and cloud-for-two are the same case"):
        run(read_plan({**BASE, "cases": ["cloud-for-two", str(tmp_path / "copy.yaml")]}), tmp_path / "out")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"workers": "2"}, "workers is '2', must be a whole number"),
        ({"workers": 1.5}, "workers is 1.5, must be a whole number"),
        ({"workers": True}, "workers is True, must be a whole number"),
        ({"limit": 1.5}, "limit is 1.5, must be a whole number"),
        ({"workers": 0}, "workers is 0"),
        ({"limit": 0}, "limit is 0"),
        ({"backend": "dask"}, "unknown backend 'dask'"),
    ],
)
def test_numbers_that_make_no_sense(tmp_path, options, message):
    with pytest.raises(SetupError, match=message):
        run(PLAN, tmp_path / "out", **options)


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    out = tmp_path / "leads nowhere"
    out.symlink_to(tmp_path / "no" / "such" / "place")
    with pytest.raises(LogError, match="leads nowhere: File exists"):
        claim(out, "plan.yaml", "text", "batch")


@pytest.mark.parametrize("name", ["\0", "a\0b", "\ud800"])
def test_a_name_that_no_folder_can_have(name):
    with pytest.raises(SetupError, match="no folder can be called so"):
        ng.batch(BASE, name)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LogError, match="Not a directory|File exists"):
        claim(tmp_path / "file" / "out", "plan.yaml", "", "batch")


def test_a_folder_holds_one_plan(straight, tmp_path):
    with pytest.raises(SetupError, match="holds another batch"):
        run(PLAN.model_copy(update={"seed": 5}), straight)
    with pytest.raises(LogError, match="holds no batch"):
        open_results(tmp_path)
    out = tmp_path / "out"
    run(PLAN, out, limit=1)
    for text, error in (
        ("{}", "begun with other negotiation"),
        ("[]", "holds no versions"),
        ("{", "is not JSON any more"),
    ):
        (out / "versions.json").write_text(text, encoding="utf-8")
        with pytest.raises((SetupError, LogError), match=error):
            run(PLAN, out)
    (out / "versions.json").unlink()
    with pytest.raises(SetupError, match=r"out: holds results, but not what made them \(versions.json is missing\)"):
        run(PLAN, out)
    with pytest.raises(LogError, match=r"versions.json: No such file"):
        open_results(out).runs  # noqa: B018
    with pytest.raises(LogError, match="holds no events"):
        open_results(straight).dataset("events")


def test_a_part_that_is_gone_is_played_again(tmp_path, capfd):
    out = tmp_path / "out"
    run(PLAN, out, limit=1)
    (out / "tables" / "part-0000000.parquet").unlink()
    with pytest.raises(LogError, match="holds no runs of a batch .yet.: tables/part-0000000.parquet is missing"):
        open_results(out).dataset()
    assert run(PLAN, out, limit=1) == (250, 0)
    assert capfd.readouterr().err == f"{out}: tables/part-0000000.parquet is missing; played again\n"
    (out / "chunks.jsonl").unlink()
    (out / "chunks.jsonl").mkdir()
    with pytest.raises(LogError, match=r"chunks.jsonl: Is a directory"):
        run(PLAN, out)
    (out / "versions.json").unlink()
    (out / "versions.json").mkdir()
    with pytest.raises(LogError, match=r"versions.json: Is a directory"):
        run(PLAN, out)


def test_a_full_disk_is_one_line_and_what_was_finished_stays(tmp_path):
    out = tmp_path / "out"
    run(PLAN, out, limit=20)
    before = rows(out)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
    try:
        with pytest.raises(LogError) as problem:
            run(PLAN, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "part-0000001.parquet: cannot be written: File too large; what was finished stays" in str(problem.value)
    assert rows(out) == before
    assert not list(out.glob("*/.tmp-*"))


def test_a_worker_told_to_stop_drops_its_chunk(tmp_path):
    assert Worker(PLAN, tmp_path, "{}", lambda: True).play(0) is None
    assert not list(tmp_path.iterdir())


@pytest.fixture
def lane(tmp_path):
    for kind in ("runs", "tables"):
        (tmp_path / kind).mkdir()
    (halt, halting), (alive, living) = multiprocessing.Pipe(duplex=False), multiprocessing.Pipe(duplex=False)
    one = Lane(partial(Worker, PLAN, tmp_path, "{}"), halt, alive)
    one.opened(one.open())
    yield one
    halting.close()
    living.close()


def test_a_lane_is_closed_when_its_chunk_is_done(lane, tmp_path):
    asked = lane.play(0)
    lane.close()
    assert lane.take(asked).runs == 250
    assert list(parts(tmp_path)) == ["part-0000000.parquet"]


def test_what_a_worker_cannot_write_is_told(lane, tmp_path):
    (tmp_path / "tables").rmdir()
    with pytest.raises(LogError, match="tables/part-0000000.parquet: cannot be written: No such file"):
        lane.take(lane.play(0))
    lane.close()


def test_a_worker_that_died_is_made_anew_and_an_idle_one_costs_no_chunk_a_try(lane, tmp_path):
    lost = lane.play(0)
    lane.process.kill()
    with pytest.raises(WorkerDied) as problem:
        lane.take(lost)
    assert problem.value.begun
    lane.process.join()
    with pytest.raises(WorkerDied) as problem:
        lane.take(lane.play(3))
    assert not problem.value.begun
    assert problem.value.__context__ is None  # which would keep a buffer and its readers until all are collected
    lane.opened(lane.open())
    assert lane.take(lane.play(3)).runs == 250
    lane.close()
    assert list(parts(tmp_path)) == ["part-0000003.parquet"]


def test_two_batches_in_one_folder_exclude_each_other(tmp_path):
    out = tmp_path / "out"
    with locked(out), pytest.raises(SetupError, match=r"out: process \d+ is writing here; wait for it, stop it"):
        run(PLAN, out)
    assert run(PLAN, out, limit=1) == (250, 0)
    (tmp_path / "file").touch()
    with pytest.raises(LogError, match="file: File exists"), locked(tmp_path / "file"):
        pass


def test_a_folder_that_is_removed_and_made_anew_by_another_is_not_written_into(tmp_path):
    out = tmp_path / "out"

    def replaced(done, _):
        if done == 250:
            shutil.rmtree(out)
            run(PLAN.model_copy(update={"seed": 5}), out, limit=1)

    with pytest.raises(LogError, match="out: was removed or replaced while it was written; nothing more is"):
        run(PLAN, out, progress=replaced)
    frame = open_results(out).frame()
    assert frame["seed"].tolist() == list(range(5, 255))
    with locked(tmp_path) as hold:
        hold.check()
        (tmp_path / ".lock").unlink()
        with pytest.raises(LogError, match="was removed or replaced"):
            hold.check()


def test_a_lock_that_is_replaced_before_it_is_held_is_none(tmp_path, monkeypatch):
    from negotiation.lab import results_folder

    monkeypatch.setattr(results_folder, "_lock", lambda _: (tmp_path / ".lock").unlink())
    with pytest.raises(LogError, match="was removed or replaced"), locked(tmp_path):
        pass


@pytest.mark.parametrize("edited", ["agent.py", "helper.py"])
def test_an_edit_of_a_strategy_stops_the_batch_and_nothing_is_mixed(tmp_path, monkeypatch, edited):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "helper.py").write_text("WORDS = ''\n", encoding="utf-8")
    (tmp_path / "agent.py").write_text(AGENT, encoding="utf-8")
    plan = read_plan({**BASE, "lineups": {"a": "agent.py:Agent"}, "replications": 60})

    def edit(done, _):
        if done == 20:
            with (tmp_path / edited).open("a", encoding="utf-8") as file:
                file.write("EDITED = True\n")

    with pytest.raises(SetupError, match="files changed while games were played; what was finished stays"):
        run(plan, tmp_path / "out", progress=edit)
    assert finished(tmp_path / "out") == [0]
    with pytest.raises(SetupError, match="out: was begun with other files"):
        run(plan, tmp_path / "out")


def test_an_edit_of_our_own_code_is_no_renewal(tmp_path, monkeypatch):
    from negotiation.lab import provenance

    out = tmp_path / "out"
    run(PLAN, out, limit=1)
    before = open_results(out).frame()["key"][0]
    monkeypatch.setattr(provenance, "code", lambda: "edited")
    monkeypatch.setattr("negotiation.lab.runs.code", lambda: "edited")
    with pytest.raises(SetupError, match=r"out: was begun with other code .see versions.json there.; choose another"):
        run(PLAN, out)
    run(PLAN, tmp_path / "other", limit=1)
    assert open_results(tmp_path / "other").frame()["key"][0] != before


def test_results_mean_the_case_as_it_was_wherever_they_are_read(tmp_path, monkeypatch):
    from negotiation.lab.report import report

    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here" / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "here" / "agent.py").write_text(
        AGENT.replace("from helper import WORDS", "WORDS = ''"), encoding="utf-8"
    )
    lineups = {"a": "linear", "b": "agent.py:Agent"}
    plan = read_plan({**BASE, "cases": ["small.yaml"], "lineups": lineups})
    run(plan, tmp_path / "out")
    page = report(open_results(tmp_path / "out"))
    edited = SMALL.replace("house", "palace")
    (tmp_path / "here" / "small.yaml").write_text(edited, encoding="utf-8")
    assert report(open_results(tmp_path / "out")) == page
    with pytest.raises(SetupError, match="was begun with other cases"):
        run(plan, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    assert report(open_results(tmp_path / "out")) == page
    (tmp_path / "out" / "cases" / "0.yaml").write_text(edited, encoding="utf-8")
    with pytest.raises(LogError, match=r"cases/0.yaml is not what these results were played on"):
        report(open_results(tmp_path / "out"))
    (tmp_path / "out" / "cases" / "0.yaml").unlink()  # as in folders of before
    with pytest.raises(LogError, match=r"out: the case small.yaml cannot be read: small.yaml: No such file"):
        report(open_results(tmp_path / "out"))
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(LogError, match=r"out: small.yaml, of which the folder has no copy, is not what these results"):
        report(open_results(tmp_path / "out"))


def test_a_case_that_cannot_be_kept(tmp_path, monkeypatch):
    from negotiation.lab import kept_cases

    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    name = str(tmp_path / "small.yaml")
    cases = Runs(read_plan({**BASE, "cases": [name], "lineups": {"a": "linear"}})).cases
    (tmp_path / "small.yaml").write_text(SMALL.replace("house", "palace"), encoding="utf-8")
    with pytest.raises(SetupError, match="small.yaml: changed while it was read; try again"):
        kept_cases.keep(tmp_path, cases)
    (tmp_path / "small.yaml").unlink()
    with pytest.raises(LogError, match="cases/0.yaml: No such file"):
        kept_cases.keep(tmp_path, cases)


def test_a_folder_where_nothing_can_be_made(tmp_path):
    out = tmp_path / "out"
    run(PLAN, out, limit=1)
    shutil.rmtree(out / "tables")
    (out / "tables").write_text("", encoding="utf-8")
    with pytest.raises(LogError, match="out: File exists"):
        run(PLAN, out)


UNGUARDED = """
import sys
import negotiation as ng
plan = {"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "lineups": {"a": "linear"}, "replications": 1000}
print(len(ng.batch(plan, sys.argv[1], workers=2).frame()))
"""


@pytest.mark.parametrize("place", ["a script", "standard input"])
def test_a_program_that_workers_cannot_start_again_is_told_of_the_guard(tmp_path, place):
    (tmp_path / "script.py").write_text(UNGUARDED, encoding="utf-8")
    file = "-" if place == "standard input" else str(tmp_path / "script.py")
    found = subprocess.run(
        [sys.executable, file, str(tmp_path / "out")], input=UNGUARDED, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr.count("Traceback") == 1  # that of the program itself
    how = "cannot begin here" if file == "-" else "ended with code 1 before it could play"
    assert f"SetupError: a worker process {how}" in found.stderr.splitlines()[-1]
    assert "if __name__ == '__main__':" in found.stderr.splitlines()[-1]
    assert not list((tmp_path / "out" / "runs").iterdir())
    assert finished(tmp_path / "out") == []


def test_a_folder_that_is_another_s_is_not_even_locked(tmp_path):
    (tmp_path / "plan.yaml").mkdir()
    with pytest.raises(LogError, match="Is a directory"):
        run(PLAN, tmp_path)
    (tmp_path / "plan.yaml").rmdir()
    (tmp_path / "plan.yaml").write_text("mine: 1\n", encoding="utf-8")
    with pytest.raises(SetupError, match="holds another batch"):
        run(PLAN, tmp_path)
    (tmp_path / "plan.yaml").rename(tmp_path / "mine.yaml")
    with pytest.raises(SetupError, match="is not empty and holds no batch"):
        run(PLAN, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_program_that_cannot_be_read_again_gets_no_workers(monkeypatch):
    main = SimpleNamespace(__file__="<stdin>", __spec__=None)
    monkeypatch.setitem(sys.modules, "__main__", main)
    with (
        pytest.raises(SetupError, match="a worker process cannot begin here. It starts as the main program does"),
        lanes(None, 1),
    ):
        pass


def test_no_machine_is_asked_for_thousands_of_workers(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: None)
    with pytest.raises(SetupError, match="65 worker processes, must be at most 64 on this machine"), lanes(None, 65):
        pass


def test_a_worker_that_runs_the_main_program_again_ends_quietly(tmp_path, monkeypatch):
    first_of_all()
    monkeypatch.setattr(multiprocessing.current_process(), "_inheriting", True, raising=False)
    with pytest.raises(SystemExit):
        run(PLAN, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_worker_that_is_killed_as_it_begins_is_made_anew(tmp_path):
    (halt, halting), (alive, living) = multiprocessing.Pipe(duplex=False), multiprocessing.Pipe(duplex=False)
    one = Lane(partial(Worker, PLAN, tmp_path, "{}"), halt, alive)
    one.close()  # nothing was begun: nothing is waited for
    ended = Future()
    ended.set_exception(BrokenProcessPool())
    one._context.process = SimpleNamespace(join=lambda: None, exitcode=1)
    with pytest.raises(SetupError, match="ended with code 1 before it could play.*needs the guard"):
        one.opened(ended)
    beginning = one.open()
    one.process.kill()
    with pytest.raises(WorkerDied, match="killed by signal 9"):
        one.opened(beginning)
    one.close()
    halting.close()
    living.close()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_killed_process_leaves_no_lock(tmp_path):
    fork = multiprocessing.get_context("fork")
    inside = fork.Event()

    def hold():
        with locked(tmp_path):
            inside.set()
            time.sleep(60)

    process = fork.Process(target=hold)
    process.start()
    assert inside.wait(10)
    with pytest.raises(SetupError, match=f"process {process.pid} is writing here"), locked(tmp_path):
        pass
    process.kill()
    process.join()
    with locked(tmp_path):
        pass


def test_files_are_whole_or_not_there(tmp_path):
    with pytest.raises(LogError, match=r"part: cannot be written: No such file or directory"):
        whole_file(tmp_path / "gone" / "part", lambda file: file.write(b"x"))
    (tmp_path / ".tmp-half").write_bytes(b"x")
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        whole_file(tmp_path / "part", lambda _: signal.raise_signal(signal.SIGINT))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no such signals here")
def test_ctrl_c_just_when_a_chunk_is_asked_for_leaves_nobody_waiting(tmp_path, monkeypatch):
    """It used to come between saying that an answer is on its way and having somebody wait for it: for ever, then."""
    submit = ProcessPoolExecutor.submit

    def interrupted(self, *asked):
        os.kill(os.getpid(), signal.SIGINT)
        return submit(self, *asked)

    with lanes(partial(Worker, PLAN, tmp_path, "{}"), 1) as (lane,):
        lane.open().result()
        monkeypatch.setattr(ProcessPoolExecutor, "submit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            lane.play(0)
        monkeypatch.undo()
    assert not lane.process.is_alive()


def test_a_worker_without_memory_costs_its_chunk_a_try():
    lane, full = Lane(None, None, None), Future()
    full.set_exception(MemoryError())
    with pytest.raises(WorkerDied) as problem:
        lane.take(full)
    assert problem.value.begun


def test_a_pool_that_is_known_to_be_broken_costs_no_chunk_a_try(lane, monkeypatch):
    def broken(self, *_asked):
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    with pytest.raises(WorkerDied) as problem:
        lane.take(lane.play(0))
    assert not problem.value.begun
    monkeypatch.undo()
    lane.close()


def test_a_system_that_has_no_room_for_a_further_worker_is_one_line(monkeypatch):
    monkeypatch.setattr("negotiation.lab.lanes.ProcessPoolExecutor", lambda *_: os.open("/nowhere/at/all", os.O_RDONLY))
    with pytest.raises(SetupError, match="no further worker process can begin: No such file"):
        Lane(None, None, None).open()
