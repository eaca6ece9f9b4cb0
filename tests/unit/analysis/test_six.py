"""All six parties of the flagship at once: exact over 1.8·10¹² outcomes, the one slow test of the analysis."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from negotiation.analysis.frontier import frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import solutions
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load

DATA = Path(__file__).parents[2] / "data" / "expected.json"
WANT = json.loads(DATA.read_text(encoding="utf-8"))["scenarios"]["alliance-2023"]["solution_points"]


def test_the_fair_points_of_all_six():
    case = load("alliance-2023")
    sheets, tables = sheets_of(case), case.scenario.tables
    rest = {party: sheet.score({}) for party, sheet in sheets.items()}
    front = frontier(case.scenario, sheets, Problem(tuple((party,) for party in sheets), floors=rest))
    assert front.epsilon == 0
    found = solutions(front.points, list(rest.values()))
    (row,) = found["nash"].rows
    assert dict(zip(sheets, front.points[row].tolist(), strict=True)) == pytest.approx(WANT["nash_six"]["utility"])
    gains = front.points[row] - np.array(list(rest.values()))
    assert math.log(math.prod(gains.tolist())) == pytest.approx(WANT["nash_six"]["log_product_of_gains"], abs=1e-5)
    outcome = front.outcome(row)
    assert {name: tables[name].name_of(deal) for name, deal in outcome.items()} == WANT["nash_six"]["package"]
    most = WANT["largest_total_of_six_with_everybody_at_or_above_reservation"]
    assert found["utilitarian"].value == pytest.approx(most)
    assert found["kalai_smorodinsky"].value == pytest.approx(WANT["kalai_smorodinsky_share_six"], abs=1e-4)
    best = WANT["best_possible_with_everybody_at_or_above_reservation"]
    assert dict(zip(sheets, front.points.max(axis=0).tolist(), strict=True)) == pytest.approx(best)
