"""The fair split: where it lies, how far one goes below it, and what is signed at the end."""

import dataclasses

import numpy as np
import pytest

from negotiation.dice import Dice
from negotiation.game import Game
from negotiation.strategies import strategy
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.fair_split import FairSplit
from negotiation.strategies.position import Position, Talk
from negotiation.strategies.signers import RESERVATION, least_gain
from negotiation.table import Constraint, Issue, Signers, Table

PRICE = Table(
    "pie", "Pie", (Issue("part", "Part", tuple(f"o{n}" for n in range(11)), ("",) * 11),), Signers(("a", "b"))
)
GAINS = np.arange(11.0)


def position(time=0.5, theirs=(), mine=(), least=None, known=None, replaceable=False, others=1):
    """One pie of ten points, of which every deal gives me its number."""
    talk = Talk(mine, {"b": theirs} if theirs else {}, theirs, ())
    order = np.arange(11)
    return Position(
        *(GAINS, order, time, 10, 0.0, 0.0, PRICE.grid, replaceable, others),
        *(lambda: talk, lambda: known, lambda: least, lambda: (0.0, 0.0)),
    )


def test_the_fair_split_has_the_largest_product_within_a_band():
    others = (10.0 - GAINS) / 10.0
    assert FairSplit(hold=0.5).fair(position(least=others)) == 5.0
    assert FairSplit(hold=0.8, band=0.1).fair(position(least=others)) == pytest.approx(0.7 * 9)
    assert FairSplit(hold=0.3, band=0.1).fair(position(least=others)) == pytest.approx(0.4 * 9)
    assert FairSplit(hold=0.6).fair(position()) == 6.0
    assert FairSplit().fair(position(least=others - 2.0)) == 5.0


def test_it_comes_down_to_the_split_and_gives_little_more_to_who_does_not_move():
    ours = FairSplit(hold=0.6, by=0.5, exponent=1.0, give=0.1)
    assert ours.level(position(0.25)) == pytest.approx(8.0)
    assert ours.level(position(0.5)) == 6.0
    assert ours.level(position(1.0)) == 5.0
    assert ours.level(position(1.0, theirs=(1, 1, 1))) == 5.0


def test_among_many_it_asks_for_less_and_gives_more():
    ours = FairSplit(hold=0.6, by=0.5, give=0.1)
    assert [ours.fair(position(others=n)) for n in (1, 2, 3, 6)] == pytest.approx([6.0, 6.0, 4.0, 2.0])
    assert [ours.level(position(1.0, others=n)) for n in (1, 2, 3, 6)] == pytest.approx([5.0, 5.0, 2.5, 0.0])


def test_six_at_the_port_come_to_terms():
    for name in ("tough", "master"):
        game = Game("electric-quay", strategy=name, seed=1)
        assert set(game.play().bound) == {"quay"}


def test_it_closes_the_gap_as_far_as_the_others_have_come():
    ours = FairSplit(hold=0.6, by=0.5, give=0.0)
    assert ours.level(position(0.75, theirs=(0, 4))) == pytest.approx(6.0 - np.sqrt((4 / 6 - 0.2) / 0.8) * 0.5 * 2.0)
    assert ours.level(position(0.75, theirs=(0, 1))) == 6.0
    assert ours.level(position(0.75, theirs=(7, 8))) == 6.0


def test_late_a_good_part_of_the_split_is_enough():
    ours = FairSplit(hold=0.5, give=0.0)
    assert ours.level(position(9 / 11, theirs=(4, 4))) == 4.0
    assert ours.level(position(8 / 11, theirs=(4, 4))) == 5.0
    assert ours.level(position(9 / 11, theirs=(3, 3))) == 5.0


def test_who_can_be_replaced_bids_by_the_deadline_and_has_no_pride():
    there = position(0.9, replaceable=True)
    assert FairSplit().level(there) == strategy("compose:bidding=late").bidding.level(there)
    assert (FairSplit().pride(there), FairSplit(hold=0.6).pride(position(0.5))) == (0.0, 6.0)
    assert strategy("fair").bidding.pride(position()) == 0.0


def test_where_there_are_rounds_enough_it_goes_step_for_step():
    ours = FairSplit(enough=10)
    assert ours.bid(position(0.9)) == 10
    assert ours.bid(position(0.9, theirs=(0, 0), mine=(10,))) == 9
    assert ours.bid(position(0.9, theirs=(0, 0), mine=(10, 9))) == 9
    assert ours.level(position(0.9, theirs=(0, 0), mine=(10, 9))) == 9.0
    assert ours.pride(position(0.9)) == 0.0
    assert FairSplit(enough=11).pride(position(0.9)) > 0.0


