"""Every page in a real browser, light and dark, at 1440 and 390: axe-core finds nothing against WCAG 2.2 AA.

What the pages show is made in this process before their servers start: games and classes in all their stages.
"""

import re

import pytest
from support_axe import IN_ORDER, judged
from support_browser import SLOW, Server, needs_browser, settled

from negotiation.actions import Pass
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.classroom.solo import Solo
from negotiation.classroom.store import Store
from negotiation.lab.plan import read_plan
from negotiation.lab.runner import run
from negotiation.ui.jobs import result_folders
from negotiation.ui.server.identity import LOGIN, SEAT

pytestmark = needs_browser
CASE = "cloud-for-two"
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
STAGES = (Phase.LOBBY, Phase.READ, Phase.PREPARE, Phase.NEGOTIATE, Phase.DEBRIEF)


def settings_of(folder):
    return f"import os; os.environ[{result_folders.VARIABLE!r}] = {str(folder / 'results')!r}"


@pytest.fixture(scope="module")
def solo(tmp_path_factory):
    """A server for one person, with results of the lab; its games: not begun, and over."""
    folder = tmp_path_factory.mktemp("solo")
    plan = {"format": "negotiation-plan/1", "cases": [CASE], "replications": 4, "factors": {"rounds": [4, 8]}}
    run(read_plan({**plan, "lineups": {"fair": "fair", "firm": "boulware"}}), folder / "results" / "fair-or-firm")
    store = Store(str(folder / "games.db"))
    games, seats = Solo(store), {"kaido": "person", "nimbus": "fair"}
    new, over = games.start(case=CASE, seats=seats), games.start(case=CASE, seats=seats, rounds=1)
    games.act(over, "kaido", Pass(), request="the only one of this game")
    store.engine.dispose()
    running = Server(folder, "play", "--no-browser", "--database", first=settings_of(folder))
    running.games = {"new": new, "over": over}
    yield running
    running.kill()


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A server of classes: one class in every stage, and what the browsers of its people keep."""
    folder = tmp_path_factory.mktemp("school")
    store = Store(str(folder / "games.db"))
    room = Classroom(store)
    room.accounts.first(room.accounts.setup_secret(), "Tea", "correct horse battery")
    teacher = room.accounts.log_in("Tea", "correct horse battery")
    by = room.accounts.who(teacher)
    classes, seats = {}, {}
    for stage in STAGES:
        session, code = room.teaching.create(by, Settings.of({"case": "any-two-of-three"}))
        seats[stage] = room.seats.join(code, "Ana", key=f"key-of-ana-in-{stage}")
        for phase in Phase:
            if Phase.LOBBY < phase <= stage:
                room.teaching.go(by, session.id, phase)
        classes[stage] = session.id
    store.engine.dispose()
    running = Server(folder, "serve", "--database-url")
    running.teacher, running.classes, running.seats = teacher, classes, seats
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
    page = go(f"/play?game={solo.games['new']}")
    assert re.fullmatch(r"Brief · Cloud for two · Negotiation", page.title())
    found += judged(page, "brief")
    page = go(f"/watch?case={CASE}")
    page.get_by_role("button", name="Step").click()
    settled(page)
    found += judged(page, "watch")
    page = go("/analyse")
    page.get_by_role("combobox", name="Case").click()
    page.get_by_role("option", name=re.compile("Cloud for two")).click()
    settled(page)
    if page.get_by_role("button", name="Work it out").count():  # else it was worked out when the page was light
        page.get_by_role("button", name="Work it out").click()
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
def test_the_pages_of_a_class(school, visit, scheme):
    anybody = visit(school, scheme)
    found = judged(anybody("/"), "home") + judged(anybody("/join"), "join") + judged(anybody("/login"), "login")
    found += judged(anybody("/seat"), "no seat") + judged(anybody("/teach"), "nobody's console")
    for stage, token in school.seats.items():
        if stage is not Phase.NEGOTIATE:
            order = () if stage is Phase.DEBRIEF else IN_ORDER  # the script of the table heads its conversation there
            found += judged(visit(school, scheme, **{SEAT: token})("/seat"), f"seat, {stage}", order)
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
