from dataclasses import replace

import pytest
from hypothesis import given, settings
from support import cases, every_outcome, plain_score

from negotiation.analysis import most as module
from negotiation.analysis.frontier import frontier
from negotiation.analysis.most import most
from negotiation.analysis.question import Question
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load


def small(case):
    count = 1
    for table in case.scenario.tables.values():
        count *= table.size + 1
    return count < 1000


@settings(max_examples=80)
@given(cases().filter(small))
def test_it_is_the_best_of_all_outcomes_that_break_no_constraint(case):
    outcomes = [outcome for outcome in every_outcome(case.scenario) if not case.scenario.breaks(outcome)]
    for ours in sheets_of(case).values():
        assert most(ours) == pytest.approx(max(plain_score(ours, outcome) for outcome in outcomes))


def test_the_flagship_with_its_links(monkeypatch):
    """What a solver for frontiers finds, also where there are too many links or groups of deals to keep."""
    case = load("alliance-2023")
    sheets = sheets_of(case)
    exact = {party: float(frontier(case.scenario, sheets, Question(((party,),))).points[0, 0]) for party in sheets}
    assert {party: most(ours) for party, ours in sheets.items()} == pytest.approx(exact)
    for limit in ("MOST_TERMS", "MOST_PAIRS"):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, 2)
            module._steps.cache_clear()
            assert most(sheets["geely"]) == pytest.approx(exact["geely"])
    module._steps.cache_clear()
    without = replace(sheets["geely"], links=())
    assert most(without) == pytest.approx(sum(points.max() for points in without.points.values()))
