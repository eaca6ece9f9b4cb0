"""The functions of the package: results that tell what they are, as frames and charts; refusals in one line."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import negotiation as ng
from negotiation.errors import MissingPackage, NegotiationError, ScenarioError, SetupError
from negotiation.formats import loads
from negotiation.lab.display import Batch, Tournament
from negotiation.lab.standings import report
from negotiation.record import result

PLAN = {
    "format": "negotiation-plan/1",
    "cases": ["cloud-for-two"],
    "lineups": {"one": "tough", "two": "fair"},
    "replications": 2,
}


@pytest.fixture(scope="module")
def cloud():
    return ng.load("cloud-for-two")


@pytest.fixture(scope="module")
def played(cloud):
    return ng.run(cloud, seed=1)


@pytest.fixture(scope="module")
def analyzed(cloud):
    return ng.analyze(cloud)


def test_to_import_the_package_imports_nothing_else():
    code = "import sys, negotiation; print([name for name in ('numpy', 'pydantic', 'pandas') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_case_says_what_it_is(cloud):
    assert repr(cloud) == "<Case cloud-for-two: 2 parties, 1 tables>"
    assert repr(ng.load("any-two-of-three", "generous_trio")).startswith(
        "<Case any-two-of-three, variant generous_trio"
    )
    assert ng.load(cloud) is cloud


def test_a_game_is_the_dictionary_that_the_command_prints(cloud, played):
    assert json.loads(json.dumps(played)) == json.loads(json.dumps(result(played.game)))
    assert repr(played).startswith("<Played cloud-for-two, seed 1: 1 of 1 table signed in ")
    frame = played.frame()
    assert list(frame.index) == list(cloud.roles)
    assert (frame["points"] - frame["unsigned"] - frame["gain"]).abs().max() < 1e-5
    assert frame.loc["kaido", "strategy"] == "linear"


def test_an_analysis_as_a_frame_has_every_point_and_every_mark(cloud, analyzed):
    frame = analyzed.frame()
    assert (frame["kind"] == "frontier").sum() == len(analyzed.front) == analyzed.report.frontier.points
    assert {"solution", "unsigned"} <= {*frame["kind"]}
    assert frame.set_index("name").loc["Nash", "kaido"] == analyzed.report.solutions["nash"].points[0].scores["kaido"]
    assert repr(analyzed).endswith("on the frontier of kaido, nimbus>")
    assert "not exact" in repr(ng.analyze("alliance-2023", ["renault", "nissan", "geely"], epsilon=9.0))


def test_a_chart_shows_itself_and_is_saved(played, analyzed, tmp_path):
    chart = analyzed.plot()
    assert repr(chart) == "<Chart: Kaido Motors and Nimbus>"
    shown = chart._repr_mimebundle_(include=None, exclude=None)
    assert shown["image/svg+xml"].startswith("<svg")
    drawn = json.loads(json.dumps(shown["application/vnd.vegalite.v5+json"]))
    assert drawn["$schema"].endswith("/v5.json")
    assert drawn["layer"] == json.loads(json.dumps(chart.spec["layer"]))
    played.plot().save(tmp_path / "points.svg")
    chart.save(str(tmp_path / "front.PNG"))
    assert (tmp_path / "points.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "front.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(
        SetupError, match=r"chart\.gif: unknown kind of file '\.gif'; possible: \.svg, \.png|did you mean"
    ):
        chart.save(tmp_path / "chart.gif")


def test_of_one_party_there_is_no_picture():
    with pytest.raises(SetupError, match="a picture of a frontier needs two parties, here is Kaido Motors only"):
        ng.analyze("cloud-for-two", parties="kaido").plot()


def test_a_batch_tells_how_much_of_it_is_there(tmp_path):
    found = ng.batch(PLAN, tmp_path / "out")
    assert repr(found) == f"<Batch {tmp_path / 'out'}: 4 of 4 runs of cloud-for-two>"
    assert isinstance(found.frame(), pd.DataFrame)
    groups = {row["group"] for row in found.plot().spec["data"]["values"]}
    assert groups == {"one", "two"}
    with pytest.raises(SetupError, match="unknown case 'cloud'"):
        found.plot("cloud")
    shutil.rmtree(tmp_path / "out" / "runs")
    assert repr(Batch(tmp_path / "out")) == f"<Batch {tmp_path / 'out'}: 0 of 4 runs of cloud-for-two>"


def test_a_plan_may_be_a_file(tmp_path):
    (tmp_path / "plan.yaml").write_text(json.dumps(PLAN), encoding="utf-8")
    assert len(ng.batch(str(tmp_path / "plan.yaml"), str(tmp_path / "out")).frame()) == 4


def test_a_tournament_with_and_without_a_folder(tmp_path):
    cup = ng.tournament("cloud-for-two", ["fair", "hardliner"], rounds=3)
    kept = ng.tournament(["cloud-for-two"], ["fair", "hardliner"], tmp_path / "cup", rounds=3)
    assert cup.rows == kept.rows
    assert (tmp_path / "cup" / "games.jsonl").exists()
    assert repr(cup) == f"<Tournament of 2 strategies, {len(cup.rows)} games, {cup.report.standings[0].name} first>"
    frame = cup.frame()
    assert set(frame.index) == {"fair", "hardliner"}
    assert frame["share"].is_monotonic_decreasing
    drawn = cup.plot().spec["data"]["values"]
    assert [row["strategy"] for row in drawn] == list(frame.index)
    assert repr(Tournament(report([], ["a", "b"]), [])) == "<Tournament of 2 strategies, 0 games>"


def test_profiles_of_others_become_a_case():
    folder = Path(__file__).parents[1] / "data" / "genius"
    found = ng.import_(folder / "garden.xml", str(folder / "anna.xml"), folder / "bert.xml", name="garden", rounds=20)
    assert (found.name, found.scenario.rounds, list(found.roles)) == ("garden", 20, ["anna", "bert"])
    assert loads(found.text, "garden.yaml").digest == found.digest
    assert ng.run(found, seed=1)["case"] == "garden"


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: ng.load("clod-for-two"), ScenarioError, "did you mean 'cloud-for-two'"),
        (lambda: ng.load(3), SetupError, "case is 3, must be a case, or the name or path of one"),
        (lambda: ng.run("cloud-for-two", strategy="fare"), SetupError, "did you mean 'fair'"),
        (lambda: ng.run("cloud-for-two", strategy="person"), SetupError, "nobody sits at a screen"),
        (lambda: ng.analyze("cloud-for-two", ["kaido", "nimbs"]), SetupError, "did you mean 'nimbus'"),
        (lambda: ng.analyze("cloud-for-two", types=["hawk"]), SetupError, "types is .*, must be texts by party"),
        (lambda: ng.tournament("cloud-for-two", "fair"), SetupError, "at least two different strategies"),
        (lambda: ng.import_("nothing.xml"), ScenarioError, "nothing.xml: No such file"),
    ],
)
def test_a_refusal_is_one_line_for_people(call, kind, message):
    with pytest.raises(kind, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
    assert caught.value._render_traceback_() == [f"{kind.__name__}: {caught.value}"]


@pytest.mark.parametrize(
    ("part", "package", "extra"),
    [
        ("negotiation.ui", "streamlit", "ui"),
        ("negotiation.classroom", "sqlalchemy", "class"),
        ("negotiation.debrief", "sqlalchemy", "class"),
        ("negotiation.lab", "pyarrow", "lab"),
        ("negotiation.lab.compiled", "numba", "lab"),
    ],
)
def test_a_part_whose_packages_are_missing_says_what_to_install(monkeypatch, part, package, extra):
    module = importlib.import_module(part)
    monkeypatch.setitem(sys.modules, package, None)
    line = rf"{package} is not installed, .*: pip install 'alliance-negotiation\[{extra}\]'"
    with pytest.raises(MissingPackage, match=line) as caught:
        importlib.reload(module)
    assert isinstance(caught.value, NegotiationError)
    assert isinstance(caught.value, ImportError)
