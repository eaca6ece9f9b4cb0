"""The page of one's own account: the second factor, set up with an authenticator app and removed again.

GET  /account                     how it stands
POST /account/factor   password   -> the QR code and a form for a first code
POST /account/confirm  code       -> the recovery codes, this once
POST /account/drop     password   -> without it again
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from negotiation.classroom.accounts import Account
from negotiation.errors import NegotiationError, Refused, StoreError
from negotiation.ui.server.doors import Fields, form_of
from negotiation.ui.server.identity import KNOWN, LOGIN, room
from negotiation.ui.server.origin import address
from negotiation.ui.server.plain_pages import document, field, form

PASSWORD = field(
    "password",
    "Password",
    type="password",
    required="",
    autocomplete="current-password",
)
CODE = field(
    "code",
    "Code",
    note="the six figures that the app shows now",
    inputmode="numeric",
    autocomplete="one-time-code",
    required="",
)
BACK = "<p class='note'><a href='/teach'>Back to the classes</a></p>"


async def account(request: Request) -> Response:
    """Answer with the state of the account's second factor."""
    return await run_in_threadpool(_asked, request, _standing)


async def begin(request: Request) -> Response:
    """Answer with the secret as a QR code, once the password is given again."""

    def do(by: Account, fields: Fields) -> Response:
        here, known = address(request), request.cookies.get(KNOWN, "")
        return _enrolling(*room().enrolling.begin(by, fields.get("password", ""), here, known))

    return await _posted(request, do)


async def confirm(request: Request) -> Response:
    """Answer with the recovery codes, once a code of the app is right."""

    def do(by: Account, fields: Fields) -> Response:
        try:
            made = room().enrolling.confirm(by, fields.get("code", ""), request.cookies.get(LOGIN, ""))
        except Refused as problem:
            if begun := room().enrolling.begun(by):
                return _enrolling(*begun, str(problem))
            raise
        return _codes(made)

    return await _posted(request, do)


async def drop(request: Request) -> Response:
    """Remove the second factor, once the password is given again."""

    def do(by: Account, fields: Fields) -> Response:
        room().enrolling.drop(by, fields.get("password", ""), address(request), request.cookies.get(KNOWN, ""))
        return _standing(by)

    return await _posted(request, do)


async def _posted(request: Request, do: Callable[[Account, Fields], Response]) -> Response:
    """Answer a form by calling `do` with the account that has logged in and the form's fields."""
    try:
        fields = await form_of(request)
    except NegotiationError as problem:
        return document("My account", f"<p class='problem' role='alert'>{escape(str(problem))}</p>{BACK}", 400)
    return await run_in_threadpool(_asked, request, lambda by: do(by, fields))


def _asked(request: Request, do: Callable[[Account], Response]) -> Response:
    """Return the answer for the account that has logged in, or a redirect to the login."""
    try:
        by = room().accounts.who(request.cookies.get(LOGIN, ""))
    except Refused:
        return RedirectResponse("/login", 303, {"cache-control": "no-store"})
    except StoreError as problem:
        return _away(problem)
    try:
        return do(by)
    except StoreError as problem:
        return _away(problem)
    except NegotiationError as problem:
        return _standing(by, str(problem))


def _away(problem: StoreError) -> Response:
    return document("My account", f"<p class='problem' role='alert'>{escape(str(problem))}</p>{BACK}", 503)


def _standing(by: Account, problem: str = "") -> Response:
    told = f"<p>You are <b>{escape(by.name)}</b>, {by.role}.</p>"
    left = room().enrolling.left(by.name)
    if left is not None:
        body = (
            f"<p>Logging in takes a code of your authenticator app; {left} of your recovery codes are left.</p>"
            + form("/account/drop", (PASSWORD,), "Remove the second factor", problem)
            + "<p class='note'>For a new app or new recovery codes remove it, and set it up again.</p>"
        )
    else:
        body = (
            "<p>A second factor protects your account if somebody learns your password: logging in then takes a code of "
            "an authenticator app on your phone, too. Nobody has to have one.</p>"
            + form("/account/factor", (PASSWORD,), "Set up a second factor", problem)
        )
    return document("My account", told + body + BACK, 400 if problem else 200)


def _enrolling(secret: str, uri: str, problem: str = "") -> Response:
    picture = segno.make(uri, error="m", micro=False).svg_data_uri(border=3, light="#ffffff", dark="#0b1413", scale=5)
    spaced = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    body = (
        "<p>Read this with an authenticator app, and type the code that it shows.</p>"
        f"<p><img src='{escape(picture)}' alt='QR code for the authenticator app'></p>"
        f"<p class='note'>Without a camera, type this secret into the app: <code>{spaced}</code></p>"
        + form("/account/confirm", (CODE,), "Log me in with a code from now on", problem)
        + BACK
    )
    return document("Second factor", body, 400 if problem else 200)


def _codes(made: tuple[str, ...]) -> Response:
    lines = "".join(f"<li><code>{'-'.join(one[n : n + 4] for n in range(0, len(one), 4))}</code></li>" for one in made)
    body = (
        "<p><b>It is on.</b> Keep these recovery codes where your phone is not: each lets you in once without the app, and "
        f"they are not shown again.</p><ol>{lines}</ol><p class='note'>Everywhere else you are logged out.</p>{BACK}"
    )
    return document("Recovery codes", body)


ROUTES = [
    Route("/account", account),
    Route("/account/factor", begin, methods=["POST"]),
    Route("/account/confirm", confirm, methods=["POST"]),
    Route("/account/drop", drop, methods=["POST"]),
]
