"""Links as one party sees them, on the flagship by hand and on small cases against a plain reading."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import cases, plain_score
from support_talks import Talks

from negotiation.actions import Walk
from negotiation.analysis.link_effects import account, link_effects, links_ahead, sentence
from negotiation.formats import load
from negotiation.rounding import apart, rounded
from negotiation.worth import worth

JOINT = {"split": "even", "tech_base": "joint", "markets": "ex_us_cn", "supply": "none", "centre": "dual"}
ROYALTY = {"joint_ip": "royalty", "ssb": "licensed", "adas": "licensed", "ee_sdv": "own"}


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def told(effects):
    return [(effect.name, effect.points) for effect in effects]


def test_a_deal_brings_about_a_link_that_rests_on_a_table_left_open(talks):
    (effect,) = link_effects(talks.view("nissan"), talks.deal("horse", JOINT))
    assert (effect.name, effect.points, effect.begins, effect.rests_on) == ("L1c", -5.0, True, ("tech",))


def test_signing_elsewhere_ends_one_link_and_begins_another(talks):
    talks.signed(1, "horse", JOINT, "renault", "geely")
    effects = link_effects(talks.view("nissan"), talks.deal("tech", ROYALTY))
    assert told(effects) == [("L1c", 5.0), ("L1e", 0.5)]
    assert [effect.begins for effect in effects] == [False, True]
    assert [effect.rests_on for effect in effects] == [(), ()]


def test_only_own_links_are_told(talks):
    deal = talks.deal("horse", JOINT)
    assert told(link_effects(talks.view("geely"), deal)) == [("L1c", -6.0)]
    assert link_effects(talks.view("mitsubishi"), deal) == ()


def test_what_could_follow_elsewhere_names_what_is_lacking(talks):
    ahead = links_ahead(talks.view("nissan"), talks.deal("horse", JOINT))
    assert told(ahead) == [("L1a", -7.0), ("L1d", -2.0), ("L1e", 0.5)]
    assert ahead[0].needs == {
        "tech": "Joint IP in third-party ventures (Horse, Qualcomm, Google): Either side may use it freely"
    }


def test_what_cannot_be_signed_any_more_does_not_follow(talks):
    view = talks.view("nissan")
    adopt = talks.deal("tech", {**ROYALTY, "ee_sdv": "adopt"})
    assert {"L2a": 4.0, "L2b": -3.0}.items() <= dict(told(links_ahead(view, adopt))).items()
    talks.do("nimbus", Walk("cloud"))
    assert "L2b" not in dict(told(links_ahead(talks.view("nissan"), adopt)))
    talks.do("nissan", Walk("cloud"))
    assert not {"L2a", "L2b"} & dict(told(links_ahead(talks.view("nissan"), adopt))).keys()


def test_what_a_constraint_forbids_beside_the_deal_does_not_follow(talks):
    world = talks.deal("horse", {**JOINT, "markets": "world"})  # then nobody may sign for all but the US and China
    assert "L1d" not in dict(told(links_ahead(talks.view("nissan"), world)))


def test_a_link_without_a_sentence_is_told_by_its_pattern(talks):
    scenario = talks.case.scenario
    bare = replace(talks.case.role("nissan").preferences.links[0], says={})
    assert sentence(scenario, bare) == scenario.words(bare.pattern)
    spoken = replace(bare, says={"en": "It leaks.", "fr": "Cela fuit."})
    assert [sentence(scenario, spoken, language) for language in ("en", "fr", "ja")] == [
        "It leaks.",
        "Cela fuit.",
        "It leaks.",
    ]


def test_an_account_adds_up_as_it_is_read(talks):
    talks.signed(1, "horse", JOINT, "renault", "geely")
    talks.until(4)
    view, deal = talks.view("renault"), talks.deal("tech", ROYALTY)
    found = account(view, deal)
    assert found == account(view, deal, seen=worth(view.state, view.preferences, deal))
    assert (told(found.links), found.delay) == ([("L1c", 3.0), ("L1e", -0.5)], 0.9)
    assert found.gain == rounded(found.itself + 2.5 - 0.9, 1)


@st.composite
def moments(draw):
    """A small case with some tables signed, a party of it whose points shrink, and deals at tables still open."""
    case = draw(cases())
    talks = Talks(case)
    names = list(case.scenario.tables)
    deals = {name: table.deal(draw(st.integers(0, table.size - 1))) for name, table in case.scenario.tables.items()}
    bound = names[: draw(st.integers(0, len(names) - 1))]
    changes = {
        "bound": {name: deals[name] for name in bound},
        "open": tuple(names[len(bound) :]),
        "bound_in": dict.fromkeys(bound, 0),
    }
    talks.state = talks.state.changed({**changes, "round": draw(st.integers(0, case.scenario.rounds - 1))})
    view = talks.view(draw(st.sampled_from(list(case.roles))))
    ours = replace(view.preferences, discount=draw(st.sampled_from([1.0, 0.5])))
    view = replace(view, role=replace(view.role, preferences=ours))
    chosen = names[len(bound) : draw(st.integers(len(bound) + 1, len(names)))]
    return view, {name: deals[name] for name in chosen}


@given(moments())
@settings(max_examples=200)
def test_parts_add_up_to_what_is_shown_and_links_to_what_they_change(moment):
    view, deals = moment
    seen, found = worth(view.state, view.preferences, deals), account(view, deals)
    assert found.gain == apart(seen.points, seen.otherwise, view.scenario.decimals)
    total = found.itself - found.delay
    for link in found.links:
        total += link.points
    assert rounded(total, view.scenario.decimals) == found.gain
    bare = replace(view.preferences, links=())

    def linked(outcome):
        return plain_score(view.preferences, outcome) - plain_score(bare, outcome)

    shrunk = view.preferences.discount ** view.state.time_paid(view.me)
    change = (linked({**view.state.outcome, **deals}) - linked(view.state.outcome)) * shrunk
    assert sum(link.points for link in found.links) == pytest.approx(change, abs=0.05 * len(found.links) + 1e-9)


@given(moments())
@settings(max_examples=200)
def test_what_follows_is_neither_there_nor_out_of_reach(moment):
    view, deals = moment
    outcome = {**view.state.outcome, **deals}
    met = {link.name for link in view.preferences.met(outcome)}
    for link in links_ahead(view, deals):
        assert link.points != 0 or view.preferences.discount < 1
        assert link.name not in met
        assert set(link.needs) <= set(view.state.open) - set(deals)
