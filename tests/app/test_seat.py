"""The student's page through Streamlit's own test harness, on a real store; clicks at the table go through the socket."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support_app import click
from support_class import TEACHER, Class, play_out

import negotiation.ui
from negotiation.actions import Pass
from negotiation.formats import bundled
from negotiation.ui.common import words
from negotiation.ui.play.solo_games import solo
from negotiation.ui.server import identity as rooms


def seat_script():
    from negotiation.ui.common.style import style
    from negotiation.ui.screens import seat

    style()
    seat.page()


class Student:
    """Somebody with a page; `run` looks again."""

    def __init__(self, cookies, token):
        self.cookies, self.token = cookies, token
        self.app = AppTest.from_function(seat_script, default_timeout=180)
        self.run()

    def run(self):
        self.cookies[rooms.SEAT] = self.token
        self.app.run()
        assert not self.app.exception, [problem.value for problem in self.app.exception]
        return self

    def click(self, label):
        self.cookies[rooms.SEAT] = self.token
        click(self.app, label)

    @property
    def seat(self):
        return rooms.room().seats.identify(self.token)

    @property
    def look(self):
        return rooms.room().play.look(self.seat)

    @property
    def told(self):
        return " ".join(
            element.value for element in [*self.app.markdown, *self.app.title, *self.app.caption, *self.app.info]
        )

    @property
    def acts(self):
        """The buttons that act at the table, by label."""
        parts = [json.loads(one.proto.json) for one in self.app.get("bidi_component")]
        return {part["label"]: part for part in parts if "act" in part}


@pytest.fixture
def cookies(database, monkeypatch):
    held = {}
    monkeypatch.setattr(rooms, "cookie", lambda name: held.get(name, ""))
    return held


@pytest.fixture
def group(cookies):
    """A class, and as many students as asked for."""

    def made(people=1, **settings):
        one = Class(rooms.room(), **settings)
        return one, *[Student(cookies, one.join(f"Person {n}")) for n in range(people)]

    return made


def test_without_a_seat_there_is_a_way_to_one(cookies):
    stranger = Student(cookies, "guessed")
    assert "No seat here" in stranger.told
    assert any("/join" in element.proto.body for element in stranger.app.get("html"))


def test_from_the_lobby_over_reading_and_preparing_to_the_debrief(group):
    one, ana, bob = group(2, arrive=False)
    assert "You are in" in ana.told
    one.go("read")
    brief, other = (rooms.room().play.look(s.seat).brief for s in (ana, bob))
    ana.run()
    assert brief in ana.told
    assert other not in ana.told
    one.go("prepare")
    ana.run()
    ana.cookies[rooms.SEAT] = ana.token
    ana.app.number_input(key="sheet-target").set_value(60.0).run()
    assert ana.look.sheet["target"] == 60.0
    ana.app.text_area(key="sheet-notes").set_value("Ask high.").run()
    ana.app.number_input(key="sheet-target").set_value(61.0).run()
    ana.app.number_input(key="sheet-target").set_value(60.0).run()  # what was there before is kept again
    other = ana.app.multiselect[0]
    other.select(other.options[0]).run()
    assert (ana.look.sheet["target"], ana.look.sheet["notes"]) == (60.0, "Ask high.")
    ana.app.text_area(key="sheet-notes").set_value("x" * 5001).run()
    assert "Not kept: your notes have 5,001 characters" in ana.app.error[0].value
    assert (len(ana.app.text_area(key="sheet-notes").value), ana.look.sheet["notes"]) == (5001, "Ask high.")
    ana.app.text_area(key="sheet-notes").set_value("Ask high.").run()
    assert not ana.app.error
    assert [len(guess) for guess in ana.look.sheet["guesses"].values()] == [1, 0]
    assert "Your sheet is kept" in ana.told
    assert ana.run().app.number_input(key="sheet-target").value == 60.0
    one.go("negotiate")
    ana.run()
    assert [metric.label for metric in ana.app.metric][:2] == ["With what is signed", "Everything unsigned"]
    assert ana.acts["Send offer"]["act"]["kind"] == "offer"
    assert ana.acts["End my round"] == {**ana.acts["End my round"], "act": {"kind": "pass"}, "disabled": False}
    one.go("sign")
    assert "Send offer" not in ana.run().acts
    play_out(one)
    one.go("debrief")
    assert "Debrief" in ana.run().told
    one.go("closed")
    assert "nothing changes here any more" in ana.run().told


def test_whoever_has_passed_waits(group):
    one, ana, _ = group(2)
    one.go("negotiate")
    assert rooms.room().play.act(ana.seat, Pass(), "k1") is None
    assert ana.run().acts["End my round"]["disabled"]
    assert "nothing to do now" in ana.told


def test_suggestions_are_for_classes_that_allow_them(group):
    for suggest in (False, True):
        one, ana, bob = group(2, suggest=suggest)
        one.go("negotiate")
        view = bob.look.view
        table = view.due[0]
        deal = next(
            d for d in map(view.scenario.tables[table].deal, range(99)) if view.scenario.tables[table].index(d) >= 0
        )
        row = {"kind": "offer", "deals": {table: view.scenario.tables[table].name_of(deal)}}
        assert rooms.room().play.send(bob.seat, row, "k1") is None
        labels = {one.label for one in ana.run().app.button}
        assert "Their last" in labels
        assert ("Suggest" in labels) <= suggest


def test_a_seat_is_taken_back_and_a_class_left_and_found_again(group):
    one, ana = group()
    one.go("negotiate")
    rooms.room().teaching.take_over(TEACHER, one.id, ana.seat.group, ana.seat.party)
    assert "An agent plays your seat" in ana.run().told
    ana.click("Take it back")
    assert "An agent plays your seat" not in ana.told
    rooms.room().play.leave(ana.seat)
    assert "You have left this class" in ana.run().told
    ana.click("Come back")
    assert [metric.label for metric in ana.app.metric]


def test_observers_see_the_map_and_nobodys_points(group):
    one, *students = group(4, surplus="observe")
    one.go("negotiate")
    watching = next(student for student in students if not student.seat.party).run()
    assert "nobody's score sheet" in watching.told
    assert watching.look.scenario.brief[:60] in watching.told
    assert "How it goes" in watching.told
    assert not watching.app.metric
    assert watching.acts == {}


def test_homework_is_read_played_and_played_again(group):
    _one, eve = group(homework=True, attempts=2, rounds=1, case="cloud-for-two")
    eve.click("Go to the table")
    first = eve.seat.group
    assert rooms.room().play.act(eve.seat, Pass(), "k1") is None
    rooms.room().play.advance(first)
    assert "attempt 1 of 2" in eve.run().told
    eve.click("Play once more")
    assert eve.seat.group != first


def test_a_mediators_ballot_is_voted_on_through_the_socket(group):
    one, ana = group(protocol="single-text", rounds=2)
    one.go("negotiate")
    rooms.room().play.advance(ana.seat.group)
    ana.run()
    assert ana.acts["Yes"]["act"] == {"kind": "vote", "paper": ana.look.state.drafts[0].id, "yes": True}
    assert ana.acts["Yes"]["basis"] == len(ana.look.state.events)


def test_a_code_for_another_device_opens_the_same_seat(group):
    one, ana = group()
    ana.click("Use another device")
    code = next(e.proto.body for e in ana.app.get("html") if "class='big'" in e.proto.body).split("big'>")[1][:10]
    again = rooms.room().seats.join(code, "", key="a-key-for-this-click")
    assert rooms.room().seats.identify(again) == ana.seat
    assert one.now.people[ana.seat.person].name == "Person 0"


def test_a_server_of_classes_keeps_sheets_and_cases_back_from_students(cookies, monkeypatch, visit):
    monkeypatch.setenv(rooms.SERVED, "https://class.example.edu")
    home = visit()
    labels = {one.label for one in home.button}
    assert "Analyse a case" not in labels
    assert "Play Any two of three" in labels
    assert any("/join" in element.proto.body for element in home.get("html"))
    Class(rooms.room(), case="any-two-of-three")
    rooms.room().wire.keeper.look()
    assert not {one.label for one in home.run().button} & {"Play Any two of three"}
    assert any(words.KEPT_BACK in one.value for one in home.caption)
    click(home, "Take a seat")
    offered = home.selectbox[0].options
    assert len(offered) == len(bundled()) - 1
    assert not any("Any two of three" in title for title in offered)
    game = solo().start(case="any-two-of-three", seats={"aster": "person"})
    assert any("after the debrief" in one.value for one in visit("Take a seat", game=game).error)


def test_no_field_of_ours_is_cut_by_the_browser():
    """It would drop the end of what is pasted without a word; whatever is too long is refused with a sentence."""
    found = [
        path.name
        for path in Path(negotiation.ui.__file__).parent.rglob("*")
        if path.suffix in (".py", ".js") and re.search("max_?(chars|length)", path.read_text(), re.IGNORECASE)
    ]
    assert found == []
