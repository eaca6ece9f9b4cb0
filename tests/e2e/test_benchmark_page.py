"""The page of a benchmark in a real browser: by keyboard, light and dark, wide and narrow, and nothing from elsewhere."""

import pytest
from support_axe import judged
from support_browser import needs_browser

from negotiation.lab.benchmark.matches import Match, Plan, play
from negotiation.lab.benchmark.page import page
from negotiation.lab.benchmark.results import results
from negotiation.lab.benchmark.suites import Setting

pytestmark = needs_browser

AGENTS = ("fair", "easy", "tough")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    settings = [Setting("bilateral", f"drawn:bilateral-{kind}") for kind in ("zone-1", "zone-2", "none-1")]
    settings += [Setting("linked", "drawn:linked-zone-1")]
    rows = [play(Match(one, (mine, theirs))) for one in settings for mine in AGENTS for theirs in AGENTS]
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page(results(Plan(AGENTS), rows)), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(params=["light", "dark"])
def opened(request, browser, address):
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1440, "height": 900})
    shown = context.new_page()
    shown.trouble = []
    shown.on("console", lambda message: shown.trouble.append(message.text))
    shown.on("pageerror", lambda problem: shown.trouble.append(str(problem)))
    shown.on("request", lambda sent: shown.trouble.append(sent.url) if not sent.url.startswith("file:") else None)
    shown.goto(address)
    yield shown
    assert shown.trouble == []
    context.close()


def agents(shown):
    return [text.strip("★☆ \n") for text in shown.locator("#table tbody th").all_inner_texts()]


def test_rounds_pins_order_and_two_agents_by_keyboard(opened):
    first = agents(opened)
    opened.locator("[data-key='sort agent']").press("Enter")
    assert opened.locator("#table thead th[aria-sort=ascending]").inner_text().startswith("agent")
    assert opened.evaluate("document.activeElement.dataset.key") == "sort agent"
    for name in first[:2]:
        opened.get_by_role("button", name=f"Unpin {name}", exact=True).press("Space")
    assert agents(opened) == sorted(AGENTS)
    opened.get_by_role("button", name="Pin tough", exact=True).press("Enter")
    assert agents(opened) == ["tough", "easy", "fair"]
    before = opened.locator("#legend").inner_text()
    opened.locator("#round").press("ArrowRight")
    opened.locator("#round").press("ArrowRight")
    assert opened.locator("#told").inner_text() == "after round 2"
    assert opened.locator("#legend").inner_text() != before
    opened.get_by_label("First").select_option("tough")
    opened.get_by_label("Second").select_option("easy")
    assert "tough did better than easy" in opened.locator("#verdict").inner_text()
    opened.get_by_label("Suite").select_option("linked")
    assert "Games played: 9; blocks: 1." in opened.locator("#about").inner_text()
    assert "One block says nothing" in opened.locator("#verdict").inner_text()
    opened.reload()
    assert opened.get_by_label("Suite").input_value() == "linked"
    assert agents(opened) == ["tough", "easy", "fair"]
    opened.get_by_label("Second").select_option("tough")
    assert opened.get_by_text("Choose two different agents.").is_visible()


def test_a_page_for_everybody_wide_and_narrow(opened):
    assert judged(opened, "benchmark") == []
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
