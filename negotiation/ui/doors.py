"""The doors: join, first start, login, logout. Plain forms that post here, answered by a cookie and a real navigation.

POST /join    code, name, key (at least 16 random letters: names this click)   -> /seat
POST /leave                                                                     -> /join; this device forgets its seat
POST /first   secret (printed by the server), name, password                    -> /teach
POST /login   name, password                                                    -> /teach
POST /logout                                                                    -> /login

GET /join (with ?code=... from a QR code) and GET /login show the forms; a form like them may stand in any page. Only a
form of our own site is taken (`origin.py`); a refusal is a page with the same form and one sentence.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from html import escape
from typing import TypeAlias
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from negotiation.classroom.accounts import LOGIN_SECONDS, LONGEST_PASSWORD, SHORTEST_PASSWORD
from negotiation.classroom.texts import LONGEST_NAME
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.ui.origin import address, secure
from negotiation.ui.plain import document, field, form
from negotiation.ui.room import LOGIN, SEAT, room

LARGEST_FORM = 2**14
"""Bytes. No field is cut in the browser: a password pasted into a field that is too short would be another password."""

SLOWEST_FORM = 15
"""Seconds in which a form must have come."""

SEAT_SECONDS = 200 * 24 * 3600
"""How long a device keeps its seat: homework is open for weeks, the debrief for a term."""

RETRY = 5
"""Seconds after which a browser may ask again when the database did not answer."""

Fields: TypeAlias = Mapping[str, str]


async def join(request: Request) -> Response:
    """The form with code and name; on POST a seat."""
    if request.method == "GET":
        return await run_in_threadpool(_join_form, request, {"code": request.query_params.get("code", "")[:40]})

    def enter(fields: Fields) -> str:
        return room().seats.join(
            fields.get("code", ""), fields.get("name", ""), key=fields.get("key", ""), address=address(request)
        )

    return await _posted(request, enter, _join_form, SEAT, SEAT_SECONDS, "/seat")


async def leave(request: Request) -> Response:
    """Have this device forget its seat; the person stays in class, and comes in again by a device code."""
    return await _posted(request, lambda _: "", _join_form, SEAT, 0, "/join")


async def login(request: Request) -> Response:
    """The form for whoever teaches (the first time: for the first account); on POST a login."""
    if request.method == "GET":
        return await run_in_threadpool(_login_form, request, {})

    def enter(fields: Fields) -> str:
        return room().accounts.log_in(fields.get("name", ""), fields.get("password", ""), address(request))

    return await _posted(request, enter, _login_form, LOGIN, LOGIN_SECONDS, "/teach")


async def first(request: Request) -> Response:
    """Make the first account with the secret that the server printed, and log it in."""

    def enter(fields: Fields) -> str:
        name, password, here = fields.get("name", ""), fields.get("password", ""), address(request)
        room().accounts.first(fields.get("secret", "").strip(), name, password, here)
        return room().accounts.log_in(name, password, here)

    return await _posted(request, enter, _login_form, LOGIN, LOGIN_SECONDS, "/teach")


async def logout(request: Request) -> Response:
    """End the login."""

    def end(_: Fields) -> str:
        room().accounts.log_out(request.cookies.get(LOGIN, ""))
        return ""

    return await _posted(request, end, _login_form, LOGIN, 0, "/login")


async def _posted(
    request: Request,
    do: Callable[[Fields], str],
    again: Callable[..., Response],
    cookie: str,
    seconds: int,
    then: str,
) -> Response:
    """Do what a form asks for and go on with its cookie set; or the form `again` with what is wrong."""
    fields: Fields = {}
    try:
        fields = await _fields(request)
        token = await run_in_threadpool(do, fields)
    except StoreError as problem:
        return _later(
            await run_in_threadpool(again, request, _again(fields), f"{problem}: what you typed is still here")
        )
    except NegotiationError as problem:
        kept = {name: value for name, value in fields.items() if name in ("code", "name")}
        return await run_in_threadpool(again, request, kept, str(problem))
    answer = RedirectResponse(then, 303, {"cache-control": "no-store"})
    answer.set_cookie(cookie, token, seconds, httponly=True, samesite="lax", secure=secure(request))
    return answer


def _again(fields: Fields) -> Fields:
    """What a form that was not answered shows again: all but secrets, and the same click, which may have been stored."""
    return {name: value for name, value in fields.items() if name in ("code", "name", "key")}


def _later(answer: Response) -> Response:
    """The same answer, as one that should be asked for again."""
    answer.status_code, answer.headers["retry-after"] = 503, str(RETRY)
    return answer


async def _fields(request: Request) -> Fields:
    body = b""
    try:
        async with asyncio.timeout(SLOWEST_FORM):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_FORM:
                    raise Refused(
                        f"this form has more than {LARGEST_FORM:,} bytes: a name has at most {LONGEST_NAME} characters, a password {LONGEST_PASSWORD}"
                    )
    except TimeoutError:
        raise Refused("this form took too long; send it again") from None
    except ClientDisconnect:
        raise Refused("this form was not sent to its end") from None  # nobody reads this any more
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise Refused("this is no form")
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))


def _join_form(request: Request, kept: Fields, problem: str = "") -> Response:
    here = _seated(request) if request.method == "GET" else ""
    fields = (
        field(
            "code",
            "Code",
            kept.get("code", ""),
            note="on the screen in front",
            **{"class": "code"},
            autocomplete="off",
            autocapitalize="characters",
            spellcheck="false",
            required="",
        ),
        field(
            "name",
            "Your name",
            kept.get("name", ""),
            note="as the class knows you",
            autocomplete="name",
        ),
    )
    body = (
        "<p>Take a seat in a negotiation: type the code that your teacher shows.</p>"
        + here
        + form("/join", fields, "Join", problem, {"key": kept.get("key") or secrets.token_urlsafe(16)})
        + "<p class='note'>Back after a flat battery, or on another device? Ask for a <b>device code</b>: it brings you to "
        "your own seat, and no name is needed. Your browser keeps one cookie, which is your seat.</p>"
    )
    return document("Join a class", body, 400 if problem else 200)


def _seated(request: Request) -> str:
    """The way to the seat that this device holds already, as HTML."""
    try:
        seat = room().seats.identify(request.cookies.get(SEAT, ""))
    except (Refused, StoreError):
        return ""
    title = room().classes.get(seat.session).title
    return (
        f"<form method='get' action='/seat'><div>You are in <b>{escape(title)}</b> as <b>{escape(seat.name)}</b>."
        "</div><button>Go to my seat</button></form><p class='note'>Or join another class with this device:</p>"
    )


def _exist() -> bool:
    """Whether there are accounts; a database that does not answer has some."""
    try:
        return room().accounts.exist()
    except StoreError:
        return True


def _login_form(request: Request, kept: Fields, problem: str = "") -> Response:
    status = 400 if problem else 200
    name = field("name", "Name", kept.get("name", ""), autocomplete="username", required="")
    new = {"type": "password", "required": ""}
    if not _exist():
        asked = (
            field("secret", "Secret", note="printed by the server when it started", **new, autocomplete="off"),
            name,
            field(
                "password",
                "Password",
                note=f"at least {SHORTEST_PASSWORD} characters",
                **new,
                autocomplete="new-password",
            ),
        )
        told = "<p>Nobody teaches here yet. Make the first account; there is no default password.</p>"
        return document("First start", told + form("/first", asked, "Make the account", problem), status)
    fields = (name, field("password", "Password", **new, autocomplete="current-password"))
    told = "<p>For teachers, assistants and observers. Students <a href='/join'>join with a code</a>.</p>"
    return document("Log in", told + form("/login", fields, "Log in", problem), status)


ROUTES = [
    Route("/join", join, methods=["GET", "POST"]),
    Route("/leave", leave, methods=["POST"]),
    Route("/login", login, methods=["GET", "POST"]),
    Route("/first", first, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
]
