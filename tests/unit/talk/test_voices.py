"""Voices and public reasons of the bundled cases: complete, the same in each language, and never a number of a sheet."""

import re
from typing import get_args

import pytest
from support import BUNDLED
from unit_small import SMALL

from negotiation.errors import ScenarioError
from negotiation.formats import load, loads
from negotiation.formats.schema import Language
from negotiation.scenario import Voice
from negotiation.talk.wording.speech import LANGUAGES as SPOKEN

LANGUAGES = ("en", "fr", "ja")
PARTIES = [(name, party) for name in BUNDLED for party in load(name).scenario.parties]


@pytest.mark.parametrize(("name", "party"), PARTIES)
def test_every_party_has_a_voice_and_a_reason_for_every_issue_where_it_sits(name, party):
    scenario = load(name).scenario
    who = scenario.parties[party]
    assert who.voice.keys() == who.reasons.keys() == set(LANGUAGES)
    assert len({voice.manner for voice in who.voice.values()}) == 1
    for voice in who.voice.values():
        assert voice.opening
        assert voice.closing
    keys = [list(who.reasons[language]) for language in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]
    spoken = {key.replace("!=", "=").partition("=")[0] for key in keys[0]}
    assert spoken >= {f"{t}.{issue.name}" for t in scenario.at(party) for issue in scenario.tables[t].issues}


@pytest.mark.parametrize(("name", "party"), PARTIES)
def test_no_reason_tells_points(name, party):
    who = load(name).scenario.parties[party]
    said = [text for reasons in who.reasons.values() for text in reasons.values()]
    said += [text for voice in who.voice.values() for text in (*voice.opening, *voice.closing)]
    assert len(set(said)) == len(said)
    for text in said:
        assert text[-1] in ".。"
        assert set(re.findall(r"\d+", text)) <= {"2026"}
        assert not re.search(r"\b(points?|scores?|weights?|poids)\b|点数|得点", text, re.IGNORECASE)


@pytest.mark.parametrize(("name", "party"), PARTIES)
def test_an_opening_fits_a_first_word(name, party):
    """Nothing has been offered yet."""
    for voice in load(name).scenario.parties[party].voice.values():
        assert not any(
            re.search(r"propos|offer|offre|so far|jusqu|提案|これまで", text, re.IGNORECASE) for text in voice.opening
        )


def test_a_party_has_one_spelling():
    case = load("any-two-of-three")
    texts = [text for party in case.scenario.parties.values() for text in party.reasons["ja"].values()]
    assert [text for text in texts if "アスター" in text] == []
    assert sum("アステル" in text for text in texts) == 2


def test_voices_and_reasons_change_no_digest_and_may_be_left_out():
    plain = loads(SMALL, "s")
    assert plain.scenario.parties["anna"].voice == plain.scenario.parties["anna"].reasons == {}
    spoken = "{name: Anna, voice: {en: {manner: warm, opening: [Hello.]}}, reasons: {en: {house.price!=low: ' Too little. '}}}"
    said = loads(SMALL.replace("anna: {name: Anna}", f"anna: {spoken}"), "s")
    anna = said.scenario.parties["anna"]
    assert anna.voice == {"en": Voice("warm", ("Hello.",))}
    assert anna.reasons == {"en": {"house.price!=low": "Too little."}}
    assert said.digest == plain.digest


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        ("cellar.price=low", "parties.anna.reasons.fr.cellar.price: "),
        ("house.size=low", "parties.anna.reasons.fr.house.size: "),
        ("house.price!=dear", "parties.anna.reasons.fr.house.price!=dear: "),
        ("house.price", "house.price"),
    ],
)
def test_a_reason_is_about_an_option_of_the_case(about, problem):
    spoilt = SMALL.replace("anna: {name: Anna}", f"anna: {{name: Anna, reasons: {{fr: {{{about}: Non.}}}}}}")
    with pytest.raises(ScenarioError, match=re.escape(problem)):
        loads(spoilt, "s")


def test_files_know_the_languages_that_agents_speak():
    assert get_args(Language) == tuple(SPOKEN) == LANGUAGES


def test_an_unknown_manner_or_language_is_refused():
    for voice in ("{en: {manner: loud}}", "{xx: {manner: warm}}"):
        with pytest.raises(ScenarioError, match="voice"):
            loads(SMALL.replace("anna: {name: Anna}", f"anna: {{name: Anna, voice: {voice}}}"), "s")
