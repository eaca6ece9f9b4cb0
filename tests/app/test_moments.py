"""What happened is told once, in words and with what it brought; the end is seen coming; what is left open is named."""

import secrets
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Accept, Offer, Walk, Withdraw
from negotiation.formats import load
from negotiation.language import speaking
from negotiation.ui.play import moments as told
from negotiation.ui.play.left_open import left_open
from negotiation.ui.play.moments import happened, near_the_end


@pytest.fixture
def talks():
    return Talks(load("alliance-2023"))


def texts(view, kinds=("signed", "abandoned", "left", "withdrawn")):
    return [moment.text for moment in happened(view) if moment.kind in kinds]


def test_a_signature_says_when_where_by_whom_and_what_it_brought_me(talks):
    assert happened(talks.view("renault")) == []
    talks.signed(7, "horse", HORSE, "geely", "renault")
    assert texts(talks.view("renault")) == [
        "Signed in week 7: Horse, by Geely and Renault Group. It brought you +2.0 points."
    ]
    (other,) = texts(talks.view("google"))
    assert other.endswith("For your points it changes nothing.")


def test_who_leaves_or_takes_back_is_told_to_the_others_only(talks):
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    talks.do("geely", Withdraw(0))
    talks.do("google", Walk("sdv"))
    talks.do("mitsubishi", Walk("ampere"))
    assert texts(talks.view("renault")) == [
        "Abandoned in week 1: Renault-Google vehicle. Google left, and no deal can bind there any more.",
        "Geely took a paper off the table: Horse (combustion and hybrid powertrain venture).",
        "Mitsubishi Motors left the table for good: Ampère.",
    ]
    assert not any("Geely" in text for text in texts(talks.view("geely")))


def test_a_signature_that_is_taken_back_is_not_a_paper_that_is(talks):
    needs = talks.case.scenario.tables["ampere"]
    deal = next(deal for deal in needs.deals if set(needs.needs(deal)) == {"renault", "nissan", "mitsubishi"})
    talks.do("renault", Offer({"ampere": deal}))
    talks.do("nissan", Accept(0))
    talks.do("nissan", Withdraw(0))
    (text,) = texts(talks.view("mitsubishi"))
    assert text.startswith("Nissan Motor took back a signature: ")


def test_news_is_a_moment_marked_as_what_it_is_and_in_the_readers_language(talks):
    talks.until(3)
    news = [moment for moment in happened(talks.view("nissan")) if moment.kind in ("fact", "rumour", "fiction")]
    assert [(one.kind, one.tables, one.round) for one in news] == [
        ("fact", ("alliance",), 1),
        ("rumour", ("cloud",), 2),
    ]
    assert news[1].text.startswith("In the news, a rumour invented for this game: A trade paper")
    with speaking("fr"):
        assert "À relire" in happened(talks.view("nissan"))[0].text


def _page():
    import streamlit as st
    from support_talks import HORSE, Talks

    from negotiation.actions import Offer, Tick
    from negotiation.formats import load
    from negotiation.language import speaking
    from negotiation.ui.play.moments import moments

    talks, key = Talks(load("alliance-2023")), st.query_params["key"]
    if int(st.query_params.get("week", 1)) > 1:
        talks.signed(int(st.query_params["week"]) - 1, "horse", HORSE, "geely", "renault")
        talks.do("", Tick())
    if st.query_params.get("acted"):
        talks.do("renault", Offer(talks.deal("sdv", {"openness": "any", "cofunding": "shared"})))
    with speaking(st.query_params.get("language", "en")):
        for one in moments(talks.view("renault"), key):
            st.text(one.id)
            st.caption(one.text)


def page(key, week=1, acted=""):
    app = AppTest.from_function(_page)
    app.query_params = {"key": key, "week": str(week), "acted": acted}
    return app


def ids(app):
    app.run()
    assert not app.exception
    return [one.value for one in app.text]


