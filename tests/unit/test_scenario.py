import numpy as np
import pytest

from negotiation.errors import ScenarioError
from negotiation.formats import bundled, load
from negotiation.table import Constraint, Issue, Signers, Table, tied


@pytest.fixture(scope="module")
def flagship():
    return load("alliance-2023").scenario


def test_deals_are_numbered_in_row_major_order_and_found_again(flagship):
    table = flagship.tables["ampere"]
    deals = list(table.deals)
    assert deals == sorted(deals)
    assert [table.index(deal) for deal in deals] == list(range(table.size))
    assert table.deal(100) == deals[100]


@pytest.mark.parametrize("deal", [(0,), (9, 9, 9, 9, 9), (0, 1, 2, 0, 0), (-1, 0, 0, 0, 0)])
def test_what_is_no_legal_deal_has_no_number(flagship, deal):
    assert flagship.tables["ampere"].index(deal) == -1


def test_a_conditional_signer_is_needed_only_by_deals_that_name_it(flagship):
    cloud = flagship.tables["cloud"]
    google, nimbus = (
        cloud.parse(dict(vendor=v, scope="full", price="mid", data="nissan", term="y3")) for v in ("google", "nimbus")
    )
    assert cloud.needs(google) == ("nissan", "google")
    assert cloud.missing(nimbus, ["nissan", "google"]) == (("nimbus",), 0)
    assert cloud.binds(nimbus, ["nimbus", "nissan"])
    assert not cloud.signs("google", nimbus)


def test_a_quorum_counts_the_parties_under_of():
    quay = load("electric-quay").scenario.tables["quay"]
    deal = quay.deal(0)
    assert quay.missing(deal, ["voltamer", "dockers"]) == (("city",), 2)
    assert quay.binds(deal, ["voltamer", "city", "dockers", "fishers", "region"])
    assert quay.may_sign("ferries").all()
    assert not quay.signable(["dockers", "ferries"]).any()
    assert quay.signable(["dockers"]).all()


def test_the_minimum_counts_hands():
    issue = Issue("who", "Who", ("a", "b"), ("A", "B"))
    table = Table("t", "T", (issue,), Signers((), (("x", "who", ("a",)), ("y", "who", ("a", "b"))), least=2))
    assert list(table.deals) == [(0,)]
    assert table.missing((0,), ["x"]) == (("y",), 0)
    open_table = Table("t", "T", (issue,), Signers((), of=("x", "y", "z"), quorum=1, least=2))
    assert open_table.missing((0,), ["x"]) == ((), 1)
    assert not open_table.signable(["x", "y"]).any()


def test_a_deal_is_read_by_option_names(flagship):
    sdv = flagship.tables["sdv"]
    assert sdv.name_of(sdv.parse({"openness": "any", "cofunding": "google"})) == {
        "openness": "any",
        "cofunding": "google",
    }
    for options, message in [
        ({"openess": "any"}, "sdv: unknown issue 'openess'; did you mean 'openness'?"),
        ({"openness": "any"}, "sdv: issue 'cofunding' is missing; a deal settles openness, cofunding"),
        ({"openness": "everybody", "cofunding": "google"}, "sdv: unknown option of openness 'everybody'"),
    ]:
        with pytest.raises(ScenarioError) as problem:
            sdv.parse(options)
        assert message in str(problem.value)


def test_too_large_a_table_is_not_listed():
    issues = tuple(Issue(f"i{n}", "I", tuple(f"o{k}" for k in range(10)), ("",) * 10) for n in range(7))
    with pytest.raises(ScenarioError, match="10,000,000 deals, more than"):
        _ = Table("big", "Big", issues, Signers(("a", "b"))).size


def test_constraints_across_tables_see_unsigned_tables(flagship):
    adopt = flagship.tables["tech"].parse(dict(joint_ip="free", ssb="shared", adas="shared", ee_sdv="adopt"))
    assert flagship.breaks({"tech": adopt}).name == "C8"
    opened = flagship.tables["sdv"].parse(dict(openness="any", cofunding="google"))
    assert flagship.breaks({"tech": adopt, "sdv": opened}) is None
    free = flagship.free("tech", {})
    assert not free[flagship.tables["tech"].index(adopt)]
    assert flagship.free("tech", {"sdv": opened}) is None
    assert flagship.free("alliance", {}) is None
    ring = flagship.tables["tech"].parse(dict(joint_ip="ring", ssb="shared", adas="shared", ee_sdv="own"))
    assert flagship.free("horse", {"tech": ring}).sum() == 81
    territory = flagship.tables["tech"].parse(dict(joint_ip="territory", ssb="shared", adas="shared", ee_sdv="own"))
    horse = flagship.tables["horse"].parse(
        dict(split="even", tech_base="joint", markets="world", supply="none", centre="dual")
    )
    both = flagship.free("tech", {"horse": horse})
    assert not both[flagship.tables["tech"].index(territory)]
    assert not both[flagship.tables["tech"].index(ring)]
    assert "tech.ee_sdv adopt with sdv.openness renault or unsigned" in flagship.text(flagship.constraints[0].pattern)


def test_ties_and_seats(flagship):
    assert flagship.tied("tech") == ("sdv", "horse")
    assert tied("a", [{"a.x": ("1",), "b.y": ("1",)}, {"c.z": ("1",), "b.y": ("1",)}]) == ("b",)
    assert flagship.at("mitsubishi") == ("ampere",)
    assert flagship.at("nobody") == ()
    assert flagship.tables["alliance"].clashes(
        Constraint("c", {"alliance.votes": ("free",)}),
        flagship.tables["alliance"].parse(
            dict(stakes="merger", votes="free", purchasing="joint", regions="none", platforms="common")
        ),
    )


def test_a_mask_ends_with_being_unsigned(flagship):
    mask = flagship.tables["ampere"].mask({"ampere.nissan_stake": ("zero",), "tech.joint_ip": ("free",)})
    assert mask.shape == (229,)
    assert mask[-1]
    assert not flagship.tables["tech"].mask({"tech.joint_ip": ("free",)})[-1]
    assert isinstance(mask, np.ndarray)


def test_the_rules_names_become_titles_where_people_read_them():
    scenario = load("alliance-2023").scenario
    told = "nissan cannot offer this at tech: constraint C8 forbids tech.ee_sdv adopt; seats: alliance, technical"
    assert scenario.titled(told) == (
        "Nissan Motor cannot offer this at Intellectual property and architectures: constraint C8 forbids "
        "Nissan's next electronic architecture adopt; seats: Capital and governance of the alliance, technical"
    )


@pytest.mark.parametrize("name", bundled())
def test_where_there_is_little_room_a_table_has_a_short_title(name):
    tables = load(name).scenario.tables
    assert all(0 < len(table.label) <= 24 for table in tables.values())
    if name == "alliance-2023":
        assert (tables["horse"].label, tables["sdv"].label) == ("Horse", "Renault-Google vehicle")
