"""The guided first game: one step at a time, noticed from what happens, in any order, and put away for good if one likes."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from support_app import click

from negotiation.actions import Accept, Offer, Pass, Say, Walk
from negotiation.moves import Term, Trade
from negotiation.ui.play.guide import ROUNDS, TITLES, guided
from negotiation.ui.play.solo_games import solo

MINE = dict(price="p14", data="buyer", term="y2", migration="half", volume="indexed")


def _pages():
    import streamlit as st

    from negotiation.ui.play.action_buttons import SoloButtons
    from negotiation.ui.play.guide import guide, guide_reading, guided_door
    from negotiation.ui.play.solo_games import solo

    game = st.query_params.get("game") or guided_door()
    if not game:
        st.stop()
    st.query_params["game"] = game
    model = solo().load(game)
    view = model.view("kaido")
    if not (view.state.turns.get("kaido") or st.session_state.get("read")):
        guide_reading(game, model, view)
        st.button("Go to the table", key="read")
    if st.session_state.get("read") or view.state.turns.get("kaido"):
        guide(SoloButtons(game, model, view), view)


def named(app):
    """The game in the address."""
    game = app.query_params["game"]
    return game if isinstance(game, str) else game[0]


class Guided:
    """Somebody in the guided game."""

    def __init__(self):
        self.app = click(AppTest.from_function(_pages, default_timeout=180).run(), "Learn it in five minutes")

    @property
    def game(self):
        return named(self.app)

    @property
    def told(self):
        html = " ".join(element.proto.body for element in self.app.get("html"))
        return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S).split())

    def does(self, action):
        events = len(solo().load(self.game).state.events)
        solo().act(self.game, "kaido", action, request=f"{self.game}-{events}")
        self.app.run()
        assert not self.app.exception
        return self.told

    def offers(self, **changes):
        table = solo().load(self.game).case.scenario.tables["contract"]
        return self.does(Offer({"contract": table.parse({**MINE, **changes})}))


@pytest.fixture
def player(database):
    return Guided()


def test_the_five_steps_lead_to_a_contract(player):
    assert TITLES["read"] in player.told
    click(player.app, "Go to the table")
    assert TITLES["offer"] in player.told
    assert "Brief" in player.told
    assert TITLES["ask"] in player.offers()
    click(player.app, "Ask Nimbus what matters most")
    assert TITLES["trade"] in player.told
    assert "Well asked" in player.told
    assert TITLES["sign"] in player.offers(term="y7", price="p18")
    told = ""
    for _ in range(ROUNDS):
        state = solo().load(player.game).state
        if state.over:
            break
        view = solo().load(player.game).view("kaido")
        good = [p for p in state.papers.values() if state.signable("kaido", p)]
        if good and "Press Sign" in told:
            told = player.does(Accept(good[-1].id))
            continue
        told = player.does(Pass())
        assert view.me == "kaido"
    assert "You have a contract. It leaves you" in told
    assert "above what you keep without one" in told
    assert "You passed over" not in told
    (button,) = [one for one in player.app.button if one.label == "On to the alliance"]
    button.click().run()
    assert player.app.session_state["setup-case"] == "alliance-2023"
    assert [one.label for one in player.app.button] == ["Learn it in five minutes"]


def test_after_a_reload_it_goes_on_where_it_was(player):
    player.offers()
    again = AppTest.from_function(_pages, default_timeout=180)
    again.query_params["game"] = player.game
    player.app = again.run()
    assert TITLES["ask"] in player.told


def test_put_away_it_stays_away_until_it_is_wanted_again(player):
    player.offers()
    click(player.app, "Skip the guide")
    assert "Step" not in player.told
    again = AppTest.from_function(_pages, default_timeout=180)
    again.query_params["game"] = player.game
    player.app = again.run()
    assert "Step" not in player.told
    click(player.app, "Show the guide again")
    assert TITLES["ask"] in player.told


def test_words_that_ask_nothing_are_helped_out(player):
    player.offers()
    assert "has not been asked yet" in player.does(Say("Good morning!"))


def test_a_trade_in_words_leads_to_the_signature(player):
    terms = Term("contract", "data", "buyer"), Term("contract", "term", "y7")
    told = player.does(Say("If you…", (), (Trade(terms[:1], terms[1:]),)))
    assert TITLES["sign"] in told
    assert "You have offered them something." in told


def test_leaving_and_letting_time_run_out_are_no_dead_ends(player):
    told = player.does(Walk("contract"))
    assert "You have left the table. Without a contract you have" in told
    assert "You passed over: Offer, Ask, Trade" in told
    player = Guided()
    for _ in range(ROUNDS):
        told = player.does(Pass())
        if "This is the last round" in told or "Press Sign" in told:
            assert TITLES["sign"] in told
    assert "Time ran out without a contract" in told


def test_other_games_have_no_guide(player):
    game = solo().start(case="cloud-for-two", seats={"kaido": "person", "nimbus": "easy"}, seed=1, talk="en")
    assert not guided(solo().load(game))
    app = AppTest.from_function(_pages, default_timeout=180)
    app.query_params["game"] = game
    player.app = click(app.run(), "Go to the table")
    assert not player.told


def test_a_case_that_is_kept_for_a_class_has_no_door(database, monkeypatch):
    monkeypatch.setattr("negotiation.ui.play.guide.kept_back", lambda case: True)
    assert not AppTest.from_function(_pages, default_timeout=180).run().button


def test_the_form_of_play_has_the_door(visit):
    app = click(visit("Take a seat"), "Learn it in five minutes")
    assert solo().person(solo().load(named(app))) == "kaido"
