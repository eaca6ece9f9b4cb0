"""A seat's page names its language when it greets, and greets again when it has changed: then all is told anew."""

import pytest
from support_browser import needs_browser
from support_scripts import Scripts

from negotiation.ui.server import live

pytestmark = needs_browser
TALK = {"colours": {}, "names": {"a": "Alfa", "b": "Beta"}, "me": "a", "told": {}}


@pytest.fixture(scope="module")
def opened(browser):
    return Scripts(browser, live.SCRIPT)


@pytest.fixture
def scripts(opened):
    yield opened.begin()
    assert opened.errors == []


def greeted(scripts):
    return [one.get("language") for one in scripts.sent("hello")]


def hello(scripts, code, text):
    line = {"at": 1, "k": "mark", "text": text}
    scripts.hears(t="hello", me={"name": "Ana", "party": "a", "person": "p"}, lines=[line], language=code)


def test_the_language_of_the_page_is_named_once(scripts):
    scripts.draw("seat", "seat", mark="m", language="fr")
    scripts.draw("talk", "talk", **TALK)
    scripts.opens(language="fr")
    scripts.draw("seat", "seat", mark="n", language="fr")
    assert greeted(scripts) == ["fr"]


def test_another_language_has_everything_told_anew(scripts):
    scripts.draw("seat", "seat", mark="m", language="en")
    scripts.draw("talk", "talk", **TALK)
    scripts.opens(language="en")
    hello(scripts, "en", "The talks are over")
    scripts.draw("seat", "seat", mark="m", language="ja")
    scripts.draw("seat", "seat", mark="m", language="ja")
    assert greeted(scripts) == ["en", "ja"], "once, until it is answered"
    hello(scripts, "ja", "交渉は終了しました")
    assert scripts.text(".lines .mark") == "交渉は終了しました"
    assert greeted(scripts) == ["en", "ja"]


def test_a_page_whose_language_is_not_known_yet_takes_what_comes_and_asks_when_it_is(scripts):
    scripts.draw("talk", "talk", **TALK)
    scripts.opens(language="en")
    assert greeted(scripts) == [None]
    scripts.draw("seat", "seat", mark="m", language="fr")
    assert greeted(scripts) == [None, "fr"]
