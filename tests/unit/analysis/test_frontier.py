import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support_additive import additive, singles
from support_brute import asked, undominated_vectors, vectors

import negotiation.analysis.frontier as module
from negotiation.analysis.frontier import attaining, distance, distances, dominating, frontier
from negotiation.analysis.problem import Problem
from negotiation.analysis.solutions import solutions
from negotiation.analysis.stability import leavers
from negotiation.analysis.whatif import sheets_of
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.table import Constraint, Signers, Table

EXPECTED = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))["scenarios"]
FLAGSHIP = EXPECTED["alliance-2023"]
CARMAKERS, PARTNERS = ("renault", "nissan", "mitsubishi"), ("google", "geely", "nimbus")


@settings(max_examples=80)
@given(asked())
def test_a_frontier_is_what_listing_all_outcomes_finds(asked):
    scenario, sheets, problem, outcomes = asked
    front = frontier(scenario, sheets, problem)
    assert front.epsilon == 0
    assert sorted(tuple(np.round(row, 6) + 0.0) for row in front.points) == undominated_vectors(
        vectors(sheets, problem, outcomes)
    )
    for row in range(len(front)):
        outcome = front.outcome(row)
        assert outcome in outcomes
        assert np.allclose(vectors(sheets, problem, [outcome])[0], front.points[row])


@settings(max_examples=40)
@given(asked())
def test_points_may_be_as_large_as_they_like(asked):
    scenario, sheets, problem, outcomes = asked
    times = 2.0**45
    large = {
        party: replace(
            ours,
            sheets={key: replace(sheet, weight=sheet.weight * times) for key, sheet in ours.sheets.items()},
            adjust={table: points * times for table, points in ours.adjust.items()},
            links=tuple(replace(link, points=link.points * times) for link in ours.links),
            totals=tuple(
                replace(
                    total,
                    points={n: points * times for n, points in total.points.items()},
                    otherwise=total.otherwise * times,
                )
                for total in ours.totals
            ),
        )
        for party, ours in sheets.items()
    }
    asked_for = replace(problem, floors={party: floor * times for party, floor in problem.floors.items()})
    front = frontier(scenario, large, asked_for)
    assert sorted(tuple(np.round(row / times, 6) + 0.0) for row in front.points) == undominated_vectors(
        vectors(sheets, problem, outcomes)
    )


def test_a_floor_above_a_trillion_is_a_floor():
    """A party with a floor only: what is enough for it is never less than what is not."""
    case = load("cloud-for-two")
    sheets = sheets_of(case)
    party, other = sheets
    large = {**sheets, other: replace(sheets[other], adjust={"cloud": 0.0})}
    table = next(iter(case.scenario.tables))
    large[other] = replace(
        sheets[other],
        sheets={key: replace(sheet, weight=sheet.weight * 2.0**45) for key, sheet in sheets[other].sheets.items()},
    )
    plain = frontier(case.scenario, sheets, Problem(((party,),), floors={other: 50.0}, signed={table: None}))
    found = frontier(case.scenario, large, Problem(((party,),), floors={other: 50.0 * 2.0**45}, signed={table: None}))
    assert found.points.tolist() == plain.points.tolist()


@settings(max_examples=30)
@given(asked(), st.sampled_from([0.5, 5.0, 60.0]))
def test_an_approximate_frontier_keeps_its_word(asked, epsilon):
    scenario, sheets, problem, outcomes = asked
    front = frontier(scenario, sheets, problem, epsilon=epsilon)
    assert 0 <= front.epsilon <= epsilon
    for row in vectors(sheets, problem, outcomes):
        assert (front.points >= row - front.epsilon - 1e-9).all(axis=1).any()
    for row in range(len(front)):
        assert front.outcome(row) in outcomes


@settings(max_examples=30)
@given(asked(), st.data())
def test_all_outcomes_behind_a_point(asked, data):
    scenario, sheets, problem, outcomes = asked
    front = frontier(scenario, sheets, problem)
    if len(front):
        row = data.draw(st.integers(0, len(front) - 1))
        same = np.isclose(vectors(sheets, problem, outcomes), front.points[row], atol=1e-7).all(axis=1)
        found = attaining(front, row)
        assert len(found) == same.sum()
        assert all(outcome in found for outcome, is_same in zip(outcomes, same, strict=True) if is_same)


