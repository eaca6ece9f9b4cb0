"""The language of a page: the browser's own, chosen by hand, kept; and nothing is lost by choosing it in a game."""

import pytest
from support_axe import judged
from support_browser import SLOW, Server, needs_browser, playwright, settled
from support_stages import games

pytestmark = needs_browser
CASE = "cloud-for-two"
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    addresses = games(folder, CASE, "kaido", rounds=6)
    running = Server(folder, "play", "--no-browser", "--database")
    running.games = addresses
    yield running
    running.kill()


@pytest.fixture
def visit(browser):
    """A page of a browser that speaks a language."""
    contexts = []

    def opened(url, locale, size=SIZES[0], scheme="light"):
        context = browser.new_context(
            locale=locale,
            viewport=dict(zip(("width", "height"), size, strict=True)),
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SLOW)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def languages(page):
    """The list in which the language of a page stands, and by which another is chosen."""
    return page.locator(".st-key-languages select")


def choose(page, code):
    languages(page).select_option(code)
    says(page, code)
    settled(page)


def says(page, code):
    """Wait until a page says in which language it is."""
    page.wait_for_function(f"document.documentElement.lang === '{code}'")


def heading(page):
    return page.locator("h1").first.inner_text().strip()


@pytest.mark.parametrize(
    ("locale", "code", "told"),
    [("fr-CH", "fr", "Négociation"), ("ja-JP", "ja", "ネゴシエーション"), ("de-DE", "en", "Negotiation")],
)
def test_the_browser_says_its_language(server, visit, locale, code, told):
    page = visit(server.url, locale)
    says(page, code)
    assert heading(page) == told


def test_a_language_chosen_by_hand_is_kept(server, visit):
    page = visit(server.url, "en-GB")
    choose(page, "fr")
    assert heading(page) == "Négociation"
    page.reload()
    settled(page)
    says(page, "fr")
    assert heading(page) == "Négociation"
    playwright.expect(languages(page)).to_have_value("fr")
    page.goto(f"{server.url}/games")
    settled(page)
    assert heading(page) == "Mes parties"


def test_it_is_chosen_by_keyboard(server, visit):
    page = visit(server.url, "en-GB")
    languages(page).focus()
    page.keyboard.press("ArrowDown")
    says(page, "fr")
    settled(page)
    assert heading(page) == "Négociation"
    assert (
        page.evaluate("document.activeElement.shadowRoot?.activeElement?.tagName ?? document.activeElement.tagName")
        == "SELECT"
    )
    assert page.get_by_role("combobox", name="Langue", exact=True).count() == 1


COVERED = """box => [...document.querySelectorAll('a, button, input, h1, h2, p')].filter(other => {
  const seen = other.getBoundingClientRect();
  return seen.width && !other.closest('.st-key-languages') && getComputedStyle(other).visibility === 'visible'
    && seen.left < box.x + box.width && box.x < seen.right && seen.top < box.y + box.height && box.y < seen.bottom;
}).map(other => other.innerText)"""
"""What else stands where a box is."""


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_is_in_sight_and_over_nothing(server, visit, size):
    for path in ("/", server.games["on"]):
        page = visit(server.url + path, "fr-FR", size)
        box = languages(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= 60, "it stands in the bar at the top, under which pages begin"
        assert page.evaluate(COVERED, box) == []
    long = page.evaluate("(e => e.scrollHeight - e.clientHeight)(document.querySelector('[data-testid=stMain]'))")
    assert size[0] < 1024 or long <= 0, "the table stays on one screen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(server, visit, scheme):
    page = visit(server.url + server.games["on"], "en-GB", scheme=scheme)
    assert judged(page, "the languages") == []


def test_choosing_it_in_a_game_loses_no_draft(server, visit):
    page = visit(server.url + server.games["on"], "en-GB")
    row = page.locator("[class*=st-key-row-draft]").nth(1)
    row.locator("summary").click()
    settled(page)
    page.wait_for_timeout(600)  # it opens
    row.locator("[role=radiogroup] label").last.click()
    settled(page)
    line = page.get_by_test_id("stChatInputTextArea")
    line.fill("We could live with three years.")
    playwright.expect(row.get_by_role("radio").last).to_be_checked()
    choose(page, "ja")
    playwright.expect(row.get_by_role("radio").last).to_be_checked()
    playwright.expect(line).to_have_value("We could live with three years.")
