"""The table in a language that nobody speaks: set-up of every case, the tables, the guided game, class, and its scripts."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest
from support import BUNDLED
from support_pseudo import outside, pseudo, untranslated
from support_said import said
from support_talks import HORSE, Talks

import negotiation
from negotiation import headlines
from negotiation.actions import Offer, Pass, Say, Walk
from negotiation.formats import bundled, load
from negotiation.language import speaking, tr
from negotiation.protocols import protocols
from negotiation.reports import coach_text, game_figures
from negotiation.strategies import strategies
from negotiation.ui.common import words
from negotiation.ui.play import brief, frame, guide, moments, pieces, quick
from negotiation.ui.play.solo_games import solo

ELSEWHERE = r"\b(?:points?|at|stake|above|below|the|same|as|about|round|week|and|or|of|base|usual|unsigned|for delay is taken off.*|asks|what|matters|most)\b"
"""Words that other parts of the program put into what the table says, and translate there."""

CODED = ("told", "rests", "button", "weight", "linked")


@cache
def texts():
    """All texts of the cases, as their files have them: they are translated there."""

    def inside(part):
        if isinstance(part, dict):
            for value in part.values():
                yield from inside(value)
        elif isinstance(part, list):
            for one in part:
                yield from inside(one)
        else:
            yield str(part)

    known = {text for case in bundled() for text in inside(yaml.safe_load(load(case).text))}
    return known | {text.partition(" (")[0] for text in known}


def left(app, *names):
    """Words that are not translated, and where they stand, but for those of the cases and of other parts of the program."""
    known = "|".join(map(re.escape, sorted({*texts(), *names}, key=len, reverse=True)))
    found = []
    for text in untranslated(app):
        rest = outside(re.sub(r"\\([^\w\s])", r"\1", text.replace(":gray[", "[")))
        rest = re.sub(ELSEWHERE, " ", re.sub(rf"(?<!\w)(?:{known})(?!\w)", " ", rest))
        found += [(word, text) for word in re.findall(r"[^\W\d_]{2,}", rest)]
    return found


def _set_up():
    from negotiation.ui.play.setup import setup_form

    setup_form()


def _at_the_table():
    import streamlit as st

    from negotiation.analysis.transcript import steps
    from negotiation.ui.play import frame, table_screen
    from negotiation.ui.play.action_buttons import SoloButtons
    from negotiation.ui.play.brief import brief
    from negotiation.ui.play.conversation import conversation
    from negotiation.ui.play.guide import guide, guide_reading
    from negotiation.ui.play.solo_games import solo
    from negotiation.ui.play.speak import speak

    game = st.query_params["game"]
    model = solo().load(game)
    view = model.view(solo().person(model))
    hand, mediated = SoloButtons(game, model, view), model.protocol.mediated
    frame.style()
    if view.state.turns.get(view.me) or "read" in st.query_params:
        guide(hand, view)
    else:
        guide_reading(game, model, view)
    if not model.state.over:
        table = table_screen.above(hand, mediated=mediated)
        table_screen.panes(hand, table, mediated=mediated)
        if not mediated:
            table_screen.pictures(view, table)
        speak(hand, table)
    opening = model.protocol.opening(model.state.scenario, model.state.rounds)
    st.html(conversation(opening, list(steps(opening, model.state.events)), view.me))
    brief(view, "⟦how⟧")


@pytest.fixture
def nobodys(database, monkeypatch):
    """Open a page in the language that nobody speaks."""

    def opened(page, **query):
        app = AppTest.from_function(page, default_timeout=120)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [problem.value for problem in app.exception]
        return app

    pseudo(monkeypatch)
    for name in CODED:
        monkeypatch.setattr(coach_text, name, lambda *_, **__: "⟦coached⟧")
    for name in ("aims", "prospects"):
        monkeypatch.setattr(coach_text, name, lambda *_, **__: ["⟦coached⟧"])
    monkeypatch.setattr(game_figures, "dance", lambda *_, **__: {"mark": "point"})
    monkeypatch.setattr(headlines, "told", lambda *_: "⟦news⟧")
    monkeypatch.setattr(moments, "told", lambda *_: "⟦news⟧")
    return opened


def begun(case, seat, **more):
    """A game of a person at a seat, against agents who do not talk."""
    return solo().start(case=case, seats={seat: "person"}, seed=4, talk="", **{"rounds": 3, **more})


@pytest.mark.parametrize("case", BUNDLED)
def test_set_up_says_nothing_that_is_not_translated(nobodys, case):
    about = {**strategies(), **protocols()}
    known = [words.named(name, one.about) for name, one in about.items()]
    app = nobodys(_set_up, case=case)
    assert left(app, *known) == []
    app.segmented_control(key="setup-level").set_value("own").run()
    assert left(app, *known) == []


@pytest.mark.parametrize("case", BUNDLED)
def test_no_table_says_anything_that_is_not_translated(nobodys, case):
    seat = list(load(case).roles)[1]
    game = begun(case, seat)
    assert left(nobodys(_at_the_table, game=game)) == []
    model = solo().load(game)
    table = next(iter(model.state.sits(seat)))
    mine = model.view(seat).preferences.points[table][:-1]
    best = model.case.scenario.tables[table].deal(int(mine.argmax()))
    hears = next(party for party in model.state.scenario.parties if party != seat)
    for act in (Offer({table: best}), Say("⟦So be it.⟧", (hears,)), Pass()):
        solo().act(game, seat, act, request=act.kind)
    assert left(nobodys(_at_the_table, game=game)) == []
    if table in solo().load(game).state.sits(seat):
        solo().act(game, seat, Walk(table), request="walk")
    assert left(nobodys(_at_the_table, game=game)) == []


def test_the_guided_game_says_nothing_that_is_not_translated(nobodys):
    seats = {guide.ME: "person", guide.THEM: "easy"}
    game = solo().start(case=guide.CASE, seats=seats, rounds=guide.ROUNDS, seed=guide.SEED, talk="")
    page = nobodys(_at_the_table, game=game)
    assert "Step 1 of 5" in " ".join(said(page))
    assert left(page, "Nimbus") == []
    assert left(nobodys(_at_the_table, game=game, read="1"), "Nimbus") == []
    contract = solo().load(game).case.scenario.tables["contract"]
    mine = solo().load(game).view(guide.ME).preferences.points["contract"][:-1]
    offer = Offer({"contract": contract.deal(int(mine.argmax()))})
    for number, act in enumerate((offer, Pass(), Say("⟦…⟧", (), (guide.ASK,)), Pass())):
        solo().act(game, guide.ME, act, request=f"act {number}")
        assert left(nobodys(_at_the_table, game=game), "Nimbus") == []
    solo().act(game, guide.ME, Walk("contract"), request="leaves")
    assert left(nobodys(_at_the_table, game=game), "Nimbus") == []


def test_a_mediated_table_says_nothing_that_is_not_translated(nobodys):
    game = begun("any-two-of-three", "boreal", protocol="single-text")
    page = nobodys(_at_the_table, game=game)
    assert left(page) == []
    yes = next(one for one in page.button if "Yes" in one.label)
    yes.click().run()
    assert left(page) == []


@pytest.mark.parametrize(
    ("code", "joined"), [("en", "free or unsigned"), ("fr", "free ou non signé"), ("ja", "freeまたは未署名")]
)
def test_terms_of_the_case_are_joined_in_the_readers_language(code, joined):
    scenario = load("alliance-2023").scenario
    with speaking(code):
        told = scenario.words({"tech.joint_ip": ("free", "unsigned")})
    assert told.endswith(joined.replace("free", scenario.tables["tech"].issues[0].texts[0]))


@pytest.mark.parametrize(("code", "joined"), [("en", "Renault Group, Geely"), ("ja", "Renault Group、Geely")])
def test_names_of_those_who_signed_are_joined_in_the_readers_language(code, joined):
    talks = Talks(load("alliance-2023"))
    talks.signed(1, "horse", HORSE, "renault", "geely")
    with speaking(code):
        assert joined in pieces.tiles(talks.view("renault"))


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "**Geely.** Makes cars."), ("fr", "**Geely.** Makes cars."), ("ja", "**Geely**：Makes cars.")],
)
def test_what_is_said_of_a_party_stands_behind_its_name(code, told):
    with speaking(code):
        assert words.headed("Geely", "Makes cars.") == told


@pytest.mark.parametrize("code", ["fr", "ja"])
def test_the_guide_names_buttons_as_they_are_called(code):
    called = {*frame.TABS[1], *(label for _, *labels in frame.TABS for label in labels), *quick.OFTEN.values()}
    known = {*called, brief.SHEET, "Send offer", "Sign", "Your offer", "Go to the table"}
    guided = [*guide.WHAT.values(), *guide.PHONE.values(), guide.CHEAP, guide.STEP, guide.STEP_ALONE, guide.READY]
    with speaking(code):
        labels = {tr(label) for label in known} | {
            tr("## Your offer · {table}").strip("# ").partition("・")[0].partition(" · ")[0]
        }
        for text in guided:
            named = set(re.findall(r"\*\*(.+?)\*\*", tr(text))) - {"{end}", "{go}"}
            assert named <= labels
            assert len(named) == len(set(re.findall(r"\*\*(.+?)\*\*", text)) - {"{end}", "{go}"})


def test_no_text_stands_where_the_extractor_cannot_read_it():
    """Until Python 3.12 an f-string is one piece to it: what is told inside of one would never be translated."""
    found = []
    for path in sorted((Path(negotiation.__file__).parent / "ui" / "play").rglob("*.py")):
        for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for part in ast.walk(whole) if isinstance(whole, ast.JoinedStr) else ():
                if isinstance(part, ast.Call) and getattr(part.func, "id", "") in {"tr", "plural", "mark", "phrase"}:
                    found += [(path.name, part.lineno)] if isinstance(part.args[0], ast.Constant) else []
    assert found == []
