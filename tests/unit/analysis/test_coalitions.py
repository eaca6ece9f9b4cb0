import json
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases, every_outcome, plain_score

from negotiation.analysis.coalitions import best, blocking, core, shapley, values, winning
from negotiation.analysis.frontier import frontier
from negotiation.analysis.whatif import sheets_of
from negotiation.formats import load
from negotiation.table import Constraint

EXPECTED = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))["scenarios"]
WANT = EXPECTED["alliance-2023"]["coalitions"]


@pytest.fixture(scope="module")
def sheets():
    return sheets_of(load("alliance-2023"))


@pytest.fixture(scope="module")
def worth(sheets):
    return values(load("alliance-2023").scenario, sheets, tuple(sheets))


def test_what_every_coalition_of_the_flagship_is_worth(worth, sheets):
    assert len(worth) == 2 ** len(sheets) - 1
    for names, want in WANT["values"].items():
        members = tuple(party for party in sheets if party in names.split("+"))
        assert worth[members] == pytest.approx(want["value"], abs=1e-6)
    for party, margin in WANT["marginal_contribution_to_all_six"].items():
        rest = tuple(other for other in sheets if other != party)
        assert worth[tuple(sheets)] - worth[rest] == pytest.approx(margin, abs=1e-6)


def turned(ours):
    """What a party would want that wants the opposite."""
    return replace(
        ours,
        sheets={key: replace(sheet, weight=-sheet.weight) for key, sheet in ours.sheets.items()},
        adjust={table: -points for table, points in ours.adjust.items()},
        links=tuple(replace(link, points=-link.points) for link in ours.links),
    )


def test_what_every_coalition_of_the_flagship_does_to_outsiders(sheets):
    """The most and the least each outsider may gain while the members have all they can."""
    scenario = load("alliance-2023").scenario
    for names, want in WANT["values"].items():
        members = tuple(party for party in sheets if party in names.split("+"))
        question = best(scenario, sheets, members).space.problem
        found = {}
        for party, ours in sheets.items():
            if party not in members:
                ends = []
                for sign, theirs in ((-1, turned(ours)), (1, ours)):
                    both = replace(question, objectives=(members, (party,)))
                    front = frontier(scenario, {**sheets, party: theirs}, both)
                    ends.append(round(sign * (front.points[0, 1] - theirs.score({})), 6) + 0.0)
                if ends != [0.0, 0.0]:
                    found[party] = ends
        assert found == want.get("effect_on_outsiders_min_max", {}), names


def test_what_may_not_be_signed_may_stay_as_it_is(worth, sheets):
    """Platforms run off while the alliance table is unsigned; a ban on signing that leaves the table's rest possible."""
    scenario = load("alliance-2023").scenario
    table = scenario.tables["alliance"]
    assert table.unsigned["platforms"] == "runoff"
    ban = Constraint("ban", {"alliance.platforms": ("runoff",)})
    barred = replace(
        scenario, tables={**scenario.tables, "alliance": replace(table, forbidden=(*table.forbidden, ban))}
    )
    theirs = {party: replace(ours, scenario=barred) for party, ours in sheets.items()}
    assert 0 < barred.tables["alliance"].size < table.size
    found = shapley(values(barred, theirs, tuple(theirs)), tuple(theirs))
    assert found == pytest.approx(shapley(worth, tuple(sheets)))
    assert found[list(sheets).index("nissan")] == pytest.approx(75.825833, abs=1e-6)


def test_a_coalition_signs_only_what_it_can_sign_alone(sheets):
    scenario = load("alliance-2023").scenario
    (outcome,) = [best(scenario, sheets, ("renault", "geely")).outcome(0)]
    assert [name for name, deal in outcome.items() if deal is not None] == ["horse"]
    assert len(best(scenario, sheets, ("renault", "geely"), without=["horse"])) == 1
    assert values(scenario, sheets, ("renault", "geely"), without=["horse"])["renault", "geely"] == 0


@settings(max_examples=25)
@given(cases().filter(lambda case: np.prod([t.size + 1 for t in case.scenario.tables.values()]) < 150))
def test_worths_of_a_small_case(case):
    sheets = sheets_of(case)
    told = []
    found = values(case.scenario, sheets, tuple(sheets), progress=lambda share, what: told.append(share))
    assert told[0] == 0
    for members, worth in found.items():
        totals = [0.0]
        for outcome in every_outcome(case.scenario):
            tables = [(case.scenario.tables[name], deal) for name, deal in outcome.items() if deal is not None]
            if case.scenario.breaks(outcome) or not all(
                table.binds(deal, [p for p in members if table.signs(p, deal)]) for table, deal in tables
            ):
                continue
            gains = [plain_score(sheets[p], outcome) - plain_score(sheets[p], {}) for p in members]
            if min(gains) >= -1e-9:
                totals.append(sum(gains))
        assert worth == pytest.approx(max(totals), abs=1e-6)


games = st.integers(2, 4).flatmap(
    lambda n: st.fixed_dictionaries(
        {
            group: st.integers(0, 20).map(float)
            for size in range(1, n + 1)
            for group in combinations(tuple("abcd"[:n]), size)
        }
    )
)


@settings(max_examples=40)
@given(games)
def test_the_shapley_value_is_the_mean_over_all_orders(worth):
    parties = max(worth, key=len)
    added = dict.fromkeys(parties, 0.0)
    orders = list(permutations(parties))
    for order in orders:
        before = 0.0
        for n, party in enumerate(order):
            after = worth[tuple(sorted(order[: n + 1]))]
            added[party] += (after - before) / len(orders)
            before = after
    assert shapley(worth, parties) == pytest.approx([added[p] for p in parties], abs=1e-9)


@settings(max_examples=40)
@given(games)
def test_the_core_is_empty_or_has_a_member_that_nobody_would_leave(worth):
    parties = max(worth, key=len)
    division, slack = core(worth, parties)
    assert sum(division) == pytest.approx(worth[parties], abs=1e-6)
    excess = [
        sum(division[parties.index(p)] for p in group) - least for group, least in worth.items() if group != parties
    ]
    assert min(excess) == pytest.approx(slack, abs=1e-6)
    if len(parties) == 2:
        assert (slack >= -1e-9) is (worth[parties] >= sum(worth[p,] for p in parties) - 1e-9)


def test_any_two_of_three_leaves_the_core_empty():
    case = load("any-two-of-three")
    sheets = sheets_of(case)
    _, slack = core(values(case.scenario, sheets, tuple(sheets)), tuple(sheets))
    assert slack < 0


def test_winning_and_blocking_under_a_quorum():
    table = load("electric-quay").scenario.tables["quay"]
    others = ("ferries", "dockers", "fishers", "region")
    assert set(winning(table)) == {("voltamer", "city", *three) for three in combinations(others, 3)}
    assert set(blocking(table)) == {("voltamer",), ("city",), *combinations(others, 2)}


def test_winning_where_the_deal_names_its_signers():
    table = load("any-two-of-three").scenario.tables["platform"]
    assert set(winning(table)) == set(blocking(table)) == set(combinations(("aster", "boreal", "cygne"), 2))
