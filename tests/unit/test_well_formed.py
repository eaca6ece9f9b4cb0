"""Whether a move is one at all."""

import pytest
from hypothesis import given
from support_moves import moves

from negotiation.actions import Say
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.formats.notation import read, write
from negotiation.game import Game
from negotiation.moves import (
    Alternative,
    Ask,
    Commit,
    Concede,
    Courtesy,
    Obstacle,
    Prefer,
    Rank,
    Refuse,
    Sketch,
    Term,
    Trade,
)
from negotiation.strategies import PERSON
from negotiation.well_formed import MOST_TERMS, malformed

SCENARIO = load("alliance-2023").scenario
SSB, ADAS = Term("tech", "ssb"), Term("tech", "adas")
SHARED, LICENSED, OWN = Term("tech", "ssb", "shared"), Term("tech", "ssb", "licensed"), Term("tech", "adas", "shared")


@given(moves(SCENARIO))
def test_what_can_be_written_and_read_again_is_a_move_unless_it_says_the_same_twice(move):
    assert read(write([move]), SCENARIO) == (move,)
    same = isinstance(move, Rank | Prefer) and move.more == move.less
    assert bool(malformed(move)) == same


@pytest.mark.parametrize(
    ("move", "why"),
    [
        ("refuse", "str is no kind of move"),
        (Refuse([SHARED]), "its terms are no tuple"),
        (Refuse((SHARED,) * (MOST_TERMS + 1)), f"it has 61 terms; a move has at most {MOST_TERMS}"),
        (Refuse(("tech.ssb",)), "it names something that is no term"),
        (Obstacle(Term("tech", 3)), "it names something that is no term"),
        *(
            (move, "it lacks a part, or has one too many")
            for move in (
                Ask("bogus"),
                Ask("option"),
                Ask("priority", "", SHARED),
                Ask("option", "", SSB),
                Ask("priority", 3),
                Rank(SSB, SSB),
                Rank(SHARED, ADAS),
                Prefer(SSB, SSB),
                Prefer(SHARED, SHARED),
                Prefer(SHARED, OWN),
                Refuse(()),
                Refuse((SSB,)),
                Refuse((SHARED, OWN)),
                Concede(()),
                Concede((SSB, SHARED)),
                Concede((SHARED, OWN)),
                Sketch(()),
                Sketch((SHARED, LICENSED)),
                Trade((), (SSB,)),
                Trade((SSB,), ()),
                Commit(True, "alliance", "dance", "cloud"),
                Commit(True, "alliance", "sign", "cloud", 2.5),
                Commit(1, "alliance", "sign", "cloud"),
                Commit(True, "alliance", "sign", 3),
                Alternative(3),
                Obstacle(SHARED),
                Courtesy("bogus"),
            )
        ),
    ],
)
def test_what_is_none_is_told_why_and_its_author_alone_pays_for_it(move, why):
    assert malformed(move) == why
    game = Game("alliance-2023", strategy=PERSON, seed=1)
    with pytest.raises(IllegalAction, match=why):
        game.submit("nissan", Say("Well.", (), (move,)))


@pytest.mark.parametrize(
    ("say", "why"),
    [
        (Say("Well.", ["renault"]), "the hearers are a list, not a tuple"),
        (Say("Well.", (), [Courtesy("thanks")]), "the moves are a list, not a tuple"),
        (Say(3), "nissan said int, which is no text"),
        (Say("Well.", ("google",), (Ask("priority", "ampere"),)), "nobody who hears it has a seat at ampere"),
        (Say("Well.", ("renault",), (Ask("priority", "cloud", None, "google"),)), "google does not hear it"),
        (
            Say(
                "Well.", (), read("commit if alliance then walk ampere; commit if alliance then sign ampere", SCENARIO)
            ),
            "contradicts itself: it would both leave ampere and sign there",
        ),
        (
            Say(
                "Well.",
                (),
                read("commit if tech then sign cloud google; commit if tech then sign cloud nimbus", SCENARIO),
            ),
            "it would sign at cloud with google and with nimbus",
        ),
    ],
)
def test_what_is_said_must_make_sense_as_a_whole(say, why):
    game = Game("alliance-2023", strategy=PERSON, seed=1)
    with pytest.raises(IllegalAction, match=why):
        game.submit("nissan", say)
    fine = "commit if tech then sign cloud google; commit if tech then sign cloud; ask priority cloud -> google"
    game.submit("nissan", Say("Well.", ("google",), read(fine, SCENARIO)))
