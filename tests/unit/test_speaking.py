"""What can be said at all, and what a refusal says."""

import pytest

from negotiation.actions import Accept, Offer, Say, Walk
from negotiation.errors import IllegalAction
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.moves import Alternative, Ask, Commit, Rank, Refuse, Sketch, Term
from negotiation.speaking import MOST_MOVES
from negotiation.strategies import PERSON

CASE = "alliance-2023"


def talks(**options):
    return Game(CASE, strategy=PERSON, seed=1, **options)


def said(game, text, party="nissan", to=()):
    game.submit(party, Say("Well.", to, read(text, game.case.scenario)))
    return game.state.events[-1].action


@pytest.mark.parametrize(
    "text",
    [
        "ask priority ampere -> renault",
        "ask priority -> google",
        "rank alliance.stakes > tech.ssb",
        "commit unless alliance by 8 then sign cloud google",
        "commit if horse then walk ampere",
        "commit unless tech by 9 then walk tech",
        "courtesy thanks",
        "none",
    ],
)
def test_what_can_mean_something_is_said(text):
    game = talks()
    act = said(game, text)
    assert act.moves == read(text, game.case.scenario)
    assert game.state.spoken == (0,)
    assert game.state.private == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ask priority -> nissan", "nobody asks itself"),
        ("ask priority cloud -> renault", "Renault Group has no seat at cloud"),
        ("refuse horse.split=even", "no seat at horse; seats: alliance, ampere, tech, cloud"),
        ("commit if alliance then walk alliance", "cannot be the condition for what happens there"),
        (
            "commit unless alliance then sign cloud renault",
            "renault has no seat at cloud; seats: nissan, google, nimbus",
        ),
    ],
)
def test_what_can_mean_nothing_is_refused_with_the_reason(text, why):
    game = talks()
    with pytest.raises(IllegalAction) as refused:
        said(game, text)
    assert why in str(refused.value)
    assert not game.state.events


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (("nissan",), "nissan cannot speak to itself in private; others: renault, mitsubishi"),
        (("toyota",), "unknown party 'toyota'"),
        (("renault", "renault"), "cannot speak twice to the same"),
    ],
)
def test_nobody_speaks_to_nobody_or_to_itself(to, why):
    with pytest.raises(IllegalAction, match=why):
        said(talks(), "none", to=to)


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (Alternative("harbour"), "unknown table 'harbour'"),
        (Ask("priority", "", None, "toyota"), "unknown party 'toyota'"),
        (Refuse((Term("alliance", "moon", "x"),)), "unknown issue of alliance 'moon'"),
        (Sketch((Term("alliance", "stakes", "half"),)), "unknown option of stakes 'half'"),
    ],
)
def test_a_move_of_a_strategy_from_outside_names_what_is_there(move, why):
    with pytest.raises(IllegalAction, match=why):
        talks().submit("nissan", Say("Well.", (), (move,)))


def test_a_text_has_so_many_moves_and_no_more():
    move = Rank(Term("alliance", "stakes"), Term("alliance", "votes"))
    talks().submit("nissan", Say("Well.", (), (move,) * MOST_MOVES))
    with pytest.raises(IllegalAction, match=f"{MOST_MOVES + 1} moves in one text"):
        talks().submit("nissan", Say("Well.", (), (move,) * (MOST_MOVES + 1)))


def test_what_is_settled_is_no_longer_talked_of():
    left = Game(CASE, strategy=PERSON, seed=1)
    left.submit("google", Walk("sdv"))
    with pytest.raises(IllegalAction, match="sdv was abandoned in week 1"):
        said(left, "refuse sdv.openness=any", "renault")
    with pytest.raises(IllegalAction, match="never comes; possible: 1 to"):
        left.submit("nissan", Say("Well.", (), (Commit(True, "alliance", "walk", "ampere", 99),)))
    signed = talks()
    deal = signed.case.scenario.tables["horse"].deal(0)
    signed.submit("renault", Offer({"horse": deal}))
    signed.submit("geely", Accept(0))
    with pytest.raises(IllegalAction, match="horse was signed in week 1"):
        said(signed, "commit unless horse by 3 then walk ampere")
    with pytest.raises(IllegalAction, match="horse was signed in week 1"):
        said(signed, "rank horse.split > horse.markets", "geely")
    with pytest.raises(IllegalAction, match="horse was signed in week 1"):
        said(signed, "ask obstacle horse", "geely")


def test_private_words_are_noted_where_they_were_said():
    game = talks()
    said(game, "courtesy greeting")
    said(game, "courtesy thanks", to=("renault", "google"))
    assert (game.state.spoken, game.state.private) == ((0, 1), (1,))
