"""Every page in a real browser, light and dark, at 1440 and 390: axe-core finds nothing against WCAG 2.2 AA.

What the pages show is made in this process before their servers start: games and classes in all their stages.
"""

import re

import pytest
from support_axe import judged
from support_browser import SLOW, Server, needs_browser, press, settled
from support_stages import classes, games, results, with_results

from negotiation.classroom.phases import Phase
from negotiation.ui.server.identity import LOGIN, SEAT

pytestmark = needs_browser
CASE = "cloud-for-two"
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def solo(tmp_path_factory):
    """A server for one person, with games and with results of the lab."""
    folder = tmp_path_factory.mktemp("solo")
    results(folder, CASE)
    addresses = games(folder, CASE, "kaido", rounds=2)
    running = Server(folder, "play", "--no-browser", "--database", first=with_results(folder))
    running.games = addresses
    yield running
    running.kill()


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A server of classes: one class in every stage, and what the browsers of its people keep."""
    folder = tmp_path_factory.mktemp("school")
    teacher, made, seats = classes(folder)
    running = Server(folder, "serve", "--database-url")
    running.teacher, running.classes, running.seats = teacher, made, seats
    yield running
    running.kill()


@pytest.fixture
def visit(browser):
    """A page of a server, drawn; with cookies, if it has any."""
    contexts = []

    def opened(server, scheme, **cookies):
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        context.set_default_timeout(SLOW)
        context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])
        contexts.append(context)
        page = context.new_page()

        def go(path):
            page.goto(server.url + path)
            if page.locator("[data-testid=stApp]").count():
                settled(page)
            return page

        return go

    yield opened
    for context in contexts:
        context.close()


@SCHEMES
def test_the_pages_of_one_person(solo, visit, scheme):
    go = visit(solo, scheme)
    found = judged(go("/"), "home") + judged(go("/play"), "set-up")
    page = go(solo.games["new"])
    assert page.title() == "Brief · Cloud for two · Negotiation"
    found += judged(page, "brief")
    page = go(solo.games["on"])
    assert page.title() == "Round 2 of 2 · Cloud for two · Negotiation"
    found += judged(page, "table")
    page = go(solo.games["over"])
    assert page.title() == "Debrief · Cloud for two · Negotiation"
    found += judged(page, "end")
    page = go(f"/watch?case={CASE}")
    page.get_by_role("button", name="Step").click()
    settled(page)
    found += judged(page, "watch")
    page = go("/analyse")
    page.get_by_role("combobox", name="Case").click()
    page.get_by_role("option", name=re.compile("Cloud for two")).click()
    settled(page)
    button = page.get_by_role("button", name="Work it out")
    button.or_(page.locator("svg.marks")).first.wait_for()
    if button.count():  # else it was worked out when the page was light
        button.click()
    page.locator("svg.marks").first.wait_for()
    settled(page)
    found += judged(page, "analyse")
    page = go("/lab")
    page.locator("svg.marks").nth(1).wait_for()
    found += judged(page, "lab")
    page.get_by_role("radio", name="New experiment").click()
    settled(page)
    found += judged(page, "new experiment")
    assert not found, "\n".join(found)


@SCHEMES
def test_every_part_of_the_editor(solo, visit, scheme):
    page = visit(solo, scheme)("/edit")
    found = judged(page, "editor")
    press(page, "Three parties, two linked tables")
    for name in ("Case", "Parties", "Tables", "Points", "Links", "Try it", "Packets", "YAML"):
        page.locator(".st-key-edit-view").get_by_role("radio", name=name, exact=True).click()
        settled(page)
        found += judged(page, f"editor, {name}")
    assert not found, "\n".join(found)


@SCHEMES
def test_the_pages_of_a_class(school, visit, scheme):
    anybody = visit(school, scheme)
    found = judged(anybody("/"), "home") + judged(anybody("/join"), "join") + judged(anybody("/login"), "login")
    found += judged(anybody("/seat"), "no seat") + judged(anybody("/teach"), "nobody's console")
    for stage, token in school.seats.items():
        found += judged(visit(school, scheme, **{SEAT: token})("/seat"), f"seat, {stage}")
    assert not found, "\n".join(found)


@SCHEMES
def test_the_pages_of_a_teacher(school, visit, scheme):
    go = visit(school, scheme, **{LOGIN: school.teacher})
    found = judged(go("/teach"), "classes") + judged(go("/account"), "account")
    running, over = school.classes[Phase.NEGOTIATE], school.classes[Phase.DEBRIEF]
    for part in ("Groups", "People", "Join", "Record"):
        page = go(f"/teach?class={running}&show={part}")
        assert f" · {part} · Teach" in page.title()
        found += judged(page, f"console, {part}")
    page = go(f"/teach?class={over}&show=Debrief")
    page.locator("svg.marks, .doc").first.wait_for()
    settled(page)
    found += judged(page, "console, debrief")
    found += judged(go(f"/projector?class={running}"), "projector")
    page = go(f"/projector?class={over}")
    page.locator("svg.marks, .doc").first.wait_for()
    settled(page)
    found += judged(page, "projector, debrief")
    page = go("/teach")
    page.get_by_role("radio", name="New class").click()
    settled(page)
    found += judged(page, "new class")
    assert not found, "\n".join(found)
