"""Models in batches and tournaments: they play on the plain engine, within their budget, and what they cost is on record."""

import json
import re

import pytest
from support_llm import SECRET, environment, plays, serving

from negotiation.cli import main
from negotiation.errors import SetupError
from negotiation.lab import tournament
from negotiation.lab.model_costs import costs_text
from negotiation.lab.plan import read_plan
from negotiation.lab.results import open_results
from negotiation.lab.runner import estimate, run
from negotiation.lab.runs import Runs

PLAN = {
    "format": "negotiation-plan/1",
    "cases": ["cloud-for-two"],
    "protocols": ["alternating"],
    "lineups": {"model": {"kaido": "llm:small,budget=90000,timeout=5", "others": "fair"}, "plain": "fair"},
    "replications": 2,
}


@pytest.fixture
def server(monkeypatch):
    with serving(lambda *_: plays) as started:
        environment(monkeypatch, started)
        yield started


def test_a_batch_keeps_what_models_cost(server, tmp_path, capsys):
    plan = tmp_path / "plan.yaml"
    plan.write_text(json.dumps(PLAN), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["batch", str(plan), "--out", str(out)]) == 0
    asked = len(server.asked)
    assert (
        f"llm:small,budget=90000,timeout=5: {asked} questions, {100 * asked:,} tokens in 2 games"
        in capsys.readouterr().out
    )
    frame = open_results(out).frame()
    ours = frame[frame.lineup == "model"]
    assert (int(ours["calls.kaido"].sum()), int(ours["tokens.kaido"].sum())) == (asked, 100 * asked)
    assert set(ours.engine) == {"plain"}
    assert frame[frame.lineup == "plain"]["tokens.kaido"].isna().all()
    assert frame["tokens.nimbus"].isna().all()
    (how,) = open_results(out).versions["files"].values()
    assert re.fullmatch(r"small behind [0-9a-f]{16}, budget 90000 tokens, timeout 5 s", how)
    told = "".join(file.read_text(encoding="utf-8") for file in out.glob("*.*") if file.suffix in (".json", ".yaml"))
    assert SECRET not in told
    assert server.url not in told
    assert main(["batch", str(plan), "--out", str(out)]) == 0
    assert len(server.asked) == asked


def test_results_of_one_endpoint_do_not_go_on_with_another(server, tmp_path, monkeypatch):
    plan = read_plan({**PLAN, "replications": 40})
    run(plan, tmp_path / "out", limit=20)
    monkeypatch.setenv("NEGOTIATION_LLM_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(SetupError, match="was begun with other files"):
        run(plan, tmp_path / "out")


def test_without_models_nothing_is_said_or_kept_of_them(tmp_path):
    plan = read_plan({**PLAN, "lineups": {"plain": "fair"}})
    run(plan, tmp_path / "out")
    assert list(costs_text(tmp_path / "out")) == []
    assert not [name for name in open_results(tmp_path / "out").frame().columns if name.startswith(("calls", "tokens"))]


def test_without_an_endpoint_a_plan_cannot_be_played(monkeypatch):
    monkeypatch.delenv("NEGOTIATION_LLM_URL", raising=False)
    with pytest.raises(SetupError, match="no endpoint is set"):
        Runs(read_plan(PLAN))


def test_nobody_is_asked_for_an_estimate(server):
    with pytest.raises(SetupError, match="llm:small,budget=90000,timeout=5 is not asked for that; --limit plays a few"):
        estimate(read_plan(PLAN))
    assert not server.asked


def test_a_parameter_of_a_model_is_a_factor(server, tmp_path):
    plan = read_plan(
        {
            **PLAN,
            "lineups": {"model": {"kaido": "llm:small", "others": "fair"}},
            "factors": {"strategy.kaido.budget": [1, 90000]},
        }
    )
    run(plan, tmp_path / "out")
    frame = open_results(tmp_path / "out").frame()
    assert list(frame["tokens.kaido"] > 0) == [False, False, True, True]
    assert frame["why.kaido"][0] == "the budget of 1 token does not pay for another question"


def test_a_tournament_keeps_what_models_cost(server, tmp_path):
    plan = tournament.Plan(("cloud-for-two",), ("llm:small", "fair"), 1, 3, "")
    rows = tournament.run(plan, tmp_path / "cup")
    assert sum(row.get("calls.kaido", 0) + row.get("calls.nimbus", 0) for row in rows) == len(server.asked)
    assert any("tokens.kaido" not in row for row in rows)
