"""The first game: how far it has come, in whatever order a person does things."""

import pytest
from unit_coaching import FAIR, MINE, THEIRS, Table, issue

from negotiation.actions import Accept, Say, Walk
from negotiation.analysis.coaching.first_game import STEPS, hint, lesson
from negotiation.moves import Ask, Rank, Trade

ASK = Ask("priority", "contract", None, "nimbus")
TRADE = Trade((issue("price", "p14"),), (issue("term", "y7"),))


@pytest.fixture
def table():
    return Table(rounds=6)


def told(table, *, read=True):
    found = lesson(table.view, read=read)
    assert tuple(found.steps) == STEPS
    return " ".join(found.steps.values()), found.now


def test_the_steps_in_their_order(table):
    assert told(table, read=False) == ("now later later later later", "read")
    assert lesson(table.view, read=False).last == "read"
    assert told(table) == ("done now later later later", "offer")
    table.offers("kaido", MINE)
    assert told(table, read=False) == ("done done now later later", "ask")
    table.says("kaido", ASK)
    assert told(table) == ("done done done now later", "trade")
    assert lesson(table.view, read=True).last == "ask"
    table.offers("kaido", MINE, term="y7")
    assert told(table) == ("done done done done now", "sign")
    number = table.offers("nimbus", FAIR)
    table.game.submit("kaido", Accept(number))
    assert told(table) == ("done done done done done", None)
    assert lesson(table.view, read=True).end == "signed"


def test_asked_before_the_offer_the_offer_is_still_to_be_made(table):
    table.says("kaido", ASK)
    assert told(table) == ("done now done later later", "offer")
    table.offers("kaido", MINE)
    assert told(table) == ("done done done now later", "trade")


def test_a_trade_makes_up_for_the_question(table):
    table.offers("kaido", MINE)
    table.offers("kaido", MINE, term="y4")
    assert told(table) == ("done done skipped done now", "sign")


def test_a_trade_in_words_makes_up_for_the_offer(table):
    table.says("kaido", TRADE)
    assert told(table) == ("done skipped skipped done now", "sign")


def test_giving_what_weighs_most_for_nothing_is_no_trade_and_for_something_it_is(table):
    table.offers("kaido", MINE, term="y4")
    table.offers("kaido", MINE, term="y4", price="p18")
    assert told(table)[1] == "ask"
    table.offers("kaido", MINE, term="y2", price="p22")
    assert told(table)[1] == "sign"


def test_once_one_has_asked_every_step_towards_them_counts(table):
    table.offers("kaido", MINE)
    table.says("kaido", ASK)
    table.offers("kaido", MINE)
    assert told(table)[1] == "trade"
    table.offers("kaido", MINE, price="p18")
    assert told(table)[1] == "sign"


def test_what_to_give_next_is_what_is_cheap_then_the_lightest_that_is_apart(table):
    assert hint(table.view) == (None, None, None)
    table.offers("nimbus", THEIRS)
    table.says("nimbus", Rank(issue("term"), issue("data")))
    table.offers("kaido", MINE)
    cheap, give, get = hint(table.view)
    assert (cheap.wish, cheap.cost) == (issue("term", "y7"), pytest.approx(4.8))
    assert (give, get) == (issue("term"), None)
    table.offers("kaido", THEIRS, price="p14")
    assert hint(table.view) == (None, issue("price"), issue("data"))
    table.offers("kaido", THEIRS)
    assert hint(table.view)[1:] == (None, issue("price"))


def test_asking_for_more_is_no_trade(table):
    table.offers("kaido", FAIR)
    table.offers("kaido", MINE)
    assert told(table)[1] == "ask"


def test_words_without_a_question_are_none(table):
    table.game.submit("kaido", Say("Hello!"))
    table.says("nimbus", Ask("priority", "contract", None, "kaido"))
    assert told(table)[1] == "offer"


def test_signed_at_once_the_rest_is_skipped(table):
    number = table.offers("nimbus", FAIR)
    table.game.submit("kaido", Accept(number))
    assert told(table) == ("done skipped skipped skipped done", None)
    assert lesson(table.view, read=True).last == "sign"


def test_left_and_timed_out_the_rest_is_skipped(table):
    table.offers("nimbus", THEIRS)
    table.game.submit("kaido", Walk("contract"))
    assert told(table) == ("done skipped skipped skipped skipped", None)
    assert lesson(table.view, read=True).end == "left"
    idle = Table(rounds=2)
    idle.week_ends()
    assert told(idle) == ("done skipped skipped skipped now", "sign")
    idle.week_ends()
    assert lesson(idle.view, read=True).end == "unsigned"
    gone = Table(rounds=6)
    gone.game.submit("nimbus", Walk("contract"))
    assert lesson(gone.view, read=True).end == "unsigned"
