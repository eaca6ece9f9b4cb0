"""The top of one's own debrief in words: the sentence, the grade, the lessons, and the card."""

import struct
import xml.etree.ElementTree as ET

import pytest

from negotiation.actions import Accept, Offer, Say, Tick, Walk
from negotiation.analysis.lesson import Lesson
from negotiation.analysis.par import Par
from negotiation.formats import load
from negotiation.game import Game
from negotiation.moves import Ask, Commit, Courtesy
from negotiation.reports import card, ending, lessons, terminal, web
from negotiation.reports import par as graded
from negotiation.reports.case_wording import Reader
from negotiation.reports.palette import ink

AGENTS = Par([24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 30.0, 31.0, 33.0, 35.0])
NASH, MIDDLE, MINE = (3, 0, 2, 1, 1), (2, 1, 1, 1, 0), (0, 0, 0, 0, 1)
TICK = ("clock", Tick())


@pytest.mark.parametrize(
    ("mine", "unsigned", "par", "told"),
    [
        (41.6, 25.5, None, "You got 41.6 points, 16.1 above walking away from everything."),
        (20.0, 25.5, None, "You got 20.0 points, 5.5 below walking away from everything."),
        (25.5, 25.5, None, "You got 25.5 points, as many as by walking away from everything."),
        (41.6, 25.5, AGENTS, "mostly get 24.9 to 33.2, so this is better than all 10 of them."),
        (32.0, 25.5, AGENTS, "so this is better than 8 of 10 of them."),
        (25.5, 25.5, AGENTS, "so 8 of 10 of them did better."),
        (20.0, 25.5, AGENTS, "so all 10 of them did better."),
        (3.0, 25.5, Par([3.0, 3.0]), "; all 2 agents that were given your chair got just as many."),
        (4.0, 25.5, Par([3.0, 3.0]), "agents in your chair mostly get 3.0, so this is better than all 2 of them."),
    ],
)
def test_one_sentence_says_how_it_went_and_how_good_that_is(mine, unsigned, par, told):
    said = graded.sentence(mine, unsigned, par, 1)
    assert said.endswith(told)
    assert said.count(".") - said.count(".0") >= 1


def test_the_grade_has_its_strip_and_says_what_it_is_made_of():
    scenario = load("cloud-for-two").scenario
    part = graded.section(scenario, 41.6, 25.5, AGENTS, talk=True, name="x")
    text = web.page(ending.Document("x", (part,)))
    assert "Far above par" in text
    assert "10 agents, from giving way early to holding firm" in text
    assert "talked as in yours" in text
    assert "talked" not in graded.about(AGENTS, talk=False)
    assert len(graded.section(scenario, 41.6, 25.5, None, talk=True, name="x").blocks) == 1
    spec = graded.strip(AGENTS, 41.6, 25.5, 1, ink(night=True))
    assert spec["description"] == graded.strip_title(AGENTS, 41.6, 1)
    assert "yours: 41.6" in spec["description"]


def game(*acts, rounds=3):
    one = Game("cloud-for-two", strategy="person", rounds=rounds, seed=1)
    for party, action in acts:
        one.submit(party, action)
    while not one.state.over:
        one.submit(*TICK)
    return one


def told(*acts, **options):
    one = game(*acts, **options)
    return lessons.told(one, "kaido", Reader(one.case.scenario, 1))


def offer(party, deal, words=""):
    return party, Offer({"contract": deal}, words)


def flat(one):
    return f"{one.title} | {one.happened} {one.worth} {one.next_time}"


def test_a_paper_let_go_is_told_with_its_words_its_weeks_and_its_terms():
    looks = "kaido", Say("Let us see.")
    (one,) = told(offer("nimbus", NASH, "Our best."), looks, TICK, looks)
    assert "From round 1 on Nimbus' paper at Connected-car cloud" in one.happened
    assert "in 2 of your rounds" in one.happened
    assert "**16.7 points more**" in one.worth
    assert one.quote == "Nimbus: “Our best.”"
    assert ("Term", "7 years") in one.deal
    assert (one.seq, one.round, one.good) == (0, 0, False)


def test_first_offers_and_papers_signed_at_once():
    mine = told(offer("kaido", NASH), ("nimbus", Accept(0)))
    assert "Your first offer at Connected-car cloud, in round 1" in mine[0].happened
    assert "you asked for no more" in mine[0].happened
    theirs = told(offer("nimbus", NASH), ("kaido", Accept(0)))
    assert "you signed Nimbus' paper" in theirs[0].happened
    assert "keep half of their gain" in theirs[0].worth
    assert "You signed Connected-car cloud in round 1." in theirs[1].happened
    assert "Nobody could have had more" in theirs[1].worth
    assert "Nobody could" not in told(offer("nimbus", MIDDLE), ("kaido", Accept(0)))[1].worth


def test_who_was_never_asked_is_to_be_asked_next_time():
    hello = "nimbus", Say("Hello.", moves=(Courtesy("greeting"),))
    ask = "kaido", Say("What matters?", moves=(Ask("priority", "contract", None, "nimbus"),))
    acts = offer("kaido", MINE), offer("nimbus", MIDDLE)
    never = told(hello, *acts, ("kaido", Accept(2)))[0]
    assert never.title == "A trade left out"
    assert "You never asked Nimbus what matters to it. Term matters more to it than to you" in never.next_time
    asked = told(hello, ask, *acts, ("kaido", Accept(3)))[0]
    assert "Term matters more to Nimbus than to you" in asked.next_time


