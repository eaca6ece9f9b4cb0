"""`negotiation batch` as a user types it, stops it, and goes on; and `ng.batch` in a notebook."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import negotiation as ng
from negotiation.cli import main
from negotiation.commands import batch
from negotiation.errors import SetupError
from negotiation.lab.results import open_results

PLAN = """
format: negotiation-plan/1
cases: [cloud-for-two]
lineups: {firm: boulware}
replications: 20
"""

TIRED = """
import signal
from negotiation.strategies import Strategy

class Tired(Strategy):
    name = about = "tired"
    def decide(self, view, dice):
        signal.raise_signal(signal.SIGINT)
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_a_batch_is_quiet_in_a_pipe(here, capsys):
    assert main(["batch", "plan.yaml", "--out", "out"]) == 0
    assert capsys.readouterr() == ("out: 20 runs\n", "")
    assert main(["batch", "plan.yaml", "--out", "out"]) == 0
    assert len(ng.batch("plan.yaml", "out").frame()) == 20


FAULTY = """
from negotiation.strategies.concession import Linear

class Zero(Linear):
    def decide(self, view, dice):
        if view.state.round % 2:
            return 1 / 0
        return super().decide(view, dice)
"""
LOSING = """
format: negotiation-plan/1
cases: [cloud-for-two]
lineups: {good: linear, bad: {kaido: "faulty.py:Zero", others: linear}, both: "faulty.py:Zero"}
factors: {rounds: [4]}
replications: 3
"""


def test_turns_that_strategies_lose_are_told_and_counted(here, capsys):
    """A game goes on when a strategy fails: what the batch came to says so, in its rows, at its end and in its report."""
    (here / "faulty.py").write_text(FAULTY, encoding="utf-8")
    (here / "plan.yaml").write_text(LOSING, encoding="utf-8")
    assert main(["batch", "plan.yaml", "--out", "out", "--workers", "1"]) == 0
    first, line = capsys.readouterr().out.splitlines()
    frame = ng.batch("plan.yaml", "out").frame()
    assert first == "out: 9 runs"
    turns = int(frame[["lost.kaido", "lost.nimbus"]].to_numpy().sum())
    told = f"faulty.py:Zero lost {turns} turns in 6 games: ZeroDivisionError: division by zero (faulty.py, line 7)"
    assert line == told
    assert frame.groupby("lineup")["lost.kaido"].min().to_dict() == {"good": 0, "bad": 2, "both": 2}
    assert set(frame["why.kaido"].dropna()) == {"ZeroDivisionError: division by zero (faulty.py, line 7)"}
    assert frame[frame["lineup"] == "bad"]["why.nimbus"].isna().all()
    assert main(["report", "out"]) == 0
    assert told in (here / "out" / "report.html").read_text(encoding="utf-8")
    assert main(["batch", "plan.yaml", "--out", "out"]) == 0
    assert told in capsys.readouterr().out


