import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from support import cases, every_outcome, plain_score

from negotiation.analysis.stability import better_alone, leavers
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load

EXPECTED = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))["scenarios"]
REFERENCES = EXPECTED["alliance-2023"]["references"]
GROUPS = {
    "ab": ("aster", "boreal"),
    "ac": ("aster", "cygne"),
    "bc": ("boreal", "cygne"),
    "abc": ("aster", "boreal", "cygne"),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_who_leaves_a_reference(name):
    case = load("alliance-2023")
    found = leavers(case.scenario, sheets_of(case), case.references[name].outcome)
    assert all(leave.decisive for leave in found)
    assert sorted((leave.party, leave.table, round(leave.gain, 2)) for leave in found) == sorted(
        (leave["party"], leave["table"], leave["gain"]) for leave in REFERENCES[name]["leaves"]
    )


def test_a_quorum_can_spare_one_voter_but_not_two():
    case = load("electric-quay")
    sheets, table = sheets_of(case), case.scenario.tables["quay"]
    (left,) = leavers(case.scenario, sheets, case.references["best_without_ferries"].outcome)
    assert (left.party, left.gain, left.decisive) == ("ferries", pytest.approx(10.0), False)
    voters = set(table.signers.of)
    for deal in table.deals:
        found = leavers(case.scenario, sheets, {"quay": deal})
        against = [leave for leave in found if leave.party in voters]
        assert all(leave.decisive is (len(against) > 1) for leave in against)
        assert all(leave.decisive for leave in found if leave.party not in voters)


@pytest.mark.parametrize("variant", ["", "generous_trio"])
def test_which_groups_block_which_package(variant):
    case = load("any-two-of-three", variant)
    want = EXPECTED["any-two-of-three"]
    want = want["variants"][variant] if variant else want
    sheets, (table,) = sheets_of(case), case.scenario.tables.values()
    counts = {}
    for deal in table.deals:
        outcome = {table.name: deal}
        blocked = [n for n, group in GROUPS.items() if better_alone(case.scenario, sheets, outcome, group)]
        key = "+".join(blocked) or "nobody"
        counts[key] = counts.get(key, 0) + 1
    assert counts == want["blocked_by_counts"]


@settings(max_examples=25)
@given(cases())
def test_a_group_blocks_if_one_of_its_own_outcomes_is_better_for_all_of_it(case):
    scenario, sheets = case.scenario, sheets_of(case)
    assume(np.prod([table.size + 1 for table in scenario.tables.values()]) < 150)
    members = tuple(sheets)[:2]
    found = better_alone(scenario, sheets, {}, members)

    def better(outcome):
        signable = all(
            scenario.tables[name].binds(deal, [p for p in members if scenario.tables[name].signs(p, deal)])
            for name, deal in outcome.items()
            if deal is not None
        )
        gains = (plain_score(sheets[p], outcome) - plain_score(sheets[p], {}) for p in members)
        return signable and not scenario.breaks(outcome) and min(gains) > 1e-6

    assert (found is not None) is any(better(outcome) for outcome in every_outcome(scenario))
    assert found is None or better(found)
