"""No internal word stands on any screen: pages of every bundled case are read as a person reads them."""

import pytest
from support import BUNDLED
from support_app import click, end
from support_said import internal, said

from negotiation.actions import Pass
from negotiation.formats import load
from negotiation.ui.jobs import result_folders
from negotiation.ui.play.solo_games import solo


def foreign(app, case=""):
    """The internal words on a page, but for those that an option of its case is called: a quay may be dredged, or None."""
    found = {word for text in said(app) for word in internal(text)}
    own = (
        {text for table in load(case).scenario.tables.values() for issue in table.issues for text in issue.texts}
        if case
        else ()
    )
    return sorted(found - {f"Python: {text}" for text in own})


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setenv(result_folders.VARIABLE, str(tmp_path / "results"))


@pytest.mark.parametrize(("door", "view"), [("", ""), ("Take a seat", ""), ("Open the lab", "New experiment")])
def test_no_page_before_a_game_says_an_internal_word(visit, door, view):
    app = visit(door)
    if view:
        app.button_group(key="lab-view").set_value(view).run()
    assert len(said(app)) > 10
    assert foreign(app) == []


@pytest.mark.parametrize("case", BUNDLED)
def test_no_page_of_a_case_says_an_internal_word(visit, case):
    app = visit("Take a seat")
    box = next(one for one in app.selectbox if one.label == "Case")
    box.select(case).run()
    app.segmented_control(key="setup-level").set_value("own").run()
    assert foreign(app, case) == []
    app = visit("Watch agents", case=case)
    click(app, "To the end")
    assert any(load(case).scenario.title in text for text in said(app))
    assert foreign(app, case) == []
    app = visit("Analyse a case")
    next(one for one in app.selectbox if one.label == "Case").select(case).run()
    assert foreign(app, case) == []


@pytest.mark.parametrize("case", BUNDLED)
def test_no_page_of_a_game_says_an_internal_word(visit, case):
    seat = list(load(case).roles)[1]
    game = solo().start(case=case, variant=next(iter(load(case).variants), ""), seats={seat: "person"}, rounds=2)
    app = visit("Take a seat", game=game)
    assert foreign(app, case) == []
    click(app, "Go to the table")
    assert foreign(app, case) == []
    end(app, f"End my {load(case).scenario.unit}")
    if not solo().load(game).state.over:
        solo().act(game, seat, Pass(), request="the last of this game")
    app = visit("Take a seat", game=game)
    assert any("fictional" in text for text in said(app))
    assert foreign(app, case) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("step_35_15", ["an id: step_35_15"]),
        ("base", ["an internal name: base"]),
        ("(P6–P10)", ["a source code: P6", "a source code: P10"]),
        ("Mean of None", ["Python: None"]),
        ("KeyError: 'x'", ["Python: KeyError"]),
        ("None of them can pay alone", ["Python: None"]),
        ("A pier, the base of the crane", ["an internal name: base"]),
    ],
)
def test_internal_words_are_found(text, found):
    assert internal(text) == found