@settings(max_examples=30)
@given(asked(), st.data())
def test_the_distance_is_the_largest_equal_gain(asked, data):
    scenario, sheets, problem, outcomes = asked
    front = frontier(scenario, sheets, problem)
    if outcomes:
        found = vectors(sheets, problem, outcomes)
        scores = found[data.draw(st.integers(0, len(found) - 1))] - data.draw(st.integers(0, 9))
        assert distance(front, scores) == pytest.approx((found - scores).min(axis=1).max())
        assert np.allclose(distances(front, front.points), 0)


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


@pytest.fixture(scope="module")
def sheets(case):
    return sheets_of(case)


def rests(sheets):
    return {party: sheet.score({}) for party, sheet in sheets.items()}


def carmakers(case, sheets, condition):
    rest = rests(sheets)
    asked = {
        "carmaker_frontier": Problem(singles(CARMAKERS), alone=PARTNERS),
        "carmaker_frontier_overall": Problem(singles(CARMAKERS), floors={p: rest[p] for p in PARTNERS}),
    }
    return frontier(case.scenario, sheets, asked[condition])


@pytest.fixture(scope="module", params=["carmaker_frontier", "carmaker_frontier_overall"])
def flagship(request, case, sheets):
    return FLAGSHIP[request.param], carmakers(case, sheets, request.param), request.param


def option(front, table, issue):
    """The option each point's outcome takes; None where the table is unsigned."""
    there = front.space.scenario.tables[table]
    k = there.by_name[issue]
    return [there.issues[k].options[n] if n >= 0 else None for n in front.options(range(len(front)))[table][:, k]]


def counted(options, keep):
    found = [o for o, kept in zip(options, keep, strict=True) if kept]
    return {o: found.count(o) for o in found}


def test_the_carmakers_frontier(flagship, sheets):
    want, front, _ = flagship
    rest = rests(sheets)
    good = (front.points >= [rest[p] - 1e-9 for p in CARMAKERS]).all(axis=1)
    assert (len(front), front.epsilon, int(good.sum())) == (
        want["points"],
        0,
        want["points_with_all_three_at_or_above_reservation"],
    )
    for n, party in enumerate(CARMAKERS):
        ends = [front.points[:, n].min(), front.points[:, n].max()]
        assert ends == pytest.approx(want["range_all"][party])
        ends = [front.points[good, n].min(), front.points[good, n].max()]
        assert ends == pytest.approx(want["range_on_that_part"][party])
    stakes = option(front, "alliance", "stakes")
    assert counted(stakes, [True] * len(front)) == want["stakes_all"]
    assert counted(stakes, good) == want["stakes_on_that_part"]
    assert counted(option(front, "ampere", "nissan_stake"), good) == want["nissan_stake_on_that_part"]
    ends = [front.outcome(row) for row in range(len(front))]
    below = sum(any(sheets[p].score(end) < rest[p] - 1e-9 for p in PARTNERS) for end in ends)
    assert below == want["points_where_some_partner_is_below_its_overall_reservation"]


def test_who_would_leave_on_the_carmakers_frontier(flagship, case, sheets):
    want, front, _ = flagship
    leaves = [leavers(case.scenario, sheets, front.outcome(row)) for row in range(len(front))]
    stays = np.array([not left for left in leaves])
    stakes = option(front, "alliance", "stakes")
    assert int(stays.sum()) == want["nobody_leaves"]
    assert counted(stakes, stays) == want["nobody_leaves_by_stakes"]
    for n, party in enumerate(CARMAKERS):
        ends = [front.points[stays, n].min(), front.points[stays, n].max()]
        assert ends == pytest.approx(want["nobody_leaves_range"][party])
    left = [any(leave.party == "renault" and leave.table == "alliance" for leave in some) for some in leaves]
    assert sum(stake == "zero" for stake in stakes) == want["zero_zero_points"]
    assert counted(stakes, left)["zero"] == want["zero_zero_points_where_renault_leaves_alliance"]


