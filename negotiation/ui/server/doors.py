"""The doors: join, first start, login, logout; plain forms that post here, answered by a cookie and a real navigation.

POST /join    code, name, key (at least 16 random letters: names this click)   -> /seat, or with a personal code /course
POST /leave                                                                     -> /join; this device forgets its seat
POST /first   secret (printed by the server), name, password                    -> /teach
POST /login   name, password                                                    -> /teach, or a form for the second factor
POST /second  half (from that form), code                                       -> /teach
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
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from negotiation.classroom.accounts import LOGIN_SECONDS, Half
from negotiation.classroom.devices import DEVICE_SECONDS
from negotiation.classroom.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from negotiation.classroom.texts import LONGEST_NAME
from negotiation.classroom.tickets import kept_hash
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.language import mark, phrase, tr
from negotiation.ui.server.identity import KNOWN, LOGIN, PLACE, SEAT, room
from negotiation.ui.server.origin import address, secure
from negotiation.ui.server.plain_pages import document, field, form, spoken

MOST_FIELDS, LARGEST_FORM = 20, 2**14
"""Fields and bytes. No field is cut in the browser: a password pasted into a field that is too short would be another password."""

LARGE = mark("this form has more than {bytes:,} bytes: a name has at most {name} characters, a password {password}")

SLOWEST_FORM = 15
"""Seconds in which a form must have come."""

SEAT_SECONDS = 200 * 24 * 3600
"""How long a device keeps its seat: homework is open for weeks, the debrief for a term."""

MOST_PLACES = 8
"""Of the classes in which a browser took a place it comes back to so many by their code; one more takes the place of the first."""

RETRY = 5
"""Seconds after which a browser may ask again when the database did not answer."""

Fields: TypeAlias = Mapping[str, str]
Cookies: TypeAlias = Mapping[str, tuple[str, int]]
"""Values of cookies, and for how many seconds; 0 takes one away."""


@spoken
async def join(request: Request) -> Response:
    """Answer with the form for code and name; on POST give a seat."""
    if request.method == "GET":
        return await run_in_threadpool(_join_form, request, {"code": request.query_params.get("code", "")[:40]})

    def enter(fields: Fields) -> Cookies:
        had = places(request)
        code, name, key = fields.get("code", ""), fields.get("name", ""), fields.get("key", "")
        token = room().seats.join(code, name, key=key, address=address(request), devices=had)
        seat = {} if room().courses.is_place(token) else {SEAT: (token, SEAT_SECONDS)}
        return {**seat, PLACE: kept_places([*had, token])}

    return await posted(request, enter, _join_form, lambda set_: "/seat" if SEAT in set_ else "/course")


@spoken
async def leave(request: Request) -> Response:
    """Have this device forget its seat; the person stays in class, and comes in again by a device code."""
    left = [kept_hash(one) for one in places(request)]
    return await posted(request, lambda _: {SEAT: ("", 0), PLACE: kept_places(left)}, _join_form, "/join")


def places(request: Request) -> list[str]:
    """Return what this browser has kept of the places it took, the last at the end; see `kept_hash`."""
    places = request.cookies.get(PLACE, "").split(".")[-MOST_PLACES:]
    return [one for one in (*places, request.cookies.get(SEAT, "")) if one]


def kept_places(places: list[str]) -> tuple[str, int]:
    """Return the cookie with these places, each once, the last of them at the end."""
    once: dict[str, str] = {}
    for one in places:
        once.pop(kept_hash(one), None)
        once[kept_hash(one)] = one
    return ".".join([*once.values()][-MOST_PLACES:]), SEAT_SECONDS if places else 0


@spoken
async def login(request: Request) -> Response:
    """Answer with the form to log in (the first time: for the first account); on POST log in."""
    if request.method == "GET":
        return await run_in_threadpool(_login_form, request, {})

    def enter(fields: Fields) -> Cookies:
        name, password = fields.get("name", ""), fields.get("password", "")
        return _logged_in(request, room().accounts.log_in(name, password, address(request), _known(request)))

    return await posted(request, enter, _login_form, "/teach")


@spoken
async def second(request: Request) -> Response:
    """Log in with the second factor, after the password."""

    def enter(fields: Fields) -> Cookies:
        half, code = fields.get("half", ""), fields.get("code", "")
        return _logged_in(request, room().accounts.second(half, code, _known(request)))

    return await posted(request, enter, _second_form, "/teach")


@spoken
async def first(request: Request) -> Response:
    """Make the first account with the secret that the server printed, and log it in."""

    def enter(fields: Fields) -> Cookies:
        name, password, here = fields.get("name", ""), fields.get("password", ""), address(request)
        room().accounts.first(fields.get("secret", "").strip(), name, password, here)
        return _logged_in(request, room().accounts.log_in(name, password, here))

    return await posted(request, enter, _login_form, "/teach")


@spoken
async def logout(request: Request) -> Response:
    """End the login."""

    def end(_: Fields) -> Cookies:
        room().accounts.log_out(request.cookies.get(LOGIN, ""))
        return {LOGIN: ("", 0)}

    return await posted(request, end, _login_form, "/login")


def _known(request: Request) -> str:
    """Return the cookie by which this browser is known; empty if no account has logged in here."""
    return request.cookies.get(KNOWN, "")


def _logged_in(request: Request, token: str) -> Cookies:
    """Return the cookies of a login."""
    known = room().accounts.device(token, _known(request))
    return {LOGIN: (token, LOGIN_SECONDS), KNOWN: (known, DEVICE_SECONDS)}


async def posted(
    request: Request,
    do: Callable[[Fields], Cookies],
    again: Callable[..., Response],
    then: str | Callable[[Cookies], str],
) -> Response:
    """Call `do` with a form's fields and go on with its cookies set; or answer with the form and what is wrong."""
    fields: Fields = {}
    try:
        fields = await form_of(request)
        cookies = await run_in_threadpool(do, fields)
    except Half as owed:
        return _second_form(request, {"half": owed.token})
    except StoreError as problem:
        why = tr("{problem}: what you typed is still here", problem=problem.said)
        return _later(await run_in_threadpool(again, request, _again(fields), why))
    except NegotiationError as problem:
        kept = {name: value for name, value in fields.items() if name in ("code", "name", "half")}
        return await run_in_threadpool(again, request, kept, tr(problem.said))
    answer = RedirectResponse(then if isinstance(then, str) else then(cookies), 303, {"cache-control": "no-store"})
    for name, (value, seconds) in cookies.items():
        answer.set_cookie(name, value, seconds, httponly=True, samesite="lax", secure=secure(request))
    return answer


