"""Nothing on the pages around a game is left in English: each is read in a language in which every text is marked.

What other wings draw on them (the map, the conversation, the debrief) is read in tests of their own, and left out here.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest
from streamlit.testing.v1 import AppTest
from support import BUNDLED
from support_app import click
from support_pseudo import pseudo, untranslated
from support_said import said

from negotiation.actions import Pass
from negotiation.formats import bundled, load
from negotiation.language import LANGUAGES
from negotiation.strategies import strategies
from negotiation.ui.common import words
from negotiation.ui.jobs import result_folders
from negotiation.ui.play.solo_games import solo
from negotiation.ui.screens import analyse, games, home, lab, play, replay, watch
from negotiation.ui.server.languages import CHOSEN

CASE = "cloud-for-two"
CASES = pytest.mark.parametrize("case", BUNDLED)
KINDS = ("as usual", "SVG", "PNG", "CSV")
BADGES = (":green-badge[", ":gray-badge[")


def own(value):
    """All texts of a case: they are translated in its file."""
    if isinstance(value, str):
        return {value, value.partition(" (")[0], value.partition(":")[0], value.replace("_", " ")}
    if isinstance(value, Mapping):
        return set().union(*map(own, value), *map(own, value.values()))
    if is_dataclass(value):
        return set().union(*(own(getattr(value, field.name)) for field in fields(value)))
    return set().union(*map(own, value)) if isinstance(value, (tuple, list)) else set()


def names(*cases):
    found = [load(case) for case in cases]
    texts = set().union(*(own(case.scenario) | own(case.roles) | own(case.variants) for case in found))
    texts |= {load(case).scenario.title for case in bundled()} | {one.scenario.unit.capitalize() for one in found}
    return [*(text for text in texts if text.strip()), *KINDS, *LANGUAGES.values(), *strategies(), *BADGES]


def left(app, monkeypatch, *cases):
    """What is left in English on a page, drawn again in a language nobody speaks."""
    pseudo(monkeypatch)
    games._row.cache_clear()
    app.run()
    assert not app.exception
    assert any("⟦" in text for text in said(app))
    return untranslated(app, *names(*cases))


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setenv(result_folders.VARIABLE, str(tmp_path / "results"))


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """The pages without what other wings draw on them."""
    for page in (home, replay, watch):
        monkeypatch.setattr(page, "draw", lambda *_, **__: None)
    for page in (play, replay, watch):
        monkeypatch.setattr(page, "conversation", lambda *_, **__: "<p></p>")
    for page in (play, watch):
        monkeypatch.setattr(page, "debrief", lambda *_, **__: None)
    monkeypatch.setattr(words, "all_of", " ".join)
    monkeypatch.setattr(watch, "WIDE", "<div>")
    monkeypatch.setattr(home, "guided_door", lambda *_, **__: "")
    monkeypatch.setattr(play, "setup_form", lambda: None)
    monkeypatch.setattr(play, "brief", lambda *_: None)
    monkeypatch.setattr(play, "result_card", lambda *_: None)


def _games():
    from negotiation.ui.screens import games

    games.page()


def _replay():
    from negotiation.ui.screens import replay

    replay.page()


@pytest.fixture
def alone(database, monkeypatch):
    """A page by itself, at an address: no door leads there in the harness."""
    monkeypatch.setattr(games, "own_machine", lambda: True)

    def opened(page, **query):
        app = AppTest.from_function(page, default_timeout=180)
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return opened


@pytest.fixture
def game(database):
    """A game in its second round of two, in the smallest case."""
    made = solo().start(case=CASE, seats={"kaido": "person"}, rounds=2, seed=7)
    solo().act(made, "kaido", Pass(), request="the first")
    return made


@pytest.fixture
def over(game):
    solo().act(game, "kaido", Pass(), request="the last")
    assert solo().load(game).state.over
    return game


def test_home(visit, monkeypatch):
    assert left(visit(), monkeypatch, *bundled()) == []


@CASES
def test_watch(visit, monkeypatch, case):
    app = visit("Watch agents", case=case)
    assert left(app, monkeypatch, case) == []
    click(app, "⟦Step⟧")
    monkeypatch.setattr(watch.game_figures, "progress", lambda *_: {"mark": "point"})
    assert left(app, monkeypatch, case) == []


@CASES
def test_analyse(visit, monkeypatch, case):
    app = visit("Analyse a case")
    next(one for one in app.selectbox if one.label == "Case").select(case).run()
    assert left(app, monkeypatch, case) == []


def test_what_the_weights_decide(visit, monkeypatch):
    app = visit("Analyse a case")
    next(one for one in app.selectbox if one.label == "Case").select(CASE).run()
    monkeypatch.setattr(analyse, "sections", lambda *_: None)
    monkeypatch.setattr(analyse, "blocks", lambda *_: None)
    monkeypatch.setattr(analyse, "data", lambda *_: None)
    click(app, "Work it out")
    assert left(app, monkeypatch, CASE) == []
    click(app, f"⟦Change every weight by ±{analyse.PERCENT:g} %⟧")
    assert left(app, monkeypatch, CASE) == []


@pytest.mark.parametrize("view", list(lab.VIEWS))
def test_lab(visit, monkeypatch, view):
    app = visit("Open the lab")
    app.button_group(key="lab-view").set_value(view).run()
    assert left(app, monkeypatch, "alliance-2023") == []


def test_my_games(alone, monkeypatch, game):
    app = alone(_games)
    assert left(app, monkeypatch, CASE) == []
    click(app, "⟦Delete⟧")
    assert left(app, monkeypatch, CASE) == []


def test_my_games_with_one_that_is_over(alone, monkeypatch, over):
    monkeypatch.setattr(games, "_grade", lambda row: "")
    assert left(alone(_games), monkeypatch, CASE) == []


def test_no_games_yet_and_no_list_of_them(alone, monkeypatch):
    assert left(alone(_games), monkeypatch, CASE) == []
    monkeypatch.setattr(games, "own_machine", lambda: False)
    assert left(alone(_games), monkeypatch, CASE) == []


def test_the_brief(visit, monkeypatch):
    new = solo().start(case=CASE, seats={"kaido": "person"}, rounds=2, seed=7)
    app = visit("Take a seat", game=new)
    monkeypatch.setattr(play, "guide_reading", lambda *_: None)
    assert left(app, monkeypatch, CASE) == []


def test_a_game_that_is_over(visit, monkeypatch, over):
    app = visit("Take a seat", game=over)
    assert left(app, monkeypatch, CASE) == []


def test_an_address_that_opens_nothing(visit, monkeypatch):
    app = visit("Take a seat", game="none")
    assert left(app, monkeypatch, CASE) == []


def test_replay(alone, monkeypatch, over):
    monkeypatch.setattr(replay.game_figures, "progress", lambda *_: {"mark": "point"})
    app = alone(_replay, game=solo().address(over), at="2")
    assert left(app, monkeypatch, CASE) == []


@pytest.mark.parametrize(("code", "title"), [("fr", "Négociation"), ("ja", "ネゴシエーション"), ("de", "Negotiation")])
def test_a_page_is_told_in_the_language_chosen(visit, code, title):
    app = visit()
    app.session_state[CHOSEN] = code
    app.run()
    assert app.title[0].value == title