def test_the_carmakers_nash_point_and_total(flagship, case, sheets):
    want, front, _ = flagship
    rest = rests(sheets)
    found = solutions(front.points, [rest[p] for p in CARMAKERS])
    nash, total = found["nash"], found["utilitarian"]
    assert nash.value == pytest.approx(want["nash_point"]["product_of_gains"])
    (row,) = nash.rows
    assert front.points[row] == pytest.approx([want["nash_point"]["utility"][p] for p in CARMAKERS])
    products = np.sort(np.prod(np.maximum(front.points - [rest[p] for p in CARMAKERS], 0), axis=1))
    assert products[-2] == pytest.approx(want["nash_point"]["second_best_product"])
    outcomes = attaining(front, row)
    packages = [{n: case.scenario.tables[n].parse(d) for n, d in p.items()} for p in want["nash_point"]["packages"]]
    assert len(outcomes) == len(packages)
    assert all(package in outcomes for package in packages)
    for package, utility in zip(packages, want["nash_point"]["partner_utilities"], strict=True):
        assert [sheets[p].score(package) for p in PARTNERS] == pytest.approx([utility[p] for p in PARTNERS])
    assert total.value == pytest.approx(want["largest_carmaker_total"])
    assert len(total.rows) == want["points_with_that_total"]


def test_how_many_outcomes_attain_the_carmakers_points(case, sheets):
    front = carmakers(case, sheets, "carmaker_frontier")
    found = 0
    for row in range(len(front)):
        outcomes = attaining(front, row)
        for outcome in outcomes:
            assert [sheets[party].score(outcome) for party in CARMAKERS] == pytest.approx(front.points[row])
            assert case.scenario.breaks(outcome) is None
        assert len({str(outcome) for outcome in outcomes}) == len(outcomes) >= 1
        found += len(outcomes)
    assert found == FLAGSHIP["carmaker_frontier"]["joint_outcomes_attaining_them"]


@pytest.mark.parametrize("name", FLAGSHIP["references"])
def test_references_against_the_carmakers_frontier(flagship, case, sheets, name):
    _, front, condition = flagship
    want = FLAGSHIP["references"][name]
    outcome = case.references[name].outcome
    scores = [sheets[p].score(outcome) for p in CARMAKERS]
    assert dominating(front, scores) == want[condition]["dominated_by_points"]
    assert distance(front, scores) == pytest.approx(want[condition]["largest_equal_gain"], abs=1e-9)


def test_solution_points_of_all_six(case, sheets):
    want, rest = FLAGSHIP["solution_points"], rests(sheets)
    tops = {}
    for party, best in want["best_possible_with_everybody_at_or_above_reservation"].items():
        (top,) = frontier(case.scenario, sheets, Problem(((party,),), floors=rest)).points[:, 0]
        tops[party] = top
        assert top == pytest.approx(best)
    total = frontier(case.scenario, sheets, Problem((tuple(sheets),), floors=rest))
    assert total.points[0, 0] == pytest.approx(want["largest_total_of_six_with_everybody_at_or_above_reservation"])
    pair = frontier(case.scenario, sheets, Problem(singles(("renault", "nissan")), floors=rest))
    nash = solutions(pair.points, [rest["renault"], rest["nissan"]])["nash"]
    assert pair.points[nash.rows[0]] == pytest.approx(list(want["nash_renault_nissan"]["utility"].values()))
    three = frontier(case.scenario, sheets, Problem(singles(CARMAKERS), floors=rest))
    share = solutions(three.points, [rest[p] for p in CARMAKERS], [tops[p] for p in CARMAKERS])["kalai_smorodinsky"]
    assert share.value == pytest.approx(want["kalai_smorodinsky_share_carmakers"], abs=1e-4)


