"""What signing is worth, worked out by hand on the flagship: Renault pays 0.30 a week until the last table it signs."""

import pytest
from support_talks import HORSE, SDV, Talks

from negotiation.formats import load
from negotiation.protocols import protocols
from negotiation.worth import brought, worth


@pytest.fixture(scope="module")
def case():
    return load("alliance-2023")


@pytest.fixture
def talks(case):
    return Talks(case)


def test_whoever_has_signed_nothing_pays_on_either_way(talks):
    talks.until(3)
    seen = talks.worth("renault", "horse", HORSE)
    rest = talks.case.role("renault").preferences.score({})
    assert seen.otherwise == pytest.approx(rest - 0.9)
    assert seen.points == pytest.approx(rest + 2.0 - 0.9)
    assert seen.gain == pytest.approx(2.0)
    assert seen.delay == 0.0


def test_a_later_signature_costs_the_weeks_since_the_last(talks):
    rest = talks.case.role("renault").preferences.score({})
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.until(9)
    seen = talks.worth("renault", "sdv", SDV)
    assert seen.otherwise == pytest.approx(rest + 2.0 - 3 * 0.30)
    assert seen.points == pytest.approx(rest + 2.4 - 9 * 0.30)
    assert seen.delay == pytest.approx(6 * 0.30)
    assert seen.gain == pytest.approx(0.4 - 1.8)


def test_a_second_signature_in_the_same_week_costs_nothing_more(talks):
    talks.signed(3, "horse", HORSE, "renault", "geely")
    seen = talks.worth("renault", "sdv", SDV)
    assert (seen.delay, seen.gain) == (0.0, pytest.approx(0.4))


def test_what_others_sign_costs_no_delay_of_mine(talks):
    """A deal that does not ask for my signature leaves what I pay as it is; it may still change my points."""
    talks.signed(2, "sdv", SDV, "renault", "google")
    talks.until(9)
    assert talks.worth("google", "cloud", _cloud(talks, "google")).delay == pytest.approx(7 * 0.10)
    assert talks.worth("google", "cloud", _cloud(talks, "nimbus")).delay == 0.0
    assert talks.worth("nissan", "cloud", _cloud(talks, "nimbus")).delay == 0.0


def test_once_the_talks_are_over_the_last_week_is_the_last_to_pay(talks):
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.until(17)
    seen = talks.worth("renault", "sdv", SDV)
    rest = talks.case.role("renault").preferences.score({})
    assert seen.otherwise == pytest.approx(rest + 2.0 - 3 * 0.30)
    assert seen.delay == pytest.approx(13 * 0.30)
    assert seen.loses
    assert talks.worth("google", "sdv", SDV).otherwise == pytest.approx(
        talks.case.role("google").preferences.score({}) - 16 * 0.10
    )


def test_a_discount_takes_its_part_of_all_points():
    """Half of the points are left at the very end: 0.5 ** (round / (rounds + 1)) of them at the end of a round."""
    case = load("cloud-for-two")
    role = case.role("kaido").preferences
    preferences = type(role)(case.scenario, "kaido", role.sheets, role.adjust, role.links, 0.0, 0.5)
    state = protocols()["open-floor"]().opening(case.scenario, 3)
    (name, table), *_ = case.scenario.tables.items()
    deal = {name: table.deal(0)}
    seen = worth(state, preferences, deal)
    assert seen.points == pytest.approx(role.score(deal) * 0.5**0.25)
    assert seen.otherwise == pytest.approx(role.score({}) * 0.5**0.25)
    assert seen.delay == 0.0


def test_delay_is_paid_in_full_whatever_the_discount():
    """Half of the points are left at half time; three rounds at 0.3 cost 0.9 then too, not the half of it."""
    case = load("cloud-for-two")
    role = case.role("kaido").preferences
    preferences = type(role)(case.scenario, "kaido", role.sheets, role.adjust, role.links, 0.3, 0.25)
    deal = {"contract": case.scenario.tables["contract"].deal(0)}
    assert preferences.score(deal, 3, 0.5) == pytest.approx(role.score(deal) * 0.5 - 0.9)


def test_what_each_table_brought_counts_links_and_adds_up(talks):
    """A vehicle platform open to partners clashes with software of its own: that costs Renault 1.5 at whichever came second."""
    preferences = talks.case.role("renault").preferences
    assert brought(talks.state, preferences) == {}
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.signed(9, "sdv", {**SDV, "openness": "alliance"}, "renault", "google")
    found = brought(talks.state, preferences)
    assert list(found) == ["horse", "sdv"]
    assert found["horse"] == pytest.approx(2.0)
    assert found["sdv"] == pytest.approx(2.0 + 0.6 - 1.4 - 1.5)
    assert sum(found.values()) == pytest.approx(preferences.score(talks.state.outcome) - preferences.score({}))


def _cloud(talks, vendor):
    table = talks.case.scenario.tables["cloud"]
    return next(options for deal in table.deals if (options := table.name_of(deal))["vendor"] == vendor)
