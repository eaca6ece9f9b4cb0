"""What the core says is English in logs and to programs, and is told in the language of who reads it on a page."""

import ast
import runpy
from pathlib import Path

import pytest

from negotiation.actions import Accept, Pass, Say
from negotiation.analysis.transcript import line, steps, whose, why_unsigned
from negotiation.errors import IllegalAction
from negotiation.formats import load
from negotiation.game import Game
from negotiation.headlines import told as news
from negotiation.language import phrase, speaking, tr
from negotiation.protocols import protocols
from negotiation.rules import cannot
from negotiation.scenario import Announcement
from negotiation.ui.common import words
from negotiation.ui.common.opponents import AGAINST
from negotiation.ui.jobs.told import heard, written

STRINGS = runpy.run_path(str(Path(__file__).parents[2] / "scripts/strings.py"), run_name="strings")
NB = "\N{NO-BREAK SPACE}"


@pytest.fixture
def played():
    model = Game(load("cloud-for-two"), strategy="fair", seed=3, rounds=3)
    model.play()
    return model


def refused(state, party, action, protocol="open-floor"):
    with pytest.raises(IllegalAction) as problem:
        protocols()[protocol]().submit(state, party, action)
    return problem.value


def test_a_refusal_is_english_and_told_in_french():
    opening = protocols()["open-floor"]().opening(load("cloud-for-two").scenario)
    problem = refused(opening, "kaido", Accept(7))
    assert str(problem) == "kaido cannot sign paper 7: it does not lie on any table now; papers: none"
    titled = opening.scenario.titled(problem.args[0])
    with speaking("fr"):
        assert tr(problem.said).startswith(f"kaido ne peut pas signer (document 7){NB}: il n’est plus sur aucune table")
        assert tr(titled).startswith("Kaido Motors ne peut pas signer (document 7)")
    assert titled == "Kaido Motors cannot sign paper 7: it does not lie on any table now; papers: none"


def test_refusals_of_protocols_and_of_talk_are_told(played):
    with speaking("ja"):
        assert tr(refused(played.state, "kaido", Pass()).said) == "kaidoはパスできません：交渉は終了しました"
        alone = protocols()["open-floor"]().opening(played.case.scenario)
        talk = refused(alone, "kaido", Say("Hello", ("kaido",)))
        assert tr(talk.said) == "kaidoは自分自身と内密に話せません。相手：nimbus"


def test_what_has_no_word_of_its_own_is_said_as_it_is():
    assert cannot("kaido", "dance") == "kaido cannot dance"
    assert IllegalAction().said == ""
    assert IllegalAction(3).said == "3"


def test_an_act_is_told_where_it_was_done(played):
    opening = played.protocol.opening(played.case.scenario, played.state.rounds)
    acts = [line(step.before, step.event) for step in steps(opening, played.state.events)]
    did = next(one.did for one in acts if one and one.did)
    assert did == "offers at Connected-car cloud"
    with speaking("fr"):
        assert tr(did) == f"fait une offre{NB}: Connected-car cloud"


def test_why_a_table_stayed_unsigned_is_told():
    model = Game(load("cloud-for-two"), strategy="hardliner", seed=3, rounds=2)
    model.play()
    name = next(iter(model.case.scenario.tables))
    said = why_unsigned(model.state, name)
    assert said.startswith("no paper there was signed by all it needed: Kaido Motors' paper of round 1 lacked Nimbus; ")
    with speaking("ja"):
        assert tr(said).startswith("必要な署名がすべて揃った文書はありませんでした：Kaido Motorsの文書（第1round）には")
        assert tr(whose("Google")) == "Google"


def test_news_are_told():
    said = news(Announcement(name="bid", round=1, text="A rival bids", kind="rumour"))
    assert said == "In the news, a rumour invented for this game: A rival bids"
    with speaking("fr"):
        assert tr(said) == f"Dans la presse, une rumeur inventée pour ce jeu{NB}: A rival bids"


def test_how_a_round_goes_is_told_under_every_protocol():
    for protocol in protocols().values():
        said = protocol().procedure("week")
        with speaking("fr"):
            assert "chaque week" in tr(said).lower()
        with speaking("ja"):
            assert tr(said) != said


def test_numbers_and_levels_are_told():
    with speaking("fr"):
        assert words.against(30.0, 9.9, "walking away", 1) == "20,1 de plus que sans accord"
        assert words.against(9.9, 9.9, "walking away", 1) == "autant que sans accord"
        assert words.named("boulware", "holds firm, concedes late") == f"Boulware{NB}: tient bon, cède tard"
        assert words.named(
            "compat", phrase("textbook negotiators to the letter, for one table: {rules}", rules="x")
        ) == (f"Manuel{NB}: négociateurs des manuels à la lettre, pour une table")
        assert words.at_stake(12.5) == f"Enjeu{NB}: 12,5 points"
        assert tr(AGAINST["tough"]) == "Adversaires durs"
        assert words.people_of(1600) == "1\N{NARROW NO-BREAK SPACE}600 personnes"
    assert words.against(30.0, 9.9, "walking away", 1) == "20.1 above walking away"
    assert words.at_stake(1.0) == "1 point at stake"


def test_a_phrase_comes_through_from_another_process():
    said = phrase("weight of {issue} for {party}", issue="Term", party=phrase("The mediator"))
    assert heard(written(said)) == said
    assert heard(written("plain")) == "plain"
    with speaking("fr"):
        assert tr(heard(written(said))) == "poids de Term pour Le médiateur"


def test_texts_are_found_wherever_they_stand():
    source = """f"<b>{tr('inside')}</b>"; plural("one", "many", 2); language.tr("by name"); tr(told); x.mark(3); other("no")"""
    assert list(STRINGS["told"](ast.parse(source))) == [("inside",), ("one", "many"), ("by name",)]
