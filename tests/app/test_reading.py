"""What a seat in class is told about its words before they are said, and what it says by buttons."""

import pytest
from support_class import Class

from negotiation.actions import Say
from negotiation.formats.notation import write
from negotiation.ui.server import identity as rooms
from negotiation.ui.server.reading import read


@pytest.fixture
def seats(database):
    """The seats of a group of the flagship, by party, as soon as the class is in a phase."""

    def opened(phase="negotiate"):
        one = Class(rooms.room(), case="alliance-2023", protocol="open-floor", rounds=9)
        tokens = [one.join() for _ in range(6)]
        one.go(phase)
        found = [rooms.room().seats.identify(token) for token in tokens]
        return {seat.party: seat for seat in found}

    return opened


def test_moves_are_told_as_people_say_them_and_as_they_are_sent(seats):
    seat = seats()["nissan"]
    text = "Renault, what matters most to you at Ampère? Fine weather."
    assert read(rooms.room(), seat, text) == {
        "t": "read",
        "text": text,
        "chips": [["asks Renault Group: what matters most at Ampère", "ask priority ampere -> renault"]],
        "missed": ("Fine weather.",),
        "left": (),
        "sure": False,
    }


@pytest.mark.parametrize(("text", "sure"), [("Thank you.", True), ("Fine weather.", True), ("No merger.", False)])
def test_only_what_others_can_hold_one_to_is_to_be_looked_at_first(seats, text, sure):
    assert read(rooms.room(), seats()["nissan"], text)["sure"] is sure


@pytest.mark.parametrize("to", [[], ["renault"]])
def test_what_is_told_can_be_sent(seats, to):
    seat, room = seats()["nissan"], rooms.room()
    text = "A merger is out of the question."
    [[_, moves]] = read(room, seat, text)["chips"]
    assert room.play.send(seat, {"kind": "say", "text": text, "to": to, "moves": moves}, "key-1") is None
    said = [event.action for event in room.play.look(seat).state.events if isinstance(event.action, Say)]
    assert [(one.text, one.to, write(one.moves)) for one in said] == [(text, tuple(to), moves)]


def test_a_move_that_means_nothing_now_is_left_out_with_the_reason(seats):
    (left,) = read(rooms.room(), seats()["google"], "On purchasing we are flexible.")["left"]
    assert left.startswith("flexible: Parts purchasing: no seat at Capital and governance of the alliance")


@pytest.mark.parametrize("text", ["", "😀", "x" * 1001, "x" * 60_000])
def test_into_what_means_nothing_nothing_is_read(seats, text):
    found = read(rooms.room(), seats()["nissan"], text)
    assert (found["chips"], found["left"]) == ([], ())


def test_nor_is_anything_before_there_is_a_game_or_from_another_seat(seats):
    room, seat = rooms.room(), seats("lobby")
    one = next(iter(seat.values()))
    assert read(room, one, "A merger is out of the question.")["chips"] == []
    moved = type(one)(one.session, one.person, one.name, one.group, "renault")
    assert read(room, moved, "A merger is out of the question.")["chips"] == []
