"""The console in a real browser: lists after a swap, contrast of every part in light and dark, the projector's switch."""

import re

import pytest
from support_browser import SLOW, Server, needs_browser, playwright, press, settled
from support_phone import phone

pytestmark = needs_browser
expect = playwright.expect
PASSWORD = "correct horse battery"

CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
    const x = c[i] / 255;
    return sum + part * (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  }, 0);
  const parent = (node) => node.parentElement || node.getRootNode().host;
  const behind = (node) => {
    const found = [];
    for (let n = node; n; n = parent(n)) {
      const colour = rgba(getComputedStyle(n).backgroundColor);
      if (colour[3] > 0) found.push(colour);
      if (colour[3] > 0.999) break;
    }
    return found.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const found = [];
  for (const node of document.querySelectorAll("[data-testid=stMain] *")) {
    const text = [...node.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join("");
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!text || box.width < 2 || style.visibility === "hidden" || node.namespaceURI.endsWith("svg")) continue;
    if (node.closest("style, script, [disabled], [aria-disabled=true]")) continue;
    let shown = 1;
    for (let n = node; n; n = parent(n)) shown *= parseFloat(getComputedStyle(n).opacity);
    const below = behind(node), colour = rgba(style.color);
    colour[3] *= shown;
    const a = light(over(colour, below)), b = light(below), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const icon = /Material/.test(style.fontFamily), size = parseFloat(style.fontSize);
    const least = icon || size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (ratio < least) found.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""
"""Texts of a page that stand out too little from what is behind them (WCAG 2.1, AA)."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("console"), "serve", "--database-url")
    yield running
    running.kill()


@pytest.fixture
def teacher(server, browser):
    """A page of the teacher, light or dark."""
    contexts = []

    def opened(scheme="light", width=1440, height=900):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.set_default_timeout(SLOW)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.url}/login")
        if page.locator("input[name=secret]").count():
            page.fill("input[name=secret]", re.search(r"good for a day: (\S+)", server.log()).group(1))
        page.fill("input[name=name]", "Tea")
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.get_by_role("radio", name="New class").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()


def created(page, server, *names):
    """A new class on the page, and people in it."""
    page.get_by_role("radio", name="New class").click()
    press(page, "Create the class")
    code = page.locator(".code").inner_text().replace(" ", "")
    for name in names:
        phone(server, code, name)


def drawn(page):
    """Wait until every part of the page is there, and no colour changes any more."""
    settled(page)
    expect(page.locator("[data-testid=stSkeleton], [data-stale=true]")).to_have_count(0)
    page.mouse.move(1, 1)
    page.wait_for_timeout(500)


def test_a_list_says_where_people_sit_after_a_swap(teacher, server):
    page = teacher()
    created(page, server, "Ana", "Bob")
    page.get_by_text("People", exact=True).click()
    drawn(page)
    card = page.locator(".st-key-card-move")
    who = card.get_by_role("combobox", name="Who")
    who.click()
    page.get_by_role("option", name="Bob").click()
    settled(page)
    before = who.input_value()
    assert before.startswith("Bob (group 1, ")
    card.get_by_role("combobox", name="Where to").click()
    page.get_by_role("option", name="Swap with Ana").click()
    settled(page)
    press(card.page, "Move")
    expect(who).not_to_have_value(before)
    expect(who).to_have_value(re.compile(r"Bob \(group 1, "))
    expect(card.get_by_role("combobox", name="Where to")).to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_the_console_can_be_read(teacher, server, scheme):
    page = teacher(scheme)
    created(page, server, "Ana", "Bob")
    for phase in ("Read …", "Prepare …", "Negotiate …", "Sign …", "Debrief …"):
        press(page, phase)
        page.get_by_role("button", name=re.compile("^Yes: ")).first.click()
        drawn(page)
        for part in ("Groups", "People", "Join", "Record") if phase == "Read …" else ():
            page.get_by_role("radio", name=part).click()
            drawn(page)
            assert page.evaluate(CONTRAST) == [], (part, scheme)
    page.locator(".st-key-debrief-part").wait_for()
    drawn(page)
    assert page.evaluate(CONTRAST) == [], ("debrief", scheme)
    front = page.url.split("?")[0].replace("/teach", "/projector") + "?" + page.url.split("?")[1].split("&")[0]
    page.goto(front)
    drawn(page)
    assert page.evaluate(CONTRAST) == [], ("projector", scheme)
    bar = page.locator(".st-key-front-roles [role=group]").first
    assert bar.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(22, 33, 31)"
    switch = page.locator(".st-key-names-debrief label > span + div")
    assert switch.evaluate("one => getComputedStyle(one).outlineColor") == "rgb(148, 163, 184)"
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("radio", name="Results").click()
    drawn(page)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('.doc p, .doc li, .doc td')].map((one) => getComputedStyle(one).fontSize)"
    )
    assert page.locator(".doc li").count() > 0  # the tables that stayed unsigned
    assert {float(size.removesuffix("px")) for size in sizes} == {22.5}
    help_here = page.locator("[data-testid=stTooltipHoverTarget] svg").first
    assert help_here.evaluate("one => getComputedStyle(one).stroke") == "rgb(230, 238, 236)"
