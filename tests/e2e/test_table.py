"""The table screen in a real browser: nothing essential below the fold, one part at a time on a phone, all of it by keys.

Needs Debian's Chromium (or another at $CHROMIUM); without one these tests skip and say so.
"""

from itertools import pairwise

import pytest
from support_browser import SLOW, Server, end_week, needs_browser, playwright, press, settled

pytestmark = needs_browser
expect = playwright.expect


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("table"), "play", "--no-browser", "--database")
    yield running
    running.kill()


@pytest.fixture
def table(browser, server):
    """The page of Nissan in the second week of the flagship, of such a size; what others have offered lies there."""
    contexts = []

    def opened(width, height):
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto(f"{server.url}/play")
        settled(page)
        press(page, "Take my seat")
        press(page, "Go to the table")
        end_week(page)
        expect(page.get_by_text("week 2 of 16")).to_be_visible()
        close = page.locator(".st-key-moments button.close")
        if close.count():
            close.click()
        return page

    yield opened
    for context in contexts:
        context.close()


def scrolls(page):
    """Return by how many pixels the page itself is longer than the screen."""
    return page.evaluate("(e => e.scrollHeight - e.clientHeight)(document.querySelector('[data-testid=stMain]'))")


def whole(page, place):
    """Assert that all of a part is on the screen, and nothing lies over its middle."""
    box, size = place.bounding_box(), page.viewport_size
    assert box, "it is not shown"
    assert 0 <= box["x"] <= box["x"] + box["width"] <= size["width"] + 1, box
    assert 0 <= box["y"] <= box["y"] + box["height"] <= size["height"] + 1, box


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_nothing_essential_lies_below_the_fold(table, width, height):
    page = table(width, height)
    page.wait_for_timeout(1500)  # the parts are given their room
    assert scrolls(page) <= 0
    for name in ("Send offer", "End my week", "Map", "Brief"):
        whole(page, page.get_by_role("button", name=name, exact=True))
    whole(page, page.locator("[class*=st-key-sign-] button").first)
    bar = [page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Map", "Brief", "End my week")]
    assert all(one["x"] + one["width"] <= other["x"] for one, other in pairwise(bar)), bar
    whole(page, page.locator(".st-key-points button:visible"))
    whole(page, page.locator(".st-key-table"))
    whole(page, page.get_by_test_id("stChatInputTextArea"))
    for name in ("Map", "Brief"):
        page.get_by_role("button", name=name, exact=True).click()
        settled(page)
        page.wait_for_timeout(1200)
        assert scrolls(page) <= 0
        assert not page.get_by_role("button", name="Send offer").is_visible()


def test_a_phone_shows_one_part_at_a_time(table):
    page = table(390, 844)
    parts = {
        "Papers": page.locator(".st-key-pane-papers"),
        "My offer": page.get_by_role("button", name="Send offer"),
        "Talk": page.get_by_test_id("stChatInputTextArea"),
        "Map": page.locator(".st-key-card-map"),
        "Brief": page.get_by_text("For everybody"),
    }
    for name, part in parts.items():
        tab = page.get_by_role("button", name=name)
        whole(page, tab)
        assert tab.bounding_box()["height"] >= 44
        tab.click()
        settled(page)
        expect(part).to_be_visible()
        assert [other for other in parts if other != name and parts[other].is_visible()] == []
        whole(page, page.get_by_role("button", name="End my week", exact=True))
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_options_are_rows_that_are_never_cut_off_and_stay_open(table):
    page = table(390, 844)
    page.get_by_role("button", name="My offer").click()
    row = page.locator("[class*=st-key-row-draft]").first
    row.locator("summary").click()
    options = row.get_by_role("radio")
    texts = row.locator("[role=radiogroup] label p")
    assert options.count() == texts.count() > 3
    for text in texts.all():
        assert text.evaluate(
            "e => e.scrollWidth <= e.clientWidth + 1 && getComputedStyle(e).textOverflow !== 'ellipsis'"
        )
    texts.nth(options.count() - 1).click()
    settled(page)
    expect(row.locator("summary")).to_contain_text(texts.nth(options.count() - 1).inner_text().splitlines()[0])
    expect(options.last).to_be_checked()
    expect(texts.first).to_be_visible()


def test_a_counter_leads_to_the_offer_on_a_phone(table):
    page = table(390, 844)
    page.get_by_role("button", name="Counter").first.click()
    expect(page.get_by_role("button", name="Send offer")).to_be_visible()


def test_a_week_is_played_by_keys(table):
    page = table(1440, 900)
    page.keyboard.press("Alt+Digit2")
    expect(page.locator(".st-key-table button").nth(1)).to_have_attribute("aria-checked", "true")
    settled(page)
    page.keyboard.press("Alt+KeyO")
    settled(page)
    same = page.get_by_role("button", name="Send it all the same")
    if same.count():
        expect(same).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.get_by_text("This is the paper you have on the table.")).to_be_visible()
    page.keyboard.press("Alt+KeyT")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_focused()
    page.locator(".st-key-pane-papers").click(position={"x": 3, "y": 3})
    settled(page)
    page.keyboard.press("Alt+KeyE")
    page.wait_for_timeout(800)
    settled(page)
    if page.get_by_role("button", name="End my week all the same").count():
        page.keyboard.press("Enter")
    expect(page.get_by_text("week 3 of 16")).to_be_visible(timeout=SLOW)


def test_the_part_that_is_looked_at_comes_back_when_the_server_died(table, server):
    page = table(390, 844)
    page.get_by_role("button", name="Brief").click()
    expect(page.get_by_text("For everybody")).to_be_visible()
    server.kill()
    server.start()
    page.wait_for_timeout(4000)  # the page finds the server again by itself, and is drawn anew
    settled(page)
    expect(page.get_by_text("week 2 of 16")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("For everybody")).to_be_visible()