def test_people_see_a_bar_with_rate_and_time_left(here, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    (here / "plan.yaml").write_text(PLAN.replace("20", "600"), encoding="utf-8")
    assert main(["batch", "plan.yaml", "--out", "out"]) == 0
    shown = capsys.readouterr().err
    assert "600/600" in shown
    assert "/s" in shown


def test_a_dry_run_writes_nothing(here, capsys):
    assert main(["batch", "plan.yaml", "--out", "out", "--dry-run", "--workers", "2"]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "20 runs in 1 chunks"
    assert second.endswith("with 2 workers, judged by a few runs")
    assert third.endswith("MB on disk")
    assert not (here / "out").exists()
    assert main(["batch", "plan.yaml", "--out", "out", "--dry-run", "--workers", "0"]) == 1
    assert "workers is 0, must be at least 1" in capsys.readouterr().err


def test_spans_are_told_in_fitting_units():
    told = [batch._span(seconds) for seconds in (0, 90, 600, 36_000, 864_000)]
    assert told == ["0.1 seconds", "90.0 seconds", "10.0 minutes", "10.0 hours", "10.0 days"]


def test_ctrl_c_says_how_to_go_on(here, capsys):
    (here / "tired.py").write_text(TIRED, encoding="utf-8")
    (here / "plan.yaml").write_text(PLAN.replace("boulware}", 'boulware, tired: "tired.py:Tired"}'), encoding="utf-8")
    assert main(["batch", "plan.yaml", "--out", "out"]) == 130
    assert capsys.readouterr().err.endswith("what was finished is kept, the same command goes on with out\n")
    assert open_results("out").frame()["lineup"].tolist() == ["firm"] * 20
    assert [path.name for path in (here / "out" / "tables").iterdir()] == ["part-0000000.parquet"]


def test_failed_runs_are_counted(here, capsys, monkeypatch):
    from negotiation.lab import plain_engine

    def fail(*_, **__):
        raise SetupError("no")

    monkeypatch.setattr(plain_engine, "measures", fail)
    (here / "plan.yaml").write_text(PLAN.replace("boulware", "tough"), encoding="utf-8")  # no compiled engine plays it
    assert main(["batch", "plan.yaml", "--out", "out", "--workers", "1"]) == 0
    assert capsys.readouterr().out == "out: 20 runs; 20 of those played now failed (column `error`)\n"


def test_the_schema_of_plans(capsys):
    assert main(["schema", "--plan"]) == 0
    assert '"title": "Plan"' in capsys.readouterr().out


def test_a_plan_may_be_a_dictionary(here):
    results = ng.batch({"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "lineups": {"a": "linear"}}, "out")
    assert results.frame()["engine"].tolist() == ["compiled"]


@contextmanager
def _started(*arguments):
    """The command in a group of its own, of which nobody is left when the test is over."""
    command = [sys.executable, "-m", "negotiation", "batch", "plan.yaml", "--out", "out", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _first_part(out):
    until = time.monotonic() + 60
    while not list(out.glob("runs/part-*")) and time.monotonic() < until:
        time.sleep(0.02)


def _members(group):
    """The processes of a group that are still running."""
    alive = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            alive.append(int(name))
    return alive


def _nobody_left(group):
    until = time.monotonic() + 30
    while _members(group) and time.monotonic() < until:
        time.sleep(0.05)
    assert _members(group) == []


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for processes under /proc")
def test_stopped_or_killed_it_leaves_no_process_and_goes_on(here):
    (here / "plan.yaml").write_text(PLAN.replace("20", "20000"), encoding="utf-8")
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        with _started("--workers", "2") as process:
            _first_part(here / "out")
            time.sleep(0.2)
            if number == signal.SIGINT:
                os.killpg(process.pid, number)
            else:
                process.send_signal(number)
            error = process.stderr.read()
        assert process.returncode == code
        if number == signal.SIGINT:
            assert error.splitlines() == [
                "negotiation: stopped; what was finished is kept, the same command goes on with out"
            ]
        _nobody_left(process.pid)
    frame = ng.batch("plan.yaml", "out", limit=1).frame()
    assert 200 <= len(frame) < 20_000
    assert len(set(frame["key"])) == len(frame)


STUBBORN = """
import time
from pathlib import Path
from negotiation.strategies import Strategy

class Stubborn(Strategy):
    name = about = "thinks for a minute"
    def decide(self, view, dice):
        Path("thinking").touch()
        time.sleep(60)
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for processes under /proc")
def test_a_second_ctrl_c_stops_at_once(here):
    (here / "stubborn.py").write_text(STUBBORN, encoding="utf-8")
    (here / "plan.yaml").write_text(
        PLAN.replace("boulware}", '"stubborn.py:Stubborn"}').replace("20", "40"), encoding="utf-8"
    )
    with _started("--workers", "2") as process:
        until = time.monotonic() + 60
        while not (here / "thinking").exists() and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        began = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        error = process.stderr.read()
    assert time.monotonic() - began < 10
    assert process.returncode == 130
    assert error.splitlines() == ["negotiation: stopped; what was finished is kept, the same command goes on with out"]
    _nobody_left(process.pid)


def test_an_address_is_for_ray_only(here, capsys):
    assert main(["batch", "plan.yaml", "--out", "out", "--address", "head:6379"]) == 1
    assert capsys.readouterr().err == "negotiation: --address head:6379: is for --backend ray only\n"
    assert main(["batch", "plan.yaml", "--out", "out", "--backend", "ray", "--address", "head:x"]) == 1
    assert capsys.readouterr().err.startswith("negotiation: address 'head:x': must be auto")


def test_the_plan_in_the_docs_runs(here):
    text = (Path(ng.__file__).parents[1] / "docs" / "lab.md").read_text(encoding="utf-8")
    (here / "plan.yaml").write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    frame = ng.batch("plan.yaml", "out").frame()
    assert len(frame) == 2 * 2 * 8 * 5
    assert frame["error"].isna().all()
    assert set(frame["factor.rounds"]) == {6, 12}
