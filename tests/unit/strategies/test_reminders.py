"""Promises and threats of people are heard, said back before their time is up, and held up to them when broken."""

import pytest

from negotiation.actions import CLOCK, Accept, Offer, Pass, Say, Tick
from negotiation.dice import Dice
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.strategies import PERSON
from negotiation.strategies.reminders import QUOTED, quoted, reminder
from negotiation.talk.commitments import commitments

THREAT = "Unless the alliance is signed by week 2, we leave “Ampère”."


def threatened(words=THREAT, by=2, to=("renault",), rounds=4):
    game = Game("alliance-2023", strategy="fair", seats={"nissan": PERSON}, talk="en", seed=3, rounds=rounds)
    game.play()
    game.submit("nissan", Say(words, to, read(f"commit unless alliance by {by} then walk ampere", game.case.scenario)))
    game.play()
    return game


def said(game, party="renault"):
    texts = (e.action for e in game.state.events if e.party == party and isinstance(e.action, Say))
    return [say.text for say in texts if "Unless the alliance" in say.text and say.to == ("nissan",)]


def test_a_threat_is_said_back_at_once_and_once_more_in_its_last_week():
    game = threatened()
    (heard,) = said(game)
    assert "“Unless the alliance is signed by week 2, we leave 'Ampère'”" in heard
    game.submit("nissan", Pass())
    game.play()
    assert len(said(game)) == 2
    game.submit("nissan", Pass())
    game.play()
    assert len(said(game)) == 2
    assert said(game, "google") == []


def test_one_that_was_broken_is_held_up_to_whoever_made_it():
    game = Game("alliance-2023", strategy=PERSON, talk="en", seed=3)
    moves = read("commit unless alliance by 1 then walk ampere", game.case.scenario)
    game.submit("nissan", Say(THREAT, ("renault",), moves))
    game.submit(CLOCK, Tick())
    terms = dict(nissan_stake="s5", mmc_stake="zero", engineers="none", tech_access="alacarte", condition="ipo")
    game.submit("nissan", Offer({"ampere": game.case.scenario.tables["ampere"].parse(terms)}))
    for party in ("renault", "mitsubishi"):
        if 2 in game.state.papers:
            game.submit(party, Accept(2))
    assert [made.status for made in commitments(game.state)] == ["broken"]
    say = reminder(game.view("renault"), Dice(1, 0, 1), ())
    assert say.to == ("nissan",)
    assert "“Unless the alliance" in say.text
    game.submit("renault", say)
    assert reminder(game.view("renault"), Dice(1, 0, 2), ()) is None
    assert reminder(game.view("google"), Dice(1, 0, 1), ()) is None


@pytest.mark.parametrize("to", [(), ("mitsubishi",)])
def test_nobody_reminds_of_what_it_did_not_hear_or_said_itself(to):
    game = threatened(to=to)
    game.submit("nissan", Pass())
    while game.state.round == 0:
        game.advance()
    heard = reminder(game.view("renault"), Dice(1, 0, 1), ())
    assert (heard is None) == bool(to)
    assert reminder(game.view("nissan"), Dice(1, 0, 1), ()) is None


def test_long_words_are_cut_short():
    game = threatened(words="Unless " + "x" * 500)
    (made,) = commitments(game.state)
    assert len(quoted(game.state, made)) == QUOTED
    assert quoted(game.state, made).endswith("…")


def test_an_agent_says_nothing_of_a_threat_that_is_far_off():
    game = threatened(by=4)
    assert len(said(game)) == 1
    game.submit("nissan", Pass())
    game.play()
    game.submit(CLOCK, Tick())
    assert len(said(game)) == 1
