"""What deals bring about through links, as HTML."""

import re
from dataclasses import replace

import pytest
from support_talks import Talks

from negotiation.formats import load
from negotiation.ui.play.brief import score_sheet
from negotiation.ui.play.linked import linked
from negotiation.worth import worth

JOINT = {"split": "even", "tech_base": "joint", "markets": "ex_us_cn", "supply": "none", "centre": "dual"}
FREE = {"joint_ip": "free", "ssb": "licensed", "adas": "licensed", "ee_sdv": "adopt"}


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def test_points_stand_in_a_column_of_their_own_before_what_happens(talks):
    html = linked(talks.view("nissan"), talks.deal("horse", JOINT))
    assert (
        html.index("made of") < html.index("by themselves") < html.index("-5.0") < html.index("could follow from other")
    )
    assert "<td class='n'><span class='down'>-5.0</span></td>" in html
    assert "As long as nothing to the contrary is signed at Intellectual property and architectures." in html
    assert "If signed too: Intellectual property and architectures – Joint IP in third-party ventures" in html


def test_what_ends_is_said_to_end(talks):
    talks.signed(1, "horse", JOINT, "renault", "geely")
    html = linked(talks.view("geely"), talks.deal("tech", FREE))
    assert "<span class='up'>+6.0</span></td><td>No longer so: " in html
    assert "could follow" not in html


def test_rows_add_up_to_what_the_deal_is_worth_above_leaving_it_unsigned(talks):
    talks.signed(1, "horse", JOINT, "renault", "geely")
    talks.until(4)
    view, deal = talks.view("renault"), talks.deal("tech", FREE | {"joint_ip": "royalty"})
    rows = linked(view, deal).partition("could follow")[0]
    found = [float(one) for one in re.findall(r">([+-][0-9.]+)<", rows)]
    assert len(found) == 4
    assert "The delay that your signature adds." in rows
    seen = worth(view.state, view.preferences, deal)
    assert sum(found) == pytest.approx(round(seen.points, 1) - round(seen.otherwise, 1))


def test_only_the_weightiest_that_may_follow_are_shown_and_the_rest_counted(talks):
    view, deal = talks.view("nissan"), talks.deal("tech", FREE)
    html = linked(view, deal)
    assert html.count("If signed too") == 3
    assert "Not shown, as they weigh less: " in html
    assert "Not shown" not in linked(view, deal, ahead=99)


def test_nothing_is_said_where_nothing_is_linked(talks):
    assert linked(talks.view("nimbus"), talks.deal("horse", JOINT)) == ""


def test_what_a_case_says_is_escaped(talks):
    view = talks.view("nissan")
    links = tuple(replace(link, says={"en": "<b>Bold</b> & more."}) for link in view.preferences.links)
    ours = replace(view.preferences, links=links)
    html = linked(replace(view, role=replace(view.role, preferences=ours)), talks.deal("horse", JOINT))
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more." in html
    assert "<b>" not in html


def test_a_score_sheet_tells_what_hangs_together_in_sentences_with_own_points(talks):
    html = score_sheet(talks.view("geely"))
    assert html.count("<td colspan='2'>") == 3
    assert "What hangs together" in html
    assert (
        "Horse uses jointly held technology case by case only, with consent and for a fee.<br><span class='dim'>"
        in html
    )
    assert "<td class='n'><span class='down'>-6.0</span></td>" in html
    assert "What hangs together" not in score_sheet(talks.view("nimbus"))
