"""The pages of the studies take their numbers from what was played."""

import importlib.util
import re
from pathlib import Path

import pytest

from negotiation.lab.plan import load_plan
from negotiation.lab.runner import run

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pages(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("pages", ROOT / "studies" / "pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PLAYED", tmp_path)
    return module


def test_every_number_in_a_page_is_made(pages):
    found = [
        (name, lines)
        for page in sorted((ROOT / "docs" / "studies").glob("*.md"))
        for name, lines in re.findall(r"<!-- numbers: (\S+) -->\n(.*?)<!-- end -->", page.read_text("utf-8"), re.DOTALL)
    ]
    assert [name for name, _ in found if name not in pages.NUMBERS] == []
    assert sorted(pages.NUMBERS) == sorted(name for name, _ in found)
    assert [name for name, lines in found if not lines.startswith("| ")] == []


@pytest.mark.parametrize("study", ["hindcast", "impatience", "third-parties"])
def test_numbers_have_their_intervals(pages, tmp_path, study):
    plan = load_plan(ROOT / "studies" / f"{study}.yaml").model_copy(update={"replications": 12})
    if study == "impatience":
        plan = plan.model_copy(update={"factors": {**plan.factors, "rounds": (2, 16), "delay.renault": (0, 0.3)}})
    run(plan, tmp_path / study, limit=1)
    names = [name for name, (batch, _) in pages.NUMBERS.items() if batch == study]
    text = "".join(f"<!-- numbers: {name} -->\nSTALE\n<!-- end -->\n" for name in names)
    assert pages.written(text) == text
    run(plan, tmp_path / study)
    fresh = pages.written(text)
    assert "STALE" not in fresh
    assert fresh.count("| --:") >= 2 * len(names)
    assert fresh.count(" ± ") >= 18
    assert pages.written(fresh) == fresh


@pytest.mark.parametrize("study", ["talk", "talk-lineups", "talk-companions"])
def test_talk_is_told_by_line_up_silent_beside_talking(pages, tmp_path, study):
    plan = load_plan(ROOT / "studies" / f"{study}.yaml")
    short = {"replications": 2, "factors": {**plan.factors, "rounds": (3,)}, "cases": plan.cases[:1]}
    plan = plan.model_copy(update=short)
    run(plan, tmp_path / study)
    names = [name for name, (batch, _) in pages.NUMBERS.items() if batch == study]
    fresh = pages.written("".join(f"<!-- numbers: {name} -->\nSTALE\n<!-- end -->\n" for name in names))
    assert "STALE" not in fresh
    told = len(pages.FEW if study == "talk-companions" else pages.OUTCOMES)
    for lineup in plan.lineups:
        assert len(re.findall(rf"^\| {lineup}: .* \| .* \| .* \| .* \|$", fresh, re.MULTILINE)) == told
        assert re.search(rf"^\| {lineup}: true statements \| – \| [1-9]", fresh, re.MULTILINE)
    assert fresh.count("| talking less silent |") == names.count(f"{study}-gains")
    assert fresh.count("| the cloud goes to Google |") == names.count(f"{study}-cloud")
