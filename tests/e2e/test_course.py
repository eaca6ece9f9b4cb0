"""A course in real browsers: a roster from Excel, two students with personal codes, and the gradebook taken away."""

import re

import pytest
from support_axe import judged
from support_browser import SLOW, SOON, needs_browser, press, settled
from support_course import Term
from support_served import serving

from negotiation.classroom.accounts import Account
from negotiation.classroom.phases import Phase

pytestmark = needs_browser
PASSWORD = "correct horse battery"
ROSTER = "\ufeffID;Name;Email\r\ns1;Ana Bell;ana@x.edu\r\ns2;Ben Cho;ben@x.edu\r\ns3;Cem Dal;\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("course"), quick=True) as running:
        yield running


def visit(browser, address, width=390):
    context = browser.new_context(viewport={"width": width, "height": 844}, accept_downloads=True)
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(address)
    return page


def teacher(server, browser):
    page = visit(browser, f"{server.url}/login", 1440)
    page.fill("input[name=secret]", re.search(r"good for a day: (\S+)", server.log()).group(1))
    page.fill("input[name=name]", "Tea")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    settled(page)
    return page


def test_a_roster_a_class_and_a_gradebook(server, browser, room, tmp_path):
    page = teacher(server, browser)
    page.get_by_text("Courses", exact=True).click()
    page.get_by_label("Title of a new course").fill("Spring")
    press(page, "Make the course")
    page.get_by_role("heading", name="Spring").wait_for()
    page.get_by_text("Roster", exact=True).click()
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("3 new people").wait_for()
    press(page, "Take it")
    page.get_by_role("cell", name="s3").wait_for()
    found = judged(page, "roster")

    by = Account("Tea", "administrator")
    term = Term(room, "", by=by, course=room.desk.all(by)[0].id)
    session, code = term.add()
    ana = visit(browser, f"{server.url}/join?code={term.code('Ana Bell')}")
    ana.get_by_role("button", name="Join").click()
    ana.wait_for_url("**/course")
    found += judged(ana, "my course")
    ana.get_by_role("button", name="Take my seat").click()
    ana.wait_for_url("**/seat")
    ben = visit(browser, f"{server.url}/join?code={code}")
    ben.get_by_label("Your name").fill("Ben Cho")
    ben.get_by_role("button", name="Join").click()
    ben.get_by_text("type your personal code").wait_for()
    ben.get_by_label("Your name").fill(term.code("Ben Cho").lower())
    ben.get_by_role("button", name="Join").click()
    ben.wait_for_url("**/seat")
    for student in (ana, ben):
        student.get_by_text("connected", exact=True).wait_for()
    for phase in (Phase.NEGOTIATE, Phase.DEBRIEF):
        room.teaching.go(by, session, phase)

    page.reload()
    settled(page)
    page.get_by_text("Gradebook", exact=True).click()
    page.get_by_text("did not come").wait_for(timeout=2 * SLOW)
    assert page.get_by_role("cell", name="Ana Bell").count() == 1
    page.get_by_text("alone in the role").first.wait_for(timeout=SOON)
    found += judged(page, "gradebook")
    assert found == [], "\n".join(found)
    with page.expect_download() as saved:
        page.get_by_role("button", name="For Canvas (CSV)").click()
    lines = saved.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Student,ID,SIS User ID,SIS Login ID,Section,Exercise"
    assert lines[1].startswith("    Points Possible,,,,,100")
    assert lines[2].startswith("Ana Bell,,s1,ana@x.edu,,")
    settled(page)
    assert room.store.rows(term.id)[-1]["kind"] == "exported"
