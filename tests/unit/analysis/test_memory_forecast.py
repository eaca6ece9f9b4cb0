import pytest
from support_additive import additive, singles

from negotiation.analysis.elimination import unit_step, whole
from negotiation.analysis.memory_forecast import forecast
from negotiation.analysis.merging import Merger
from negotiation.analysis.outcome_space import Space
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load


class Counting(Merger):
    """Does the work and remembers how much memory it asked for."""

    peak = 0.0

    def room(self, made):
        self.peak = max(self.peak, self.held + made * self.made_bytes)


@pytest.mark.parametrize(
    ("issues", "options", "parties", "epsilon"),
    [(7, 6, 4, 0), (9, 6, 5, 0), (9, 6, 5, 4.0), (20, 10, 2, 0), (4, 3, 3, 0)],
)
def test_an_estimate_is_near_what_the_work_takes(issues, options, parties, epsilon):
    scenario, sheets = additive(issues, options, parties)
    space = Space(scenario, sheets, Problem(singles(sheets)), lossy=epsilon > 0)
    work = Counting(space, 2e9, unit_step(space, epsilon))
    whole(work, None)
    assert work.peak / 2 < forecast(space, epsilon, 2e9) < 2 * work.peak


def test_all_six_of_the_flagship_are_allowed():
    case = load("alliance-2023")
    sheets = sheets_of(case)
    space = Space(case.scenario, sheets, Problem(singles(sheets)), lossy=False)
    assert 0.7e9 < forecast(space, 0.0, 2e9) < 2e9
