"""What pages of a class show in the language of who reads them, with nothing of anybody else in it."""

import re
from dataclasses import replace

import pytest
from support_class import TEACHER, seated

from negotiation.actions import Offer
from negotiation.classroom.commands import titled
from negotiation.debrief.leaks import bytes_of, secrets_of
from negotiation.formats import load
from negotiation.language import LANGUAGES, phrase, speaking


@pytest.fixture
def looks(local):
    one, seats = seated(local, 3)

    def seen(phase=""):
        if phase:
            one.go(phase)
        return [local.play.look(seat) for seat in seats]

    return local, one, seen


def brief(party, code):
    return load("any-two-of-three").told(code).role(party).brief


def longest(text):
    """The longest sentence of a text."""
    return max((one.strip() for one in re.split(r"(?<=[.;:])\s+|(?<=。)", text)), key=len)


def test_a_seat_reads_its_own_brief_in_its_own_language(looks):
    *_, seen = looks
    for look in seen():
        assert look.told("fr").brief == look.brief == ""
        assert look.translations == {}
    for look, code in zip(seen("read"), LANGUAGES, strict=True):
        told = look.told(code)
        assert told.brief == brief(look.seat.party, code)
        assert told.scenario is look.scenario.told(code)
        assert told.title == told.scenario.title


def test_at_the_tables_everything_is_told_and_nothing_else_changes(looks):
    *_, seen = looks
    for look in seen("negotiate"):
        told = look.told("ja")
        assert told.view.scenario is told.state.scenario is told.scenario
        assert told.view.role.brief == told.brief == brief(look.seat.party, "ja")
        assert told.view.preferences is look.view.preferences
        assert (told.mark, told.points, told.versions) == (look.mark, look.points, look.versions)
        assert told.roles == {}


def test_every_sheet_is_told_once_all_are_open(looks):
    _, one, seen = looks
    one.go("negotiate")
    [look, *_] = seen("debrief")
    assert {party: role.brief for party, role in look.told("fr").roles.items()} == {
        party: brief(party, "fr") for party in look.roles
    }


def test_nothing_of_another_seat_is_in_a_look_in_any_language(looks):
    room, _, seen = looks
    for look in seen("negotiate"):
        with room.store.reading() as reading:
            game, _ = room.play.games.at(reading, look.seat.group)
        found = secrets_of(game, look.seat.party)
        for who, (texts, _) in found.items():
            assert {longest(brief(who, code)) for code in LANGUAGES} <= {*texts}
        for code in LANGUAGES:
            held = bytes_of([look.told(code)]).decode("ascii")
            secrets = [text for texts, _ in found.values() for text in texts]
            assert not [text for text in secrets if bytes_of([text]).decode("ascii")[2:-2] in held]


def test_a_class_with_a_title_of_its_own_keeps_it(local):
    _, [seat] = seated(local, 1)
    look = local.play.look(seat)
    assert look.told("fr").title == look.scenario.told("fr").title != look.title
    assert replace(look, title="Monday").told("fr").title == "Monday"


def test_a_tile_of_the_console_is_told(looks):
    room, one, seen = looks
    seen("negotiate")
    [tile] = room.teaching.tiles(TEACHER, one.id, {})
    told = tile.told("fr")
    assert told.state.scenario is told.game.state.scenario is told.game.case.scenario is tile.state.scenario.told("fr")
    assert tile.told("en").state is tile.state


def test_what_is_said_of_a_group_is_told_in_the_language_of_who_listens(looks):
    room, _, seen = looks
    look = seen("negotiate")[0]
    case = load("any-two-of-three")
    table = case.scenario.tables["platform"]
    assert room.play.act(look.seat, Offer({"platform": table.deal(0)}), "offer") is None
    for code in LANGUAGES:
        with speaking(code):
            [(_, line)] = room.wire.feeds.story(look.seat.group)[0]
        told = case.told(code).scenario.tables["platform"]
        assert next(list(pair) for pair in line["terms"]) == [told.issues[0].title, told.issues[0].texts[0]]


def test_a_refusal_names_tables_as_the_reader_knows_them():
    scenario = load("any-two-of-three").scenario
    why = phrase("{table} was signed in {unit} {n}", table="platform", unit="round", n=2)
    with speaking("ja"):
        assert titled(scenario, why) == "共通の電池プラットフォーム was signed in round 2"
    assert titled(scenario, why) == "Common battery platform was signed in round 2"
