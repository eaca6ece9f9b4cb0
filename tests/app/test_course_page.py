"""The page of a member of a course: claimed by a personal code, with the way to every exercise."""

import re

import pytest
from starlette.applications import Starlette
from support_asgi import ask
from support_course import Term

from negotiation.classroom.phases import Phase
from negotiation.ui.server import course_page, doors, origin
from negotiation.ui.server.identity import PLACE, SEAT

APP = origin.Origins(Starlette(routes=[*doors.ROUTES, *course_page.ROUTES]))
CLICK = "a-click-of-sixteen-letters-{}"


@pytest.fixture
def term(school):
    return Term(school.room, by=school.by)


def claimed(term, name):
    return ask(APP, "/join", {"code": term.code(name), "key": CLICK.format(name)})


def test_a_link_is_looked_at_as_often_as_one_likes_and_claimed_once(term):
    code = term.code("Ana")
    for _ in range(3):
        assert f"value='{code}'" in ask(APP, f"/join?code={code}").text
    answer = claimed(term, "Ana")
    assert answer.status == 303
    assert answer.headers["location"] == "/course"
    assert SEAT not in answer.cookies
    refused = ask(APP, "/join", {"code": code, "key": CLICK.format("other")})
    assert refused.status == 400
    assert "no class is open under this code" in refused.text


def test_the_page_leads_to_every_exercise(term):
    cookies = claimed(term, "Ana").cookies
    page = ask(APP, "/course", cookies=cookies)
    assert "You are in <b>Negotiation 1</b> as <b>Ana</b>." in page.text
    assert "No exercise yet" in page.text
    session, _ = term.add()
    missed, _ = term.add(homework=True)
    page = ask(APP, "/course", cookies=cookies)
    assert page.text.count("Take my seat") == 2
    seat = ask(APP, "/course/enter", {"session": session, "key": CLICK.format(1)}, cookies=cookies)
    assert (seat.status, seat.headers["location"]) == (303, "/seat")
    assert term.room.seats.identify(seat.cookies[SEAT]).name == "Ana"
    for phase in (Phase.DEBRIEF, Phase.CLOSED):
        term.room.teaching.go(term.by, missed, phase)
    again = ask(APP, "/course", cookies={PLACE: seat.cookies[PLACE]})
    assert again.text.count("Go to my seat") == 1
    assert "Take my seat" not in again.text


def test_another_device_comes_in_by_a_code_of_its_own(term):
    cookies = claimed(term, "Ben").cookies
    page = ask(APP, "/course/device", {"course": term.id}, cookies=cookies)
    code = re.search(r"<b>(\w{5} \w{5})</b>", page.text).group(1)
    second = ask(APP, "/join", {"code": code, "key": CLICK.format("second")})
    assert second.headers["location"] == "/course"
    assert "as <b>Ben</b>" in ask(APP, "/course", cookies=second.cookies).text


def test_a_stranger_is_asked_for_the_code_and_gets_nothing(term):
    session, _ = term.add()
    page = ask(APP, "/course")
    assert "Claim my place" in page.text
    assert "Negotiation 1" not in page.text
    for path, form in (("/course/enter", {"session": session}), ("/course/device", {"course": term.id})):
        refused = ask(APP, path, {**form, "key": CLICK.format(2)})
        assert refused.status == 400
        assert "this device has no place in that course" in refused.text
    assert ask(APP, "/course/device", {"course": term.id}, content_type="text/plain").status == 400


def test_a_class_of_a_course_asks_for_the_personal_code_in_place_of_a_name(term):
    _, code = term.add()
    refused = ask(APP, "/join", {"code": code, "name": "Ana", "key": CLICK.format(3)})
    assert "type your personal code" in refused.text
    answer = ask(APP, "/join", {"code": code, "name": term.code("Ana"), "key": CLICK.format(4)})
    assert answer.headers["location"] == "/seat"
    assert "as <b>Ana</b>" in ask(APP, "/course", cookies=answer.cookies).text
