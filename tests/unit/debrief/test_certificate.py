"""The leak certificate finds what it says it finds: honest classes are clean, planted leaks are caught."""

import json
from dataclasses import replace

import pytest
from support_class import Class, play_out, seated

from negotiation.actions import Offer, Say
from negotiation.classroom.wire import Ear
from negotiation.debrief import certificate
from negotiation.debrief.certificate import certify, receipts
from negotiation.debrief.leaks import bytes_of, found_in, secrets_of


@pytest.fixture(scope="module")
def small(rooms):
    room = rooms()
    one, seats = seated(room, 4, surplus="share", protocol="open-floor")
    one.go("negotiate")
    assert room.play.act(seats[0], Say("my walk-away is 27.3"), "s") is None
    assert room.play.act(seats[0], Say(""), "refused")
    rest = [group for group in one.now.groups if not one.now.groups[group].closed]
    assert rest
    one.go("debrief")
    return room, one, seats


def test_an_honest_class_is_clean_and_the_certificate_says_what_was_done(small):
    room, one, seats = small
    found = certify(room, one.id)
    assert found.clean
    assert found.json() == certify(room, one.id).json()
    told = json.loads(found.json())
    assert told["clean"] is True
    groups = [group for group in one.now.groups.values() if not group.closed]
    assert told["groups"] == len(groups) == 1
    assert told["looks"] >= told["seats"] >= 3
    assert told["bytes"] > 1000
    assert told["searched"] > 0
    text = found.text()
    assert "nothing of another seat was found" in text
    assert found.digest in text
    assert receipts(room, seats[0].person) == room_refusals(room, seats[0].person)


def room_refusals(room, person):
    with room.store.reading() as look:
        return [look.answer(f"{person}:refused")]


def test_what_the_coach_says_is_checked_where_there_is_one(rooms, monkeypatch):
    room = rooms()
    one, seats = seated(room, 2, protocol="open-floor", coach=True)
    one.go("negotiate")
    (name, table), *_ = room.play.look(seats[0]).scenario.tables.items()
    assert room.play.act(seats[0], Offer({name: table.deal(0)}), "offer") is None
    assert room.play.act(seats[1], Offer({name: table.deal(table.size - 1)}), "counter") is None
    one.go("debrief")
    assert certify(room, one.id).clean
    told = iter(range(1000))
    monkeypatch.setattr(certificate, "advice", lambda view: [next(told)])
    assert not certify(room, one.id).clean, "a coach that says something else each time is found"


def test_the_flagship_is_clean(rooms):
    room = rooms()
    one = Class(room, case="alliance-2023", rounds=3)
    seat = one.seat()
    one.go("negotiate")
    play_out(one)
    found = certify(room, one.id)
    assert found.clean
    assert found.seats == len(room.play.look(seat).scenario.parties)
    with room.store.reading() as look:
        game, _ = room.play.games.at(look, seat.group)
    secret = secrets_of(game, "geely")
    assert any(text.startswith("Joint patents flow freely into Horse") for text in secret["nissan"][0])
    assert not any(
        text.startswith("Horse is built on technology") for text in secret["nissan"][0]
    )  # Geely scores it too


@pytest.mark.parametrize("what", ["brief", "points", "role"])
def test_a_planted_leak_is_caught(small, monkeypatch, what):
    room, one, _ = small
    honest = certificate.at_table

    def leaking(look, session, game, state):
        shown = honest(look, session, game, state)
        others = [party for party in game.case.roles if party != look.seat.party]
        if what == "brief":
            return replace(shown, brief=shown.brief + " ".join(game.role(p).brief for p in others))
        if what == "points":
            return replace(shown, points={p: game.role(p).preferences.score({}) for p in game.case.roles})
        return replace(shown, roles={p: game.role(p) for p in others})

    monkeypatch.setattr(certificate, "at_table", leaking)
    found = certify(room, one.id)
    assert not found.clean
    kinds = {leak.what.partition(" ")[0] + leak.what.partition(" ")[2][:8] for leak in found.leaks}
    assert any(leak.what == "bytes that depend on the secrets" for leak in found.leaks), kinds
    assert "RESULT: LEAKS" in found.text()
    if what == "role":
        assert any(leak.what.startswith("the sentence") for leak in found.leaks)


@pytest.fixture(scope="module")
def watched(rooms):
    """A class with somebody who observes, and that seat."""
    room = rooms()
    one = Class(room, case="cloud-for-two", protocol="alternating", surplus="observe", rounds=4)
    seats = [one.seat() for _ in range(3)]
    one.go("read")
    watching = next(one.again(seat) for seat in seats if not one.again(seat).party)
    return room, one, watching


def test_before_the_debrief_an_observer_is_sent_no_sheet_and_no_points(watched):
    room, one, watching = watched
    with room.store.reading() as look:
        game, _ = room.play.games.at(look, watching.group)
    secrets = secrets_of(game, "")
    assert set(secrets) == set(game.case.roles)
    assert all(texts and numbers for texts, numbers in secrets.values())
    ear = Ear(room.wire, room.seats.join(room.seats.device(one.id, watching.person, "Tea"), "", key="k" * 16))
    for phase in ("read", "prepare", "negotiate", "sign"):
        one.go(phase)
        if phase == "negotiate":
            play_out(one)
        shown = room.play.look(watching)
        assert (shown.view, shown.brief, dict(shown.points), dict(shown.roles)) == (None, "", {}, {})
        sent = json.dumps(ear.hello()) + bytes_of([shown]).decode()
        assert list(found_in(json.dumps(ear.hello()), secrets)) == []
        assert list(found_in(bytes_of([shown], silent=True).decode(), secrets)) == []
        assert all(text not in sent for texts, _ in secrets.values() for text in texts)
    one.go("debrief")
    assert set(room.play.look(watching).points) == set(game.case.roles)
    checked = certify(room, one.id)
    assert checked.clean
    assert checked.seats == 2 * len(one.now.groups) + 1


def test_points_shown_to_an_observer_are_caught(watched, monkeypatch):
    room, one, _ = watched
    honest = certificate.at_table

    def leaking(look, session, game, state):
        shown = honest(look, session, game, state)
        return shown if look.seat.party else replace(shown, points=game.points(state, state.outcome))

    monkeypatch.setattr(certificate, "at_table", leaking)
    assert {leak.seat for leak in certify(room, one.id).leaks} == {""}


def test_texts_and_numbers_are_found_however_they_are_written():
    secrets = {"nissan": (["You “believe” that Renault is in a hurry."], ["12.5", "0.3"])}
    assert list(found_in('{"a": "You \\u201cbelieve\\u201d that Renault is in a hurry. And more"}', secrets)) == [
        ("nissan", "the sentence 'You “believe” that Renault is in a hurry'"),
    ]
    assert list(found_in('{"a": 12.50, "b": 3e-1}', secrets)) == [
        ("nissan", "the number 12.5"),
        ("nissan", "the number 0.3"),
    ]
    assert list(found_in('{"a": 112.5}', secrets)) == []
