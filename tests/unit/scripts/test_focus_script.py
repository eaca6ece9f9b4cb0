"""Where the focus goes on a page of one person, and what is typed and not sent."""

import pytest
from support_browser import needs_browser
from support_scripts import Scripts

from negotiation.ui.common import focus

pytestmark = needs_browser
PAGE = """() => { document.body.innerHTML = `
  <div data-testid="stApp" data-test-script-state="notRunning">
    <div class="st-key-standing">How things stand</div>
    <div class="st-key-card-tech"><button class="offer">Offer</button></div>
    <div class="st-key-asks-end"><p>End the week?</p><div class="st-key-same-end"><button class="yes">Yes</button></div>
      <div class="st-key-not-yet-end"><button class="no" onclick="window.refused = true">No</button></div></div>
    <div class="st-key-end"><button class="end">End</button></div>
    <textarea class="chat" data-testid="stChatInputTextArea"></textarea></div>`; }"""
PLACE = {"place": "week 1", "acts": 3, "top": False, "asking": ""}


@pytest.fixture(scope="module")
def opened(browser):
    return Scripts(browser, focus.SCRIPT)


@pytest.fixture
def page(opened):
    one = opened.begin()
    one.ask(PAGE)
    draw(one)
    yield one
    assert one.errors == []


def draw(page, **change):
    """Have the page drawn anew, and let the script look around."""
    if page.ask("() => Boolean(window.ends)"):
        page.leave()
    page.draw("default", **{**PLACE, **change})
    page.wait(200)


def test_after_an_act_the_focus_goes_to_the_card_it_was_done_in(page):
    page.page.locator(".offer").click()
    page.ask("() => document.querySelector('.offer').remove()")
    draw(page, acts=4)
    assert page.focused() == "st-key-card-tech"


def test_if_the_card_is_gone_the_page_is_read_from_how_things_stand(page):
    page.page.locator(".offer").click()
    page.ask("() => document.querySelector('.st-key-card-tech').remove()")
    draw(page, acts=4)
    assert page.focused() == "st-key-standing"


def test_the_focus_waits_until_the_page_is_drawn_and_not_for_ever(page):
    page.ask("() => { document.querySelector('[data-testid=stApp]').dataset.testScriptState = 'running'; }")
    draw(page, acts=4)
    assert page.focused() == "BODY"
    page.ask("() => { document.querySelector('[data-testid=stApp]').dataset.testScriptState = 'notRunning'; }")
    page.wait(200)
    assert page.focused() == "st-key-standing"


def test_nobody_who_writes_is_taken_away_from_it(page):
    page.page.locator(".chat").focus()
    draw(page, acts=4)
    draw(page, acts=4, asking="end")
    assert page.focused() == "chat"


def test_the_question_that_an_empty_line_has_brought_takes_the_focus_from_it(page):
    page.ask("() => { document.body.innerHTML = document.body.innerHTML.replace(/(asks|same)-end/g, '$1-say'); }")
    page.page.locator(".chat").focus()
    draw(page, asking="say")
    assert page.focused() == "yes"


def test_a_question_has_the_focus_escape_is_no_and_then_the_button_has_it_again(page):
    draw(page, asking="end")
    assert page.focused() == "yes"
    assert page.ask("() => document.querySelector('.st-key-asks-end').getAttribute('aria-label')") == "End the week?"
    page.page.keyboard.press("Escape")
    assert page.ask("() => window.refused")
    page.ask("() => document.activeElement.blur()")
    draw(page)
    assert page.focused() == "end"


def test_what_is_typed_is_told_when_its_line_is_left_and_not_before(page):
    page.page.locator(".chat").fill(" wait ")
    draw(page)
    assert page.told() == []
    page.page.locator(".offer").focus()
    assert page.told() == [["typed", "wait"]]
    draw(page)
    assert page.told() == [["typed", "wait"]]
