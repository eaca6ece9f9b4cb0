"""A game with other line-ups, made ready once: the same points as the plain engine, and what is left to it."""

import pytest

from negotiation.debrief.replays import drawn
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab.compiled import setup
from negotiation.lab.compiled.series import Series

CASE = load("electric-quay")
TYPES = {party: next(iter(kinds)) for party, kinds in CASE.roles.items()}


@pytest.mark.parametrize("protocol", ["alternating", "open-floor"])
def test_other_line_ups_one_after_the_other(protocol):
    series = Series(CASE, protocol, 6, TYPES)
    for seed in range(6):
        seats = drawn(CASE, seed)
        model = Game(CASE, seats=seats, protocol=protocol, rounds=6, seed=seed, types=TYPES)
        model.play()
        assert series.points(seats, seed) == {party: round(model.points(party), 9) for party in model.seated}


@pytest.mark.parametrize("stranger", ["tough", "compat", "nobody at all"])
def test_who_cannot_be_seated_is_left_to_the_model(stranger):
    seats = drawn(CASE, 1)
    series = Series(CASE, "alternating", 6, TYPES)
    assert series.points({**seats, next(iter(seats)): stranger}, 1) is None
    assert series.points(seats, 1)


def test_other_protocols_and_games_without_room_are_left_to_the_model(monkeypatch):
    assert Series(load("any-two-of-three"), "single-text", 6, {}).points({}, 1) is None
    monkeypatch.setattr(setup, "MOST_OFFERS", 3)
    assert Series(CASE, "alternating", 6, TYPES).points(drawn(CASE, 1), 1) is None