def test_a_moment_is_told_once_and_stays_until_my_next_act_or_until_the_page_is_loaded_anew():
    key = secrets.token_hex(4)
    app = page(key)
    assert ids(app) == []
    app.query_params["week"] = "2"
    assert ids(app) == ["signed-horse", "news-2-india"]
    assert ids(app) == ["signed-horse", "news-2-india"]  # the page is drawn again by what is chosen on it
    assert ids(page(key, 2)) == []  # another page of the same person
    app.query_params["acted"] = "1"
    assert ids(app) == []


def test_what_stays_is_told_in_the_language_chosen_meanwhile():
    app = page(secrets.token_hex(4))
    app.run()
    app.query_params["week"] = "2"
    said = []
    for code in ("en", "fr", "en"):
        app.query_params["language"] = code
        said.append(app.run().caption[0].value)
    assert said[0] == said[2] != said[1]
    assert said[1].startswith("Signé")


def test_whoever_comes_back_to_an_old_game_hears_of_the_last_round_and_this_one():
    assert ids(page(secrets.token_hex(4), 6)) == ["signed-horse", "news-5-patents", "news-6-chip_investor"]
    app = page(secrets.token_hex(4), 6)
    assert "news-2-india" not in ids(app)


def test_a_memory_is_of_one_person_in_one_game():
    one, other = secrets.token_hex(4), secrets.token_hex(4)
    assert told._memory(one, "renault") is told._memory(one, "renault")
    assert told._memory(one, "renault") is not told._memory(one, "nissan")
    assert told._memory(one, "renault") is not told._memory(other, "renault")


def test_the_end_is_seen_coming(talks):
    said = []
    for week in range(1, 18):
        talks.until(week)
        said.append(near_the_end(talks.state))
    assert said[:13] == [""] * 13
    assert said[13:] == ["3 weeks left.", "2 weeks left.", "Last week: what is not signed now stays unsigned.", ""]
    short = replace(Talks(load("cloud-for-two")).state, rounds=2)
    assert near_the_end(short) == "2 rounds left."


def test_what_is_left_open_is_named_with_its_worth_the_best_first(talks):
    assert left_open(talks.view("renault")) == []
    talks.do("google", Offer(talks.deal("sdv", SDV)))
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    horse, sdv = left_open(talks.view("renault"))
    assert horse.startswith("Geely's paper at Horse")
    assert horse.endswith("waits for your signature and is worth 2.0 points to you.")
    assert sdv.endswith("and is worth 0.4 points to you.")
    (mine,) = left_open(talks.view("geely"))
    assert mine.startswith("Nobody has answered your offer at Horse")
    assert mine.endswith("it waits for Renault Group.")
    talks.do("renault", Accept(1))
    assert len(left_open(talks.view("renault"))) == 1
    talks.until(12)
    (late,) = left_open(talks.view("renault"))
    assert late.endswith("waits for your signature and would leave you 2.9 points below leaving it unsigned.")


def test_a_paper_i_signed_that_waits_for_others_is_left_open_too(talks):
    needs = talks.case.scenario.tables["ampere"]
    deal = next(deal for deal in needs.deals if set(needs.needs(deal)) == {"renault", "nissan", "mitsubishi"})
    talks.do("renault", Offer({"ampere": deal}))
    talks.do("nissan", Accept(0))
    (line,) = left_open(talks.view("nissan"))
    assert line.startswith("You have signed Renault Group's paper at Ampère")
    assert line.endswith("it waits for Mitsubishi Motors.")


def test_where_any_of_several_will_do_others_are_named_together():
    talks = Talks(load("electric-quay"))
    deal = next(iter(talks.case.scenario.tables["quay"].deals))
    talks.do("voltamer", Offer({"quay": deal}))
    assert left_open(talks.view("voltamer"))[0].endswith("it waits for City of Sainte-Barbe and others.")
