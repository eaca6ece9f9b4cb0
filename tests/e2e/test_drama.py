"""The map and the banner in a browser: what is new moves once, or not at all where no motion is wanted; sounds wait to be asked."""

import pytest
from support_browser import ARGUMENTS, CHROMIUM, needs_browser, playwright
from support_talks import HORSE, SDV, Talks

from negotiation.actions import Accept, Offer
from negotiation.formats import load
from negotiation.reports.palette import ink
from negotiation.ui.common.script_texts import script_texts
from negotiation.ui.play import alliance_map, moments
from negotiation.ui.play.alliance_map import Seen, picture

pytestmark = needs_browser
PAGE = """<!doctype html><meta charset=utf-8><title>t</title><style>:root{{{names}}}</style><div id=host></div>"""
MOUNT = """([html, css, script]) => {
  const root = document.querySelector("#host").attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style>${html}`;
  window.notes = 0;
  window.AudioContext = class { constructor() { window.notes += 1; throw new Error("silent"); } };
  const link = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return import(link).then((part) => {
    window.fired = [];
    window.draw = (data) => part.default({ data, key: "k", parentElement: root, setTriggerValue: (...all) => window.fired.push(all) });
  });
}"""


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def part(chromium, tmp_path):
    opened = []

    def mount(html, css, script, width=900, **wanted):
        place = tmp_path / "page.html"
        names = "".join(f"--{name}:{colour};" for name, colour in ink(night=False).items())
        place.write_text(PAGE.format(names=names))
        context = chromium.new_context(viewport={"width": width, "height": 800}, **wanted)
        opened.append(context)
        page = context.new_page()
        page.goto(place.as_uri())
        page.evaluate(MOUNT, [html, css, script])
        return page

    yield mount
    for context in opened:
        context.close()


@pytest.fixture
def talks():
    talks = Talks(load("alliance-2023"))
    talks.do("geely", Offer(talks.deal("horse", HORSE)))
    return talks


def map_of(part, **wanted):
    return part("<div class='map'></div>", alliance_map.CSS, alliance_map.SCRIPT, **wanted)


def show(page, html, since=0):
    page.evaluate("(data) => draw(data)", {"html": html, "since": since})


def moving(page):
    page.wait_for_timeout(100)
    return page.evaluate(
        "document.querySelector('#host').shadowRoot.getAnimations().filter((a) => a.playState === 'running').length"
    )


def test_a_new_paper_moves_once_to_where_it_lies(part, talks):
    page, html = map_of(part), picture(talks.state, "renault", since=Seen(0, ()))
    show(page, html)
    assert moving(page)
    page.wait_for_timeout(4200)
    sheet, card = page.locator(".wide .moves").bounding_box(), page.locator(".wide .card.mine > rect").bounding_box()
    edge = card["x"] + card["width"]
    assert abs(sheet["x"] + sheet["width"] / 2 - edge) < 4
    assert card["y"] < sheet["y"] < card["y"] + card["height"]
    show(page, html)
    assert not moving(page)
    page.set_viewport_size({"width": 390, "height": 800})  # the narrow map comes into sight
    assert not moving(page)


def test_each_paper_moves_once_though_others_follow_and_again_when_an_earlier_moment_is_watched(part, talks):
    page, first = map_of(part), picture(talks.state, "renault", since=Seen(0, ()))
    show(page, first)
    talks.do("google", Offer(talks.deal("sdv", SDV)))
    show(page, picture(talks.state, "renault", since=Seen(0, ())))
    assert page.locator(".wide .moves").count() == 1
    assert page.locator(".wide .new").count() == 2
    assert moving(page)
    show(page, picture(talks.state, "renault", since=Seen(2, ())), since=2)
    assert page.locator(".wide .new").count() == 0
    show(page, first, since=0)
    assert page.locator(".wide .moves").count() == 1


def test_where_no_motion_is_wanted_the_paper_lies_there_at_once_with_its_ring(part, talks):
    page = map_of(part, reduced_motion="reduce")
    show(page, picture(talks.state, "renault", since=Seen(0, ())))
    assert not moving(page)
    playwright.expect(page.locator(".wide .new .ring")).to_be_visible()
    sheet, card = page.locator(".wide .moves").bounding_box(), page.locator(".wide .card.mine > rect").bounding_box()
    assert abs(sheet["x"] + sheet["width"] / 2 - card["x"] - card["width"]) < 4
    talks.do("renault", Accept(0))
    show(page, picture(talks.state, "renault", since=Seen(1, ())))
    assert not moving(page)
    playwright.expect(page.locator(".wide .seal")).to_be_visible()


