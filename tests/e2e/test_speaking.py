"""Words in a real browser: typed with what was understood, sent by a key, and said by buttons on a phone.

Needs Debian's Chromium (or another at $CHROMIUM); without one these tests skip and say so.
"""

import pytest
from support_browser import SLOW, Server, needs_browser, playwright, press, settled

pytestmark = needs_browser
QUESTION = "Renault, what matters most to you at Ampère?"
MEANT = "asks Renault Group: what matters most at Ampère"
THUMB = 44


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"), "play", "--no-browser", "--database")
    yield running
    running.kill()


@pytest.fixture
def table(server, browser):
    """The page of Nissan at the table, so wide; on the server of this file, or another."""
    contexts = []

    def opened(width, server=server):
        context = browser.new_context(viewport={"width": width, "height": 844})
        contexts.append(context)
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto(f"{server.url}/play")
        settled(page)
        press(page, "Take my seat")
        press(page, "Go to the table")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_question_in_ones_own_words_is_checked_sent_and_answered(table):
    page = table(1440)
    talk = page.locator(".st-key-talk")
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(QUESTION)
    page.keyboard.press("Enter")
    chip = page.locator(".st-key-asks-say").get_by_text(MEANT)
    playwright.expect(chip).to_be_visible()
    playwright.expect(page.get_by_role("button", name="Say it")).to_be_focused()
    page.keyboard.press("Escape")
    playwright.expect(box).to_have_value(QUESTION)
    box.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("button", name="Say it")).to_be_focused()
    page.keyboard.press("Enter")
    playwright.expect(talk.get_by_text(QUESTION)).to_be_visible()
    playwright.expect(talk.get_by_text(MEANT)).to_be_visible()
    playwright.expect(chip).to_have_count(0)
    said = talk.locator(".say.mine", has_text=QUESTION)
    answer = said.locator("xpath=following-sibling::div[contains(@class, 'say')]", has_text="Renault Group")
    playwright.expect(answer.first).to_be_visible()
    settled(page)
    box.fill("مرحبا")
    page.keyboard.press("Enter")
    words = talk.get_by_text("مرحبا")
    playwright.expect(words).to_be_visible()
    assert words.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_quick_move_on_a_phone_needs_no_typing(table):
    page = table(390)
    page.get_by_role("button", name="Talk").click()
    quick = page.locator(".st-key-quick")
    quick.get_by_role("radio", name="What if…").focus()
    page.keyboard.press("Space")
    settled(page)
    shares = quick.get_by_role("combobox", name="Cross-shareholding")
    shares.scroll_into_view_if_needed()  # a list that is open closes when the page is scrolled
    settled(page)
    page.wait_for_timeout(300)
    shares.click()
    page.get_by_role("option", name="10/10, dated sale of the rest").click()
    settled(page)
    told = quick.locator(".say.mine").inner_text()
    assert "10/10" in told
    heights = [one.bounding_box()["height"] for one in quick.locator("button[role=radio], button[kind]").all()]
    assert min(heights) >= THUMB
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    quick.get_by_role("button", name="Say this").click()
    playwright.expect(page.locator(".st-key-talk").get_by_text(told)).to_be_visible()
    playwright.expect(quick.get_by_role("button", name="Say this")).to_have_count(0)


SLOWLY = """
import time
from negotiation.game import Game
played = Game.play
Game.play = lambda self: (time.sleep(1.2), played(self))[1]
"""


def test_while_an_agent_thinks_the_page_says_which_and_the_words_stand_already(table, tmp_path):
    server = Server(tmp_path, "play", "--no-browser", "--database", first=SLOWLY)
    try:
        page = table(390, server)
        page.get_by_role("button", name="Talk").click()
        page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
        page.keyboard.press("Enter")
        playwright.expect(page.get_by_role("button", name="Say it")).to_be_focused(timeout=SLOW)
        page.keyboard.press("Enter")
        playwright.expect(page.get_by_text("Renault Group is thinking…")).to_be_visible(timeout=SLOW)
        playwright.expect(page.get_by_text(QUESTION).first).to_be_visible()
        playwright.expect(page.get_by_text("Renault Group is thinking…")).to_have_count(0, timeout=SLOW)
        playwright.expect(page.locator(".st-key-talk .say.mine", has_text=QUESTION)).to_be_visible(timeout=SLOW)
    finally:
        server.kill()
