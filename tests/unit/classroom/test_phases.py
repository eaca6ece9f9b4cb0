"""Phases are in order, and each says all that is said of it."""

import json

import pytest

from negotiation.classroom.phases import HOMEWORK, TIMED, Phase, course, following, preceding
from negotiation.errors import Refused

STORED = ["lobby", "read", "prepare", "negotiate", "sign", "debrief", "closed"]


def test_the_stored_names_stand_in_their_order():
    assert json.loads(json.dumps(list(Phase))) == STORED
    assert [Phase(name).place for name in STORED] == list(range(7))
    assert sorted(Phase, reverse=True)[::-1] == list(Phase)
    for n, one in enumerate(Phase):
        for k, other in enumerate(Phase):
            assert (one < other, one <= other, one > other, one >= other) == (n < k, n <= k, n > k, n >= k)
    with pytest.raises(Refused, match="unknown phase 'party'; possible: lobby, read"):
        Phase("party")


def test_each_says_what_it_is():
    for phase in Phase:
        assert phase.called
        assert phase.during
        assert phase.to_do
        assert bool(phase.begins) == (phase is not Phase.LOBBY)
    assert [*TIMED] == ["read", "prepare", "negotiate", "sign"]
    assert [phase for phase in Phase if phase.talks] == ["negotiate", "sign"]
    assert [phase for phase in Phase if phase.over] == ["debrief", "closed"]


def test_a_class_goes_on_phase_by_phase_and_back_while_nothing_is_revealed():
    assert course(homework=False) == tuple(Phase)
    assert [following(phase, homework=False) for phase in Phase] == [*STORED[1:], None]
    assert [preceding(phase, homework=False) for phase in Phase] == [
        None,
        None,
        "read",
        "prepare",
        "negotiate",
        None,
        None,
    ]
    assert course(homework=True) == HOMEWORK
    assert [following(phase, homework=True) for phase in HOMEWORK] == ["debrief", "closed", None]
    assert {preceding(phase, homework=True) for phase in Phase} == {None}
