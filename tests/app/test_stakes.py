"""What cannot be taken back and costs something is asked about once, in one line; nothing else is."""

import pytest
from streamlit.testing.v1 import AppTest
from support_app import button, click
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Accept, Offer, Walk
from negotiation.formats import load
from negotiation.game import Game
from negotiation.ui.play import action_buttons as hands
from negotiation.ui.play import confirmations
from negotiation.ui.play.solo_games import solo
from negotiation.worth import worth

OVER = "No other table where you sit is open"


class InClass(hands.ActionButtons):
    """The hand of somebody who sits with people, as far as questions go."""

    alone, game = False, "game"

    def __init__(self, view):
        self.view = view

    def button(self, *_, **__):
        raise NotImplementedError


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def alone(talks, party):
    return hands.SoloButtons("game", Game("alliance-2023", seats={party: "person"}), talks.view(party))


def signing(hand, paper):
    return confirmations.signing(hand, paper, worth(hand.view.state, hand.view.preferences, paper.deals))


def only(talks, party, table):
    """Have a party leave all tables but one."""
    for name in talks.state.sits(party):
        if name != table:
            talks.do(party, Walk(name))


def test_a_gain_is_signed_unasked_while_other_tables_are_open(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    (paper,) = talks.state.at("horse")
    assert signing(alone(talks, "renault"), paper) == []


def test_the_signature_that_ends_ones_talks_is_asked_about(talks):
    only(talks, "renault", "horse")
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    (paper,) = talks.state.at("horse")
    (told,) = signing(alone(talks, "renault"), paper)
    assert told == f"{OVER}: once this binds, your talks are over."


def test_in_class_it_is_if_it_binds_at_once_else_it_can_be_taken_back(talks):
    only(talks, "renault", "alliance")
    deal = next(deal for deal in talks.case.scenario.tables["alliance"].deals)
    everybody = talks.case.scenario.tables["alliance"].needs(deal)
    assert set(everybody) == {"renault", "nissan"}
    talks.do("nissan", Offer({"alliance": deal}))
    (paper,) = talks.state.at("alliance")
    assert any(OVER in told for told in signing(InClass(talks.view("renault")), paper))
    talks.do("nissan", Offer({"alliance": deal}))
    unsigned = type(paper)(paper.id, paper.deals, "renault", paper.round, (), 2, None)
    assert not any(OVER in told for told in signing(InClass(talks.view("renault")), unsigned))
    assert any(OVER in told for told in signing(alone(talks, "renault"), unsigned))


def test_an_offer_at_a_loss_is_asked_about_as_a_signature_is(talks):
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.until(9)
    hand = alone(talks, "renault")
    loss, delay = confirmations.offering(hand, talks.deal("sdv", SDV))
    assert loss == "If the others sign it, this would leave you 1.4 points below leaving it unsigned."
    assert delay.startswith("1.8 for delay is taken off")
    talks.do("google", Offer(talks.deal("sdv", SDV)))
    alike, *rest = confirmations.offering(alone(talks, "renault"), talks.deal("sdv", SDV))
    assert alike == "Google has signed this very deal: your offer can bind at once."
    assert rest == [loss, delay]


def test_an_offer_that_another_has_signed_ends_ones_talks_as_a_signature_does(talks):
    only(talks, "renault", "horse")
    assert confirmations.offering(alone(talks, "renault"), talks.deal("horse", HORSE)) == []
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    alike, over = confirmations.offering(alone(talks, "renault"), talks.deal("horse", HORSE))
    assert alike.endswith("your offer can bind at once.")
    assert OVER in over
    assert confirmations.offering(InClass(talks.view("renault")), talks.deal("horse", HORSE)) == []  # they sign it anew


def test_walking_out_of_the_last_table_says_that_all_is_over_then(talks):
    first, *rest = confirmations.walking(alone(talks, "renault"), "horse")
    assert first.endswith("for good. It can then bind only deals that do not need you.")
    assert not any(OVER in told for told in rest)
    only(talks, "renault", "horse")
    assert f"{OVER}: your talks are over then." in confirmations.walking(alone(talks, "renault"), "horse")


def test_a_gain_not_looked_at_is_asked_about_with_its_table_and_in_the_last_week_any_gain(talks):
    assert confirmations.ending(alone(talks, "renault"), mediated=False) == []
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    title = talks.case.scenario.tables["horse"].title
    waits = f"Geely's paper at {title} waits for your signature and is worth 2.0 points to you."
    assert confirmations.ending(alone(talks, "renault"), mediated=False) == [waits, "You have not looked at this yet."]
    assert confirmations.ending(alone(talks, "renault"), mediated=True) == []
    talks.until(talks.state.rounds)
    for mediated in (False, True):
        asks = confirmations.ending(alone(talks, "renault"), mediated=mediated)
        assert asks == [waits, "This is the last week: what is not signed in it stays unsigned."]
    (paper,) = talks.state.at("horse")
    talks.do("renault", Accept(paper.id))
    assert confirmations.ending(alone(talks, "renault"), mediated=False) == []


def test_a_question_names_the_best_papers_and_counts_the_others(talks):
    scenario, mine = talks.case.scenario, talks.view("nissan").preferences
    for party, table in (("renault", "alliance"), ("renault", "tech"), ("google", "cloud"), ("nimbus", "cloud")):
        there = scenario.tables[table]
        good = [deal for deal in there.deals if {"nissan", party} <= set(there.needs(deal))]
        talks.do(party, Offer({table: max(good, key=lambda deal: mine.score({table: deal}))}))
    asks = confirmations.ending(alone(talks, "nissan"), mediated=False)
    assert len(asks) == confirmations.NAMED + 2
    assert asks[-2:] == ["You could sign 1 more paper with a gain.", "You have not looked at this yet."]
    worths = [float(told.partition("worth ")[2].split()[0]) for told in asks[: confirmations.NAMED]]
    assert worths == sorted(worths, reverse=True)


def test_in_the_last_week_my_own_offers_are_named_if_i_would_gain_by_them_and_never_before(talks):
    talks.do("renault", Offer(talks.deal("horse", HORSE)))
    talks.do("renault", Offer(talks.deal("sdv", {"openness": "any", "cofunding": "renault"})))
    assert confirmations.ending(alone(talks, "renault"), mediated=False) == []
    talks.until(talks.state.rounds)
    asks = confirmations.ending(alone(talks, "renault"), mediated=False)
    assert asks[0].startswith("Nobody has answered your offer at Horse")
    assert asks[0].endswith("it waits for Geely.")
    assert asks[1:] == ["This is the last week: what is not signed in it stays unsigned."]


@pytest.fixture
def table(visit):
    game = solo().start(case="cloud-for-two", seats={"kaido": "person"}, seed=1)
    return click(visit("Take a seat", game=game), "Go to the table"), game


def questions(app):
    return [one.value for one in app.markdown if "?**" in one.value]


def test_one_question_is_open_at_a_time_and_no_is_no(table):
    app, game = table
    click(app, "Walk away from this table")
    assert [told.split("**")[1] for told in questions(app)] == ["Walk away from this table?"]
    for box in app.radio:
        box.set_value(len(box.options) - 1)
    app.run()
    click(app, "End my round")
    assert [told.split("**")[1] for told in questions(app)] == ["End my round?"]
    before = len(solo().load(game).state.events)
    click(app, "Not yet")
    assert questions(app) == []
    assert len(solo().load(game).state.events) == before


def test_a_question_about_a_draft_goes_when_the_draft_is_no_loss_any_more(table):
    app, game = table
    before = len(solo().load(game).state.events)
    start = [box.index for box in app.radio]
    worst = [len(box.options) - 1 for box in app.radio]
    for indices in (worst, [0] * len(start)):
        for box, index in zip(app.radio, indices, strict=True):
            box.set_value(index)
        app.run()
        click(app, "Send offer")
        if questions(app):
            break
    assert "If the others sign it, this would leave you" in questions(app)[0]
    assert len(solo().load(game).state.events) == before
    for box, index in zip(app.radio, start, strict=True):
        box.set_value(index)
    app.run()
    assert questions(app) == []
    assert button(app, "Send offer")


def test_signing_their_last_paper_from_the_composer_asks_before_it_ends_the_game(visit):
    app = AppTest.from_function(_last_table).run()
    assert not app.exception
    click(app, "Their last")
    click(app, "Send offer")
    (told,) = questions(app)
    assert OVER in told
    assert "has signed this very deal" in told
    assert button(app, "Send it all the same")


def _last_table():
    from support_talks import HORSE, Talks

    from negotiation.actions import Offer, Walk
    from negotiation.formats import load
    from negotiation.game import Game
    from negotiation.ui.play.action_buttons import SoloButtons
    from negotiation.ui.play.composer import composer

    talks = Talks(load("alliance-2023"))
    for name in talks.state.sits("renault"):
        if name != "horse":
            talks.do("renault", Walk(name))
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    hand = SoloButtons("game", Game("alliance-2023", seats={"renault": "person"}), talks.view("renault"))
    composer(hand, "horse")
