"""Settings of a class: declared once, checked as declared, and read as they were written."""

import json

import pytest

from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import ASKED, Settings
from negotiation.errors import Refused

STORED = {
    "case": "cloud-for-two",
    "variant": "",
    "protocol": "alternating",
    "rounds": 7,
    "round_seconds": 60.0,
    "minutes": {"read": 10.0, "negotiate": 45.0},
    "agents": {"kaido": "linear"},
    "level": "fair",
    "arrive": False,
    "surplus": "share",
    "types": {},
    "seed": 3,
    "reveal": {"sheet": "prepare"},
    "talk": "fr",
    "suggest": True,
    "coach": True,
    "homework": False,
    "seat": "",
    "attempts": 2,
    "counts": "last",
    "fresh": True,
}
"""As databases hold them."""


def test_what_a_database_holds_is_read_and_written_as_it_stands():
    settings = Settings.of(STORED)
    assert json.dumps(settings.row()) == json.dumps(STORED)
    assert [type(phase) for phase in (*settings.minutes, *settings.reveal.values())] == [Phase] * 3
    assert Settings.of(settings.row()) == settings


def test_an_older_class_has_what_is_usual_for_the_rest():
    assert Settings.of({"case": "cloud-for-two"}) == Settings("cloud-for-two")


def test_what_this_version_does_not_know_is_an_error():
    with pytest.raises(Refused, match="'weather' among its settings, which this version does not know"):
        Settings.of({**STORED, "weather": "fine"})
    with pytest.raises(Refused, match="unknown phase 'party'"):
        Settings.of({**STORED, "minutes": {"party": 5}})


@pytest.mark.parametrize("name", [name for name, asked in ASKED.items() if asked.most])
def test_a_number_has_the_bounds_that_are_declared(name):
    asked = ASKED[name]
    for good in (asked.least, asked.most, None):
        asked.check(good)
    with pytest.raises(Refused, match=f"{asked.what}: .* must be from {asked.least:g} to {asked.most:,.0f}"):
        asked.check(asked.most + 1)


@pytest.mark.parametrize("name", [name for name, asked in ASKED.items() if asked.options])
def test_a_choice_is_one_of_those_that_are_declared(name):
    asked = ASKED[name]
    assert getattr(Settings, name) in asked.options()
    for option in asked.options():
        asked.check(option)
    with pytest.raises(Refused, match=f"unknown {asked.what} 'none of them'; possible: "):
        asked.check("none of them")