def test_it_bids_what_the_weakest_signer_could_sign_and_no_deal_twice():
    known, least = np.zeros(11), np.where(GAINS == 9, 0.5, -0.5)
    assert FairSplit().bid(position(0.5, least=least, known=known)) == 9
    assert FairSplit().bid(position(0.5, least=least)) == 9
    assert FairSplit(hold=0.6).bid(position(0.9)) == 6
    assert FairSplit(hold=0.6).bid(position(0.9, mine=(6,))) == 7


@pytest.mark.parametrize("wrong", ["hold=0", "hold=2", "by=1", "exponent=0", "band=-1", "give=2", "enough=0"])
def test_parameters_that_make_no_curve_are_named(wrong):
    with pytest.raises(ValueError, match=f"^{wrong.partition('=')[0]} is "):
        FairSplit(**{wrong.partition("=")[0]: float(wrong.partition("=")[2])})


def test_what_the_needed_signer_that_gains_least_is_thought_to_gain():
    down = (10.0 - GAINS) / 10.0
    known = least_gain(PRICE, ["b"], {"b": down}, [], GAINS)
    assert known is not None
    assert known[0] == 1.0
    assert known[10] == pytest.approx(-RESERVATION / (1.0 - RESERVATION))
    assert np.allclose(known, least_gain(PRICE, ["b"], {}, [], GAINS))
    offered = least_gain(PRICE, ["b"], {"b": down}, [("b", 0, (8,)), ("a", 0, (10,))], GAINS)
    assert offered[8] == 0.0
    assert least_gain(PRICE, [], {}, [], GAINS) is None


def test_todays_arrangement_is_worth_nothing_where_everybody_knows_it():
    today = dataclasses.replace(PRICE, unsigned={"part": "o5"})
    down = (10.0 - GAINS) / 10.0
    assert least_gain(today, ["b"], {"b": down}, [], GAINS)[5] == 0.0
    assert least_gain(today, ["b"], {}, [], GAINS)[5] < 0.0
    barred = dataclasses.replace(today, forbidden=(Constraint("never", {"pie.part": ("o5",)}),))
    assert least_gain(barred, ["b"], {"b": down[:10]}, [], GAINS[:10])[4] > 0.0


def test_who_need_not_sign_loses_nothing():
    issue = Issue("who", "Who", ("b", "c"), ("", ""))
    rivals = Table("t", "T", (issue,), Signers(("a",), when=(("b", "who", ("b",)), ("c", "who", ("c",)))))
    least = least_gain(rivals, ["b", "c"], {"b": np.array([0.0, 1.0]), "c": np.array([1.0, 1.0])}, [], np.zeros(2))
    assert (least[0] < 0.0, least[1]) == (True, 1.0)
    alone = dataclasses.replace(rivals, signers=Signers(("a",), when=(("b", "who", ("b",)),)))
    assert least_gain(alone, ["b"], {}, [], np.zeros(2))[1] == 1.0


def test_at_the_end_too_small_a_share_is_signed_by_chance_alone(monkeypatch):
    """Half of what pride asks for is signed in about half of the games, and within a game always or never."""
    game = Game("cloud-for-two", strategy="tough", seats={"nimbus": "hardliner"}, seed=3)
    while game.state.round + 1 < game.state.rounds:
        game.advance()
    ours, evaluation = game.seated["kaido"].strategy, Evaluation(game.view("kaido"), strategy("tough").model)
    paper, asked = evaluation.papers[0], ours.bidding.pride(evaluation.position("contract"))
    assert asked > 0.0
    for share, signed in ((1.0, 1.0), (0.5, 0.5), (0.0, 0.0)):
        monkeypatch.setattr(Evaluation, "worth", lambda *_, share=share: share * asked)
        games = [{ours._deigns(evaluation, paper, Dice(seed, 0, turn)) for turn in range(3)} for seed in range(400)]
        assert all(len(one) == 1 for one in games)
        assert sum(one == {True} for one in games) / 400 == pytest.approx(signed, abs=0.08)


def test_who_holds_out_for_too_much_gets_nothing_from_tough():
    for party, other in (("kaido", "nimbus"), ("nimbus", "kaido")):
        seats = {party: "tough", other: "anchor:share=0.8"}
        assert not Game("cloud-for-two", seats=seats, seed=1).play().bound
