"""Moves in sentences: every kind in every language, never the same form twice running, always to somebody about something."""

import re
from dataclasses import replace
from itertools import pairwise
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.actions import LONGEST_TEXT
from negotiation.dice import Dice
from negotiation.errors import SetupError
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.moves import Ask, Commit, Sketch, Term
from negotiation.scenario import Voice
from negotiation.talk.wording.english import ENGLISH
from negotiation.talk.wording.grammar import choose, used
from negotiation.talk.wording.sentences import worded
from negotiation.talk.wording.speech import LANGUAGES
from negotiation.talk.wording.titles import Titles

CASE = load("alliance-2023").scenario
SAID = {
    "ask priority": (),
    "ask priority ampere": ("Ampère",),
    "ask option ampere.engineers=joint": ("Nissan engineers in Ampère", "Joint team (about 500)"),
    "ask obstacle": (),
    "ask obstacle tech": ("Intellectual property and architectures",),
    "ask alternative": (),
    "ask alternative cloud": ("Nissan's connected-car cloud",),
    "rank ampere.engineers > ampere.nissan_stake": ("Nissan engineers in Ampère", "Nissan's investment"),
    "prefer alliance.regions: india > none": ("Regional operational projects", "“India”", "“None”"),
    "refuse alliance.stakes=merger,zero": ("Cross-shareholding", "Full merger under one holding", "0/0"),
    "open alliance.purchasing": ("Parts purchasing",),
    "open alliance.purchasing=joint,project": ("Parts purchasing", "Common purchasing", "project by project"),
    "sketch ampere.nissan_stake=s7 ampere.engineers=none": ("Nissan's investment", "about 7%", "“None”"),
    "trade get alliance.votes=capped give ampere.engineers": ("Voting rights", "capped at 15%", "Nissan engineers"),
    "commit unless alliance by 8 then sign cloud google": ("Capital and governance", "week 8", "cloud", "Google"),
    "commit unless alliance then walk ampere": ("Capital and governance", "Ampère"),
    "commit if alliance then walk ampere": ("Capital and governance", "Ampère"),
    "commit if alliance by 3 then sign tech": ("Capital and governance", "week 3", "Intellectual property"),
    "alternative cloud": ("Nissan's connected-car cloud",),
    "obstacle tech.joint_ip": ("Joint IP in third-party ventures",),
    "courtesy thanks": (),
    "courtesy regret": (),
    "courtesy greeting": (),
    "courtesy hurry": (),
}
PLAIN = replace(CASE, parties={name: replace(party, voice={}) for name, party in CASE.parties.items()})


def said(text, to=(), turn=0, before=(), language="en", speaker="nissan", scenario=PLAIN):
    return worded(read(text, scenario), scenario, speaker, to, Dice(1, 0, turn), before, language)


@pytest.mark.parametrize("moves", SAID)
def test_every_move_has_forms_that_name_what_it_is_about(moves):
    texts = {said(moves, turn=turn) for turn in range(40)}
    assert len(texts) >= 3
    for text in texts:
        assert all(part in text for part in SAID[moves])
        assert text[0].isupper() or text[0] == "“"
        assert text[-1] in ".?"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("moves", SAID)
def test_no_form_comes_twice_running(moves, language):
    before = []
    for turn in range(12):
        before.append(said(moves, ["renault"], turn, before, language))
        assert before[-1] not in before[-2:-1]
    assert len(set(before)) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_kinds_and_slots(language):
    forms = LANGUAGES[language].forms
    assert forms.keys() == ENGLISH.forms.keys()
    for kind, some in forms.items():
        assert len(set(some)) == len(some) >= (1 if kind == "offer.change" else 3), kind
        for form in some:
            slots = {slot for _, slot, _, _ in Formatter().parse(form) if slot}
            assert slots == {slot for _, slot, _, _ in Formatter().parse(ENGLISH.forms[kind][0]) if slot}, form


def test_two_sentences_of_one_text_have_two_forms():
    for turn in range(20):
        text = said("rank tech.ssb > tech.adas; rank tech.adas > tech.ssb", turn=turn)
        first, second = re.findall(r"[^.]+\.", text.replace("Solid-state battery after 2026", "Driver assistance"))
        assert first.strip() != second.strip()


def test_what_one_issue_ranks_before_stands_in_one_sentence():
    text = said("rank tech.ssb > tech.adas; rank tech.ssb > tech.joint_ip; rank tech.ssb > tech.ee_sdv")
    assert text.count(".") == 1
    assert "“Driver assistance”, “Joint IP in third-party ventures (Horse, Qualcomm, Google)” and “" in text


def test_refusals_and_preferences_come_with_a_public_reason():
    assert said("refuse alliance.stakes=merger").endswith("Nissan is to remain a company of its own.")
    assert said("prefer alliance.purchasing: project > joint").endswith("Project by project we decide faster.")
    assert "own." not in said("refuse alliance.stakes=merger", before=["Nissan is to remain a company of its own."])
    assert said("refuse alliance.stakes=merger", language="ja").endswith("日産は独立した会社であり続けます。")


