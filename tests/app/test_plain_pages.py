"""The doors in the language of the browser, and two people of one game who speak two of them."""

import asyncio
import re

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from support_asgi import Socket, ask
from support_school import PASSWORD

from negotiation.classroom.phases import Phase
from negotiation.language import LANGUAGES, SOURCE, speaking, tr
from negotiation.ui.server import account_page, doors, origin
from negotiation.ui.server.identity import LOGIN, SEAT
from negotiation.ui.server.languages import COOKIE
from negotiation.ui.server.sockets import live

APP = origin.Origins(Starlette(routes=[*doors.ROUTES, *account_page.ROUTES, WebSocketRoute("/api/live", live)]))
TITLES = {"/join": "Join a class", "/login": "Log in"}
OTHERS = [code for code in LANGUAGES if code != SOURCE]


def titled(answer):
    return re.search(r"<html lang='(\w+)'>.*<h1>(.*?)</h1>", answer.text, re.DOTALL).groups()


@pytest.mark.parametrize("path", TITLES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_is_told_as_the_browser_likes_it_or_as_was_chosen(school, path, code):
    with speaking(code):
        wanted = code, tr(TITLES[path])
    assert (wanted[1] == TITLES[path]) == (code == SOURCE)
    assert titled(ask(APP, path, accept_language=f"{code},de;q=0.5")) == wanted
    assert titled(ask(APP, path, accept_language="de", cookies={COOKIE: code})) == wanted
    assert titled(ask(APP, path, accept_language="ja", cookies={COOKIE: code})) == wanted
    assert titled(ask(APP, path, accept_language="ja", cookies={COOKIE: "tlh"}))[0] == "ja"


def test_a_language_is_chosen_by_a_link_and_kept(school):
    page = ask(APP, "/join?code=abc%20d'", accept_language="fr")
    links = re.findall(r"<a href='([^']*)' lang='(\w+)'", page.text)
    assert [code for _, code in links] == ["en", "ja"]
    there = links[1][0].replace("&amp;", "&")
    assert there == "/join?code=abc%20d%27&language=ja"
    chosen = ask(APP, there, accept_language="fr")
    assert titled(chosen)[0] == "ja"
    assert "value='abc d&#x27;'" in chosen.text, "the code is kept"
    assert chosen.cookies == {COOKIE: "ja"}
    assert "HttpOnly" not in chosen.headers["set-cookie"], "the pages of Streamlit change it, too"
    assert ask(APP, "/join?language=xx", accept_language="fr").cookies == {}


@pytest.mark.parametrize("code", OTHERS)
def test_a_refusal_is_told_in_the_same_language(school, code):
    with speaking(code):
        wrong = tr("name or password is wrong")
        closed = tr("no class is open under this code; look at the screen in front again")
    key = "a-key-of-sixteen-letters"
    told = ask(APP, "/login", {"name": "Tea", "password": "not this one"}, accept_language=code)
    assert (told.status, told.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert titled(told)[0] == code
    assert wrong in told.text
    assert closed in ask(APP, "/join", {"code": "AAAAAA", "name": "Ana", "key": key}, accept_language=code).text
    foreign = ask(APP, "/join", {}, accept_language=code, origin="http://evil.example")
    assert (foreign.status, titled(foreign)[0]) == (403, code)


@pytest.mark.parametrize("code", OTHERS)
def test_ones_account_in_another_language(school, code):
    with speaking(code):
        told = [tr("My account"), tr("teacher"), tr("Set up a second factor"), tr("Second factor")]
    school.room.accounts.add(school.by, "Uma", PASSWORD + " too", "teacher")
    school.log_in("Uma", PASSWORD + " too")
    cookies = {LOGIN: school.cookies[LOGIN], COOKIE: code}
    page = ask(APP, "/account", cookies=cookies)
    assert titled(page) == (code, told[0])
    assert all(one in page.text for one in told[1:3])
    begun = ask(APP, "/account/factor", {"password": PASSWORD + " too"}, cookies=cookies)
    assert titled(begun) == (code, told[3])
    wrong = ask(APP, "/account/confirm", {"code": "000000"}, cookies=cookies)
    assert wrong.status == 400
    assert "href='/account?language=en'" in wrong.text


def test_two_seats_of_one_game_in_two_languages_at_once(school):
    school.create(protocol="open-floor", surplus="agents")
    tokens = [school.room.seats.join(school.code, name, key=f"key-of-{name}-000000") for name in ("Ana", "Bob")]
    school.room.teaching.go(school.by, school.id, Phase.NEGOTIATE)
    seats = [school.room.seats.identify(token) for token in tokens]
    assert seats[0].group == seats[1].group

    async def both():
        ana = Socket(APP, "/api/live", cookies={SEAT: tokens[0], COOKIE: "fr"}, origin="http://class.test")
        bob = Socket(APP, "/api/live", cookies={SEAT: tokens[1]}, accept_language="ja", origin="http://class.test")
        for one in (ana, bob):
            await one.say(t="hello")
        greeted = [await one.hear("hello") for one in (ana, bob)]
        clocks = [await one.hear("clock") for one in (ana, bob)]
        school.room.teaching.pause(school.by, school.id)
        await ana.say(t="act", key="k1", act={"kind": "pass"}, basis=None)
        await bob.say(t="act", key="k1", act={"kind": "pass"}, basis=None)
        refused = [(await one.hear("ok"))["why"] for one in (ana, bob)]
        await bob.say(t="hello", language="fr")
        again = [await bob.hear("hello"), await bob.hear("clock")]
        for one in (ana, bob):
            await one.leave()
        return greeted, clocks, refused, again

    greeted, clocks, refused, again = asyncio.run(both())
    assert [one["language"] for one in greeted] == ["fr", "ja"]
    for code, clock, why in zip(("fr", "ja"), clocks, refused, strict=True):
        with speaking(code):
            assert clock["called"] == tr("Negotiating")
            assert why == tr("the clock stands; wait until the teacher lets it go on")
    assert again[0]["language"] == "fr"
    assert again[1]["called"] == clocks[0]["called"]
