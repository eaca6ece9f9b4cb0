"""After the end, in a real browser: par comes by itself, a lesson leads into the replay, and keys step through it."""

import pytest
from support_browser import SLOW, Server, needs_browser, playwright, settled

from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Store
from negotiation.formats.log import encode
from negotiation.game import Game

pytestmark = needs_browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"), "play", "--no-browser", "--database")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def game(server):
    """The id of a game that is over."""
    store = Store(server.database)
    played = Game("any-two-of-three", strategy="tough", seats={"boreal": "linear"}, seed=3, talk="en")
    played.play()
    seats = {"aster": "tough", "boreal": "person", "cygne": "tough"}
    made = Solo(store).start(case="any-two-of-three", seats=seats, seed=3, talk="en")
    store.append(made, 0, [encode(played.case.scenario, event) for event in played.state.events])
    store.engine.dispose()
    return made


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def weeks(page):
    return int(page.locator("[data-testid=stSlider] input[type=range]").first.input_value())


def stepped(page, key, number):
    page.keyboard.press(key)
    playwright.expect(page.locator("[data-testid=stSlider] input[type=range]").first).to_have_value(str(number))
    settled(page)


def test_par_comes_by_itself_and_a_lesson_leads_to_its_moment(server, page, game):
    page.goto(f"{server.url}/play?game={game}")
    playwright.expect(page.locator(".verdict")).to_be_in_viewport()
    playwright.expect(page.locator(".grade")).to_be_visible(timeout=2 * SLOW)
    settled(page)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth"
    assert page.evaluate(wide)
    page.get_by_role("link", name="in the replay").first.click()
    playwright.expect(page.get_by_role("heading", name="a game played again")).to_be_visible()
    assert game not in page.url
    settled(page)
    at = weeks(page)
    assert at > 0
    stepped(page, "Shift+ArrowLeft", at - 1)
    stepped(page, "Shift+ArrowRight", at)
    slider = page.locator("[data-testid=stSlider] input[type=range]").first
    slider.focus()
    stepped(page, "ArrowLeft", at - 1)
    assert page.evaluate(wide)


def test_the_list_of_games_leads_back_to_the_debrief(server, page, game):
    page.goto(f"{server.url}/games")
    page.get_by_role("link", name="Open the debrief").first.click()
    playwright.expect(page.locator(".verdict")).to_be_visible()
    page.locator("summary", has_text="Result card").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the picture (PNG)").click()
    assert download.value.suggested_filename == "any-two-of-three-result.png"
    saved = server.folder / "card.png"
    download.value.save_as(saved)
    assert saved.read_bytes()[:4] == b"\x89PNG"
