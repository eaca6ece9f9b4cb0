"""One person plays Nissan to the debrief in a real browser, and the server is killed in the middle.

Needs Debian's Chromium (or another at $CHROMIUM); without one these tests skip and say so.
"""

import subprocess
import sys

import pytest
from support_browser import SLOW, Server, end_week, needs_browser, playwright, press, settled

pytestmark = needs_browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"), "play", "--no-browser", "--database")
    yield running
    running.kill()


@pytest.fixture
def page(browser, server):
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(SLOW)
    opened = context.new_page()
    opened.outside = []
    opened.on("request", lambda request: opened.outside.append(request.url) if _foreign(server, request.url) else None)
    yield opened
    context.close()


def _foreign(server, url):
    return not url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:"))


def week(page, number):
    playwright.expect(page.get_by_text(f"week {number} of 16")).to_be_visible(timeout=SLOW)


def test_a_newcomer_plays_nissan_to_the_debrief_although_the_server_dies(server, page):
    page.goto(server.url)
    press(page, "Take a seat")
    playwright.expect(page.get_by_role("radio", name="Nissan Motor")).to_be_checked()
    press(page, "Take my seat")
    address = page.url
    assert "game=" in address
    press(page, "Go to the table")
    week(page, 1)
    press(page, "Send offer")
    playwright.expect(page.get_by_text("This is the paper you have on the table.")).to_be_visible()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("Equality first <b>please</b>.")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_text("Equality first <b>please</b>.")).to_be_visible()
    settled(page)
    end_week(page)
    week(page, 2)

    server.kill()
    server.start()
    settled(page)
    week(page, 2)
    end_week(page)
    week(page, 3)
    server.kill()
    server.start()
    page.goto(address)
    settled(page)
    week(page, 3)
    playwright.expect(page.get_by_text("Equality first <b>please</b>.")).to_be_visible()

    end_week(page)
    week(page, 4)
    page.locator(".st-key-table button", has_text="waits for you").first.click()
    settled(page)
    page.locator("[class*=st-key-sign-] button").first.click()
    settled(page)
    if page.get_by_role("button", name="Sign all the same").count():  # a loss, by how the others are in this game
        press(page, "Sign all the same")
    for _ in range(16):
        if page.get_by_text("How it ended").count():
            break
        end_week(page)
    playwright.expect(page.locator(".verdict")).to_be_in_viewport()
    playwright.expect(page.get_by_text("How it ended")).to_be_visible()
    playwright.expect(page.get_by_text("What history did")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my game").click()
    saved = server.folder / "game.jsonl"
    download.value.save_as(saved)
    replayed = subprocess.run(
        [sys.executable, "-m", "negotiation", "replay", str(saved)], capture_output=True, text=True, check=True
    )
    assert "(person, " in replayed.stdout
    assert page.outside == []


def test_nothing_typed_is_lost_by_a_key_or_the_end_of_a_week(server, page):
    page.goto(server.url)
    press(page, "Take a seat")
    press(page, "Take my seat")
    press(page, "Go to the table")
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("Half a sentence")
    page.wait_for_timeout(1000)  # a page would listen to keys a moment after it shows
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(1000)
    week(page, 1)
    playwright.expect(box).to_have_value("Half a sentence")
    page.get_by_role("button", name="End my week").click()
    playwright.expect(page.get_by_text("You have typed something and not sent it.")).to_be_visible()
    press(page, "Not yet")
    week(page, 1)
    box.fill("x" * 1001)
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_text("1,001 characters")).to_be_visible()
    playwright.expect(box).to_have_value("x" * 1001)
    box.fill("Now in short")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_text("Now in short")).to_be_visible()
    end_week(page)
    week(page, 2)
    page.wait_for_function("document.activeElement !== document.body")  # the focus stands where the page says how it is


def test_the_menu_brings_a_running_game_back_and_back_leaves_watch(server, page):
    page.goto(server.url)
    press(page, "Take a seat")
    press(page, "Take my seat")
    press(page, "Go to the table")
    game = page.url
    page.get_by_role("link", name="Watch").click()
    playwright.expect(page.get_by_role("heading", name="Watch")).to_be_visible()
    page.get_by_role("link", name="Play").click()
    week(page, 1)
    assert page.url == game
    page.get_by_role("link", name="Watch").click()
    playwright.expect(page.get_by_role("heading", name="Watch")).to_be_visible()
    settled(page)
    page.go_back()
    week(page, 1)
    page.get_by_role("button", name="Brief").click()
    page.get_by_role("button", name="New game").click()
    page.get_by_role("button", name="Go on with it").click()
    week(page, 1)
    log = server.log()
    assert "Session State" not in log


def test_watching_plays_by_itself(server, page):
    page.goto(f"{server.url}/watch?case=cloud-for-two&seed=3")
    settled(page)
    press(page, "Play")
    playwright.expect(page.get_by_text("After round 2")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Pause").click()
    settled(page)
    press(page, "To the end")
    playwright.expect(page.get_by_text("How it ended")).to_be_visible()
    assert page.outside == []


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen(server, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="dark")
    page = context.new_page()
    for path in ("", "play", "watch"):
        page.goto(f"{server.url}/{path}")
        settled(page)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= width, f"{path or 'home'} is {wide} px wide"
    context.close()


def test_a_question_is_answered_by_a_key_and_a_signature_leads_to_where_one_stands(server, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{server.url}/play")
    settled(page)
    press(page, "Take my seat")
    press(page, "Go to the table")
    week(page, 1)
    walk = page.get_by_role("button", name="Walk away from this table")
    yes = page.get_by_role("button", name="Yes, leave this table for good")
    walk.click()
    playwright.expect(yes).to_be_focused()
    page.keyboard.press("Escape")
    playwright.expect(yes).to_have_count(0)
    playwright.expect(walk).to_be_focused()
    page.keyboard.press("Enter")
    playwright.expect(yes).to_be_focused()
    page.get_by_role("button", name="Talk").click()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("Escape is not for questions while somebody types")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    box.fill("")
    page.get_by_role("button", name="Papers").click()
    playwright.expect(yes).to_have_count(1)
    press(page, "Not yet")
    for number in range(1, 16):
        week(page, number)
        sign = page.get_by_role("button", name="Sign", exact=True)
        if sign.count():
            break
        end_week(page)
    sign.first.click()
    standing = page.locator(".st-key-standing")
    playwright.expect(page.get_by_text("You have signed.")).to_be_visible()
    playwright.expect(standing).to_be_focused()
    playwright.expect(standing).to_be_in_viewport()
    context.close()
