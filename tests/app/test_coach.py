"""The coach beside the table: on in a game alone until it is switched off, in class where the teacher allows it."""

import re

from streamlit.testing.v1 import AppTest
from support_app import click

from negotiation.actions import Offer, Pass
from negotiation.game import Game
from negotiation.moves import Ask
from negotiation.ui.play.action_buttons import ClassButtons
from negotiation.ui.play.coach import coached, reviewed
from negotiation.ui.play.solo_games import solo


def _beside():
    import streamlit as st

    from negotiation.ui.play.action_buttons import SoloButtons
    from negotiation.ui.play.coach import coach, coached, reviewed
    from negotiation.ui.play.solo_games import solo

    game = st.query_params["game"]
    model = solo().load(game)
    hand = SoloButtons(game, model, model.view("nissan"))
    coach(hand, "ampere")
    st.write(f"coached: {coached(hand)}")
    there = model.case.scenario.tables["ampere"]
    st.html(f"<p>draft</p>{reviewed(hand.view, {'ampere': there.deal(0)})}")


def started(**more):
    game = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=3, **{"talk": "en", **more})
    app = AppTest.from_function(_beside, default_timeout=180)
    app.query_params["game"] = game
    return app.run(), game


def told(app):
    html = " ".join(element.proto.body for element in app.get("html"))
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S).split())


def test_it_says_what_to_do_now_what_the_plan_is_and_asks_with_one_click(database):
    app, game = started()
    assert not app.exception
    assert "from your own sheet, exact" in told(app)
    assert "With nothing signed you keep" in told(app)
    assert "Must sign it too" in told(app)
    asks = [one.label for one in app.button if one.label.startswith("Ask ")]
    assert len(asks) == 3
    click(app, asks[0])
    said = solo().load(game).state
    assert any(
        isinstance(move, Ask) for number in said.spoken for move in getattr(said.events[number].action, "moves", ())
    )
    assert asks[0] not in [one.label for one in app.button]


def test_the_switch_is_remembered_in_this_game_and_in_the_next(database):
    app, game = started()
    app.toggle[0].set_value(False).run()
    assert "coached: False" in [one.value for one in app.markdown]
    assert "With nothing signed" not in told(app)
    again = AppTest.from_function(_beside, default_timeout=180)
    again.query_params["game"] = game
    assert "coached: False" in [one.value for one in again.run().markdown]
    app.query_params["game"] = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=4, talk="en")
    assert not app.run().toggle[0].value
    app.toggle[0].set_value(True).run()
    assert "coached: True" in [one.value for one in app.markdown]


def test_among_silent_agents_there_is_nothing_to_ask(database):
    app, _ = started(talk="")
    assert not [one for one in app.button if one.label.startswith("Ask ")]
    assert "With nothing signed you keep" in told(app)


def test_what_lies_on_the_table_already_is_not_reviewed_again():
    game = Game("cloud-for-two", seats={"kaido": "person", "nimbus": "person"}, talk="en")
    deals = {"contract": game.case.scenario.tables["contract"].deal(0)}
    assert "Must sign it too: Nimbus." in reviewed(game.view("kaido"), deals)
    game.submit("kaido", Offer(deals))
    assert reviewed(game.view("kaido"), deals) == ""
    game.submit("kaido", Pass())
    assert reviewed(game.view("kaido"), deals) == ""


def test_what_the_rules_refuse_the_composer_says():
    game = Game("alliance-2023", strategy="fair", seats={"nissan": "person"}, talk="en")
    there = game.case.scenario.tables["alliance"]
    bad = dict(stakes="zero", votes="capped", purchasing="project", regions="all", platforms="project")
    assert reviewed(game.view("nissan"), {"alliance": there.parse(bad)}) == ""


def test_a_long_review_is_folded():
    game = Game("alliance-2023", strategy="fair", seats={"nissan": "person"}, talk="en", seed=1)
    game.play()
    there = game.case.scenario.tables["alliance"]
    for number in (there.size - 1, there.size - 2):
        game.submit("nissan", Offer({"alliance": there.deal(number)}))
        game.play()
    assert "<details" in reviewed(game.view("nissan"), {"alliance": there.deal(there.size - 3)})


def test_in_class_it_is_there_where_the_teacher_allows_it():
    class Seat:
        group = "g"

    view = Game("cloud-for-two", seats={"kaido": "person", "nimbus": "person"}).view("kaido")
    assert not coached(ClassButtons(Seat(), view, "negotiate", suggests=False))
    assert coached(ClassButtons(Seat(), view, "negotiate", suggests=False, coaches=True))
