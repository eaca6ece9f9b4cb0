"""The bundled cases in every language: whole, the same in all that counts, and nobody reads another's brief."""

import re

import pytest
from support import BUNDLED

from negotiation import headlines
from negotiation.debrief.leaks import bytes_of
from negotiation.formats import load
from negotiation.formats.log import encode
from negotiation.formats.translations import LONGEST_SHORT
from negotiation.game import Game
from negotiation.language import LANGUAGES, SOURCE

OTHERS = [code for code in LANGUAGES if code != SOURCE]
CASES = [(name, variant) for name in BUNDLED for variant in ("", *load(name).variants)]


def numbers(text):
    """The numbers of a text, however they are written."""
    return sorted(re.findall(r"\d+(?:\.\d+)?", text.replace(",", ".")))


def briefs(role):
    """A role's brief in every language."""
    return [role.told(code).brief for code in LANGUAGES]


@pytest.mark.parametrize("name", BUNDLED)
def test_every_text_is_told_in_every_language(name):
    case = load(name)
    assert sorted(case.translations) == sorted(OTHERS)
    assert case.untold == {}


@pytest.mark.parametrize(("name", "variant"), CASES)
@pytest.mark.parametrize("code", OTHERS)
def test_what_counts_is_the_same_in_every_language(name, variant, code):
    case = load(name, variant)
    told = case.told(code)
    assert told is load(name, variant).told(code) is not case
    assert (told.digest, told.text, told.variant, list(told.roles)) == (
        case.digest,
        case.text,
        variant,
        list(case.roles),
    )
    for party, roles in case.roles.items():
        assert list(told.roles[party]) == list(roles)
        assert all(told.roles[party][kind].preferences is role.preferences for kind, role in roles.items())
    for table, mine in case.scenario.tables.items():
        theirs = told.scenario.tables[table]
        assert (theirs.grid == mine.grid).all()
        assert theirs.seats == mine.seats
        assert [issue.options for issue in theirs.issues] == [issue.options for issue in mine.issues]


@pytest.mark.parametrize("name", BUNDLED)
def test_a_french_text_has_the_numbers_of_the_english_one(name):
    case = load(name)
    told = case.told("fr")
    for table, mine in case.scenario.tables.items():
        for ours, theirs in zip(mine.issues, told.scenario.tables[table].issues, strict=True):
            millions = [text.replace("EUR ", "").replace("m)", " M€)") for text in ours.texts]
            assert [*map(numbers, theirs.texts)] == [*map(numbers, millions)]
    for party, roles in case.roles.items():
        assert numbers(told.scenario.parties[party].brief) == numbers(case.scenario.parties[party].brief)
        for kind, role in roles.items():
            assert numbers(told.roles[party][kind].brief) == numbers(role.brief)


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_tell_things_apart_and_fit(name, code):
    scenario = load(name).told(code).scenario
    for told in (
        [party.title.partition(" (")[0] for party in scenario.parties.values()],
        [table.label for table in scenario.tables.values()],
        *([issue.title for issue in table.issues] for table in scenario.tables.values()),
        *(issue.texts for table in scenario.tables.values() for issue in table.issues),
    ):
        assert len({*told}) == len(told)
    assert max(len(table.short) for table in scenario.tables.values()) <= LONGEST_SHORT


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_nobody_holds_the_brief_of_another_in_any_language(name, variant):
    game = Game(load(name, variant), strategy="fair", seed=3)
    game.play()
    for me, seat in game.seated.items():
        mine = briefs(seat.role)
        theirs = [
            brief
            for party, roles in game.case.roles.items()
            for role in roles.values()
            for brief in briefs(role)
            if party != me and brief
        ]
        for code in LANGUAGES:
            view = game.view(me).told(code)
            held = bytes_of([view.role, view.state, view.scenario.translations, view.scenario.parties]).decode("ascii")
            told = held.encode().decode("unicode_escape")
            assert view.role.brief in told
            assert view.role.brief in mine
            assert not [brief[:60] for brief in theirs if brief[:60] in told]


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("code", OTHERS)
def test_a_game_that_is_told_is_the_same_game(name, code):
    game = Game(name, strategy="fair", seed=5, talk="en")
    game.play()
    told = game.told(code)
    assert told.case is game.case.told(code)
    assert [encode(told.case.scenario, event) for event in told.state.events] == [
        encode(game.case.scenario, event) for event in game.state.events
    ]
    assert {party: told.points(party) for party in game.seated} == {party: game.points(party) for party in game.seated}
    assert told.state.scenario is told.view(next(iter(game.seated))).scenario is told.case.scenario
    assert game.state.scenario is game.case.scenario
    assert told.told(SOURCE).state.scenario is game.case.scenario
    for mine, theirs in zip(headlines.headlines(game.state), headlines.headlines(told.state), strict=True):
        assert theirs.text == mine.told(code) != mine.text
