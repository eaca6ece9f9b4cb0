"""Who is still owed an answer."""

from negotiation.actions import CLOCK, Accept, Offer, Say, Tick
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.strategies import PERSON
from negotiation.unanswered import unanswered

CASE = "alliance-2023"


def talks():
    return Game(CASE, strategy=PERSON, seed=1)


def say(game, party, text, to=()):
    game.submit(party, Say("Well.", to, read(text, game.case.scenario)))


def offer(game, party, table, number=1):
    game.submit(party, Offer({table: game.case.scenario.tables[table].deal(number)}))


def owed(game, agents=("renault", "mitsubishi", "google", "geely", "nimbus")):
    return {p: (mine.words, sorted(mine.offers)) for p, mine in unanswered(game.state, agents).items() if mine.total}


def test_a_question_is_owed_an_answer_by_whom_it_names():
    game = talks()
    say(game, "nissan", "ask priority ampere -> renault")
    assert owed(game) == {"renault": ([0], [])}
    say(game, "renault", "courtesy regret", to=("geely",))
    assert owed(game) == {"renault": ([0], [])}
    say(game, "renault", "rank ampere.engineers > ampere.condition", to=("nissan",))
    assert owed(game) == {}


def test_a_question_to_all_by_all_who_sit_there():
    game = talks()
    say(game, "nissan", "ask priority cloud")
    assert owed(game) == {"google": ([0], []), "nimbus": ([0], [])}
    say(game, "nissan", "sketch ampere.engineers=none", to=("geely",))
    assert owed(game)["geely"] == ([1], [])


def test_what_an_agent_says_in_answer_wants_none():
    game = talks()
    say(game, "nissan", "sketch ampere.engineers=none", to=("renault",))
    say(game, "renault", "sketch ampere.engineers=joint", to=("nissan",))
    assert owed(game) == {}
    assert owed(game, agents=()) == {"nissan": ([1], [])}


def test_a_question_of_an_agent_s_own_wants_an_answer():
    game = talks()
    say(game, "renault", "ask priority tech -> nissan")
    assert owed(game) == {"nissan": ([0], [])}


def test_a_remark_of_a_person_is_owed_an_answer_by_one_who_hears_it():
    game = talks()
    say(game, "nissan", "none")
    assert owed(game) == {p: ([0], []) for p in ("renault", "mitsubishi", "google", "nimbus")}
    say(game, "google", "courtesy greeting")
    assert owed(game) == {}
    say(game, "nissan", "courtesy thanks")
    say(game, "renault", "courtesy greeting")
    assert owed(game) == {}


def test_an_offer_is_owed_one_by_those_who_would_sign_it_while_it_lies_there():
    game = talks()
    offer(game, "nissan", "tech")
    assert owed(game) == {"renault": ([], [0])}
    offer(game, "nissan", "tech", 2)
    assert owed(game) == {"renault": ([], [1])}
    say(game, "renault", "none")
    assert owed(game) == {"renault": ([], [1])}
    say(game, "renault", "obstacle tech.ssb", to=("google",))
    assert owed(game) == {"renault": ([], [1])}
    say(game, "renault", "obstacle tech.ssb", to=("nissan",))
    assert owed(game) == {}


def test_a_counter_offer_and_a_signature_are_answers():
    game = talks()
    offer(game, "nissan", "tech")
    offer(game, "renault", "tech", 4)
    assert owed(game) == {"nissan": ([], [1])}
    game.submit("nissan", Accept(1))
    assert owed(game) == {}
    offer(game, "geely", "horse")
    game.submit("renault", Accept(len(game.state.events) - 1))
    assert owed(game) == {}


def test_regret_is_an_answer_too_and_a_round_that_is_over_is_over():
    game = talks()
    offer(game, "nissan", "tech")
    say(game, "renault", "courtesy regret", to=("nissan",))
    assert owed(game) == {}
    offer(game, "nissan", "tech", 2)
    game.submit(CLOCK, Tick())
    assert owed(game) == {}


def test_statements_beside_a_question_do_not_hide_it():
    game = talks()
    say(game, "nissan", "courtesy greeting; rank tech.ssb > tech.adas; ask obstacle tech")
    assert owed(game) == {"renault": ([0], [])}


def test_a_word_answers_what_was_said_in_its_circle_and_nothing_else():
    game = talks()
    say(game, "nissan", "ask priority tech -> renault", to=("renault",))
    say(game, "nissan", "ask priority ampere -> renault")
    say(game, "renault", "rank tech.ssb > tech.adas", to=("nissan",))
    assert owed(game) == {"renault": ([1], [])}
    say(game, "renault", "rank ampere.engineers > ampere.condition")
    assert owed(game) == {}


def test_a_greeting_in_return_is_no_answer_to_an_offer():
    game = talks()
    offer(game, "nissan", "tech")
    say(game, "nissan", "courtesy greeting", to=("renault",))
    say(game, "renault", "courtesy greeting", to=("nissan",))
    assert owed(game) == {"renault": ([], [0])}


def test_who_floods_the_table_with_questions_is_owed_three_answers():
    game = talks()
    for _ in range(10):
        say(game, "google", "ask priority cloud -> nissan")
    assert owed(game)["nissan"] == ([0, 1, 2], [])
    assert owed(game, agents=())["nissan"] == (list(range(10)), [])
