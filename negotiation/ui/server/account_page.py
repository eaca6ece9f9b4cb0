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
from negotiation.language import mark, phrase, tr
from negotiation.ui.server.doors import Fields, form_of
from negotiation.ui.server.identity import KNOWN, LOGIN, room
from negotiation.ui.server.origin import address
from negotiation.ui.server.plain_pages import document, field, form, spoken


def _password() -> str:
    return field("password", tr("Password"), type="password", required="", autocomplete="current-password")


def _code() -> str:
    note = tr("the six figures that the app shows now")
    return field("code", tr("Code"), note=note, inputmode="numeric", autocomplete="one-time-code", required="")


def _back() -> str:
    return f"<p class='note'><a href='/teach'>{tr('Back to the classes')}</a></p>"


@spoken
async def account(request: Request) -> Response:
    """Answer with the state of the account's second factor."""
    return await run_in_threadpool(_asked, request, _standing)


@spoken
async def begin(request: Request) -> Response:
    """Answer with the secret as a QR code, once the password is given again."""

    def do(by: Account, fields: Fields) -> Response:
        here, known = address(request), request.cookies.get(KNOWN, "")
        return _enrolling(*room().enrolling.begin(by, fields.get("password", ""), here, known))

    return await _posted(request, do)


@spoken
async def confirm(request: Request) -> Response:
    """Answer with the recovery codes, once a code of the app is right."""

    def do(by: Account, fields: Fields) -> Response:
        try:
            made = room().enrolling.confirm(by, fields.get("code", ""), request.cookies.get(LOGIN, ""))
        except Refused as problem:
            if begun := room().enrolling.begun(by):
                return _enrolling(*begun, tr(problem.said))
            raise
        return _codes(made)

    return await _posted(request, do)


@spoken
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
        return _told(problem, 400)
    return await run_in_threadpool(_asked, request, lambda by: do(by, fields))


def _asked(request: Request, do: Callable[[Account], Response]) -> Response:
    """Return the answer for the account that has logged in, or a redirect to the login."""
    try:
        by = room().accounts.who(request.cookies.get(LOGIN, ""))
    except Refused:
        return RedirectResponse("/login", 303, {"cache-control": "no-store"})
    except StoreError as problem:
        return _told(problem, 503)
    try:
        return do(by)
    except StoreError as problem:
        return _told(problem, 503)
    except NegotiationError as problem:
        return _standing(by, tr(problem.said))


def _told(problem: NegotiationError, status: int) -> Response:
    why = escape(tr(problem.said))
    return _page(tr("My account"), f"<p class='problem' role='alert'>{why}</p>{_back()}", status)


def _page(title: str, body: str, status: int = 200) -> Response:
    return document(title, body, status, "/account")


def _standing(by: Account, problem: str = "") -> Response:
    who = tr("You are {name}, {role}.", name=f"<b>{escape(by.name)}</b>", role=phrase(by.role))
    told = f"<p>{who}</p>"
    left = room().enrolling.left(by.name)
    if left is not None:
        body = (
            f"<p>{tr(LEFT, n=left)}</p>"
            + form("/account/drop", (_password(),), tr("Remove the second factor"), problem)
            + f"<p class='note'>{tr('For a new app or new recovery codes remove it, and set it up again.')}</p>"
        )
    else:
        body = f"<p>{tr(PROTECTS)}</p>" + form("/account/factor", (_password(),), tr("Set up a second factor"), problem)
    return _page(tr("My account"), told + body + _back(), 400 if problem else 200)


LEFT = mark("Logging in takes a code of your authenticator app; {n} of your recovery codes are left.")
PROTECTS = mark(
    "A second factor protects your account if somebody learns your password: logging in then takes a code of an "
    "authenticator app on your phone, too. Nobody has to have one."
)


def _enrolling(secret: str, uri: str, problem: str = "") -> Response:
    picture = segno.make(uri, error="m", micro=False).svg_data_uri(border=3, light="#ffffff", dark="#0b1413", scale=5)
    spaced = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    body = (
        f"<p>{tr('Read this with an authenticator app, and type the code that it shows.')}</p>"
        f"<p><img src='{escape(picture)}' alt='{escape(tr('QR code for the authenticator app'))}'></p>"
        f"<p class='note'>{tr('Without a camera, type this secret into the app:')} <code>{spaced}</code></p>"
        + form("/account/confirm", (_code(),), tr("Log me in with a code from now on"), problem)
        + _back()
    )
    return _page(tr("Second factor"), body, 400 if problem else 200)


def _codes(made: tuple[str, ...]) -> Response:
    lines = "".join(f"<li><code>{'-'.join(one[n : n + 4] for n in range(0, len(one), 4))}</code></li>" for one in made)
    body = f"<p>{tr(KEEP)}</p><ol>{lines}</ol><p class='note'>{tr('Everywhere else you are logged out.')}</p>{_back()}"
    return _page(tr("Recovery codes"), body)


KEEP = mark(
    "<b>It is on.</b> Keep these recovery codes where your phone is not: each lets you in once without the app, and they "
    "are not shown again."
)


ROUTES = [
    Route("/account", account),
    Route("/account/factor", begin, methods=["POST"]),
    Route("/account/confirm", confirm, methods=["POST"]),
    Route("/account/drop", drop, methods=["POST"]),
]