def _again(fields: Fields) -> Fields:
    """Return the fields that an unanswered form shows again: all but secrets, with the same click's key."""
    return {name: value for name, value in fields.items() if name in ("code", "name", "key", "half")}


def _later(answer: Response) -> Response:
    """Return `answer` with status 503, as one that should be asked for again."""
    answer.status_code, answer.headers["retry-after"] = 503, str(RETRY)
    return answer


async def form_of(request: Request) -> Fields:
    """Return the fields of a form.

    Raises
    ------
    Refused
        When it is none, too large or too slow.
    """
    body = b""
    try:
        async with asyncio.timeout(SLOWEST_FORM):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_FORM:
                    raise Refused(phrase(LARGE, bytes=LARGEST_FORM, name=LONGEST_NAME, password=LONGEST_PASSWORD))
    except TimeoutError:
        raise Refused(phrase("this form took too long; send it again")) from None
    except ClientDisconnect:
        raise Refused(phrase("this form was not sent to its end")) from None  # nobody reads this any more
    if request.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
        raise Refused(phrase("this is no form"))
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Refused(phrase("this form has more than {n} fields", n=MOST_FIELDS)) from None


def _join_form(request: Request, kept: Fields, problem: str = "") -> Response:
    here = _seated(request) if request.method == "GET" else ""
    fields = (
        field(
            "code",
            tr("Code"),
            kept.get("code", ""),
            note=tr("on the screen in front"),
            **{"class": "code"},
            autocomplete="off",
            autocapitalize="characters",
            spellcheck="false",
            required="",
        ),
        field(
            "name",
            tr("Your name"),
            kept.get("name", ""),
            note=tr("as the class knows you; in a course, your personal code"),
            autocomplete="name",
        ),
    )
    body = (
        f"<p>{tr('Take a seat in a negotiation: type the code that your teacher shows.')}</p>"
        + here
        + form("/join", fields, tr("Join"), problem, {"key": kept.get("key") or secrets.token_urlsafe(16)})
        + f"<p class='note'>{tr(AGAIN)}</p><p class='note'>{tr(TO_COURSE, link=COURSE, end='</a>')}</p>"
    )
    asked = request.query_params.get("code", "")[:40]
    return document(
        tr("Join a class"), body, 400 if problem else 200, f"/join?code={quote(asked)}" if asked else "/join"
    )


