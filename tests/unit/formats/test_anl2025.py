"""Talks of one party with many: tables for edges, and what their deals are worth together, from data alone."""

import shutil
from itertools import product
from pathlib import Path

import pytest

from negotiation.analysis.frontier import frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import sheets_of
from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.importing import imported

FOLDER = Path(__file__).parents[2] / "data" / "anl2025" / "harvest"
SUMS = {0: 0.0, 1: 0.0, 2: 0.1, 3: 0.7, 4: 1.0, 5: 0.3, 6: -0.25}
BY_DAY = "evaluator:\n  days: [1, 2]\n  values: {'(0, 0)': 0.0, '(1, 1)': 1.0, '(2, 0)': 0.5, '(9, 0)': 4}\n"
BY_DEALS = "evaluator:\n  values: {'(1, 2)': 1.0, '(None, 3)': 0.5}\n"


def case_of(folder):
    return loads(imported([folder], "harvest"), "harvest")


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "harvest")


def valued(copied, evaluator):
    file = copied / "center.yml"
    file.write_text(file.read_text().partition("evaluator:")[0] + evaluator)
    return copied


def center(case, north, east):
    deals = {"north_deal": north, "east_deal": east}
    outcome = {name: None if value is None else (value - 1,) for name, value in deals.items()}
    return case.role("mill").preferences.score(outcome)


def test_the_sum_of_all_deals_is_worth_what_the_table_says():
    case = case_of(FOLDER)
    for north, east in product((None, 1, 2, 3), repeat=2):
        assert center(case, north, east) == SUMS[(north or 0) + (east or 0)]
    north, east = case.role("north").preferences, case.role("east").preferences
    assert [north.score({}), *(north.score({"north_deal": (n,)}) for n in range(3))] == [0.1, 0.45, 0.225, 0.9]
    assert [east.score({}), *(east.score({"east_deal": (n,)}) for n in range(3))] == [0.3, 0.2, 1.0, 0.4]


def test_the_frontier_is_that_of_all_combinations():
    case = case_of(FOLDER)
    found = frontier(case.scenario, sheets_of(case), Problem((("mill",), ("north",), ("east",))))
    vectors = {
        tuple(
            case.role(party).preferences.score({"north_deal": north, "east_deal": east})
            for party in ("mill", "north", "east")
        )
        for north, east in product((None, (0,), (1,), (2,)), repeat=2)
    }
    best = {v for v in vectors if not any(o != v and all(map(lambda a, b: a >= b, o, v)) for o in vectors)}
    assert {tuple(row) for row in found.points.round(6).tolist()} == best


def test_how_many_take_each_day_counts(copied):
    case = case_of(valued(copied, BY_DAY))
    assert [center(case, *deals) for deals in ((None, None), (1, 2), (2, 1), (1, 1), (3, 3), (2, 2))] == [
        *(0.0, 1.0, 1.0, 0.5, 0.0, 0.0)
    ]


def test_days_stand_in_a_table_too(copied):
    (copied / "center.csv").write_text("1,2,value\n0,0,0\n1,1,0.6\n")
    case = case_of(copied)
    assert [center(case, *deals) for deals in ((None, None), (1, 2), (1, 1))] == [0.0, 0.6, -0.25]


def test_each_combination_counts(copied):
    case = case_of(valued(copied, BY_DEALS))
    assert [center(case, *deals) for deals in ((1, 2), (2, 1), (None, 3), (3, None))] == [1.0, 0.0, 0.5, 0.0]


def test_edges_stand_in_file_order_where_the_centre_does_not_name_them(copied):
    file = copied / "center.yml"
    file.write_text(file.read_text().replace("name: NorthLoads", "name: ''"))
    assert list(case_of(copied).scenario.tables) == ["east_deal", "north_deal"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("center.yml", "outcome_spaces", "spaces", "outcome_spaces is missing"),
        ("center.yml", "- name: EastLoads\n  issues:\n  - name: Loads\n    values: ['1', '2', '3']\n", "", "1 outcome"),
        ("center.yml", "name: Loads\n", "called: Loads\n", "an issue has no name"),
        ("center.yml", "['1', '2', '3']", "['one', '2', '3']", "'one' is no whole number"),
        ("center.yml", "values: ['1', '2', '3']", "values: 3", "values is missing or empty"),
        ("center.yml", "-0.25", "less", "reserved_value is 'less', must be a number"),
        ("center.yml", "-0.25", "{}", "must be a number"),
        ("center.yml", "-0.25", "-0.25\n  values: {'': 1}", "no number and no combination"),
        ("center.yml", "-0.25", "0\n  values: {'(1, 9)': 1}", "'9' is no value of edge 2"),
        ("center.yml", "-0.25", "0\n  values: {'(1, 2, 3)': 1}", "one value for each of 2 edges"),
        ("center.yml", "-0.25", "0\n  days: [1, 2]\n  values: {'(1, 2, 3)': 1}", "3 numbers for 2 days"),
        ("center.yml", "name: Mill", "name: &a Mill\nother: *a", "uses an alias"),
        ("center.yml", "name: Mill", "name: [", "not YAML"),
        ("center.csv", "quantity,value", "quantity", "the value last"),
        ("center.csv", "5, 0.3", "4, 0.3", "a line stands twice"),
        ("edges/e1.yml", "mapping", "f: !!binary aGVsbG8=\n  type: some.LambdaFun\n  none", "by code (some.LambdaFun)"),
        (
            "edges/e1.yml",
            "- mapping: {'0': 0.0, '1': 0.2, '2': 1.0, '3': 0.4}",
            "- !!python/name:os.system",
            "never run",
        ),
        ("edges/e1.yml", "'2': 1.0, ", "", "no value for '2'"),
        ("edges/e1.yml", "[1.0]", "[1.0, 2.0]", "1 values and 2 weights"),
    ],
)
def test_what_does_not_fit_is_told(copied, file, old, new, told):
    path = copied / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(ScenarioError, match=r"\A[^\n]*\Z") as problem:
        case_of(copied)
    assert told in str(problem.value)


def test_an_evaluator_in_code_is_named_and_not_run(copied):
    (copied / "center.csv").unlink()
    with pytest.raises(ScenarioError, match="somewhere.Evaluator.*never run"):
        case_of(copied)


def test_a_file_holds_a_mapping(copied):
    (copied / "center.yml").write_text("- 1")
    with pytest.raises(ScenarioError, match="holds list, must hold a mapping"):
        case_of(copied)


def test_a_folder_holds_an_edge(copied):
    for file in (copied / "edges").iterdir():
        file.unlink()
    with pytest.raises(ScenarioError, match="0 edges, must be 1 to"):
        case_of(copied)