def test_it_says_to_whom_unless_it_is_said_to_everybody():
    assert said("ask priority", ["renault"]).startswith("Renault Group, ")
    assert said("ask priority", ["renault", "google"]).startswith("Renault Group and Google, ")
    assert said("ask priority", ["mitsubishi", "renault", "google"]).startswith("Mitsubishi Motors, Renault Group and ")
    assert "Renault" not in said("ask priority")
    assert said("ask priority -> renault").startswith("Renault Group, ")
    assert said("ask priority -> renault", ["renault"]).count("Renault") == 1
    assert said("ask priority -> renault", ["renault", "google"]).startswith("Renault Group, ")
    assert said("courtesy thanks; ask priority -> google", ["renault"]).startswith("Renault Group, ")


def test_titles_that_stand_twice_are_told_apart_by_their_table():
    tables = dict(CASE.tables)
    cloud = tables["cloud"]
    tables["cloud"] = replace(cloud, issues=(*cloud.issues[:-1], replace(cloud.issues[-1], title="Markets")))
    assert "“Markets” (“Horse" in said("open horse.markets", scenario=replace(PLAIN, tables=tables))
    assert "(" not in said("open horse.markets")


def test_nothing_is_said_of_no_moves():
    assert worded((), CASE, "nissan", ("renault",), Dice(1, 0, 0), ()) == ""


def test_what_does_not_fit_is_left_out_by_whole_sentences():
    whole = Sketch(tuple(Term("alliance", i.name, i.options[0]) for i in CASE.tables["alliance"].issues))
    text = worded([whole] * 9, CASE, "nissan", ("renault",), Dice(1, 0, 0), ())
    assert len(text) <= LONGEST_TEXT
    assert text[-1] == "?"
    issues = [replace(i, texts=tuple("x" * 500 for _ in i.options)) for i in CASE.tables["alliance"].issues]
    long = replace(PLAIN, tables={"alliance": replace(CASE.tables["alliance"], issues=tuple(issues))})
    text = worded([whole], long, "nissan", ("renault",), Dice(1, 0, 0), ())
    assert len(text) == LONGEST_TEXT
    assert text[-1] == "…"


def test_a_voice_has_its_habits_and_its_manner():
    voice = Voice("blunt", ("Plainly.",), ("That is all.",))
    party = replace(CASE.parties["nissan"], voice={"en": voice})
    loud = replace(CASE, parties={**CASE.parties, "nissan": party})
    before = []
    for turn in range(90):
        before.append(said("alternative cloud", ["renault"], turn, before, scenario=loud))
    assert any(text.startswith("Plainly. Renault Group, ") for text in before)
    assert any(text.endswith("That is all.") for text in before)
    for first, second in pairwise(before):
        assert not ("Plainly." in first and "Plainly." in second)
    asked = [said("ask priority", ["renault"], turn, before, scenario=loud) for turn in range(60)]
    assert not any("may we ask" in text.lower() or "Plainly" in text or "That is all" in text for text in asked)
    mute = replace(CASE, parties={**CASE.parties, "nissan": replace(party, voice={"en": Voice("warm")})})
    for turn in range(20):
        assert said("ask priority", ["renault"], turn, scenario=mute).startswith("Renault Group, ")
    assert {choose(("a", "b", "c"), (), Dice(1, 0, n), "formal") for n in range(30)} == {"b", "c"}
    assert choose(("only",), ("only",), Dice(1, 0, 0), "warm") == "only"


def test_forms_are_found_whatever_stood_in_them():
    assert used("On {issue} we are flexible.", "Well. Renault, on « Price\u00a0» we are flexible.")
    assert not used("On {issue} we are flexible.", "We are flexible.")


def test_titles_can_be_those_of_another_language():
    aliases = {"fr": {"tech": ["technique", "tech"], "tech.ssb=shared": ["partagée"], "tech.adas": []}}
    translated = replace(CASE.plain, aliases=aliases, translations={})
    french, english = Titles(translated, "fr"), Titles(translated)
    assert (french.table("tech"), english.table("tech")) == ("Technique", CASE.tables["tech"].title)
    assert french.option(Term("tech", "ssb", "shared")) == "Partagée"
    assert french.issue(Term("tech", "ssb")) == "Solid-state battery after 2026"


def test_an_unknown_language_is_refused():
    with pytest.raises(SetupError, match="language"):
        said("courtesy thanks", language="de")


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.sampled_from(list(SAID)), st.integers(0, 10**6), st.sampled_from(list(CASE.parties)))
def test_the_same_dice_say_the_same(language, moves, turn, speaker):
    first = said(moves, ["renault"], turn, ["Hello."], language, speaker, CASE)
    assert first == said(moves, ["renault"], turn, ["Hello."], language, speaker, CASE)
    assert "{" not in first
    assert first.count("“") == first.count("”")


def test_a_promise_without_a_date_or_a_partner_names_none():
    move = Commit(True, "alliance", "sign", "cloud")
    for turn in range(10):
        text = worded([move], CASE, "nissan", (), Dice(1, 0, turn), ())
        assert "week" not in text
        assert "partner" not in text
    assert worded([Ask("priority", "", None, "")], PLAIN, "nissan", (), Dice(1, 0, 0), ())