AGAIN = mark(
    "Back after a flat battery, or on another device? Ask for a <b>device code</b>: it brings you to your own seat, and "
    "no name is needed. Your browser keeps cookies: your seat, the places that it took, and the language."
)

TO_COURSE, COURSE = mark("In a course? {link}Your page{end} leads to every exercise."), "<a href='/course'>"


def _seated(request: Request) -> str:
    """Return the way to the seat that this device holds already, as HTML; empty without one."""
    try:
        seat = room().seats.identify(request.cookies.get(SEAT, ""))
    except (Refused, StoreError):
        return ""
    title = room().classes.get(seat.session).title
    return (
        f"<form method='get' action='/seat'><div>{_in(title, seat.name)}</div><button>{tr('Go to my seat')}</button></form>"
        f"<p class='note'>{tr('Or join another class with this device:')}</p>"
    )


def _in(title: str, name: str) -> str:
    return tr("You are in {title} as {name}.", title=f"<b>{escape(title)}</b>", name=f"<b>{escape(name)}</b>")


def _second_form(_request: Request, kept: Fields, problem: str = "") -> Response:
    code = field(
        "code",
        tr("Code"),
        note=tr("from your authenticator app, or a recovery code"),
        autocomplete="one-time-code",
        autocapitalize="characters",
        spellcheck="false",
        required="",
        autofocus="",
    )
    told = f"<p>{tr('Your password is right. This account asks for a second factor, too.')}</p>"
    back = f"<p class='note'><a href='/login'>{tr('Begin again')}</a>. {tr(LOST)}</p>"
    body = told + form("/second", (code,), tr("Log in"), problem, {"half": kept.get("half", "")}) + back
    return document(tr("Second factor"), body, 400 if problem else 200)


LOST = mark("App and recovery codes lost? Who keeps this server can help.")


def _exist() -> bool:
    """Return whether there are accounts; true if the database does not answer."""
    try:
        return room().accounts.exist()
    except StoreError:
        return True


def _login_form(request: Request, kept: Fields, problem: str = "") -> Response:
    status = 400 if problem else 200
    name = field("name", tr("Name"), kept.get("name", ""), autocomplete="username", required="")
    new = {"type": "password", "required": ""}
    if not _exist():
        asked = (
            field("secret", tr("Secret"), note=tr("printed by the server when it started"), **new, autocomplete="off"),
            name,
            field(
                "password",
                tr("Password"),
                note=tr("at least {n} characters", n=SHORTEST_PASSWORD),
                **new,
                autocomplete="new-password",
            ),
        )
        told = f"<p>{tr('Nobody teaches here yet. Make the first account; there is no default password.')}</p>"
        return document(tr("First start"), told + form("/first", asked, tr("Make the account"), problem), status)
    fields = (name, field("password", tr("Password"), **new, autocomplete="current-password"))
    told = tr("For teachers, assistants and observers. Students {link}join with a code{end}.", link=TO_JOIN, end="</a>")
    return document(tr("Log in"), f"<p>{told}</p>" + form("/login", fields, tr("Log in"), problem), status)


TO_JOIN = "<a href='/join'>"


ROUTES = [
    Route("/join", join, methods=["GET", "POST"]),
    Route("/leave", leave, methods=["POST"]),
    Route("/login", login, methods=["GET", "POST"]),
    Route("/second", second, methods=["POST"]),
    Route("/first", first, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
]
