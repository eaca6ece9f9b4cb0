"""Plans as people write them: what they mean, and one line for what they cannot mean."""

import pytest

from negotiation.errors import SetupError
from negotiation.lab.plan import Range, load_plan, read_plan, schema

PLAN = """
format: negotiation-plan/1
cases: [cloud-for-two]
lineups:
  firm: boulware
  mixed: {kaido: linear, others: fair}
factors:
  rounds: [5, 10]
  delay: {least: 0, most: 2.5, steps: 3}
  links: false
replications: 3
"""


@pytest.fixture
def write(tmp_path):
    def write(old="", new=""):
        path = tmp_path / "plan.yaml"
        assert old in PLAN
        path.write_text(PLAN.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def test_a_plan_survives_its_own_text(write, tmp_path):
    plan = load_plan(write())
    assert plan.lineups == {"firm": {"others": "boulware"}, "mixed": {"kaido": "linear", "others": "fair"}}
    assert plan.factors == {"rounds": (5, 10), "delay": Range(least=0, most=2.5, steps=3), "links": (False,)}
    again = tmp_path / "again.yaml"
    again.write_text(plan.text(), encoding="utf-8")
    assert load_plan(again) == plan
    assert load_plan(again).text() == plan.text()
    assert read_plan(plan.model_dump()) == plan


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "replications:",
            "replication:",
            "replication: unknown key; did you mean 'replications'?; possible: format, cases",
        ),
        ("replications: 3", "replications: many", "replications: is 'many', must be a whole number"),
        ("replications: 3", "design: {kind: gird}", "design.kind: is 'gird', must be 'grid', 'random'"),
        ("replications: 3", "design: {size: 4}", "design.size: unknown key; possible: kind, samples, seed"),
        ("[cloud-for-two]", "[cloud-for-two, cloud-for-two]", "cases: names 'cloud-for-two' twice"),
        ("replications: 3", "measures: [lost]", "measures.0: is 'lost', must be 'left', 'left_when_signed'"),
        ("replications: 3", "measures: [left, left]", "measures: names 'left' twice"),
        ("[5, 10]", "[]", "factors.rounds: holds no values"),
        ("[5, 10]", "[5, 5]", "factors.rounds: names a value twice"),
        ("[5, 10]", "[5, ten]", "factors.rounds: mixes number and str"),
        ("[5, 10]", "[5, .inf]", "factors.rounds: is inf, must be true, false, a finite number or text"),
        ("[5, 10]", "[[5], [6]]", "factors.rounds: is [5], must be true"),
        ("steps: 3", "step: 3", "factors.delay: has least, most, step; a range has least, most and"),
        ("steps: 3", "steps: 1", "factors.delay: has 1 steps, must be at least 2"),
        ("least: 0", "least: 9", "factors.delay: is from 9 to 2.5, must rise"),
        ("least: 0", "least: low", "factors.delay: is from 'low' to 2.5, must be two finite numbers"),
        (", steps: 3", "", "factors.delay: a grid needs the number of steps"),
        ("boulware", "[boulware]", "lineups.firm: is ['boulware'], must be a strategy, or strategies by party"),
        ("replications: 3", "design: {kind: saltelli, samples: 5}", "must be a power of two for saltelli"),
        ("replications: 3", "design: {kind: sobol, samples: 5}", "design.samples: is 5, must be a power of two"),
        ("[5, 10]", "[5, 1e2]", "YAML reads 1e2 as text: write the number out"),
        ("[5, 10]", "[5, 012]", "YAML reads 012 as 10"),
        ("links: false", "links: [yes, no]", "YAML reads yes as true"),
        ("links: false", "on: false", "YAML reads on as true"),
        (PLAN, "- a list", "holds list, must hold the sections of a plan"),
    ],
)
def test_mistakes_are_told_in_one_line(write, old, new, message):
    with pytest.raises(SetupError) as problem:
        load_plan(write(old, new))
    assert message in str(problem.value)
    assert str(problem.value).count("plan.yaml") == 1
    assert "\n" not in str(problem.value)


def test_files_that_are_no_text(tmp_path):
    (tmp_path / "plan.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(SetupError, match="byte 0 is not UTF-8"):
        load_plan(tmp_path / "plan.yaml")


def test_editors_get_a_schema():
    found = schema()
    assert set(found["required"]) == {"format", "cases", "lineups"}
    assert found["properties"]["factors"]["additionalProperties"]["anyOf"][2]["required"] == ["least", "most"]


def test_saltelli_asks_about_factors():
    document = {"format": "negotiation-plan/1", "cases": ["x"], "lineups": {"a": "b"}}
    with pytest.raises(SetupError, match="plan: design: saltelli needs factors whose influence is asked for"):
        read_plan({**document, "design": {"kind": "saltelli", "samples": 4}})
