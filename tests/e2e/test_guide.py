"""A newcomer with a phone in one hand plays the guided game to its end."""

import pytest
from support_browser import SLOW, Server, needs_browser, playwright, settled

pytestmark = needs_browser


@pytest.fixture
def page(tmp_path, browser):
    server = Server(tmp_path, "play", "--no-browser", "--database")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened = context.new_page()
    opened.goto(f"{server.url}/play")
    settled(opened)
    yield opened
    context.close()
    server.kill()


def tap(page, label):
    page.get_by_role("button", name=label).locator("visible=true").first.tap()
    page.wait_for_timeout(300)
    settled(page)


def to_my_offer(page):
    """Go to the composer; a tap on a page that is still being set up after a reload may be lost."""
    send = page.get_by_role("button", name="Send offer").locator("visible=true")
    for _ in range(5):
        page.get_by_text("My offer", exact=True).last.tap()
        settled(page)
        page.wait_for_timeout(500)
        if send.count():
            return


def test_the_guided_game_is_finished_on_a_phone(page):
    card = page.locator(".st-key-card-guide")

    def says(words):
        playwright.expect(card).to_contain_text(words, timeout=SLOW)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing sticks out"

    tap(page, "Learn it in five minutes")
    says("Step 1 of 5: read your sheet")
    tap(page, "Go to the table")
    says("Step 2 of 5: make an offer")
    says("behind My offer")
    to_my_offer(page)
    tap(page, "Send offer")
    says("Step 3 of 5: ask what matters")
    tap(page, "Ask Nimbus what matters most")
    says("Step 4 of 5: trade")
    page.reload()
    settled(page)
    says("Step 4 of 5: trade")
    to_my_offer(page)
    tap(page, "Their last")
    tap(page, "Send offer")
    same = page.get_by_role("button", name="Send it all the same")
    if same.count():
        tap(page, "Send it all the same")
    says("You have a contract. It leaves you")
    tap(page, "On to the alliance")
    playwright.expect(page.get_by_text("Alliance 2023").first).to_be_visible(timeout=SLOW)
