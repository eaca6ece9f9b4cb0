"""A case is written in a real browser: begun from a template, mended where it is wrong, tried, and taken away."""

import pytest
from support_browser import SLOW, Server, needs_browser, playwright, press, settled

from negotiation.formats import loads

pytestmark = needs_browser
ROW, HEAD = 35, 36
"""Pixels of a row of a grid, and of its head."""


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path, "play", "--no-browser", "--database")
    yield running
    running.kill()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def part(page, name):
    page.locator(".st-key-edit-view").get_by_role("radio", name=name, exact=True).click()
    settled(page)


def type_into(page, grid, row, right, value):
    """Write into a cell of a grid: of a row, so many pixels from the right edge."""
    canvas = page.get_by_test_id("stDataFrame").nth(grid)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] - right, box["y"] + HEAD + ROW * row + ROW / 2)
    page.keyboard.type(value, delay=150)
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    settled(page)


def test_a_case_is_written_mended_tried_and_taken_away(server, page):
    page.goto(f"{server.url}/edit")
    settled(page)
    press(page, "Two parties, one table: a purchase")
    page.get_by_label("Title", exact=True).fill("Our purchase")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("heading", name="Our purchase")).to_be_visible(timeout=SLOW)
    part(page, "Points")
    type_into(page, 0, 0, 30, "41")
    wrong = page.locator(".st-key-card-edit-weights .remark")
    playwright.expect(wrong).to_contain_text("Seller: the weights sum to 96, must be 100", timeout=SLOW)
    server.kill()
    server.start()
    page.reload()
    settled(page)
    part(page, "Points")
    playwright.expect(wrong).to_contain_text("Seller: the weights sum to 96, must be 100", timeout=SLOW)
    type_into(page, 0, 0, 30, "45")
    playwright.expect(wrong).to_have_count(0, timeout=SLOW)
    part(page, "Try it")
    press(page, "Play 100 games")
    trial = page.locator(".st-key-card-edit-trial")
    playwright.expect(trial).to_contain_text("100 games of", timeout=2 * SLOW)
    with page.expect_download(timeout=SLOW) as taken:
        page.get_by_role("button", name="Download YAML").click()
    case = loads(taken.value.path().read_text(encoding="utf-8"), "downloaded")
    assert case.scenario.title == "Our purchase"
    assert case.role("seller").preferences.sheets["contract.price"].weight == 45
