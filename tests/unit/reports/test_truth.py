"""Who told the truth, as people read it: everybody's shares, quotes only to those who could hear them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from support_talks import Talks

from negotiation.actions import Say, Tick
from negotiation.analysis.truth import truth
from negotiation.formats import load
from negotiation.formats.notation import read
from negotiation.game import Game
from negotiation.reports import ending, terminal
from negotiation.reports.blocks import Document
from negotiation.reports.case_wording import Reader
from negotiation.reports.truth import MOST_QUOTED, sections

CASE = load("alliance-2023")
READER = Reader(CASE.scenario, 1)
SHEETS = {party: CASE.role(party).preferences for party in CASE.roles}


def told(talks, party, text, to=(), words="Well, **so** it is."):
    talks.do(party, Say(words, to, read(text, CASE.scenario)))


def page(talks, me="", sheets=SHEETS):
    found = sections(talks.state, truth(talks.state, sheets), READER, me)
    return " ".join(terminal.text(Document("D", tuple(found))).split())


@pytest.fixture
def liars():
    talks = Talks(CASE)
    told(talks, "google", "rank cloud.term > cloud.scope; prefer cloud.data: nissan > vendor; alternative sdv")
    told(talks, "google", "refuse sdv.openness=renault", to=("renault",), words="Never that.")
    told(talks, "nissan", "open alliance.stakes=merger; rank tech.joint_ip > tech.adas", words="A merger? Why not.")
    told(talks, "renault", "commit unless alliance by 1 then walk tech", to=("nissan", "mitsubishi"), words="Or else.")
    for _ in range(talks.state.rounds):
        talks.do("clock", Tick())
    return talks


def test_shares_of_all_and_every_lie_with_what_the_sheet_says(liars):
    text = page(liars)
    assert "Google 25% 1 3 0 0 0 0 0" in text
    assert "Nissan Motor 50% 1 1 0 0 0 0 0" in text
    assert "Renault Group – 0 0 0 0 1 0 0" in text
    assert "Geely" not in text
    assert (
        "Week 1, Google: “Well, * *so* * it is.” Untrue: Term matters more than Scope (points at stake: 6.0 against 14.4);"
        in text
    )
    assert "(points: 1.2 against 12.0)" in text
    assert "Week 1, Google to Renault Group, in private: “Never that.” Untrue: out of the question:" in text
    assert "(the best deal with it gains at least 14.0)" in text
    assert "(the best deal with it gains −13.3)" in text
    assert "Week 1, Renault Group to Nissan Motor and Mitsubishi Motors, in private: “Or else.” Broken: unless" in text


def test_private_lies_are_quoted_to_those_who_could_hear_them(liars):
    for me, heard in {
        "renault": "Never that.",
        "google": "Never that.",
        "mitsubishi": "Or else.",
        "nissan": "Or else.",
    }.items():
        text = page(liars, me)
        assert "Google 25%" in text
        assert "A merger? Why not." in text
        assert heard in text
        assert ("Never that." in text) == (me in ("renault", "google"))
        assert ("Or else." in text) == (me in ("renault", "nissan", "mitsubishi"))


def test_without_promises_there_are_no_columns_for_them_and_without_words_there_is_nothing():
    talks = Talks(CASE)
    told(talks, "nissan", "ask priority")
    assert sections(talks.state, truth(talks.state, SHEETS), READER) == []
    told(talks, "google", "open cloud.vendor=nimbus")
    told(talks, "nissan", "alternative tech")
    text = page(talks, sheets={**SHEETS, "nissan": replace(SHEETS["nissan"], adjust={})})
    assert "promises" not in text
    assert "(no deal with it was possible)" in text
    assert "(nobody else to sign with, and no points without a deal)" in text


def test_of_very_many_lies_some_are_quoted():
    talks = Talks(CASE)
    sheets = {**SHEETS, "geely": replace(SHEETS["geely"], adjust={"horse": -100.0})}  # any deal gains
    options = [
        f"horse.{issue.name}={option}" for issue in CASE.scenario.tables["horse"].issues for option in issue.options
    ]
    pairs = [
        f"{one},{two.partition('=')[2]}" for one, two in pairwise(options) if one.split("=")[0] == two.split("=")[0]
    ]
    for n, key in enumerate([*options, *pairs]):
        told(talks, "geely", f"refuse {key}", words=f"Number {n}.")
    lies = truth(talks.state, sheets).count("geely", "false")
    assert lies > MOST_QUOTED
    text = page(talks, sheets=sheets)
    assert text.count("Untrue:") == MOST_QUOTED
    assert f"And {lies - MOST_QUOTED} more." in text


def test_the_debrief_of_a_game_with_words_has_it_and_that_of_a_silent_one_does_not():
    for talk, has in (("en", True), ("", False)):
        game = Game("alliance-2023", strategy="fair", seed=1, rounds=4, talk=talk)
        game.play()
        titles = [section.title for section in ending.document(game, None, "nissan").sections]
        assert ("Who told the truth" in titles) == has
