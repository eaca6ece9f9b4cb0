"""Where something is decided: what it brings is said net of the delay it adds, and nothing is forgotten unasked."""

import re

import pytest
from streamlit.testing.v1 import AppTest
from support import BUNDLED
from support_app import button, click
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Offer
from negotiation.formats import load
from negotiation.protocols import protocols
from negotiation.reports.words import unsourced
from negotiation.strategies.opening_drafts import opening_draft
from negotiation.ui.common import words
from negotiation.ui.play import composer
from negotiation.ui.play.pieces import signatures, tiles, unread, valued
from negotiation.ui.play.solo_games import solo
from negotiation.view import view

PLAY = "Take a seat"


@pytest.fixture
def week_nine():
    """Renault has signed Horse in week 3; in week 9 Google offers 0.4 points at the vehicle software."""
    talks = Talks(load("alliance-2023"))
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.until(9)
    talks.do("google", Offer(talks.deal("sdv", SDV)))
    return talks


def asked(app):
    """The question that is open, as it is read."""
    return " ".join(one.value for one in app.markdown if "?**" in one.value).replace("\\", "")


def plain(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_a_paper_says_what_is_left_of_it_and_what_the_delay_takes(week_nine):
    told = plain(valued(week_nine.view("renault"), week_nine.worth("renault", "sdv", SDV)))
    rest = week_nine.case.role("renault").preferences.score({})
    assert words.points(rest + 2.4 - 2.7, 1) in told
    assert "1.4 below leaving it unsigned" in told
    assert "1.8 for delay is taken off: with this signature you pay until week 9." in told


def test_whoever_has_signed_nothing_reads_of_no_delay(week_nine):
    told = plain(valued(week_nine.view("google"), week_nine.worth("google", "sdv", SDV)))
    assert "delay" not in told


def test_a_gain_that_the_delay_eats_is_signed_at_a_loss_only():
    app = AppTest.from_function(_week_nine_at_the_table).run()
    assert not app.exception
    click(app, "Sign at a loss")
    assert "This would leave you 1.4 points below leaving it unsigned." in asked(app)
    assert "1.8 for delay is taken off" in asked(app)
    assert button(app, "Sign all the same")
    metrics = {one.label: (one.value, one.delta) for one in app.metric}
    rest = load("alliance-2023").role("renault").preferences.score({})
    assert metrics["With what is signed"] == (words.points(rest + 1.1, 1), "+1.1 against unsigned")
    assert metrics["If I signed their best offers"] == (words.points(rest - 0.3, 1), "-1.4 against now")
    assert metrics["Cost of delay so far"] == ("0.9", "1.8 more by signing now")
    assert "brought you  +2.0" in plain("".join(element.proto.body for element in app.get("html")))


def _week_nine_at_the_table():
    import streamlit as st
    from support_talks import HORSE, SDV, Talks

    from negotiation.actions import Offer
    from negotiation.formats import load
    from negotiation.game import Game
    from negotiation.ui.play.action_buttons import SoloButtons
    from negotiation.ui.play.bar import standing
    from negotiation.ui.play.papers import papers
    from negotiation.ui.play.pieces import tiles

    talks = Talks(load("alliance-2023"))
    talks.signed(3, "horse", HORSE, "renault", "geely")
    talks.until(9)
    talks.do("google", Offer(talks.deal("sdv", SDV)))
    hand = SoloButtons("game", Game("alliance-2023", seats={"renault": "person"}), talks.view("renault"))
    standing(hand.view, mediated=False)
    st.html(tiles(hand.view))
    papers(hand, "sdv")


def test_papers_count_as_new_until_their_table_is_opened(week_nine):
    mine, other = week_nine.view("renault"), week_nine.view("nissan")
    (paper,) = mine.state.at("sdv")
    assert unread(mine, "sdv", set()) == 1
    assert unread(mine, "sdv", {paper.id}) == 0
    assert unread(other, "sdv", set()) == 0  # no seat there: nothing to open
    assert "1 paper, 1 new" in plain(tiles(mine, "", set()))
    assert "1 paper, 1 new" not in plain(tiles(mine, "sdv", {paper.id}))
    assert "new" not in plain(tiles(other, "", set()))


def test_a_package_names_its_tables_by_their_titles(week_nine):
    deals = {
        **week_nine.deal("alliance", _last(week_nine, "alliance")),
        **week_nine.deal("tech", _last(week_nine, "tech")),
    }
    week_nine.do("renault", Offer(deals))
    told = plain(signatures(week_nine.state, week_nine.state.at("tech")[-1]))
    assert "Nissan Motor  at Intellectual property and architectures" in told
    assert "at tech" not in told


def _last(talks, table):
    there = talks.case.scenario.tables[table]
    return there.name_of(there.deal(there.size - 1))


@pytest.mark.parametrize("name", BUNDLED)
def test_no_first_draft_is_one_that_the_rules_refuse(name):
    case = load(name)
    for party in case.roles:
        protocol = protocols()["open-floor"]()
        seen = view(protocol, protocol.opening(case.scenario, case.scenario.rounds), party, case.role(party))
        for table in seen.state.sits(party):
            assert composer._problem(seen, {table: opening_draft(seen, table)}) == ""


def test_differences_are_those_of_the_figures_shown():
    assert words.against(42.94, 42.9, "that", 1) == "about the same as that"
    assert words.against(42.9, 42.9, "that", 1) == "the same as that"
    assert words.change(0.04, 1) == "<span class='dim'>±0.0</span>"
    assert words.points(4.05, 1) == "4.1"
    assert words.loss(0.04, 1) == "less than 0.1 points"
    assert [words.pointed(1.0, 0), words.pointed(2.0, 0)] == ["1 point", "2 points"]
    assert words.at_stake(1.0) == "1 point at stake"
    assert unsourced("as far as public (P6-P10, P14, P18); ambition (S16, S23)") == "as far as public; ambition"


def test_the_brief_says_the_odds():
    app = AppTest.from_function(_brief).run()
    told = [caption.value for caption in app.caption]
    assert "What kind of Renault Group this is, only they know: as usual (70%) or float pressed (30%)." in told


def _brief():
    from negotiation.formats import load
    from negotiation.ui.play.brief import papers

    papers(load("alliance-2023").scenario, "nissan", "Yours alone.", None, "A round is a week.")


@pytest.fixture
def table(visit):
    game = solo().start(case="alliance-2023", seats={"nissan": "person"}, seed=1)
    return click(visit(PLAY, game=game), "Go to the table"), game


def test_what_is_too_long_to_be_said_is_told_and_not_lost(table):
    app, game = table
    app.chat_input[0].set_value("x" * 1001).run()
    assert not app.exception
    assert "Nissan Motor said 1,001 characters" in app.toast[0].value.replace("\\", "")
    assert app.chat_input[0].proto.value == "x" * 1001
    assert not [event for event in solo().load(game).state.events if event.party == "nissan"]


def test_an_offer_that_was_changed_and_not_sent_is_asked_about(table):
    app, game = table
    box = next(one for one in app.radio if "Voting rights" in one.label)
    box.set_value(0 if box.index else 1).run()
    click(app, "End my week")
    assert solo().load(game).state.round == 0
    assert "You have changed an offer and not sent it: Capital and governance" in asked(app)
    click(app, "Not yet")
    assert not [one for one in app.button if one.label == "Not yet"]
    click(app, "End my week")
    click(app, "End my week all the same")
    assert solo().load(game).state.round == 1


def test_a_draft_that_is_only_looked_at_or_sent_is_nothing_to_ask_about(table):
    app, game = table
    click(app, "Their last")
    click(app, "Send offer")
    click(app, "End my week")
    assert solo().load(game).state.round == 1


def test_the_menu_leads_back_into_a_running_game(table):
    app, _ = table
    app.session_state["page"] = "watch"
    app.query_params.clear()
    app.run()
    assert not app.exception
    assert any("week 1 of 16" in element.proto.body for element in app.get("html"))
    app.session_state["part"] = "brief"
    app.run()
    click(app, "New game")
    assert any("You are in the middle of a game" in element.value for element in app.markdown)
    click(app, "Go on with it")
    assert button(app, "End my week")


def test_a_game_that_is_over_is_not_gone_on_with(visit):
    game = solo().start(case="cloud-for-two", seats={"kaido": "person"}, rounds=1, protocol="alternating")
    app = click(visit(PLAY, game=game), "Go to the table")
    click(app, "End my round")
    click(app, "Play again")
    assert not [one for one in app.button if one.label == "Go on with it"]


def test_a_draft_that_breaks_what_another_table_settled_says_with_what():
    talks = Talks(load("alliance-2023"))
    scenario = talks.case.scenario
    owned = scenario.tables["sdv"].parse({"openness": "renault", "cofunding": "shared"})
    adopted = scenario.tables["tech"].parse(
        {"joint_ip": "royalty", "ssb": "licensed", "adas": "exclusive", "ee_sdv": "adopt"}
    )
    seen = talks.view("renault")
    told = composer._problem(seen, {"tech": adopted, "sdv": owned})
    assert told.startswith("This cannot stand with the other tables as they are: ")
    assert told.endswith("Put the other table on the same paper, or settle it first.")
    for part in ("Renault", "unsigned"):
        assert part.casefold() in told.casefold()
