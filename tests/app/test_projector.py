"""What a whole class sees in front, in every phase: what it should, and nothing secret before the debrief."""

from types import SimpleNamespace

import pytest
from support_app import click
from support_class import play_out
from support_school import html, projector_script, seen

from negotiation.classroom.phases import Phase
from negotiation.debrief.class_data import gather
from negotiation.debrief.jobs import agents_wanted, twins_wanted
from negotiation.debrief.report import findings
from negotiation.formats import load
from negotiation.ui.debrief import of_class
from negotiation.ui.debrief.figure import LARGER, TALLEST, larger
from negotiation.ui.jobs import background
from negotiation.ui.teach import projector

OPTIONS = {"clock": {"minutes": {"read": 5, "negotiate": 10}}, "rounds": {}, "homework": {"homework": True}}


class Front:
    """A class with two people in one group, and its page for the projector."""

    def __init__(self, school, **settings):
        self.school, self.room = school, school.room
        self.id = school.create(case="cloud-for-two", protocol="alternating", **settings)
        self.people = [school.join(name) for name in ("Anastasia", "Bartholomew")]

    @property
    def now(self):
        return self.school.now

    def go(self, phase):
        """On to a phase; agents play the talks out when they end."""
        if self.now.phase != phase:
            if self.now.phase == "negotiate":
                play_out(self)
            self.room.teaching.go(self.school.by, self.id, Phase(phase))
        return self

    def page(self):
        return self.school.open(projector_script, **{"class": self.id})


def told(app):
    return html(app) + "".join(one.value for kind in ("markdown", "caption", "info") for one in app.get(kind))


def switch(app, label):
    return next(one for one in app.toggle if one.label == label)


@pytest.mark.parametrize("way", OPTIONS)
def test_it_stands_in_every_phase_of_every_kind_of_class(school, way):
    front, homework = Front(school, **OPTIONS[way]), way == "homework"
    for phase in Phase if not homework else ("negotiate", "debrief", "closed"):
        app = front.go(phase).page()
        shown = told(app)
        assert not app.error, phase
        assert not app.get("download_button"), phase
        assert (school.code[:3] in shown) == (phase not in ("debrief", "closed")), phase
        assert ("Anastasia" in shown) == (phase == "lobby"), phase
        with school.room.store.reading() as look:
            game, state = school.room.play.games.at(look, front.people[0].group)
        if phase != "debrief":
            assert not any(role.brief[:40] in shown for kinds in game.case.roles.values() for role in kinds.values())
            points = {f"{value:.{state.scenario.decimals}f}" for value in game.points(state, state.outcome).values()}
            assert not [one for one in points if f">{one}<" in shown], phase
        if phase in ("negotiate", "sign", "closed") and not homework:
            assert shown.count("class='on'") == len(state.bound), phase
            assert (f"{state.scenario.unit.capitalize()} 1 of {state.rounds}" in shown) == (
                phase != "closed" and not state.over
            ), phase


def test_the_round_is_told_of_the_first_group_to_the_last():
    scenario = load("any-two-of-three").scenario
    tiles = [
        SimpleNamespace(state=SimpleNamespace(over=over, round=n, rounds=8, scenario=scenario))
        for n, over in ((2, False), (4, False), (7, True))
    ]
    unit = scenario.unit.capitalize()
    assert projector._round(tuple(tiles)) == f"{unit} 3 to 5 of 8"
    assert projector._round(tuple(tiles[:1])) == f"{unit} 3 of 8"
    assert projector._round(tuple(tiles[2:])) == ""


def test_names_and_code_can_be_hidden(school):
    front = Front(school)
    app = front.page()
    assert "Anastasia" in told(app)
    switch(app, "Names").set_value(False).run()
    assert "Anastasia" not in told(seen(app))
    assert "2 people have joined" in told(app)
    app = front.go("negotiate").page()
    assert school.code[:3] in told(app)
    switch(app, "Code").set_value(False).run()
    assert school.code[:3] not in told(seen(app))
    school.room.teaching.close_code(school.by, school.id)
    assert school.code[:3] not in told(front.page())


def test_what_was_said_to_everybody_stands_in_front_for_a_while(school):
    front = Front(school).go("read")
    school.room.teaching.broadcast(school.by, school.id, "Two minutes left.", "k1")
    school.room.teaching.broadcast(school.by, school.id, "For you alone.", "k2", to=front.people[0].person)
    assert "Two minutes left." in told(front.page())
    assert "For you alone." not in told(front.page())


def test_the_debrief_goes_through_all_parts_without_names_unless_wanted(school):
    front = Front(school).go("negotiate").go("debrief")
    app = front.page()
    parts = app.button_group[0].options
    assert len(parts) > 8
    for part in parts:
        app.button_group[0].set_value(part)
        assert "Anastasia" not in told(seen(app.run())), part
    app.button_group[0].set_value(parts[0])
    switch(app, "Names").set_value(True).run()
    assert "Anastasia" in told(seen(app))
    assert "Closed" in told(front.go("closed").page())


def test_the_debrief_with_its_replays(school, monkeypatch):
    """As a teacher has it: the very same call, with few replays."""
    front = Front(school).go("negotiate").go("debrief")
    made = findings(gather(school.room, school.id))
    wanted = [agents_wanted(made.klass, 20), twins_wanted(made, 0.2)]
    monkeypatch.setattr(of_class, "_kept", type(of_class._kept)())
    monkeypatch.setattr(of_class, "agents_wanted", lambda klass: wanted[0])
    monkeypatch.setattr(of_class, "twins_wanted", lambda found: wanted[1])
    monkeypatch.setattr(projector, "render", of_class.render)
    front.page()
    for asked in wanted:
        background.job(asked).thread.join(200)
    app = front.page()
    app.button_group[0].set_value("Luck and skill")
    assert "agents, low" in told(seen(app.run()))


def test_the_page_goes_on_from_the_talks_to_the_debrief(school):
    front = Front(school)
    app = front.go("negotiate").page()
    assert "Negotiate" in told(app)
    front.go("debrief")
    assert "Results" in app.run().button_group[0].options
    seen(app)


def test_a_class_that_nobody_came_to(school):
    school.create(arrive=False)
    for phase in Phase:
        if phase != "lobby":
            school.room.teaching.go(school.by, school.id, Phase(phase))
        app = school.open(projector_script, **{"class": school.id})
        assert not app.error
        assert phase != "debrief" or "nothing to talk about" in app.info[0].value
    click(school.open(projector_script, **{"class": "nonsense"}), "All classes")


def test_a_chart_is_larger_on_the_projector_and_says_the_same():
    """Texts, marks and rows grow, numbers and scales do not; nothing grows beyond the screen."""
    spec = {
        "height": 560,
        "data": {"values": [{"size": 3, "height": 2}]},
        "layer": [
            {"mark": {"type": "circle", "size": 100, "aria": False}, "height": {"step": 20}},
            {"mark": {"type": "tick", "size": 10, "thickness": 2}, "encoding": {"y": {"scale": {"zero": False}}}},
        ],
    }
    seen = larger(spec)
    assert seen["data"] == spec["data"]
    assert seen["height"] == TALLEST
    assert larger({"height": 900})["height"] == 900
    assert seen["layer"][0] == {
        "mark": {"type": "circle", "size": 100 * LARGER**2, "aria": False},
        "height": {"step": 20 * LARGER},
    }
    assert seen["layer"][1]["mark"] == {"type": "tick", "size": 10 * LARGER, "thickness": 2 * LARGER}
    assert seen["layer"][1]["encoding"] == spec["layer"][1]["encoding"]
