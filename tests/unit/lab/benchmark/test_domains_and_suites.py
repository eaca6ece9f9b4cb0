"""The domains and suites of the benchmark: what they are, that they are solved exactly, and that they do not change."""

import pytest

from negotiation.errors import SetupError
from negotiation.lab.benchmark import suites
from negotiation.lab.benchmark.domains import DRAWN, KINDS, NAMES, Drawn, drawn
from negotiation.lab.benchmark.suites import SUITES, Setting, chosen, digest
from negotiation.lab.benchmark.yardsticks import yardstick

WHOLE = "e78acece88f84295b69de79b5d26c90a16cd9177060042c1fa41d1b4110a420b"
QUICK = "c3054804e9cdd415a74fbb0f0ad7b1ddc515e49c65cc9c0b9a4b4273e8c1b5de"


def test_the_suites_of_a_version_do_not_change():
    """Whoever changes a domain, a seed or a bundled case gives the suites another VERSION, and these digests with it."""
    assert (suites.VERSION, digest(chosen(())), digest(chosen((), quick=True))) == ("1", WHOLE, QUICK)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zone", [True, False])
def test_a_drawn_domain_has_a_zone_or_none_as_its_name_says(kind, zone):
    for number in range(1, 5):
        case = drawn(Drawn(kind, zone, number).name)
        measure = yardstick(case, ("base",) * len(case.roles))
        assert measure.zone is zone
        assert all((possible > 3) is zone for possible in measure.each)
        assert min(measure.ideal) > 0


def test_a_turned_domain_is_the_same_with_its_parties_in_reverse():
    plain, turned = (drawn(Drawn("linked", True, 2, order).name) for order in (False, True))
    assert [*turned.roles] == [*plain.roles][::-1]
    for party in plain.roles:
        assert plain.role(party).preferences.sheets == turned.role(party).preferences.sheets
        assert plain.role(party).preferences.score({}) == turned.role(party).preferences.score({})
    names = (Drawn("linked", True, 2, order).name for order in (False, True))
    assert len({Setting("linked", name).block for name in names}) == 1


def test_every_suite_measures_agreement_where_there_is_none_to_be_had():
    for suite, settings in SUITES.items():
        zones = {
            yardstick(one.case, tuple(next(iter(kinds)) for kinds in one.case.roles.values())).zone for one in settings
        }
        assert zones == {True, False}, suite


def test_linked_domains_have_linked_tables_and_more_parties_than_two():
    assert all(one.case.role(party).preferences.links for one in SUITES["linked"][:1] for party in [*NAMES][1:2])
    assert all(len(one.case.roles) > 2 for one in SUITES["multi-party"] + SUITES["linked"])
    assert {one.talk for one in SUITES["language"]} == {"en", "fr", "ja"}


def test_suites_are_chosen_by_name():
    assert {one.suite for one in chosen(("linked",))} == {"linked"}
    quick = chosen(("linked",), quick=True)
    assert len(quick) == 6
    assert all(one.domain.startswith(DRAWN) for one in quick)
    with pytest.raises(SetupError, match="chess.*bilateral"):
        chosen(("chess",))


@pytest.mark.parametrize("name", ["drawn:chess-zone-1", "drawn:linked-maybe-1", "drawn:linked-zone-x", "drawn:"])
def test_a_domain_of_another_name_does_not_exist(name):
    with pytest.raises(SetupError, match="no such domain of the benchmark"):
        drawn(name)
