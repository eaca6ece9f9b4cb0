"""Pages without Streamlit: a few kilobytes that a phone shows at once, and forms that work without a script.

Each is told in the language that was chosen in the browser, else in the one it likes best, and offers the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from html import escape

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from negotiation.language import LANGUAGES, accepted, language, speaking, tr
from negotiation.reports.palette import INK
from negotiation.ui.server.languages import COOKIE, YEAR

ASKED = "language"
"""The query parameter with which a language is chosen."""

BACKGROUND = {False: "#fbfaf7", True: "#0f1717"}


def asked_by(connection: HTTPConnection) -> str:
    """Return the language of a browser: chosen in this very address, or in it before, or the one it likes best."""
    chosen = connection.query_params.get(ASKED, ""), connection.cookies.get(COOKIE, "")
    return next((code for code in chosen if code in LANGUAGES), accepted(connection.headers.get("accept-language", "")))


def spoken(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Return `answer` made to tell everything in the language of the browser, which keeps a choice."""

    @wraps(answer)
    async def told(request: Request) -> Response:
        with speaking(asked_by(request)):
            found = await answer(request)
            if request.query_params.get(ASKED) in LANGUAGES:
                found.set_cookie(COOKIE, language(), YEAR, samesite="lax")
        return found

    return told


def document(title: str, body: str, status: int = 200, at: str = "/login") -> HTMLResponse:
    """Return a page in the common style; `body` is HTML, the title is text; `at` is where it stands in any language."""
    html = (
        f"<!doctype html><html lang='{language()}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)} · Negotiation</title>"
        "<link rel='icon' href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>"
        "<text y='.9em' font-size='90'>🤝</text></svg>\">"
        f"<style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1>{body}{_languages(at)}</main></body></html>"
    )
    return HTMLResponse(html, status, {"cache-control": "no-store", "content-security-policy": POLICY})


def _languages(at: str) -> str:
    """Return the links to a page in the other languages, as HTML."""
    there = f"{at}{'&' if '?' in at else '?'}{ASKED}="
    links = " · ".join(
        f"<a href='{escape(there + code)}' lang='{code}' hreflang='{code}'>{name}</a>"
        for code, name in LANGUAGES.items()
        if code != language()
    )
    return f"<nav class='note' aria-label='{escape(tr('Language'))}'>{links}</nav>"


def form(
    action: str, fields: Iterable[str], button: str, problem: str = "", hidden: dict[str, str] | None = None
) -> str:
    """Return a form that posts to one of the doors, as HTML; a problem is shown above its fields."""
    told = f"<p class='problem' role='alert'>{escape(problem)}</p>" if problem else ""
    kept = "".join(f"<input type='hidden' name='{escape(k)}' value='{escape(v)}'>" for k, v in (hidden or {}).items())
    return (
        f"<form method='post' action='{escape(action)}'>{told}{kept}{''.join(fields)}"
        f"<button type='submit'>{escape(button)}</button></form>"
    )


def field(name: str, label: str, value: str = "", *, note: str = "", **attributes: str) -> str:
    """Return a labelled field of a form, as HTML; `attributes` are those of the input."""
    more = "".join(f" {k.replace('_', '-')}='{escape(v)}'" for k, v in attributes.items())
    small = f"<small>{escape(note)}</small>" if note else ""
    return f"<label>{escape(label)}{small}<input name='{escape(name)}' value='{escape(value)}'{more}></label>"


POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


LIGHT, DARK = (
    f"--back:{BACKGROUND[dark]};" + "".join(f"--{name}:{value};" for name, value in INK[dark].items())
    for dark in (False, True)
)

STYLE = f"""
@font-face {{ font-family:Inter; src:url(/app/static/inter-latin-wght-normal.woff2); font-weight:100 900 }}
@font-face {{ font-family:Fraunces; src:url(/app/static/fraunces-latin-wght-normal.woff2); font-weight:100 900 }}
:root {{ color-scheme:light dark; {LIGHT} }}
@media (prefers-color-scheme:dark) {{ :root {{ {DARK} }} }}
* {{ box-sizing:border-box }}
body {{ margin:0; background:var(--back); color:var(--text); font:16px/1.5 Inter, sans-serif }}
main {{ max-width:27rem; margin:0 auto; padding:clamp(1.2rem, 7vh, 5rem) 1.1rem 2rem }}
h1 {{ font:600 2rem/1.2 Fraunces, Georgia, serif; margin:0 0 .4rem }}
p {{ margin:.4rem 0 .9rem }}
form {{ display:grid; gap:1rem; background:var(--card); border:1px solid var(--line); border-radius:.65rem; padding:1.1rem; margin:1rem 0 }}
label {{ display:grid; gap:.3rem; font-weight:600; font-size:.95rem }} small {{ font-weight:400; opacity:.8 }}
input {{ font:inherit; font-weight:400; padding:.7rem .8rem; border:1px solid var(--line); border-radius:.65rem; background:var(--back); color:inherit; width:100% }}
input.code {{ font-size:1.5rem; letter-spacing:.22em; text-transform:uppercase; font-variant-numeric:tabular-nums }}
input:focus-visible, button:focus-visible, a:focus-visible {{ outline:3px solid var(--accent); outline-offset:1px }}
button, .button {{ font:inherit; font-weight:600; padding:.75rem 1rem; border:0; border-radius:.65rem; background:var(--accent); color:var(--on-accent); cursor:pointer; text-align:center; text-decoration:none; display:block }}
.problem {{ margin:0; color:var(--bad); font-weight:600; overflow-wrap:anywhere }}
a {{ color:var(--accent) }} .note {{ font-size:.88rem; color:color-mix(in srgb, var(--text) 80%, transparent) }}
"""
