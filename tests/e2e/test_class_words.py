"""Words in class, in a real browser: what was understood before it is sent, agents that answer, and buttons on a phone.

Needs Debian's Chromium (or another at $CHROMIUM); without one these tests skip and say so.
"""

import pytest
from support_browser import SLOW, needs_browser, playwright, settled
from support_class import Class
from support_served import serving

from negotiation.actions import Offer

pytestmark = needs_browser
expect = playwright.expect


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("words")) as running:
        yield running


@pytest.fixture
def seat(browser, server, room):
    """A page of a person among agents, so wide; `others` have the seats of further people."""
    contexts = []

    def opened(width, *, case="cloud-for-two", people=()):
        one = Class(room, case=case, protocol="open-floor", rounds=5)
        context = browser.new_context(viewport={"width": width, "height": 844})
        contexts.append(context)
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto(f"{server.url}/join?code={one.code}")
        page.get_by_label("Your name").fill("Ana")
        page.get_by_role("button", name="Join").click()
        page.wait_for_url("**/seat")
        page.get_by_text("connected", exact=True).wait_for()
        seats = [one.seat(name) for name in people]
        one.go("negotiate")
        page.get_by_text(" 1 of 5").wait_for()
        settled(page)
        page.others = [one.again(other) for other in seats]
        return page

    yield opened
    for context in contexts:
        context.close()


def test_what_was_understood_is_shown_sent_and_answered(seat):
    page = seat(1440)
    line, said = page.get_by_label("What you say"), "What matters most to you? So much for the weather."
    line.fill(said)
    line.press("Enter")
    expect(page.locator(".move")).to_have_text("asks: what matters most")
    expect(page.locator(".meant")).to_contain_text("Sent as plain words: So much for the weather.")
    expect(line).to_have_value(said)
    lines = page.locator(".lines .say")
    line.press("Enter")
    mine = page.locator(".lines > .say.mine", has_text=said)
    expect(mine).to_be_visible()
    expect(line).to_have_value("")
    expect(page.locator(".move")).to_have_count(0)
    expect(mine.locator("xpath=following-sibling::div[contains(@class, 'say')]").first).to_be_visible()
    line.fill("Good.")
    line.press("Enter")
    expect(lines.filter(has_text="Good.").first).to_be_visible()


def test_a_quick_move_on_a_phone(seat):
    page = seat(390)
    page.locator(".st-key-frame").get_by_role("button", name="Talk").click()
    quick = page.locator(".st-key-quick")
    quick.get_by_role("radio", name="Ask what is wrong").click()
    settled(page)
    told = quick.locator(".say.mine").inner_text()
    quick.get_by_role("button", name="Say this").click()
    expect(quick.get_by_role("button", name="Stored")).to_be_visible()
    expect(page.locator(".lines > .say.mine", has_text=told)).to_be_visible()


def test_what_is_being_chosen_is_neither_closed_nor_moved_by_what_others_do(seat, room):
    page = seat(390, case="any-two-of-three", people=("Bob",))
    page.get_by_role("button", name="My offer").click()
    row = page.locator("[class*=st-key-row-draft]").nth(1)
    row.locator("summary").click()
    row.locator("[role=radiogroup] label").last.click()
    settled(page)
    page.wait_for_timeout(600)
    before = row.bounding_box()
    (bob,) = page.others
    view = room.play.look(bob).view
    (table,) = view.due
    deal = view.scenario.tables[table].deal(int(view.preferences.given(table, {})[:-1].argmax()))
    assert room.play.act(bob, Offer({table: deal}), "k-bob") is None
    expect(page.locator(".st-key-frame button.table i")).to_have_text("1")
    expect(row.get_by_role("radio").last).to_be_checked()
    expect(row.locator("[role=radiogroup]")).to_be_visible()
    assert row.bounding_box() == before