def test_the_map_fits_a_phone_with_texts_that_can_be_read(part, talks):
    page = map_of(part, width=390)
    show(page, picture(talks.state, "renault", choice=True))
    playwright.expect(page.locator(".narrow")).to_be_visible()
    playwright.expect(page.locator(".wide")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scale = page.locator(".narrow svg").bounding_box()["width"] / 360
    sizes = page.locator(".narrow text").evaluate_all("(all) => all.map((one) => +one.getAttribute('font-size'))")
    assert min(sizes) * scale >= 12
    assert all(one.bounding_box()["height"] >= 44 for one in page.locator(".narrow button").all())


def test_a_table_is_chosen_by_a_key_and_keeps_the_focus(part, talks):
    page = map_of(part)
    show(page, picture(talks.state, "renault", choice=True))
    page.get_by_role("button", name="Horse: open this table").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("fired") == [["table", "horse"]]
    show(page, picture(talks.state, "renault", choice=True, chosen="horse"))
    playwright.expect(page.get_by_role("button", name="Horse: open this table")).to_be_focused()


SIGNED = {"id": "signed-horse", "kind": "signed", "text": "Signed in week 7: Horse <b>."}
NEWS = {"id": "news-8", "kind": "rumour", "text": "A rumour."}


def banner(part, **wanted):
    return part("<div role='status'></div>", moments.CSS, moments.SCRIPT, **wanted)


def tell(page, *rows, game="g"):
    page.evaluate("(data) => draw(data)", {"game": game, "moments": list(rows), "told": script_texts("banner")})


def test_a_banner_is_read_out_and_once_closed_it_does_not_come_again(part):
    page = banner(part)
    tell(page)
    status = page.get_by_role("status")
    playwright.expect(status).to_be_empty()
    tell(page, SIGNED, NEWS)
    playwright.expect(status).to_contain_text("Signed in week 7: Horse <b>.")
    playwright.expect(status).to_contain_text("A rumour.")
    page.get_by_role("button", name="Close").click()
    tell(page, SIGNED, NEWS)
    playwright.expect(status).to_be_empty()
    tell(page, SIGNED, NEWS, {**NEWS, "id": "news-9", "text": "Another."})
    playwright.expect(status).to_contain_text("Another.")
    playwright.expect(status).not_to_contain_text("A rumour.")
    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    playwright.expect(status).to_be_empty()


def test_a_banner_moves_only_for_those_who_want_it(part):
    for wanted, moves in (("no-preference", True), ("reduce", False)):
        page = banner(part, reduced_motion=wanted)
        tell(page, SIGNED)
        assert bool(moving(page)) == moves


def test_the_sound_is_off_until_it_is_turned_on_and_is_remembered(part):
    page = banner(part)
    tell(page, SIGNED)
    assert page.evaluate("notes") == 0
    page.get_by_role("button", name="Sound: off").click()
    playwright.expect(page.get_by_role("button", name="Sound: on")).to_be_visible()
    assert page.evaluate("notes") == 1  # so sounds it
    tell(page, {**SIGNED, "id": "signed-sdv"})
    assert page.evaluate("notes") == 2
    tell(page, {**SIGNED, "id": "signed-sdv"}, NEWS)
    assert page.evaluate("notes") == 2  # news is silent
    page.reload()
    page.evaluate(MOUNT, ["<div role='status'></div>", moments.CSS, moments.SCRIPT])
    tell(page, {**SIGNED, "id": "signed-tech"})
    playwright.expect(page.get_by_role("button", name="Sound: on")).to_be_visible()


def test_a_banner_fits_a_phone(part):
    page = banner(part, width=390)
    tell(page, {**SIGNED, "text": "Signed " + "very long " * 60}, NEWS)
    page.wait_for_timeout(700)
    box = page.get_by_role("status").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["height"] <= 800 * 0.6 + 1
