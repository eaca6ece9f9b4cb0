"""The deal with which a person's draft begins."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import BUNDLED, cases
from support_talks import Talks

from negotiation.actions import Event, Offer, Say, Walk
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.game import Game
from negotiation.rules import apply
from negotiation.strategies.opening_drafts import ASKED, opening_draft
from negotiation.worth import worth

MINE = dict(price="p18", data="buyer", term="y4", migration="half", volume="fixed")
THEIRS = dict(price="p30", data="vendor", term="y7", migration="buyer", volume="fixed")


def gains(view, table):
    """Return the gain of every deal that I can offer and sign here, by deal."""
    there = view.scenario.tables[table]
    found = {}
    for deal in there.deals:
        if there.signs(view.me, deal):
            try:
                apply(view.state, Event(view.me, Offer({table: deal})))
            except IllegalAction:
                continue
            found[deal] = worth(view.state, view.preferences, {table: deal}).gain
    return found


def fair(view, table, deal):
    """Assert that a draft is legal, no loss where a gain is possible, and not all there is where less is still much."""
    possible = gains(view, table)
    if not possible:  # nothing that can still bind asks for my signature
        return
    top = max(possible.values())
    assert deal in possible
    assert possible[deal] >= min(0.0, top) - 1e-9
    asked = [gain for gain in possible.values() if max(ASKED * top, min(0.0, top)) - 1e-9 <= gain < top - 1e-6]
    if asked:
        assert possible[deal] < top - 1e-9


@pytest.fixture
def talks():
    return Talks(load("cloud-for-two"))


def offer(talks, party, options):
    talks.do(party, Offer(talks.deal("contract", options)))


def test_my_last_offer_is_where_i_go_on(talks):
    offer(talks, "kaido", MINE)
    offer(talks, "nimbus", THEIRS)
    assert {"contract": opening_draft(talks.view("kaido"), "contract")} == talks.deal("contract", MINE)


def test_their_offer_is_moved_half_the_way_towards_me_on_as_few_issues_as_can_be(talks):
    offer(talks, "nimbus", THEIRS)
    view = talks.view("kaido")
    found, (theirs,) = opening_draft(view, "contract"), talks.deal("contract", THEIRS).values()
    possible = gains(view, "contract")
    half = (max(0.0, possible[theirs]) + ASKED * max(possible.values())) / 2

    def changes(deal):
        return sum(a != b for a, b in zip(deal, theirs, strict=True))

    enough = [deal for deal, gain in possible.items() if half <= gain < max(possible.values())]
    assert possible[theirs] < 0
    assert found in enough
    assert changes(found) == min(map(changes, enough)) < 5


def test_their_offer_stays_if_it_is_good_for_me(talks):
    best = dict(price="p14", data="buyer", term="y2", migration="vendor", volume="indexed")
    offer(talks, "nimbus", best)
    view = talks.view("kaido")
    (deal,) = talks.deal("contract", best).values()
    assert gains(view, "contract")[deal] >= ASKED * max(gains(view, "contract").values())
    assert opening_draft(view, "contract") == deal


def test_an_offer_of_mine_that_became_impossible_is_not_made_again():
    talks = Talks(load("alliance-2023"))
    cloud = dict(vendor="nimbus", scope="full", price="mid", data="nissan", term="y5")
    talks.do("nissan", Offer(talks.deal("cloud", cloud)))
    talks.do("nimbus", Walk("cloud"))
    view = talks.view("nissan")
    found = view.scenario.tables["cloud"].name_of(opening_draft(view, "cloud"))
    assert found["vendor"] == "google"


def test_an_offer_that_does_not_need_me_is_answered_with_one_that_does():
    talks = Talks(load("alliance-2023"))
    cloud = dict(vendor="nimbus", scope="full", price="mid", data="nissan", term="y5")
    talks.do("nimbus", Offer(talks.deal("cloud", cloud)))
    view = talks.view("google")
    assert view.scenario.tables["cloud"].name_of(opening_draft(view, "cloud"))["vendor"] == "google"


def test_an_opening_gives_way_where_i_have_least_at_stake(talks):
    """Compared with Kaido's best deal: never on the issue that weighs most."""
    view = talks.view("kaido")
    found = opening_draft(view, "contract")
    table = view.scenario.tables["contract"]
    best = table.deal(int(view.preferences.given("contract", {})[:-1].argmax()))
    weights = [view.preferences.sheets[f"contract.{issue.name}"].weight for issue in table.issues]
    given_up = [weight for weight, a, b in zip(weights, found, best, strict=True) if a != b]
    assert given_up
    assert max(given_up) < max(weights)


def test_a_table_without_a_seat_has_a_draft_too():
    view = Talks(load("alliance-2023")).view("mitsubishi")
    table = view.scenario.tables["alliance"]
    assert table.index(opening_draft(view, "alliance")) >= 0


def test_nothing_to_gain_begins_with_the_least_loss():
    view = Talks(load("cloud-for-two")).view("kaido")
    poor = replace(view.preferences, adjust={"contract": 200.0})
    view = replace(view, role=replace(view.role, preferences=poor))
    found = opening_draft(view, "contract")
    assert gains(view, "contract")[found] == max(gains(view, "contract").values())


@pytest.mark.parametrize("name", BUNDLED)
def test_every_opening_of_every_case_is_fair_and_always_the_same(name):
    case = load(name)
    talks = Talks(case)
    for party, kinds in case.roles.items():
        for role in kinds.values():
            view = replace(talks.view(party), role=role)
            for table in case.scenario.at(party):
                found = opening_draft(view, table)
                fair(view, table, found)
                assert found == opening_draft(view, table)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_draft_is_fair_in_the_middle_of_a_game_too(name):
    """Where nobody has made an offer yet; what was offered is gone on with as it stands."""
    game = Game(name, strategy="tough", talk="en", seed=3)
    while not game.state.over and game.state.round < 3:
        game.advance()
    for party in game.case.roles:
        view = game.view(party)
        for table in game.state.sits(party):
            found = opening_draft(view, table)
            assert view.scenario.tables[table].index(found) >= 0
            possible = gains(view, table)
            assert possible.get(found, 0.0) >= min(0.0, max(possible.values(), default=0.0)) - 1e-9


@given(cases(), st.data())
@settings(max_examples=150)
def test_a_draft_is_fair_in_small_cases(case, data):
    talks = Talks(case)
    party = data.draw(st.sampled_from([p for p in case.roles if case.scenario.at(p)]))
    table = data.draw(st.sampled_from(case.scenario.at(party)))
    there = case.scenario.tables[table]
    other = next(p for p in there.seats if p != party)
    if data.draw(st.booleans()):
        talks.do(other, Say("Hello."))
    offered = data.draw(st.booleans())
    if offered:
        deal = there.deal(data.draw(st.integers(0, there.size - 1)))
        try:
            talks.do(other, Offer({table: deal}))
        except IllegalAction:
            offered = False
    view = talks.view(party)
    found = opening_draft(view, table)
    if offered and found == deal:
        possible = gains(view, table)
        assert possible[found] >= min(0.0, max(possible.values())) - 1e-9 if possible else there.index(found) >= 0
    else:
        fair(view, table, found)