@pytest.mark.parametrize("kind", FLAGSHIP["types"])
def test_the_nash_point_of_other_types(case, kind):
    want = FLAGSHIP["types"][kind]
    party, name = kind.split(".")
    sheets = sheets_of(case, {party: name})
    front = carmakers(case, sheets, "carmaker_frontier_overall")
    nash = solutions(front.points, [rests(sheets)[p] for p in CARMAKERS])["nash"]
    assert front.points[nash.rows[0]] == pytest.approx([want["carmaker_nash_overall"][p] for p in CARMAKERS])
    outcome = front.outcome(nash.rows[0])
    for table, deal in want["carmaker_nash_core_tables"].items():
        assert case.scenario.tables[table].name_of(outcome[table]) == deal


def test_a_table_too_large_to_list():
    scenario, sheets = additive(20, 10, 2)
    front = frontier(scenario, sheets, Problem(singles(sheets)))
    assert front.points.max(axis=0).tolist() == [
        sum(max(s.points(n) for n in range(10)) for s in sheet.sheets.values()) for sheet in sheets.values()
    ]
    for row in range(0, len(front), 20):
        deal = front.outcome(row)["t"]
        worth = [sum(s.points(o) for s, o in zip(p.sheets.values(), deal, strict=True)) for p in sheets.values()]
        assert front.points[row] == pytest.approx(worth)
    rough = frontier(scenario, sheets, Problem(singles(sheets)), epsilon=4.0)
    assert 0 < rough.epsilon <= 4
    assert len(rough) < len(front)
    assert (distances(rough, front.points) >= -rough.epsilon).all()


def test_distances_on_a_large_frontier_block_by_block(monkeypatch):
    scenario, sheets = additive(6, 6, 3)
    front = frontier(scenario, sheets, Problem(singles(sheets)))
    scores = front.points[::7] - np.array([1.0, 4.0, 2.0])
    whole = distances(front, scores)
    assert np.allclose(whole, [(front.points - row).min(axis=1).max() for row in scores])
    monkeypatch.setattr("negotiation.analysis.frontier.BLOCK", 8)
    assert distances(front, scores).tolist() == whole.tolist()


def test_one_issue_and_one_party_named_twice():
    scenario, sheets = additive(2, 3, 2)
    table = scenario.tables["t"]
    signers = Signers(("p0",), when=(("p0", "i0", ("o0",)), ("p1", "i0", ("o1", "o2"))))
    forbidden = (Constraint("no", {"t.i0": ("o0", "o1")}),)
    table = Table("t", "T", table.issues, signers, forbidden=forbidden)
    scenario = replace(scenario, tables={"t": table})
    sheets = {party: replace(sheet, scenario=scenario) for party, sheet in sheets.items()}
    problem = Problem(singles(sheets), signed={"t": None})
    front = frontier(scenario, sheets, problem)
    every = vectors(sheets, problem, [{"t": deal} for deal in table.deals])
    assert {deal[0] for deal in table.deals} == {2}
    assert sorted(map(tuple, front.points.tolist())) == undominated_vectors(every)


def test_too_much_for_the_memory_is_refused_with_what_would_fit():
    scenario, sheets = additive(9, 6, 5)
    with pytest.raises(
        SetupError, match=r"more than the 0\.0004 GB .* by estimate\. What would fit: 3 parties, an appr"
    ):
        frontier(scenario, sheets, Problem(singles(sheets)), memory=4e5)
    problem = Problem(singles(["p0", "p1"]), stable=("p2", "p3"))
    with pytest.raises(SetupError, match=r"about .* GB by estimate\. What would fit: more memory"):
        frontier(scenario, sheets, problem, memory=1e3)


@pytest.mark.parametrize(("memory", "what"), [(4e5, "3 parties"), (2e6, "4 parties")])
def test_what_is_said_to_fit_does_fit(memory, what):
    scenario, sheets = additive(9, 6, 5)
    with pytest.raises(SetupError, match=what) as refused:
        frontier(scenario, sheets, Problem(singles(sheets)), memory=memory)
    assert len(frontier(scenario, sheets, Problem(singles(list(sheets)[: int(what[0])])), memory=memory))
    epsilon = float(str(refused.value).partition("epsilon ")[2].partition(")")[0])
    assert frontier(scenario, sheets, Problem(singles(sheets)), epsilon=epsilon, memory=memory).epsilon <= epsilon