def test_offers_in_vain():
    table = told(offer("kaido", MINE), TICK, offer("kaido", MINE))[0]
    assert "Each of your 2 offers there was a loss for Nimbus" in table.happened
    some = told(offer("kaido", MINE), TICK, offer("kaido", MINE), TICK, offer("kaido", NASH))[0]
    assert "2 of your 3 offers there were a loss for Nimbus" in some.happened
    none = told(("kaido", Say("Hm.")))[0]
    assert "offers there" not in none.happened
    late = (
        offer("kaido", MINE),
        TICK,
        offer("kaido", (0, 0, 1, 0, 1)),
        TICK,
        offer("nimbus", NASH),
        ("kaido", Accept(4)),
    )
    assert "Each of your 2 offers at Connected-car cloud, from round 1 to round 2" in told(*late)[0].happened
    assert "**1.2 points** of delay" in told(*late)[0].worth


def test_words_kept_and_not():
    threat = Commit(True, "contract", "walk", "contract", 1)
    says = "kaido", Say("Unless it is signed we leave.", moves=(threat,))
    assert any("did not come about" in one.happened for one in told(says))
    kept = next(one for one in told(says, TICK, ("kaido", Walk("contract"))) if one.title == "You kept your word")
    assert kept.quote == "You: “Unless it is signed we leave.”"


def test_each_kind_has_all_its_words():
    one = game(offer("nimbus", MIDDLE), ("kaido", Say("Psst.", ("nimbus",))), ("kaido", Accept(0)))
    seen = lessons.own_game(one, "kaido")
    reader = Reader(one.case.scenario, 1)
    for kind in lessons.TITLES:
        for asked, matters, points in ((True, "", 0.0), (False, "term", 2.0), (True, "term", 2.0)):
            lesson = Lesson(
                kind, points, 0, 0, ("contract",), 1, other="nimbus", count=2, of=2, asked=asked, matters=matters
            )
            said = flat(lessons._told(seen, lesson, reader))
            assert "{" not in said
            assert "None" not in said
    assert lessons.TITLES.keys() == lessons.HAPPENED.keys() == lessons.WORTH.keys()


def test_of_a_long_quote_only_the_beginning_and_of_anothers_whisper_nothing():
    one = game(("nimbus", Say("word " * 60, ("kaido",))), ("kaido", Say("x" * 400)))
    seen = lessons.own_game(one, "kaido")
    assert lessons._quote(seen, Lesson("loss", 1.0, 0, 0, ())) == ""
    long = lessons._quote(seen, Lesson("loss", 1.0, 1, 0, ()))
    assert long.startswith("You: “xxx")
    assert len(long) < 200
    tick = next(n for n, event in enumerate(one.state.events) if event.party == "clock")
    assert lessons._quote(seen, Lesson("apart", 1.0, tick, 0, ())) == ""


def test_one_s_own_debrief_opens_with_them():
    one = game(offer("nimbus", NASH, "Our best."), ("kaido", Say("Hm.")))
    text = terminal.text(ending.document(one, None, "kaido", AGENTS))
    assert text.index("HOW IT WENT") < text.index("WHAT TO TAKE FROM IT") < text.index("POINTS, AGAINST")
    assert "HOW IT WENT" not in terminal.text(ending.document(one, None))
    quiet = game(offer("kaido", MINE), offer("nimbus", NASH), ("kaido", Accept(1)))
    assert "WHAT TO TAKE FROM IT" in terminal.text(ending.document(quiet, None, "kaido"))


def test_where_nothing_is_to_be_learned_nothing_is_said(monkeypatch):
    monkeypatch.setattr(lessons, "lessons", lambda _: ())
    assert "WHAT TO TAKE" not in terminal.text(ending.document(game(), None, "kaido"))


def made(**changes):
    fields = {
        "title": "A <case>: and what follows",
        "seat": "As Kaido Motors",
        "sentence": graded.sentence(41.6, 25.5, AGENTS, 1),
        "grade": "Far above par",
        "lines": ("Fair opponents", "1 of 1 table signed", "2026-11-30"),
        "note": "All scores are fictional.",
        "mine": 41.6,
        "unsigned": 25.5,
        "agents": AGENTS.ordered,
        "low": AGENTS.low,
        "high": AGENTS.high,
    }
    return card.Card(**{**fields, **changes})


def test_a_card_is_a_picture_of_the_right_size_with_all_its_words():
    file = card.png(made())
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", file[16:24]) == (card.WIDTH, card.HEIGHT)
    drawn = "".join(ET.fromstring(card.svg(made())).itertext())
    for word in ("A <case>", "As Kaido Motors", "41.6 points", "Far above par", "2026-11-30", "fictional", "you"):
        assert word in drawn
    assert "Fair opponents" in made().text


def test_a_card_without_par_and_without_any_difference():
    plain = made(agents=(), grade="", mine=25.5)
    assert "<circle" not in card.svg(plain)
    assert "\n\n" not in plain.text
