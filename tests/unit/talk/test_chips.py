"""What was understood, as short phrases that a person would use, in every language."""

import pytest

from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.moves import KINDS, Ask
from negotiation.talk.chips import PHRASES, chip
from negotiation.talk.wording.speech import LANGUAGES

CASE = load("alliance-2023").scenario
SAID = {
    "ask priority ampere -> renault": "asks Renault Group: what matters most at Ampère",
    "ask priority ampere -> nissan": "asks you: what matters most at Ampère",
    "ask priority": "asks: what matters most",
    "ask obstacle tech": "asks: what is in the way at Intellectual property and architectures",
    "ask alternative -> google": "asks Google: what else there is",
    "ask option alliance.stakes=merger": "asks: how about Cross-shareholding: full merger",
    "rank ampere.engineers > ampere.nissan_stake": "Nissan engineers in Ampère matters more than Nissan's investment",
    "prefer alliance.regions: india > all": "regions: India rather than all three regions",
    "refuse alliance.stakes=merger,zero": "out of the question: Cross-shareholding: full merger / complete unwinding",
    "open alliance.purchasing": "flexible: Parts purchasing",
    "open alliance.purchasing=separate": "flexible: Parts purchasing: Separate",
    "sketch ampere.nissan_stake=s7 ampere.engineers=none": "sketch: Nissan's investment: 7% · Nissan engineers in Ampère: None",
    "trade get alliance.votes=capped give ampere.engineers": "wants Voting rights: capped votes · gives movement on Nissan engineers in Ampère",
    "commit unless alliance by 8 then sign cloud google": "unless Capital and governance of the alliance is signed by week 8: signs Nissan's connected-car cloud (partner: Google)",
    "commit if cloud then walk ampere": "if Nissan's connected-car cloud is signed: leaves Ampère for good",
    "alternative cloud": "has another way: Nissan's connected-car cloud",
    "obstacle cloud.data": "cannot follow: Vehicle data",
    "courtesy thanks": "thanks",
    "courtesy regret": "regret",
    "courtesy greeting": "greeting",
    "courtesy hurry": "time is short",
}


def phrase(moves, language="en", me="nissan"):
    (move,) = read(moves, CASE)
    return chip(move, CASE, me, language)


def test_every_kind_of_move_is_tried_here():
    assert {moves.split()[0] for moves in SAID} == set(KINDS)


@pytest.mark.parametrize("moves", SAID)
def test_a_move_as_a_person_would_say_it(moves):
    assert phrase(moves) == SAID[moves]


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("moves", SAID)
def test_every_language_has_a_phrase_for_every_move(moves, language):
    found = phrase(moves, language)
    assert found
    assert not set("{}") & set(found)
    assert (found == SAID[moves]) == (language == "en" or found in ("regret",))


def test_agents_and_chips_speak_the_same_languages():
    assert set(PHRASES) == set(LANGUAGES)
    assert len({frozenset(known) for known in PHRASES.values()}) == 1


def test_french_and_japanese_have_titles_of_their_own():
    assert (
        phrase("refuse alliance.stakes=merger", "fr") == "hors de question : Participations croisées : Fusion complète"
    )
    assert phrase("refuse alliance.stakes=merger", "ja") == "受け入れられない：株式持ち合い：完全な合併"
    assert phrase("commit unless alliance by 8 then walk ampere", "ja") == (
        "アライアンスが第8週までに署名されなければアンペアから退く"
    )


def test_a_case_without_other_names_keeps_its_titles():
    case = load("cloud-for-two").scenario
    assert chip(Ask("priority"), case, next(iter(case.parties))) == "asks: what matters most"


def test_an_unknown_language_is_named():
    with pytest.raises(SetupError, match="language 'de'.*en, fr, ja"):
        chip(Ask("priority"), CASE, "nissan", "de")
