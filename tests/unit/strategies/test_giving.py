"""Giving way without taking back: every offer lies nearer to what the others asked for first."""

import numpy as np

from negotiation.actions import Offer
from negotiation.formats import load
from negotiation.game import Game
from negotiation.strategies.decision_rules import NOTHING
from negotiation.strategies.giving import Giving
from negotiation.strategies.position import Position, Talk
from negotiation.table import Issue, Signers, Table

ISSUES = tuple(Issue(name, "", ("o0", "o1", "o2"), ("",) * 3) for name in "ij")
TABLE = Table("t", "", ISSUES, Signers(("a", "b")))
GAINS = np.array([0.0, 2.0, 4.0, 1.0, 3.0, 5.0, 2.0, 4.0, 6.0])


def position(time, mine=(), theirs=(), order=None, floor=0.0, said=None):
    """Two issues of three options, of which the last ones are mine."""
    order = np.argsort(GAINS, kind="stable") if order is None else order
    talk = Talk(mine, {"b": theirs} if theirs else {}, theirs, ())
    return Position(
        *(GAINS, order, time, 10, floor, 0.0, TABLE.grid, False, 1),
        *(lambda: talk, lambda: said, lambda: None, lambda: (0.0, 0.0)),
    )


def test_it_goes_from_its_last_offer_to_what_they_asked_for_first():
    assert Giving().bid(position(0.1, theirs=(0, 2))) == 8
    assert Giving().bid(position(0.5, mine=(8,), theirs=(0, 2))) == 2
    assert Giving().bid(position(1.0, mine=(2,), theirs=(0, 2))) == 0


def test_until_they_ask_it_goes_towards_what_is_worth_least_to_itself():
    assert Giving().bid(position(0.5)) == 2
    assert Giving().bid(position(0.5, theirs=(6,), order=np.array([3, 4, 5, 8]))) == 4


def test_words_show_the_way_until_they_ask_for_something():
    liked = np.eye(9)[2]
    assert Giving().bid(position(1.0, said=liked)) == 2
    assert Giving().bid(position(1.0, theirs=(0,), said=liked)) == 0


def test_nothing_that_was_given_is_taken_back():
    assert Giving().bid(position(0.1, mine=(4,), theirs=(0,))) == 4
    assert Giving().bid(position(0.1, mine=(4,), theirs=(0,), floor=3.5)) == 8
    assert Giving().bid(position(0.1, mine=(0,), theirs=(0,), order=np.array([4, 8]))) == 8
    assert Giving().bid(position(0.1, order=np.array([], dtype=int))) == NOTHING
    assert Giving().bid(position(0.1, mine=(4,), theirs=(0,), floor=7.0)) == NOTHING


def test_the_other_side_sees_easy_come_nearer_with_every_offer():
    """At a table of two every offer is worth as much to the other as the one before, whoever sits there."""
    case = load("cloud-for-two")
    sheets = {party: case.role(party).preferences for party in case.roles}
    for me, other in (("kaido", "nimbus"), ("nimbus", "kaido")):
        for against in ("easy", "fair", "linear", "boulware", "tough", "conceder", "silent"):
            game = Game(case, strategy=against, seats={me: "easy"}, seed=1)
            game.play()
            told = [
                event.action.deals
                for event in game.state.events
                if event.party == me and isinstance(event.action, Offer)
            ]
            worth = [sheets[other].score(deals) for deals in told]
            assert worth == sorted(worth), (me, against, worth)
