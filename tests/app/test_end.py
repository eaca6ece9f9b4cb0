"""After the end: the verdict and the lessons, the replay and who may see what of it, the card, and the list of games."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1.element_tree import Block, Element
from streamlit.util import calc_hash
from support_app import button, click

from negotiation.actions import Pass, Say
from negotiation.analysis.findings import read, rows
from negotiation.analysis.par import Par
from negotiation.classroom.solo import Solo
from negotiation.debrief.jobs import remember
from negotiation.debrief.par import par_asked
from negotiation.formats import load
from negotiation.language import speaking
from negotiation.preferences import Sheet
from negotiation.reports.card import Card
from negotiation.ui.common.opponents import level
from negotiation.ui.debrief import result_card
from negotiation.ui.debrief.result_card import card_of
from negotiation.ui.jobs import background, calculations
from negotiation.ui.play.solo_games import solo
from negotiation.ui.screens import games
from negotiation.ui.server.identity import ALONE, SERVED

PLAY = "Take a seat"
AGENTS = {"points": [40.0, 50.0, 60.0, 70.0]}


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def start(**options):
    return solo().start(**{"case": "alliance-2023", "seats": {"nissan": "person"}, "seed": 1, **options})


def ended(**options):
    """A game in which the person does nothing, after one private word."""
    game = start(**{"case": "cloud-for-two", "seats": {"kaido": "person"}, "rounds": 2, "talk": "en", **options})
    me = solo().person(solo().load(game))
    while not (model := solo().load(game)).state.over:
        seq = len(model.state.events)
        if not model.state.private:
            other = next(party for party in model.seats if party != me)
            solo().act(game, me, Say("A secret between two.", (other,)), f"{game}-say-{seq}")
        solo().act(game, me, Pass(), f"{game}-pass-{seq}")
    return game


def at_page(app, name):
    """The next run is that of this page, to which no button of Home leads."""
    app._page_hash = calc_hash(name)
    return app


def sent(block):
    """All that a page sends to the browser, element by element."""
    found = []
    for child in block.children.values():
        if isinstance(child, Block):
            found += sent(child)
        elif isinstance(child, Element):
            found.append(child.proto.SerializeToString())
    return found


def test_the_debrief_opens_with_how_it_went_and_why(visit, par):
    par.refused, par.found = "", AGENTS
    app = visit(PLAY, game=ended())
    assert not app.exception
    told = html(app)
    assert told.index("You got 45.8 points, 1.2 below walking away from everything") < told.index("Next time:")
    assert "Below par" in told
    assert "A table left unsigned" in told
    assert any("4 agents, from giving way early" in one.value for one in app.caption)
    assert "You got" in told.split("Next time:")[0]


def test_the_debrief_does_not_wait_for_par(visit, par):
    par.refused, par.over, par.share, par.what = "", False, 0.25, "3 of 12 games"
    app = visit(PLAY, game=ended())
    assert not app.exception
    assert "below walking away from everything." in html(app)
    assert any("3 of 12 games" in str(one.proto) for one in app.get("progress"))
    assert any(header.value == "How it ended" for header in app.subheader)


def test_without_par_the_reason_is_told(visit, par):
    app = visit(PLAY, game=ended())
    assert any("There is no par for this game: not asked for here" in one.value for one in app.caption)
    par.refused = ""
    app.run()
    assert any("it could not be worked out" in one.value for one in app.caption)


def test_the_job_finds_par_and_remembers_it(database, monkeypatch):
    model = solo().load(ended())
    asked = par_asked(model, "kaido")
    monkeypatch.setattr(background, "work", lambda one, step, **_: calculations.JOBS[str(one["job"])](one, step))
    monkeypatch.setattr(background, "_jobs", {})
    begun = background.job(asked)
    begun.thread.join()
    assert read(Par, begun.found).games == 12
    monkeypatch.setattr(background, "_jobs", {})
    again = background.job(asked)
    assert again.over
    assert again.found == begun.found


def test_what_ended_longest_ago_is_dropped_first(database, monkeypatch):
    known = {str(n): background.Job(over=n != 1) for n in range(4)}
    monkeypatch.setattr(background, "_jobs", known)
    monkeypatch.setattr(background, "MOST_KEPT", 2)
    background._drop()
    assert list(known) == ["1", "3"]


def test_a_lesson_leads_to_its_moment_in_the_replay(visit):
    game = ended()
    app = visit(PLAY, game=game)
    links = [one.proto for one in app.get("page_link")]
    there = next(one for one in links if one.label == "See round 2 in the replay")
    assert solo().address(game) in str(there)
    assert game not in str(there)
    again = at_page(visit(PLAY), "replay")
    for key, value in {"game": solo().address(game), "at": "2"}.items():
        again.query_params[key] = value
    again.run()
    assert not again.exception
    assert again.slider[0].value == 2
    click(again, "Back")
    assert again.slider[0].value == 1
    again.run()
    assert again.slider[0].value == 1


@pytest.fixture
def replayed(visit):
    def opened(token, at=""):
        app = at_page(visit(), "replay")
        app.query_params["game"] = token
        app.query_params["at"] = at
        return app.run()

    return opened


def test_a_replay_steps_through_the_game(replayed):
    token = solo().address(ended(case="alliance-2023", seats={"nissan": "person"}))
    app = replayed(token)
    assert any("The opening" in one.value for one in app.markdown)
    assert "No paper lies here." in html(app)
    click(app, "Step")
    assert any("After week 1" in one.value for one in app.markdown)
    assert "points for Nissan Motor" in html(app)
    click(app, "To the end")
    assert app.slider[0].value == 2
    assert not any(one.label in ("Send offer", "Play again") for one in app.button)


@pytest.mark.parametrize("at", ["x", "99", "-1", "1" * 40])
def test_a_moment_that_is_none_opens_somewhere(replayed, at):
    app = replayed(solo().address(ended()), at)
    assert not app.exception
    assert app.slider[0].value in (0, 2)


def test_an_address_of_no_replay_and_a_game_not_over_are_told(replayed):
    for token, why in (("nowhere", "no replay at this address"), (solo().address(start()), "not over yet")):
        assert why in replayed(token).error[0].value.replace("\\", "")


def others_changed(model, me):
    """The same game, had all others had other sheets, briefs and names of types."""

    def other(role):
        sheets = {key: Sheet(one.weight * 3 + 1.37, one.shares[::-1], one.whole) for key, one in _sheets(role).items()}
        return replace(
            role, brief="Quite another brief.", preferences=replace(role.preferences, sheets=sheets, links=())
        )

    def _sheets(role):
        return role.preferences.sheets

    made = model.at(model.state)
    made.seated = {p: s if p == me else replace(s, role=other(s.role)) for p, s in model.seated.items()}
    made.types = {p: kind if p == me else "unheard of" for p, kind in model.types.items()}
    made.seed = 987654321
    return made


def test_nothing_of_a_replay_depends_on_the_secrets_of_others(replayed, monkeypatch):
    game = ended(case="alliance-2023", seats={"nissan": "person"}, rounds=3)
    token = solo().address(game)
    plain = Solo.replay
    for at in ("0", "2", "3"):
        monkeypatch.setattr(Solo, "replay", plain)
        seen = sent(replayed(token, at)._tree)
        monkeypatch.setattr(Solo, "replay", lambda self, one: (others_changed(plain(self, one)[0], "nissan"), "nissan"))
        assert sent(replayed(token, at)._tree) == seen
        whole = b"".join(seen)
        assert b"A secret between two" not in whole
        assert game.encode() not in whole
        for party, kinds in load("alliance-2023").roles.items():
            for role in kinds.values():
                if party != "nissan":
                    assert role.brief[:60].encode() not in whole


def test_a_case_that_a_class_is_about_to_play_has_no_replay_for_passers_by(replayed, monkeypatch):
    token = solo().address(ended())
    monkeypatch.setattr("negotiation.ui.screens.replay.kept_back", lambda _: True)
    app = replayed(token)
    assert "A class is about to play this case" in app.error[0].value.replace("\\", "")
    assert not app.slider


def test_the_card_says_nothing_of_others(database):
    model = solo().load(ended(case="alliance-2023", seats={"nissan": "person"}, strategy="tough"))
    card = card_of(model, "nissan", Par([50.0, 60.0]), "2026-11-30")
    assert card.lines == ("Tough opponents", "2 of 6 tables signed", "2026-11-30")
    assert card.seat == "As Nissan Motor"
    changed = card_of(others_changed(model, "nissan"), "nissan", Par([50.0, 60.0]), "2026-11-30")
    assert changed == card
    found = calculations.JOBS["card"]({"job": "card", "card": rows(card)}, lambda *_: None)
    assert found["file"]
    assert card_of(model, "nissan", None, "").agents == ()
    assert isinstance(card, Card)


@pytest.mark.parametrize(("code", "told"), [("en", "2026-11-30"), ("fr", "30 novembre 2026"), ("ja", "2026年11月30日")])
def test_a_day_is_written_as_in_the_language(monkeypatch, code, told):
    monkeypatch.setattr(result_card, "_zone", lambda: UTC)
    with speaking(code):
        assert result_card.day(datetime(2026, 11, 30, 23, tzinfo=UTC).timestamp()) == told


def test_opponents_are_a_level_or_ones_own_choice():
    assert level({"a": "person", "b": "tough", "c": "tough"}, "a") == "tough"
    assert level({"a": "person", "b": "tough", "c": "fair"}, "a") == "own"
    assert level({"a": "person", "b": "boulware"}, "a") == "own"


@pytest.fixture
def listed(visit, monkeypatch):
    monkeypatch.setenv(ALONE, "yes")
    monkeypatch.delenv(SERVED, raising=False)

    def opened():
        return at_page(visit(), "games").run()

    return opened


def told(app):
    return " ".join(one.value for one in app.markdown)


def test_my_games_are_listed_with_what_came_of_them(listed):
    assert "You have not played yet" in told(listed())
    over, running = ended(), start()
    remember(background.FOLDER, par_asked(solo().load(over), "kaido"), AGENTS)
    app = listed()
    assert not app.exception
    text = told(app).replace("\\", "")
    assert "**Cloud for two**, as Kaido Motors · Opponents of your own choice" in text
    assert "45.8 points, 1.2 below walking away · Below par (better than 1 of 4) · 0 of 1 table signed" in text
    assert "Not over: week 1 of 16" in text
    assert "45.8 points" in html(app)
    assert "1 game" in html(app)
    links = {one.proto.label: str(one.proto) for one in app.get("page_link")}
    assert over in links["Open the debrief"]
    assert running in links["Go on"]


def test_a_game_is_deleted_after_a_question(listed):
    game = ended()
    app = listed()
    click(app, "Delete")
    click(app, "Keep it")
    assert solo().load(game)
    click(app, "Delete")
    click(app, "Delete it")
    assert "You have not played yet" in told(app)


def test_a_long_list_is_shown_in_parts(listed, monkeypatch):
    for _ in range(3):
        start()
    monkeypatch.setattr(games, "SHOWN", 2)
    monkeypatch.setattr(games, "MOST", 3)
    app = listed()
    assert told(app).count("Not over") == 2
    assert any("The last 3 games" in one.value for one in app.caption)
    click(app, "Show more")
    assert told(app).count("Not over") == 3


def test_a_game_that_cannot_be_read_any_more_can_be_deleted(listed, monkeypatch):
    game = start()
    with solo().store.writing() as write:
        write.append(game, 0, [{"party": "nobody", "kind": "pass"}])
    app = listed()
    assert "cannot be opened" in told(app)
    assert button(app, "Delete")


def test_where_the_server_has_other_guests_there_is_no_list(visit, monkeypatch):
    monkeypatch.delenv(ALONE, raising=False)
    start()
    app = at_page(visit(), "games").run()
    assert "the address of a game is its key" in app.info[0].value
    assert not app.get("page_link")
