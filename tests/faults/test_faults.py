"""Small inputs that once went wrong, and what is right: the command as a user types it. `make faults` runs them alone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

DATA = Path(__file__).parents[1] / "data" / "faults"
PLAN = "format: negotiation-plan/1\ncases: [cloud-for-two]\nlineups: {l: linear}\nreplications: 3\n"


class Desk:
    """A folder with the inputs of one fault, and the command."""

    def __init__(self, folder):
        self.folder = folder

    def ask(self, *words, **settings):
        command = [sys.executable, "-m", "negotiation", *map(str, words)]
        settings = {"capture_output": True, "cwd": self.folder, "timeout": 200, **settings}
        environment = {**os.environ, **settings.pop("env", {})}
        done = subprocess.run(command, env=environment, check=False, **settings)
        assert b"Traceback" not in (done.stderr or b""), done.stderr.decode()
        return done

    def fine(self, *words, **settings):
        done = self.ask(*words, **settings)
        assert done.returncode == 0, done.stderr.decode()
        return (done.stdout or b"").decode(errors="replace")

    def refused(self, *words, code=1, **settings):
        done = self.ask(*words, **settings)
        said = done.stderr.decode()
        assert (done.returncode, said.count("\n") >= 1) == (code, True), said
        return said


@pytest.fixture
def desk(tmp_path, request):
    marker = request.node.get_closest_marker("inputs")
    if marker:
        shutil.copytree(DATA / marker.args[0], tmp_path / "d")
    (tmp_path / "d").mkdir(exist_ok=True)
    return Desk(tmp_path / "d")


inputs = pytest.mark.inputs


@inputs("genius-cap")
def test_genius_counts_no_utility_above_one(desk):
    desk.fine("import", "garden.xml", "ann.xml", "bob.xml", "-o", "case.yaml")
    told = json.loads(desk.fine("analyze", "case.yaml", "--parties", "ann", "bob", "--json"))
    assert told["frontier"]["points"] == 3
    assert "0.625" in desk.fine("analyze", "case.yaml", "--parties", "ann", "bob")


@inputs("genius-minus")
def test_no_value_loses_its_sign(desk):
    desk.fine("import", "d.xml", "ann.xml", "bob.xml", "-o", "case.yaml")
    (table,) = yaml.safe_load((desk.folder / "case.yaml").read_text(encoding="utf-8"))["tables"].values()
    (issue,) = table["issues"].values()
    options = list(issue["options"])
    assert len(options) == 5
    assert [option for option in options if "minus" in option] == options[:2]


@inputs("genius-messages")
def test_what_cannot_be_imported_says_why(desk):
    assert "nonlinear" in desk.refused("import", "nonlinear.xml", "-o", "case.yaml")
    assert "&amp;" in desk.refused("import", "amp.xml", "-o", "case.yaml")
    assert "declaration" not in desk.refused("import", "comment-first.xml", "-o", "case.yaml")


@inputs("lp-huge")
def test_huge_points_do_not_upset_the_solver(desk):
    told = desk.fine("analyze", "case.yaml", "--parties", "a", "b")
    assert "e+" not in told


@inputs("report-by")
def test_a_report_by_what_is_not_everywhere_says_so(desk):
    desk.fine("batch", "plan.yaml", "--out", "r")
    desk.fine("report", "r", "--by", "strategy.kaido")
    assert "linear" in (desk.folder / "r" / "report.html").read_text(encoding="utf-8")


@inputs("report-other-case")
def test_results_keep_their_case_and_travel(desk, tmp_path):
    desk.fine("batch", "plan.yaml", "--out", "r")
    desk.fine("report", "r")
    first = (desk.folder / "r" / "report.html").read_bytes()
    case = desk.folder / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("lo: 0, hi: 100", "lo: 90, hi: 100"), encoding="utf-8")
    desk.fine("report", "r")
    assert (desk.folder / "r" / "report.html").read_bytes() == first
    case.unlink()
    desk.fine("report", desk.folder / "r", cwd=tmp_path)


@inputs("replay-own-case")
def test_a_log_takes_its_own_case_along(desk, tmp_path):
    desk.fine("run", "tiny.yaml", "--log", "g.jsonl")
    (tmp_path / "elsewhere").mkdir()
    shutil.move(desk.folder / "g.jsonl", tmp_path / "elsewhere" / "g.jsonl")
    desk.fine("replay", "g.jsonl", cwd=tmp_path / "elsewhere")


@inputs("rounds-grid")
def test_a_range_of_whole_numbers_is_cut_into_whole_numbers(desk):
    desk.fine("batch", "plan.yaml", "--out", "r")
    desk.fine("report", "r", "--by", "factor.rounds")
    told = (desk.folder / "r" / "report.html").read_text(encoding="utf-8")
    assert all(f">{rounds}<" in told for rounds in (2, 4, 6, 8, 10))


@inputs("tournament-stale")
def test_a_tournament_notices_that_an_agent_has_changed(desk):
    asked = ("tournament", "--cases", "cloud-for-two", "--strategies", "agent.py:Agent", "linear", "--out", "cup")
    first = desk.fine(*asked)
    agent = desk.folder / "agent.py"
    before = agent.read_text(encoding="utf-8")
    agent.write_text(agent.read_text(encoding="utf-8").replace("best * 0.0", "best * 0.95"), encoding="utf-8")
    assert "agent.py" in desk.refused(*asked)
    agent.write_text(before, encoding="utf-8")
    assert desk.fine(*asked) == first


@pytest.mark.parametrize("line", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_no_line_separator_in_words_makes_a_game_unreadable(line, tmp_path):
    from negotiation.actions import Say
    from negotiation.formats.log import read, write
    from negotiation.game import Game
    from negotiation.record import reopen, result, setup

    model = Game("cloud-for-two", seed=1)
    model.submit("kaido", Say(f"first line{line}second line"))
    model.play()
    write(tmp_path / "g.jsonl", setup(model), result(model)["events"])
    assert reopen(*read(tmp_path / "g.jsonl")).state.events == model.state.events


@pytest.mark.parametrize("encoding", ["cp932", "cp949", "latin-1", "cp437", "cp1251", "ascii"])
def test_any_terminal_will_do(desk, encoding):
    for words in (("analyze", "cloud-for-two"), ("run", "alliance-2023"), ("list", "strategies")):
        desk.fine(*words, env={"PYTHONIOENCODING": encoding})


def test_mesa_says_in_its_last_row_what_the_game_ended_with():
    mesa = pytest.importorskip("mesa")
    from negotiation.model import NegotiationModel

    settings = {"case": "cloud-for-two", "rounds": [12], "strategy": ["linear"]}
    batch_run = mesa.batch_run
    for period in (1, -1):
        rows = batch_run(
            NegotiationModel,
            parameters=settings,
            iterations=1,
            max_steps=50,
            number_processes=1,
            data_collection_period=period,
            display_progress=False,
        )
        model = NegotiationModel("cloud-for-two", strategy="linear", rounds=12)
        model.play()
        last = {row["party"]: row for row in rows if row["Step"] == max(row["Step"] for row in rows)}
        assert {party: row["points"] for party, row in last.items()} == {
            party: agent.points for party, agent in model.seated.items()
        }
        assert {row["signed"] for row in last.values()} == {len(model.state.bound)}


def test_a_cut_part_is_played_again_and_named(desk):
    (desk.folder / "p.yaml").write_text(PLAN, encoding="utf-8")
    desk.fine("batch", "p.yaml", "--out", "r")
    part = next((desk.folder / "r" / "runs").glob("part-*.parquet"))
    whole = part.read_bytes()
    part.write_bytes(b"")
    assert part.name in desk.refused("report", "r")
    desk.fine("batch", "p.yaml", "--out", "r")
    assert len(part.read_bytes()) == len(whole)
    desk.fine("report", "r")


def test_a_cut_cache_of_compiled_code_is_made_anew(desk, tmp_path):
    (desk.folder / "p.yaml").write_text(PLAN, encoding="utf-8")
    there = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    mine = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "alliance-negotiation"
    if mine.exists():
        shutil.copytree(mine, tmp_path / "cache" / "alliance-negotiation")
    desk.fine("batch", "p.yaml", "--out", "r", env=there)
    for file in (tmp_path / "cache").rglob("*.nbi"):
        file.write_bytes(b"")
    desk.fine("batch", "p.yaml", "--out", "again", env=there)


MISC = [
    (1, ["run", "cloud-for-two", "--types", "kaido=nobody"]),
    (2, ["play", "--port", "70000"]),
    (2, ["serve", "--port", "-1"]),
    (1, ["run", "cloud-for-two", "--seed", "-1"]),
    (1, ["replay", "/dev/zero"]),
    (1, ["export", "--database-url", "typo.db"]),
    (1, ["export", "--database-url", "mysql://x"]),
]


@pytest.mark.parametrize(("code", "words"), MISC)
def test_bad_input_is_told_in_a_line(desk, code, words):
    before = sorted(desk.folder.iterdir())
    assert desk.ask(*words).returncode == code
    assert sorted(desk.folder.iterdir()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(desk):
    with Path("/dev/full").open("w") as full:
        done = desk.ask("run", "cloud-for-two", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)


def test_files_are_written_with_the_permissions_the_user_asks_for(desk):
    desk.fine("run", "cloud-for-two", "--log", "g.jsonl", preexec_fn=lambda: os.umask(0o022))
    assert (desk.folder / "g.jsonl").stat().st_mode & 0o777 == 0o644


def test_a_killed_worker_of_a_tournament_does_not_end_it(desk):
    asked = ["tournament", "--cases", "cloud-for-two", "electric-quay", "--strategies", "tough", "linear", "fair"]
    asked += ["--out", "cup", "--workers"]
    command = [sys.executable, "-m", "negotiation", *asked, "2"]
    running = subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        workers, deadline = [], time.monotonic() + 60
        while not workers and time.monotonic() < deadline and running.poll() is None:
            found = subprocess.run(
                ["pgrep", "-P", str(running.pid), "-f", "spawn_main"], capture_output=True, check=False
            )
            workers = [int(pid) for pid in found.stdout.split()]
            time.sleep(0.1)
        os.kill(workers[0], signal.SIGKILL)
        told, said = running.communicate(timeout=200)
    finally:
        running.kill()
    assert (running.returncode, b"Traceback" in said) == (0, False), said.decode()
    with (desk.folder / "cup" / "games.jsonl").open("a") as games:
        games.write("not json\n")
    assert desk.fine(*asked, "1").encode() == told
    assert desk.ask(*asked, "0").returncode == 1
