"""How agents vote, and what they sign when no better text can come."""

import math

import pytest

from negotiation.actions import CLOCK, MEDIATOR, Accept, Offer, Open, Pass, Vote
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.game import Game
from negotiation.strategies import strategy
from negotiation.strategies.evaluation import Evaluation
from negotiation.strategies.voting import says_yes


@pytest.mark.parametrize(
    ("gain", "text", "heat", "draw", "yes"),
    [
        (3, 2, 0, 0.0, True),
        (2, 2, 0, 0.99, True),
        (1, 2, 0, 0.0, False),
        (0, 0, 0, 0.0, True),
        (-1, 0, 0, 0.0, False),
        (-1, 0, 50, 0.0, False),
        (1, 2, 5, math.exp(-0.2) - 0.001, True),
        (1, 2, 5, math.exp(-0.2) + 0.001, False),
    ],
)
def test_a_vote_is_yes_for_no_worse_a_text_and_by_chance_for_a_worse_one_above_the_floor(gain, text, heat, draw, yes):
    assert says_yes(gain, text, heat, draw) is yes


def test_heat_falls_to_nothing_and_only_annealers_have_any():
    assert strategy("annealer:heat=8").temper(0.25) == 6
    assert strategy("annealer").temper(1.0) == 0
    assert strategy("linear").temper(0.1) == 0
    with pytest.raises(SetupError, match="annealer: heat is -1, must not be below 0"):
        strategy("annealer:heat=-1")


def at_the_vote(kaido, **options):
    """Cloud for two with kaido to decide; nimbus is a person whose votes the test gives."""
    seats = {"kaido": kaido, "nimbus": "person"}
    return Game("cloud-for-two", seats=seats, protocol="single-text", **options)


def put(model, number):
    table = model.case.scenario.tables["contract"]
    model.submit(MEDIATOR, Offer({"contract": table.deal(number)}))
    return len(model.state.events) - 1


def ranked(model):
    """The deals by kaido's gain, and those gains."""
    evaluation = Evaluation(model.view("kaido"))
    return evaluation.order("contract"), evaluation.gains("contract")


def test_a_hill_climber_climbs():
    model = at_the_vote("hardliner", rounds=2)
    order, gains = ranked(model)
    rising = [int(n) for n in order if gains[n] > 1][::9][:3]
    paper = put(model, int(order[0]))
    assert model.next_act() == ("kaido", Vote(paper, False))
    for number, yes in [(rising[1], True), (rising[0], False), (rising[2], True)]:
        while model.state.drafts:
            model.submit(CLOCK, Open())
        paper = put(model, number)
        assert model.next_act() == ("kaido", Vote(paper, yes))
        model.submit("kaido", Vote(paper, yes))
        model.submit("nimbus", Vote(paper, True))


def to_the_signing(model):
    """Play on, nimbus sitting out the ballots, until kaido may sign."""
    while Accept not in model.view("kaido").allowed:
        model.submit(*(model.next_act() or ("nimbus", Pass())))


def test_a_hardliner_signs_a_text_that_is_no_loss_in_the_last_round_and_not_before():
    model = at_the_vote("hardliner", rounds=2)
    order, gains = ranked(model)
    text = put(model, next(int(n) for n in order if gains[n] > 1))
    for party in ("kaido", "nimbus"):
        model.submit(party, Vote(text, True))
    to_the_signing(model)
    assert model.decision("kaido") == Pass()
    for party in ("kaido", "nimbus"):
        model.submit(party, Pass())
    to_the_signing(model)
    assert model.state.round == 1
    assert model.decision("kaido") == Accept(text)


def test_an_annealer_pays_for_it_against_a_hill_climber():
    def gains(kaido, nimbus):
        total = {"kaido": 0.0, "nimbus": 0.0}
        for seed in range(30):
            model = Game(
                "cloud-for-two",
                seats={"kaido": kaido, "nimbus": nimbus},
                protocol="single-text",
                seed=seed,
            )
            model.play()
            for party, seat in model.seated.items():
                total[party] += model.points(party) - seat.unsigned_points
        return total

    hot = "annealer:least=1,heat=30"
    climbers, mixed = gains("hardliner", "hardliner"), gains(hot, "hardliner")
    assert mixed["kaido"] < climbers["kaido"]
    assert mixed["nimbus"] > climbers["nimbus"]


def test_an_annealers_vote_is_made_again_with_the_same_dice():
    model = at_the_vote("annealer:heat=40", rounds=2)
    order, gains = ranked(model)
    fine = [int(n) for n in order if gains[n] > 1]
    text = put(model, fine[-1])
    for party in ("kaido", "nimbus"):
        model.submit(party, Vote(text, True))
    model.submit(CLOCK, Open())
    draft = put(model, fine[0])
    player, seen = model.seated["kaido"].strategy, model.view("kaido")
    votes = [player.decide(seen, Dice(seed, 0, 0)) for seed in range(40)]
    assert {Vote(draft, True), Vote(draft, False)} == set(votes)
    assert votes == [player.decide(seen, Dice(seed, 0, 0)) for seed in range(40)]
