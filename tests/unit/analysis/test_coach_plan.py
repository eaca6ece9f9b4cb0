"""How the coach prepares a seat."""

import dataclasses
import math

import pytest
from unit_coaching import MINE, Table, issue

from negotiation.actions import Walk
from negotiation.analysis.coaching import plan as planning
from negotiation.analysis.coaching.plan import prepare, questions
from negotiation.moves import Ask
from negotiation.reports.coach_text import aims, button, linked, prospects, weight


@pytest.fixture
def table():
    return Table()


@pytest.fixture
def alliance():
    return Table("alliance-2023", "nissan")


def test_a_plan_says_what_i_keep_what_to_aim_for_and_what_weighs_most(table):
    plan = prepare(table.view)
    assert (plan.walk_away, plan.best, plan.target) == (47, 100, 73.5)
    assert [(term.issue, points) for term, points in plan.issues] == [("price", 34), ("data", 28), ("migration", 16)]
    (there,) = plan.tables
    assert (there.unsigned, there.best, there.signers, there.sometimes) == (47, 100, ("nimbus",), ())
    assert aims(plan.walk_away, plan.best, plan.target, 1)[1].startswith("Your best, if everybody gave you all")
    assert weight(table.scenario, *plan.issues[0]) == (
        "USD per car and year (Connected-car cloud): 34.0 points between best and worst"
    )
    assert prospects(table.scenario, there)[-1] == "Needs Nimbus."
    assert prospects(table.scenario, there, brief=True) == [
        "Unsigned, Connected-car cloud leaves you 47.0 points; your best there is 100.0 points."
    ]


def test_where_the_best_is_too_hard_to_find_there_is_no_target(table, monkeypatch):
    monkeypatch.setattr(planning, "ideal_score", lambda _: math.nan)
    plan = prepare(table.view)
    assert (plan.best, plan.target) == (None, None)
    assert aims(plan.walk_away, plan.best, plan.target, 1)[1].startswith("Your best is too hard to work out")


def test_the_tables_of_a_plan_are_those_still_open_to_me_the_weightiest_first(alliance):
    plan = prepare(alliance.view)
    assert [one.table for one in plan.tables] == ["alliance", "tech", "ampere", "cloud"]
    assert plan.tables[3].sometimes == ("google", "nimbus")
    assert "Google and Nimbus may sign, by what the deal says." in prospects(alliance.scenario, plan.tables[3])
    for name in ("alliance", "tech"):
        alliance.game.submit("nissan", Walk(name))
    assert [one.table for one in prepare(alliance.view).tables] == ["ampere", "cloud"]
    alliance.game.submit("google", Walk("cloud"))
    alliance.game.submit("nimbus", Walk("cloud"))
    (there,) = prepare(alliance.view).tables
    assert (there.table, there.sometimes) == ("ampere", ("mitsubishi",))


def test_a_table_where_nothing_can_be_signed_any_more_has_no_better_than_unsigned(table, monkeypatch):
    monkeypatch.setattr(planning, "possible", lambda view, name: view.preferences.points[name][:-1] < 0)
    assert prepare(table.view).tables[0].best == 47


def test_links_of_a_plan_are_those_that_can_still_come_about(alliance):
    links = {link.name for link in prepare(alliance.view).links}
    assert links == {"L9", "L1a", "L5"}
    first = prepare(alliance.view).links[0]
    assert linked(alliance.scenario, first).startswith("-12.0 if Cross-shareholding: ")
    assert linked(alliance.scenario, first).endswith(first.says["en"])
    assert linked(alliance.scenario, dataclasses.replace(first, says={})).endswith("holding")
    alliance.game.submit("nissan", Walk("alliance"))
    left = prepare(alliance.view)
    names = {link.name for link in left.links}
    assert "L9" not in names, "no merger any more"
    assert "L5" in names, "what is unsigned leaves the old stakes in force"


def test_three_questions_of_different_kinds_to_different_parties(alliance):
    asked = questions(alliance.view)
    assert [(move.what, move.whom) for move in asked] == [
        ("priority", "renault"),
        ("option", "mitsubishi"),
        ("alternative", "google"),
    ]
    labels = {name: table.label for name, table in alliance.scenario.tables.items()}
    assert [button(alliance.scenario, move, move.whom) for move in asked] == [
        f"Ask Renault Group what matters most at {labels['alliance']}",
        "Ask Mitsubishi Motors about “None” on Nissan engineers in Ampère",
        f"Ask Google what else it has instead of {labels['cloud']}",
    ]
    alliance.says("nissan", *asked)
    assert not set(asked) & set(questions(alliance.view))


def test_what_is_wrong_is_asked_of_those_who_have_not_signed_my_paper(table):
    table.offers("kaido", MINE)
    assert questions(table.view)[0] == Ask("obstacle", "contract", None, "nimbus")
    table.says(
        "kaido", Ask("obstacle"), Ask("priority", "contract"), Ask("option", "", issue("price", "p14"), "nimbus")
    )
    assert [move.what for move in questions(table.view)] == ["obstacle", "alternative"]
    table.says("kaido", Ask("obstacle", "", None, "nimbus"))
    assert [move.what for move in questions(table.view)] == ["alternative"]
