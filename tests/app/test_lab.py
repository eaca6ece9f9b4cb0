"""The Lab page: a small experiment from the form to its figures; nobody reads what lies elsewhere."""

import pytest
from support_app import click

from negotiation.errors import NegotiationError, SetupError
from negotiation.lab.plan import read_plan
from negotiation.lab.runner import run
from negotiation.ui.jobs import processes, result_folders

LAB = "Open the lab"
PLAN = {"format": "negotiation-plan/1", "cases": ["cloud-for-two"], "replications": 20}


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setenv(result_folders.VARIABLE, str(tmp_path / "results"))
    return tmp_path / "results"


def quiet(_share, _what):
    return None


def told(app):
    return " ".join(element.value for element in [*app.markdown, *app.info, *app.error])


def test_an_experiment_from_the_form_to_its_figures(visit, results):
    app = visit(LAB)
    assert "Nothing here yet" in told(app)
    app.button_group(key="lab-view").set_value("New experiment").run()
    app.selectbox(key="lab-new-case").select("cloud-for-two").run()
    app.slider(key="lab-new-runs").set_value(10).run()
    click(app, "Start")
    assert result_folders.folders() == ["cloud-for-two-1"]
    assert "20 negotiations" in told(app)
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) >= 3
    app.multiselect(key="lab-only-cloud-for-two-1").select("fair").run()
    assert not app.exception
    assert "10 of 20 negotiations" in told(app)
    app.button_group(key="lab-view").set_value("New experiment").run()
    app.selectbox(key="lab-new-case").select("cloud-for-two").run()
    assert app.text_input(key="lab-new-name-cloud-for-two").value == "cloud-for-two-2"
    app.text_input(key="lab-new-name-cloud-for-two").set_value("cloud-for-two-1").run()
    app.slider(key="lab-new-runs").set_value(20).run()
    click(app, "Start")
    assert "cloud-for-two-1: holds another batch (see plan.yaml there); choose another folder" in told(app)
    assert str(results) not in told(app)


def test_two_results_side_by_side(visit, results):
    for name, kind in (("a", "linear"), ("b", "conceder")):
        factors = {"noise": [0, 0.2], "delay.kaido": {"least": 0, "most": 1.5}}
        design = {"kind": "sobol", "samples": 4}
        run(read_plan({**PLAN, "lineups": {kind: kind}, "factors": factors, "design": design}), results / name)
    app = visit(LAB)
    assert not app.exception
    assert {box.label for box in app.selectbox} == {"Results", "Split by", "Factor"}
    assert "What a factor does" in told(app)
    app.button_group(key="lab-view").set_value("Compare").run()
    assert not app.exception
    assert {box.label for box in app.selectbox} == {"Results", "Against"}
    assert "Who gained what" in told(app)


def test_nothing_but_the_results_folder_is_read(results, tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "plan.yaml").write_text("x", encoding="utf-8")
    results.mkdir()
    (results / "link").symlink_to(tmp_path / "secret")
    assert result_folders.folders() == []
    for name in ("../secret", "link", "", ".", str(tmp_path / "secret")):
        with pytest.raises(SetupError, match="there are no results called"):
            result_folders.folder(name)
    with pytest.raises(NegotiationError, match="there are no results called"):
        processes.work({"job": "summary", "folder": "../secret", "by": "lineup", "where": {}}, quiet)
    for name in ("../x", "x/y", "", "-x", "X"):
        with pytest.raises(SetupError, match="must be up to 40 small letters"):
            result_folders.new_folder(name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cases": ["/etc/passwd"]}, "unknown case '/etc/passwd'"),
        ({"lineups": {"a": "/tmp/x.py:A"}}, "unknown strategy '/tmp/x.py:A'"),
        ({"replications": 5000}, "a page starts at most 2,000"),
    ],
)
def test_a_page_starts_small_harmless_plans_only(change, message, results):
    plan = {**PLAN, "lineups": {"a": "linear"}, **change}
    with pytest.raises(NegotiationError, match=message):
        processes.work({"job": "batch", "folder": "x", "plan": plan}, quiet)
    assert not results.exists()
