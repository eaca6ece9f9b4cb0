"""Answers: what counts as one, what wants none any more; and agents that speak leave nobody without one."""

import pytest
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Accept, Offer, Say, Tick, Walk, Withdraw
from negotiation.analysis.answered import Answers, answered
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.game import Game

CASE = load("alliance-2023")
ALL = tuple(CASE.roles)


def told(talks, party, text, to=()):
    talks.do(party, Say("So.", to, read(text, CASE.scenario)))


def counted(talks, parties=ALL):
    return answered(Talks(CASE).state, talks.state.events, parties)


def test_an_offer_is_answered_by_a_signature_an_offer_a_word_or_by_leaving():
    answers = {
        "signed": lambda talks: talks.do("geely", Accept(0)),
        "countered": lambda talks: talks.do("geely", Offer(talks.deal("horse", HORSE))),
        "left": lambda talks: talks.do("geely", Walk("horse")),
        "said": lambda talks: told(talks, "geely", "courtesy regret", ("renault",)),
        "refused": lambda talks: told(talks, "geely", "obstacle horse.split; sketch horse.split=even", ("renault",)),
    }
    for name, answer in answers.items():
        talks = Talks(CASE)
        talks.do("renault", Offer(talks.deal("horse", HORSE)))
        assert counted(talks).all == Answers()
        answer(talks)
        assert counted(talks, ("geely",)).offers == Answers(1, 1, int(name == "refused")), name


def test_what_nobody_answers_before_the_round_ends_is_met_with_silence():
    talks = Talks(CASE)
    talks.do("renault", Offer(talks.deal("horse", HORSE)))
    told(talks, "renault", "ask priority horse -> geely")
    told(talks, "nissan", "ask priority cloud", ("google",))
    talks.do("clock", Tick())
    talks.do("clock", Tick())
    found = counted(talks)
    assert (found.offers, found.words) == (Answers(1), Answers(2))
    assert counted(talks, ("google",)).all == Answers(1)
    assert (found.all.share, found.all.reasons) == (0.0, 0.0)
    assert (Answers().share, Answers().reasons) == (None, None)
    assert Answers(4, 3, 1).share == 0.75
    assert Answers(4, 3, 1).reasons == 0.25


def test_what_lapses_wants_no_answer_any_more():
    talks = Talks(CASE)
    talks.do("renault", Offer(talks.deal("sdv", SDV)))
    talks.do("renault", Withdraw(0))
    talks.do("clock", Tick())
    assert counted(talks).all == Answers()


@pytest.mark.parametrize("protocol", ["open-floor", "alternating", "single-text"])
def test_agents_that_speak_leave_nobody_without_an_answer(protocol):
    game = Game("alliance-2023", strategy="fair", seed=3, protocol=protocol, talk="en")
    game.play()
    opening = game.protocol.opening(game.case.scenario, game.state.rounds)
    found = answered(opening, game.state.events, ALL).all
    assert found.wanted > 5
    assert found.share == 1.0
    silent = Game("alliance-2023", strategy="fair", seed=3, talk="")
    silent.play()
    assert answered(Talks(CASE).state, silent.state.events, ALL).all.share < 0.5
