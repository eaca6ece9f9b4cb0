"""The questionnaires of one person on a phone: before the talks and after them, through a reload and a killed server."""

import pytest
from support_browser import SLOW, SOON, needs_browser, playwright, settled
from support_class import Class
from support_served import serving
from support_wire import join

from negotiation.ui.server.identity import SEAT

pytestmark = needs_browser
expect = playwright.expect

ALL = ["consent", "brief_read", "subjective_value", "counterparts", "reflection"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("questionnaires"), quick=True) as running:
        yield running


def soon(page, true):
    """Wait until something is so in the database."""
    for _ in range(SOON // 100):
        if true():
            return True
        page.wait_for_timeout(100)
    return False


def test_before_and_after_on_a_phone(room, server, browser):
    one = Class(room, questionnaires=dict.fromkeys(ALL, ""), required=["brief_read", "reflection"])
    token = join(server.url, one.code, "Ana", "key-of-person-0001")
    me = room.seats.identify(token).person
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(SLOW)
    context.add_cookies([{"name": SEAT, "value": token, "url": server.url}])
    page = context.new_page()

    def given(name):
        form = one.now.forms.get(me, {}).get(name)
        return dict(form.answers) if form else {}

    one.go("read")
    page.goto(f"{server.url}/seat")
    settled(page)
    page.get_by_text("Yes", exact=True).click()
    assert soon(page, lambda: given("consent") == {"research": True})
    one.go("negotiate")
    expect(page.get_by_text("You come to the table once this is handed in")).to_be_visible(timeout=SLOW)
    asked = next(one for one in room.play.fillings(room.seats.identify(token)) if one.of.id == "brief_read")
    for question in asked.questions:
        group = page.get_by_role("radiogroup", name=question.text)
        group.get_by_text(question.options[question.right - 1], exact=True).click()
        assert soon(page, lambda key=question.key: key in given("brief_read"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Hand in: Have you read your brief?").click()
    expect(page.get_by_text("You come to the table once")).to_have_count(0, timeout=SLOW)
    assert one.now.forms[me]["brief_read"].done
    one.go("debrief")
    expect(page.get_by_text("You see your result once this is handed in")).to_be_visible(timeout=SLOW)
    text = page.get_by_label("What did you plan")
    text.press_sequentially("I planned to wait")
    assert soon(page, lambda: given("reflection") == {"thoughts": "I planned to wait"})
    server.kill()
    server.start()
    page.reload()
    settled(page)
    expect(text).to_have_value("I planned to wait", timeout=SLOW)
    text.press_sequentially(" and did not")
    page.reload()  # before it was kept
    settled(page)
    expect(page.get_by_label("What did you plan")).to_have_value("I planned to wait and did not", timeout=SLOW)
    assert soon(page, lambda: given("reflection") == {"thoughts": "I planned to wait and did not"})
    page.get_by_label("What did you plan").fill("word " * 60)
    page.get_by_role("button", name="Hand in: Looking back").click()
    expect(page.get_by_role("heading", name="You were ")).to_be_visible(timeout=SLOW)
    page.get_by_text("How did it go for you?", exact=True).click()
    group = page.get_by_role("radiogroup", name="Did you lose face?")
    group.get_by_text("3", exact=True).click()
    assert soon(page, lambda: given("subjective_value") == {"self_face": 3})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
