"""Solutions on small frontiers, on random points, and against recorded domains of a peer (their exhaustive search)."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.analysis.frontier import frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import ideal, solutions
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Issue, Signers, Table

ROOT = Path(__file__).parents[3]
OURS = sorted((ROOT / "tests" / "data" / "golden").glob("syn_*.json"))
ELSEWHERE = Path(os.environ.get("NEGOTIATION_GOLDEN", ROOT.parent / "shared" / "peer" / "golden"))
THEIRS = sorted(file for file in ELSEWHERE.glob("*.json") if not file.name.startswith("syn_"))


@given(
    st.integers(2, 4).flatmap(lambda d: st.lists(st.lists(st.integers(-5, 9), min_size=d, max_size=d), min_size=1)),
    st.integers(-3, 3),
)
def test_each_solution_is_what_trying_every_point_finds(rows, rest):
    points = np.array(rows, dtype=np.float64)
    found = solutions(points, [rest] * points.shape[1])
    fine = [n for n, row in enumerate(rows) if min(row) >= rest]
    if not fine:
        assert found == {}
        return
    most = [max(rows[n][k] for n in fine) - rest for k in range(points.shape[1])]

    def ratio(n):
        shares = [(x - rest) / m for x, m in zip(rows[n], most, strict=True) if m > 0]
        return min(shares) if shares else 1.0

    rules = {
        "nash": lambda n: float(np.prod([x - rest for x in rows[n]])),
        "kalai_smorodinsky": ratio,
        "egalitarian": lambda n: min(rows[n]) - rest,
        "utilitarian": lambda n: sum(rows[n]),
    }
    for name, rule in rules.items():
        best = max(rule(n) for n in fine)
        assert found[name].value == pytest.approx(best)
        assert found[name].rows == tuple(n for n in fine if abs(rule(n) - best) < 1e-9)


def test_a_tie_names_every_point():
    found = solutions(np.array([[1.0, 3.0], [3.0, 1.0], [0.0, 4.0]]), [0.0, 0.0])
    assert found["nash"].rows == found["egalitarian"].rows == (0, 1)
    assert found["utilitarian"].rows == (0, 1, 2)


def test_somebody_always_worse_off_than_without():
    assert solutions(np.array([[1.0, 3.0]]), [2.0, 0.0]) == {}


def domain(file):
    """A recorded domain as a scenario with one table, and its exhaustive analysis."""
    told = json.loads(file.read_text(encoding="utf-8"))
    issues = tuple(
        Issue(i["name"], "", tuple(f"o{n}" for n in range(len(i["values"]))), ("",) * len(i["values"]))
        for i in told["issues"]
    )
    names = [f"p{n}" for n in range(told["n_parties"])]
    table = Table("t", "T", issues, Signers(tuple(names)))
    scenario = Scenario(told["id"], "", {n: Party(n, n) for n in names}, {"t": table}, 100)
    sheets = {}
    for name, party in zip(names, told["parties"], strict=True):
        shares = [_shares(values) for values in party["evaluations"]]
        sheets[name] = Preferences(
            scenario,
            name,
            {f"t.{i.name}": Sheet(w, s, 1.0) for i, w, s in zip(issues, party["weights"], shares, strict=True)},
            {"t": party["reserved_value"]},
        )
    return scenario, sheets, told["modes"]["genius"]["analysis"]["independent"]


def _shares(values):
    most = max(values)
    return tuple(value / most for value in values) if most >= 1e-5 else (0.0,) * len(values)


@pytest.mark.parametrize("file", [*OURS, *THEIRS], ids=lambda file: file.stem)
def test_a_recorded_domain(file):
    scenario, sheets, want = domain(file)
    groups = tuple((p,) for p in sheets)
    every = frontier(scenario, sheets, Problem(groups, signed={"t": None}))
    rest = [sheet.score({}) for sheet in sheets.values()]
    floors = dict(zip(sheets, rest, strict=True))
    front = frontier(scenario, sheets, Problem(groups, floors=floors, signed={"t": None}))
    for found, count in ((every, "pareto_unique_vectors_all"), (front, "pareto_unique_vectors_rational")):
        assert 0 <= want[count] - len(found) <= (0 if file in OURS else 4)  # it counts float noise as points
    assert every.points.max(axis=0) == pytest.approx(want["umax"], abs=1e-9)
    lowest = np.maximum(rest, want["umin"])
    compared = {
        "nash_disagreement_rv": ("nash", rest),
        "nash_disagreement_negmas": ("nash", lowest),
        "kalai_min_gain_rv": ("egalitarian", rest),
        "kalai_min_gain_negmas": ("egalitarian", lowest),
        "max_welfare_rational": ("utilitarian", rest),
        "ks_max_min_ratio": ("kalai_smorodinsky", lowest),
    }
    for theirs, (ours, disagreement) in compared.items():
        found = solutions(front.points, disagreement, want["umax"])[ours]
        assert found.value == pytest.approx(want[theirs]["value"], abs=1e-9)
        assert any((front.points[row] >= np.array(want[theirs]["utils"]) - 1e-8).all() for row in found.rows)


def test_the_recorded_domains_of_others_are_there():
    if not THEIRS:
        pytest.skip(f"no recorded domains of others in {ELSEWHERE}; NEGOTIATION_GOLDEN names another folder")
    assert len(OURS) == 9


def test_the_ideal_point_counts_only_what_nobody_would_refuse():
    points = np.array([[9.0, 0.0], [5.0, 5.0], [1.0, 8.0]])
    assert ideal(points, [1.0, 1.0]).tolist() == [5.0, 8.0]
