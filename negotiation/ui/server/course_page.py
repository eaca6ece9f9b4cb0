"""The page of a member of a course: its exercises, the way to each seat, and a code for another device.

GET  /course                     the courses that this browser has a place in; without one, a form for the personal code
POST /course/enter   session     -> /seat
POST /course/device  course      -> the page with a code for another device
"""

from __future__ import annotations

import secrets
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from negotiation.classroom.courses.state import Course, Member
from negotiation.classroom.sessions import Session
from negotiation.errors import NegotiationError
from negotiation.language import mark, tr
from negotiation.ui.server.doors import SEAT_SECONDS, Cookies, Fields, form_of, kept_places, places, posted
from negotiation.ui.server.identity import PLACE, SEAT, room
from negotiation.ui.server.plain_pages import document, field, form, spoken

LASTS = mark("A code for another device: {code}. Type it at {path} within ten minutes; it works once.")


@spoken
async def course(request: Request) -> Response:
    """Answer with the courses of this browser."""
    return await run_in_threadpool(_page, request, {})


@spoken
async def enter(request: Request) -> Response:
    """Give the member of a course the seat in an exercise."""

    def do(fields: Fields) -> Cookies:
        had = places(request)
        session, key = fields.get("session", "")[:40], fields.get("key", "")
        token = room().seats.members.enter(session, key=key, devices=had)
        return {SEAT: (token, SEAT_SECONDS), PLACE: kept_places([*had, token])}

    return await posted(request, do, _page, "/seat")


@spoken
async def device(request: Request) -> Response:
    """Answer with a code by which the member comes in from another device."""
    try:
        fields = await form_of(request)
    except NegotiationError as problem:
        return await run_in_threadpool(_page, request, {}, tr(problem.said))
    return await run_in_threadpool(_device, request, fields)


def _device(request: Request, fields: Fields) -> Response:
    try:
        code = room().seats.members.device(fields.get("course", "")[:40], *places(request))
    except NegotiationError as problem:
        return _page(request, {}, tr(problem.said))
    told = tr(LASTS, code=f"<b>{code[:5]} {code[5:]}</b>", path="<b>/join</b>")
    return _page(request, {}, told=f"<p>{told}</p>")


def _page(request: Request, _kept: Fields, problem: str = "", told: str = "") -> Response:
    try:
        mine = room().courses.mine(places(request))
    except NegotiationError as why:
        mine, problem = [], tr(why.said)
    wrong = f"<p class='problem' role='alert'>{escape(problem)}</p>" if problem else ""
    body = told + wrong + ("".join(_course(*one) for one in mine) if mine else _door())
    return document(tr("My course"), body, 400 if problem else 200, "/course")


def _door() -> str:
    """Return the form for who is not known here, as HTML."""
    code = field(
        "code",
        tr("Personal code"),
        note=tr("from your teacher"),
        **{"class": "code"},
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
        required="",
    )
    about = tr("This browser has no place in a course yet.")
    return f"<p>{about}</p>" + form("/join", (code,), tr("Claim my place"), "", {"key": secrets.token_urlsafe(16)})


def _course(now: Course, member: Member) -> str:
    told = tr(
        "You are in {title} as {name}.", title=f"<b>{escape(now.title)}</b>", name=f"<b>{escape(member.name)}</b>"
    )
    sessions = [room().classes.get(session) for session in now.exercises]
    shown = "".join(_exercise(session, member) for session in reversed(sessions))
    none = f"<p class='note'>{tr('No exercise yet: your teacher adds them.')}</p>"
    other = form("/course/device", (), tr("Another device"), "", {"course": now.id})
    return f"<p>{told}</p>{shown or none}{other}"


def _exercise(session: Session, member: Member) -> str:
    """Return an exercise with the way to the seat, as HTML; one that was missed has none."""
    person = session.of_member(member.id)
    kind = tr("homework") if session.settings.homework and not session.phase.over else tr(session.phase.called).lower()
    about = f"<div><b>{escape(session.title)}</b><br><small>{escape(kind)}</small></div>"
    if (person is None and session.phase.over) or (person is not None and person.gone):
        return f"<p>{about}</p>"
    label = tr("Go to my seat") if person else tr("Take my seat")
    hidden = {"session": session.id, "key": secrets.token_urlsafe(16)}
    return form("/course/enter", (about,), label, "", hidden)


ROUTES = [
    Route("/course", course, methods=["GET"]),
    Route("/course/enter", enter, methods=["POST"]),
    Route("/course/device", device, methods=["POST"]),
]
