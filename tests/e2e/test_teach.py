"""A teacher in a real browser: first start, a class, people who join and ask, projector and console live, a killed server."""

import re

import pytest
from support_browser import SLOW, SOON, Server, needs_browser, press, settled
from support_phone import phone

pytestmark = needs_browser
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("class"), "serve", "--database-url")
    yield running
    running.kill()


def student(server, browser, code, name):
    """Somebody joins with a laptop, and stays."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(SLOW)
    page.goto(f"{server.url}/join?code={code}")
    page.fill("input[name=name]", name)
    page.click("button[type=submit]")
    settled(page)
    return page


def test_a_teacher_runs_a_class_although_the_server_dies(server, browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{server.url}/login")
    page.fill("input[name=secret]", re.search(r"good for a day: (\S+)", server.log()).group(1))
    page.fill("input[name=name]", "Tea")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    press(page, "Create the class")
    code = page.locator(".code").inner_text().replace(" ", "")

    front = context.new_page()
    front.goto(page.url.replace("/teach", "/projector"))
    front.get_by_alt_text("QR code").wait_for()
    phone(server, code, "Ana")
    front.get_by_text("Ana", exact=True).wait_for(timeout=SOON)  # by push: the safety poll is slower
    page.get_by_text("Groups", exact=True).click()
    tile = page.locator("[data-group]")
    tile.filter(has_text="Ana").wait_for()
    bob = student(server, browser, code, "Bob & Co")
    tile.filter(has_text="Bob & Co").wait_for(timeout=SOON)
    press(page, "Read …")
    press(page, "Yes: read")
    front.get_by_text("Read your brief", exact=False).wait_for(timeout=SOON)

    bob.get_by_label("Who hears it").select_option("@teacher")
    bob.get_by_label("What you say").fill("May I <b>walk</b>?")
    bob.keyboard.press("Enter")
    tile.first.get_by_text("Bob & Co asks: May I <b>walk</b>?").wait_for(timeout=SOON)
    page.get_by_text("Bob & Co (group 1", exact=False).wait_for()
    press(page, "I am coming over.")
    bob.get_by_text("I am coming over.").wait_for(timeout=SOON)

    server.kill()
    server.start()
    settled(page)
    tile.first.click()
    press(page, "Agent takes over")
    page.get_by_text("an agent plays for them").wait_for()
    phone(server, code, "Eve")
    front.get_by_text("3 people", exact=False).wait_for(timeout=SOON)

    for phase in ("prepare", "negotiate"):
        press(page, f"{phase.capitalize()} …")
        press(page, f"Yes: {phase}")
    press(page, "Sign …")
    press(page, "End and debrief")
    page.get_by_text("How it ended").wait_for()
    page.get_by_text(re.compile(r"^Bob & Co( \(of .* by an agent\))?$")).first.wait_for()
    front.get_by_text("How it ended").wait_for()
    assert not front.get_by_text("Bob & Co").count()
    bob.context.close()
    context.close()
