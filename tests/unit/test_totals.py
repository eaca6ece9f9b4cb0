"""What deals add up to: read from a file, told in words, played, and counted wherever links are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support_talks import Talks

from negotiation.actions import Pass
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.truth import _bounds, _compared
from negotiation.analysis.whatif import alone, sheets_of, unlinked
from negotiation.debrief.leaks import _numbers_of
from negotiation.errors import ScenarioError
from negotiation.formats import loads
from negotiation.formats.check import findings
from negotiation.formats.importing import imported
from negotiation.handouts.packets import score_sheet
from negotiation.lab.compiled.arrays import fits
from negotiation.llm.prompt import messages
from negotiation.moves import Term
from negotiation.preferences import Link
from negotiation.table import UNSIGNED
from negotiation.totals import Total, runs, told
from negotiation.ui.play.linked import sheet_rows

FOLDER = Path(__file__).parents[1] / "data" / "anl2025" / "harvest"
TEXT = imported([FOLDER], "harvest")


@pytest.fixture
def case():
    return loads(TEXT, "harvest")


def test_a_total_is_told_by_runs_of_equal_points():
    total = Total("t", {"a.i": {"x": 1, "y": 2}}, {3: 1.0, 1: 0.5, 2: 0.5, 7: 1.0}, -1.0)
    assert runs(total) == [(1, 2, 0.5), (3, 3, 1.0), (7, 7, 1.0)]
    assert told(total) == (
        "points by what these add up to (a.i x 1, y 2), with a sum of 1 to 2: 0.5, 3: 1, 7: 1, of anything else: -1"
    )


def test_expected_points_are_those_of_every_sum_by_its_chance(case):
    ours = case.role("mill").preferences
    lottery = {None: 0.25, (1,): 0.5, (2,): 0.25}
    points = ours.given("east_deal", {"north_deal": lottery})
    for n, deal in enumerate([(0,), (1,), (2,), None]):
        mean = sum(p * ours.score({"north_deal": north, "east_deal": deal}) for north, p in lottery.items())
        assert points[n] == pytest.approx(mean)
    assert ours.tied("east_deal") == ("north_deal",)
    assert resting(ours) == ours.score({})


def test_a_total_counts_at_a_table_that_adds_nothing_to_it(case):
    ours = case.role("mill").preferences
    elsewhere = replace(ours, totals=(replace(ours.totals[0], amounts={"north_deal.loads": {"v1": 1, "v2": 2}}),))
    for north in (None, (1,), (2,)):
        points = elsewhere.given("east_deal", {"north_deal": north})
        for n, deal in enumerate([(0,), (1,), (2,), None]):
            assert points[n] == pytest.approx(elsewhere.score({"north_deal": north, "east_deal": deal}))


def test_what_holds_with_nothing_signed_counts_at_rest(case):
    ours = case.role("mill").preferences
    link = Link("idle", {"north_deal.loads": frozenset({UNSIGNED}), "east_deal.loads": frozenset({UNSIGNED})}, 0.5)
    linked = replace(ours, links=(link,))
    assert resting(linked) == linked.score({}) == resting(ours) + 0.5


def test_totals_go_where_links_go(case):
    sheets = sheets_of(case)
    assert unlinked(sheets)["mill"].totals == ()
    assert alone(case.scenario, sheets, ["east_deal"])[1]["mill"].totals == ()
    assert "0.7" in _numbers_of(sheets["mill"])
    assert not fits(case.scenario, list(sheets.values()))
    assert fits(case.scenario, list(unlinked(sheets).values()))


def test_what_a_deal_may_gain_depends_on_all_sums(case):
    low, high = _bounds(case.role("mill").preferences, case.scenario.tables["east_deal"])
    assert np.allclose(low, [0.0, -0.4, -0.95])
    assert np.allclose(high, [0.6, 0.9, 1.0])
    ours = case.role("mill").preferences
    north = replace(ours, totals=(replace(ours.totals[0], amounts={"north_deal.loads": {"v1": 1}}),))
    assert np.allclose(*_bounds(north, case.scenario.tables["east_deal"]))
    term = Term("east_deal", "loads", "v1")
    assert _compared(case.role("mill").preferences, [term], (0.0, 1.0))[0] == "open"


def test_a_total_inside_one_table_counts_in_its_zone(case):
    roles = {party: dict(kinds) for party, kinds in case.roles.items()}
    inside = Total("in", {"east_deal.loads": {"v2": 1}}, {1: -1.0})
    mill = roles["mill"]["base"]
    roles["mill"]["base"] = replace(mill, preferences=replace(mill.preferences, totals=(inside,)))
    assert len(findings(replace(case, roles=roles))) > len(findings(case))


def test_names_and_ids_of_totals_are_checked():
    with pytest.raises(ScenarioError, match="totals.together.amounts.east_deal.loads"):
        loads(TEXT.replace("east_deal.loads:\n      v1: 1", "east_deal.loads:\n      vv: 1"), "harvest")


def test_who_scores_a_total_reads_it(case):
    talks = Talks(case)
    view = talks.view("mill")
    assert "points by what these add up to" in "".join(one["content"] for one in messages(view, (Pass,)))
    rows = sheet_rows(view)
    assert "Points by what these add up to: Loads and Loads" in rows[0]
    assert any("together 0–1" in row for row in rows)
    assert "anything else" in rows[-1]
    assert sheet_rows(talks.view("north")) == []
    (section,) = [one for one in score_sheet(case.scenario, view.preferences) if one.title == "What adds up, for you"]
    assert "points by what these add up to" in str(section)
