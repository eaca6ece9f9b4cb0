"""One teacher and three students in real browsers, from the join form to the debrief, through a killed server."""

import re

import pytest
from support_browser import SLOW, SOON, Server, end_week, needs_browser, playwright, press, settled

pytestmark = needs_browser
expect = playwright.expect
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("class"), "serve", "--database-url")
    yield running
    running.kill()


@pytest.fixture
def visit(browser, server):
    """A person with a browser of their own."""
    contexts = []

    def opened(path, width=390, height=844, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        context.set_default_timeout(SLOW)
        contexts.append(context)
        page = context.new_page()
        page.goto(server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def teacher(visit, server):
    """The console of a new class on the flagship, and its code."""
    page = visit("/login", 1440, 900)
    if page.locator("input[name=secret]").count():
        page.fill("input[name=secret]", re.search(r"good for a day: (\S+)", server.log()).group(1))
    page.fill("input[name=name]", "Tea")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.get_by_text("New class", exact=True).click()
    press(page, "Create the class")
    return page, page.locator(".code").inner_text().replace(" ", "")


def student(visit, code, name, **more):
    page = visit(f"/join?code={code}", **more)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/seat")
    page.get_by_text("connected", exact=True).wait_for()
    return page


def go(console, label):
    press(console, f"{label} …")
    press(console, f"Yes: {label.lower()}")


def speak(page, text, to=None):
    if to is not None:
        page.get_by_label("Who hears it").select_option(label=to)
    page.get_by_label("What you say").fill(text)
    page.get_by_label("What you say").press("Enter")


def test_a_class_of_one_teacher_and_three_students_although_the_server_dies(server, visit):
    console, code = teacher(visit, server)
    ana = student(visit, code, "Ana")
    bob = student(visit, code, "Bob", width=1440, height=1000, color_scheme="dark")
    eve = student(visit, code, "Eve", width=1440, height=1000)
    go(console, "Read")
    for page in (ana, bob, eve):
        page.get_by_role("tab", name="For you only").wait_for(timeout=SOON)
    go(console, "Prepare")
    ana.get_by_label("My target, in points").fill("70")
    ana.get_by_text("Your sheet is kept.").wait_for()
    go(console, "Negotiate")
    for page in (ana, bob, eve):
        page.get_by_text("week 1 of 16").wait_for(timeout=SOON)

    ana.locator(".st-key-frame").get_by_role("button", name="Talk").click()
    speak(ana, "Hello <b>all</b>", "Everybody at the table")
    for page in (bob, eve):
        page.get_by_text("Hello <b>all</b>").wait_for(timeout=SOON)
    party = bob.locator(".week b").inner_text()
    speak(ana, "only for Bob", f"{party} only")
    bob.get_by_text("only for Bob").wait_for(timeout=SOON)
    bob.get_by_label("What you say").fill("x" * 1001)
    bob.get_by_text("1,001 characters: at most 1,000 can be sent").wait_for()
    bob.get_by_label("What you say").press("Enter")
    expect(bob.get_by_label("What you say")).to_have_value("x" * 1001)
    bob.get_by_role("button", name="End my week").click()
    bob.get_by_text("You have typed something and not sent it.").wait_for()
    expect(bob.get_by_role("button", name="End my week all the same")).to_be_focused()
    bob.keyboard.press("Escape")
    expect(bob.get_by_role("button", name="Not yet")).to_have_count(0)
    expect(bob.get_by_role("button", name="End my week", exact=True)).to_be_focused()
    bob.get_by_label("What you say").fill("")
    end_week(bob)
    bob.get_by_text("You have nothing to do now").wait_for(timeout=SOON)

    server.kill()
    ana.locator(".hint", has_text="Reconnecting").wait_for()
    speak(ana, "said while the server was down", "Everybody at the table")
    ana.get_by_text("unsent", exact=True).wait_for()
    eve.locator(".line.bad").wait_for()
    end_week(eve, connected=False)
    eve.get_by_text("Waiting for the connection").wait_for()
    server.start()
    for page in (ana, bob, eve):
        page.get_by_text("said while the server was down").wait_for(timeout=SOON)
        settled(page)
    eve.get_by_text("You have nothing to do now").wait_for()
    assert eve.get_by_text("only for Bob").count() == 0
    assert bob.get_by_text("said while the server was down").count() == 1

    ana.reload()  # the same seat, and what was said is there again
    ana.locator(".st-key-frame").get_by_role("button", name="Talk").click()
    ana.get_by_text("said while the server was down").wait_for()
    end_week(ana)
    for page in (ana, bob, eve):
        page.get_by_text("week 2 of 16").wait_for(timeout=SOON)

    settled(console)
    go(console, "Sign")
    bob.get_by_text("Only signatures count now").wait_for(timeout=SOON)
    go(console, "Debrief")
    for page in (ana, bob, eve):
        page.get_by_role("heading", name="Debrief").first.wait_for(timeout=SOON)


def test_a_second_device_takes_the_same_seat(server, visit):
    _, code = teacher(visit, server)
    ana = student(visit, code, "Ana")
    press(ana, "Ana")
    press(ana, "Use another device")
    device = ana.locator("p.big").inner_text()
    tablet = visit("/join", 800, 1000)
    tablet.get_by_role("textbox", name="Code on the screen").fill(device)
    tablet.get_by_role("button", name="Join").click()
    tablet.wait_for_url("**/seat")
    mine = ana.locator(".st-key-seat-head").get_by_text("You are").inner_text()
    expect(tablet.locator(".st-key-seat-head").get_by_text("You are")).to_have_text(mine)
    press(tablet, "Ana")
    tablet.get_by_text("Forget my seat on this device").click()
    tablet.get_by_role("heading", name="Join a class").wait_for()
    tablet.goto(f"{server.url}/seat")
    tablet.get_by_text("This device holds no seat").wait_for()


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_is_wider_than_the_screen(server, visit, width):
    for path in ("/", "/join", "/login", "/seat"):
        page = visit(path, width)
        page.wait_for_timeout(1500)
        wide = page.evaluate("(document.querySelector('[data-testid=stMain]') ?? document.body).scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"
