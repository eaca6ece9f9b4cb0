"""The texts of a case on pages: in the language of who reads them."""

import re

from streamlit.testing.v1 import AppTest
from support_app import click
from support_class import Class
from support_pseudo import CLOSE, OPEN, outside, pseudo
from support_said import said

from negotiation.formats import load
from negotiation.talk.reading.folding import language_of
from negotiation.ui.common.pages import brief_title
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server import identity as rooms


def in_french(app):
    app.session_state["language"] = "fr"
    app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return "\n".join(said(app))


def start(**options):
    return solo().start(**{"case": "electric-quay", "seats": {"city": "person"}, "seed": 1, **options})


def test_home_names_the_cases_in_the_language_of_the_page(visit):
    told = in_french(visit())
    for name in ("cloud-for-two", "any-two-of-three", "electric-quay"):
        assert load(name).told("fr").scenario.title in told
        assert load(name).scenario.title not in told
    assert "Coopérative de pêche" in told


def test_brief_and_table_are_told_and_the_log_stays_as_it_is(visit):
    case = load("electric-quay")
    game = start()
    app = visit(game and "Take a seat", game=game)
    told = in_french(app)
    assert case.told("fr").role("city").brief[:60] in told
    assert case.role("city").brief[:60] not in told
    assert case.told("fr").role("dockers").brief[:60] not in told
    app.session_state[f"read-{game}"] = True
    told = in_french(app)
    for text in ("Postes électrifiés", "Chenal étroit", "Syndicat des dockers"):
        assert text in told
    kept = solo().load(game)
    assert kept.case.scenario is kept.state.scenario
    assert kept.state.scenario.title == case.scenario.title


def test_two_people_look_at_one_game_in_two_languages(visit):
    game = start()
    french, english = visit("Take a seat", game=game), visit("Take a seat", game=game)
    assert load("electric-quay").told("fr").role("city").brief[:60] in in_french(french)
    english.run()
    assert load("electric-quay").role("city").brief[:60] in "\n".join(said(english))


def seat_script():
    from negotiation.ui.common.style import style
    from negotiation.ui.screens import seat
    from negotiation.ui.server import languages

    languages.start()
    style()
    seat.page()


def test_a_student_reads_its_seat_in_its_language(database, monkeypatch):
    one = Class(rooms.room())
    tokens = [one.join("Ana"), one.join("Bob")]
    monkeypatch.setattr(rooms, "cookie", lambda name: tokens[0] if name == rooms.SEAT else "")
    one.go("read")
    app = AppTest.from_function(seat_script, default_timeout=180)
    told = in_french(app)
    case, me = load("any-two-of-three"), rooms.room().seats.identify(tokens[0]).party
    assert case.told("fr").role(me).brief[:60] in told
    assert brief_title(case.told("fr").scenario.title) in told
    for other in case.roles:
        for brief in (case.role(other).brief, case.told("fr").role(other).brief, case.told("ja").role(other).brief):
            assert (brief[:40] in told) == (brief == case.told("fr").role(me).brief)
    one.go("negotiate")
    told = in_french(app)
    assert "Répartition des coûts" in told
    assert "Cost key" not in told


def test_texts_of_a_case_stand_between_brackets_in_the_language_nobody_speaks(visit, monkeypatch):
    pseudo(monkeypatch)
    app = visit()
    told = "\n".join(said(app))
    assert f"{OPEN}Any two of three{CLOSE}: {OPEN}a common battery platform{CLOSE}" in told
    assert load("alliance-2023").scenario.title.partition(":")[0] not in outside(told)
    click(app, next(one.label for one in app.button if "Take a seat" in one.label))
    told = "\n".join(said(app))
    assert f"{OPEN}Mitsubishi Motors{CLOSE} ({OPEN}34% held by Nissan{CLOSE})" in told


def test_agents_who_are_watched_speak_the_language_of_the_page(visit):
    app = visit("Watch agents", case="cloud-for-two")
    in_french(app)
    click(app, "Avancer")
    spoken = re.findall(r"<div class='text'[^>]*>(.*?)</div>", "".join(one.proto.body for one in app.get("html")))
    assert spoken
    assert {language_of(words) for words in spoken} == {"fr"}


def test_the_odds_of_another_are_shares_as_french_writes_them():
    def drawn():
        from negotiation.formats import load
        from negotiation.language import speaking
        from negotiation.ui.play.brief import papers

        with speaking("fr"):
            papers(load("alliance-2023").told("fr").scenario, "google", "Nothing.", None, "")

    told = "\n".join(said(AppTest.from_function(drawn).run()))
    assert "70\N{NO-BREAK SPACE}%" in told
    assert "70%" not in told
