"""What Watch says of the beliefs of agents: a line about each party, not one of each agent."""

import re

import pytest

from negotiation.game import Game
from negotiation.language import speaking
from negotiation.ui.screens import watch
from negotiation.ui.screens.watch import _beliefs, _minds, _thought


def lines(game):
    told = re.sub(r"<[^>]+>", "|", _beliefs(game, game.state).replace("<li>", "\n"))
    return [re.sub(r"\|+", "", line).strip() for line in told.split("\n") if line.strip("| ")]


def test_one_line_about_each_party_that_may_be_of_several_types():
    game = Game("alliance-2023", strategy="tough", seed=3, types={"nissan": "pragmatic", "renault": "base"})
    assert lines(game) == [
        "All 5 others think Nissan Motor is pragmatic: 60% (as it is)",
        "All 5 others think Renault Group is as usual: 70% (as it is)",
    ]
    alone = Game("alliance-2023", strategy="linear", seats={"google": "tough"}, types={"nissan": "hawk"}, seed=3)
    assert lines(alone)[0] == "Google thinks Nissan Motor is pragmatic: 60% (it is hawk)"
    assert lines(Game("alliance-2023", strategy="linear")) == []
    people = Game("alliance-2023", strategy="person", seed=3)
    assert lines(people) == []


@pytest.mark.parametrize(
    ("hawks", "line"),
    [
        ((0.7, 0.2, 0.9), "2 of 3 others think Nissan Motor is hawk: 70% to 90% (it is pragmatic)"),
        ((0.3, 0.2, 0.9), "2 of 3 others think Nissan Motor is pragmatic: 70% to 80% (as it is)"),
        ((0.7, 0.2), "1 of 2 others thinks Nissan Motor is hawk: 70% (it is pragmatic)"),
    ],
)
def test_where_agents_differ_the_line_says_how_many_think_so(hawks, line):
    game = Game("alliance-2023", types={"nissan": "pragmatic"}, seed=3)
    judges = [(party, {"pragmatic": 1 - hawk, "hawk": hawk}) for party, hawk in zip(game.seated, hawks, strict=False)]
    assert re.sub(r"<[^>]+>", "", _thought(game, "nissan", judges)) == line


def test_shares_and_names_are_written_as_in_the_language():
    game = Game("alliance-2023", strategy="tough", seed=3, types={"nissan": "pragmatic"}).told("fr")
    with speaking("fr"):
        assert "60\N{NO-BREAK SPACE}%" in lines(game)[0]
        assert "60\N{NO-BREAK SPACE}%" in _minds(game, game.state)


def test_agents_speak_the_language_of_who_watches(monkeypatch):
    asked = []
    monkeypatch.setattr(watch, "Game", lambda *_, **how: asked.append(how["talk"]) or Game("cloud-for-two", **how))
    for code in ("fr", "ja", "fr"):
        game = watch._played("cloud-for-two", "tough", "open-floor", 7, (), code)
        assert game.talk == code
    assert asked == ["fr", "ja"]