def test_a_case_of_six_that_could_never_fit_is_refused_before_it_starts():
    scenario, sheets = additive(20, 10, 6)
    told = []
    with pytest.raises(SetupError, match=r"more than the 2 GB it may take: about \d+ GB by estimate") as refused:
        frontier(scenario, sheets, Problem(singles(sheets)), progress=lambda share, what: told.append(what))
    assert told == []
    assert "parties, an approximation (epsilon" in str(refused.value)


def test_what_would_not_fit_for_a_few_is_refused_before_more_than_a_little_is_used(monkeypatch):
    scenario, sheets = additive(40, 12, 3)
    monkeypatch.setattr(module, "LITTLE", 1e6)
    with pytest.raises(SetupError, match=r"more than the 0\.002 GB it may take: about .* GB by estimate"):
        frontier(scenario, sheets, Problem(singles(sheets)), memory=2e6)


def test_what_takes_more_than_a_little_for_a_few_is_worked_out_all_the_same(monkeypatch):
    scenario, sheets = additive(9, 6, 3)
    whole = frontier(scenario, sheets, Problem(singles(sheets)))
    monkeypatch.setattr(module, "LITTLE", 1e4)
    assert np.array_equal(frontier(scenario, sheets, Problem(singles(sheets))).points, whole.points)


def test_a_batch_split_for_memory_changes_nothing():
    scenario, sheets = additive(9, 6, 5)
    problem = Problem(singles(sheets))
    whole = frontier(scenario, sheets, problem)
    small = frontier(scenario, sheets, problem, memory=12e6)
    assert np.array_equal(whole.points, small.points)


def test_an_outcome_that_several_voters_can_carry_counts_once():
    scenario, sheets = additive(1, 2, 4)
    table = replace(scenario.tables["t"], signers=Signers(("p0",), of=("p1", "p2", "p3"), quorum=1))
    scenario = replace(scenario, tables={"t": table})
    none = {party: replace(sheet, scenario=scenario, sheets={}) for party, sheet in sheets.items()}
    front = frontier(scenario, none, Problem((("p0",),), stable=("p1", "p2", "p3")))
    assert len(attaining(front, 0)) == 3


def test_progress_rises_and_work_can_be_stopped(case, sheets):
    told = []
    frontier(
        case.scenario, sheets, Problem(singles(CARMAKERS)), progress=lambda share, what: told.append((share, what))
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.1 < 0.9 < shares[-1] <= 1
    assert any("tech" in what and "pairs" in what for _, what in told)

    def stop(share, what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frontier(case.scenario, sheets, Problem(singles(CARMAKERS)), progress=stop)


def test_names_that_do_not_exist_are_refused(case, sheets):
    for problem in (
        Problem((("nisan",),)),
        Problem((("nissan",),), floors={"nisan": 1.0}),
        Problem((("nissan",),), alone=("nisan",)),
        Problem((("nissan",),), within=("nisan",)),
    ):
        with pytest.raises(SetupError, match="unknown party 'nisan'; did you mean 'nissan'"):
            frontier(case.scenario, sheets, problem)
    with pytest.raises(SetupError, match="unknown table 'hors'; did you mean 'horse'"):
        frontier(case.scenario, sheets, Problem((("nissan",),), fixed={"hors": None}))


def test_a_deal_that_is_not_legal_leaves_nothing(case, sheets):
    tech = case.scenario.tables["tech"]
    alliance = case.scenario.tables["alliance"]
    illegal = alliance.parse(dict(stakes="merger", votes="asym", purchasing="joint", regions="all", platforms="common"))
    assert alliance.index(illegal) < 0
    assert len(frontier(case.scenario, sheets, Problem(singles(CARMAKERS), fixed={"alliance": illegal}))) == 0
    adopt = tech.parse(dict(joint_ip="royalty", ssb="licensed", adas="licensed", ee_sdv="adopt"))
    front = frontier(case.scenario, sheets, Problem(singles(CARMAKERS), fixed={"tech": adopt, "sdv": None}))
    assert len(front) == 0
