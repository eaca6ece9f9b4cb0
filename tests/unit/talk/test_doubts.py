"""Hedges, denials of denials, thresholds, the wishes of others, words taken back: nothing is read into them."""

from pathlib import Path

import pytest

from negotiation.formats import load
from negotiation.formats.notation import write
from negotiation.talk.reading.understanding import understood

CASE = load("alliance-2023").scenario
PRICE = load("cloud-for-two").scenario

NOTHING = (Path(__file__).parents[2] / "data" / "doubtful.txt").read_text(encoding="utf-8").splitlines()

STILL_READ = {
    "Unless the alliance is signed by week 8, we sign with Google. What do you say?": "commit unless alliance by 8 then sign cloud google",
    "Nous n'accepterions plus une cellule de liaison.": "refuse ampere.engineers=liaison",
    "We no longer want a full merger.": "refuse alliance.stakes=merger",
    "完全な合併はもう望みません。": "refuse alliance.stakes=merger",
    "Unless the alliance is signed before week 6, we sign with Google.": "commit unless alliance by 5 then sign cloud google",
    "Si l'alliance n'est pas signée avant la semaine 6, nous signons avec Google.": "commit unless alliance by 5 then sign cloud google",
    "Unless the alliance is signed by week 8, we sign with Google. No joke.": "commit unless alliance by 8 then sign cloud google",
    "Thanks! Just kidding.": "courtesy thanks",
    "We prefer a liaison cell. Never mind.": "none",
    "7%? Forget it.": "refuse ampere.nissan_stake=s7",
    "A full merger? Are you serious?": "refuse alliance.stakes=merger",
    "A full merger is out of the question. 7% would be fine. Scratch that.": "refuse alliance.stakes=merger",
    "Anything but a full merger.": "refuse alliance.stakes=merger",
    "Tout sauf une fusion complète.": "refuse alliance.stakes=merger",
    "We will not oppose a joint team.": "open ampere.engineers=joint",
    "完全な合併は論外です。": "refuse alliance.stakes=merger",
    "Unless the alliance is signed by week 8, we sign with Google. No, sorry, wrong table.": "courtesy regret",
    "購買については柔軟に対応できますが、完全な合併は無理です。": "open alliance.purchasing; refuse alliance.stakes=merger",
}


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_read_into_what_is_doubtful(text):
    assert write(understood(text, CASE, "nissan").moves) == "none"


@pytest.mark.parametrize("text", STILL_READ)
def test_what_is_plain_is_still_read(text):
    assert write(understood(text, CASE, "nissan").moves) == STILL_READ[text]


@pytest.mark.parametrize(
    "text", ["Anything above 22 dollars is a no-go.", "Plus de 22 dollars, c'est hors de question."]
)
def test_a_threshold_is_no_option(text):
    assert not understood(text, PRICE, next(iter(PRICE.parties))).moves


def test_a_week_before_the_first_is_none():
    assert not understood("Unless the alliance is signed before week 1, we sign with Google.", CASE, "nissan").moves


def test_what_is_taken_back_is_given_back_as_typed():
    found = understood("A full merger is out of the question. Never mind.", CASE, "nissan")
    assert found.missed == ("A full merger is out of the question.", "Never mind.")
