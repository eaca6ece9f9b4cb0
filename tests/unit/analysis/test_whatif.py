import pytest

from negotiation.analysis.frontier import frontier
from negotiation.analysis.outcome_space import resting
from negotiation.analysis.problem import Problem
from negotiation.analysis.whatif import alone, sheets_of, shortfalls, unlinked
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.table import tables_of


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


def test_other_types_have_other_sheets(case):
    fair, hawk = sheets_of(case), sheets_of(case, {"nissan": "hawk"})
    assert hawk["nissan"] is case.roles["nissan"]["hawk"].preferences
    assert all(hawk[party] is fair[party] for party in fair if party != "nissan")
    with pytest.raises(SetupError, match="unknown type of nissan 'dove'"):
        sheets_of(case, {"nissan": "dove"})
    with pytest.raises(SetupError, match="unknown party 'nisan'"):
        sheets_of(case, {"nisan": "hawk"})


def test_without_links_only_those_within_a_table_stay(case):
    links = {link.name for sheet in unlinked(sheets_of(case)).values() for link in sheet.links}
    assert links == {"L3c", "L8a", "L8b", "L9", "L10", "L11"}


def test_a_table_alone_has_its_own_links_and_constraints_only(case):
    small, sheets = alone(case.scenario, sheets_of(case), ["tech", "sdv"])
    assert list(small.tables) == ["tech", "sdv"]
    assert [c.name for c in small.constraints] == ["C8"]
    assert {key.split(".")[0] for sheet in sheets.values() for key in sheet.sheets} == {"tech", "sdv"}
    assert all(set(tables_of(x.pattern)) <= {"tech", "sdv"} for sheet in sheets.values() for x in sheet.links)
    assert sheets["google"].score({}) == 15
    assert sheets["renault"].score({}) == pytest.approx(7.4)


def test_what_each_seat_would_have_needed_for_zero_zero(case):
    outcome = case.references["zero_zero"].outcome
    found = shortfalls(case.scenario, sheets_of(case), outcome)
    assert found["renault"].at == pytest.approx({"alliance": 35.0, "tech": 5.6, "horse": 0, "sdv": 0})
    assert found["renault"].overall == pytest.approx(38.5)
    assert (found["mitsubishi"].at, found["mitsubishi"].overall) == ({}, pytest.approx(25.0))
    assert (found["nimbus"].at, found["nimbus"].overall) == ({"cloud": 0.0}, 0.0)


def test_without_geelys_table_renault_can_get_less(case):
    sheets = sheets_of(case)
    problem = Problem((("renault",),))
    more = frontier(case.scenario, sheets, problem).points[0, 0]
    less = frontier(case.scenario, sheets, Problem((("renault",),), fixed={"horse": None})).points[0, 0]
    assert less < more


@pytest.mark.parametrize("name", ["alliance-2023", "electric-quay", "any-two-of-three", "cloud-for-two"])
def test_what_a_party_has_with_nothing_signed(name):
    for sheet in sheets_of(load(name)).values():
        assert resting(sheet) == pytest.approx(sheet.score({}))
