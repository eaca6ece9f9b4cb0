"""The way into a class: the address, the code, and both as a QR code."""

from __future__ import annotations

from html import escape

import segno
import streamlit as st

from negotiation.classroom.accounts import Account
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.sessions import Session
from negotiation.language import mark, tr
from negotiation.ui.common.feedback import attempt
from negotiation.ui.server.identity import public_url


def address() -> str:
    """Return the address where people join: the server's public one, or else that of this page."""
    here = st.context.url
    base = public_url() or ("/".join(here.split("/")[:3]) if isinstance(here, str) else "")
    return f"{base}/join"


def only_here() -> bool:
    """Return whether phones cannot reach the address, since only this machine is served."""
    return any(f"//{name}" in address() for name in ("localhost", "127.0.0.1", "[::1]"))


def qr(code: str) -> str:
    """Return the address with the code as a QR code, as HTML: black on white, in the dark as well."""
    made = segno.make(f"{address()}?code={code}", error="m", micro=False)
    picture = made.svg_data_uri(border=3, light="#ffffff", dark="#0b1413", omitsize=True)
    return f"<div class='qr'><img src='{escape(picture)}' alt='{escape(tr('QR code of the address with the code'))}'></div>"


PERSONAL = mark("In place of a name: your personal code. Who has come to this course before needs none.")
GUESTS = mark("In place of a name: your personal code; guests type their name.")


def by_code(room: Classroom, session: Session) -> str:
    """Return what people of a course type beside the code of a class, in words; empty for a class of no course."""
    if not session.course:
        return ""
    return tr(GUESTS) if room.courses.get(session.course).guests else tr(PERSONAL)


def spaced(code: str) -> str:
    """Return a code in two halves, as it is read aloud."""
    return f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"


def sharing(room: Classroom, by: Account, session: Session) -> None:
    """Show code, QR code and address, and the buttons that close or change the code."""
    code = room.seats.code(session.id)
    left, right = st.columns([3, 5], gap="large", vertical_alignment="center")
    if code is None:
        closed, stay = tr("Joining is closed"), tr("Those who are in stay in.")
        left.html(f"<div class='big'>{closed}</div><p class='note'>{stay}</p>")
    else:
        left.html(qr(code))
        right.html(
            f"<div>{tr('On a phone or a laptop, open')}</div><div class='address big'>{escape(address())}</div>"
            f"<div>{tr('and type the code')}</div><div class='code'>{escape(spaced(code))}</div>"
            f"<div class='note'>{escape(by_code(room, session))}</div>"
        )
        if only_here():
            right.warning(
                tr(
                    "This server answers on this machine only: phones cannot reach it. Start it with `negotiation serve`, "
                    "which shows the address for the local network."
                ),
                icon=":material/wifi_off:",
            )
    with right.container(horizontal=True):
        st.link_button(tr("Projector"), f"projector?class={session.id}", icon=":material/cast:", type="primary")
        if by.role != "observer":
            _codes(room, by, session, code)
    if by.role != "observer":
        with right:
            _devices(room, by, session)


def _devices(room: Classroom, by: Account, session: Session) -> None:
    """Draw the switch that lets several people share a device."""
    allowed = st.toggle(
        tr("Several people may join with one device"),
        value=session.together,
        key=f"together-{session.together}",
        help=tr("Else one browser takes one place in this class."),
    )
    if allowed != session.together:
        attempt(lambda: room.teaching.together(by, session.id, allowed=allowed))


def _codes(room: Classroom, by: Account, session: Session, code: str | None) -> None:
    if code is None:
        if st.button(tr("Open a code"), icon=":material/lock_open:", key="code-open"):
            attempt(lambda: room.teaching.rotate_code(by, session.id), tr("A new code is open."))
        return
    with st.popover(tr("New code"), icon=":material/autorenew:", key=f"new-code-{code}"):
        st.write(tr("The code that is on the screen now stops working. Those who are in stay in."))
        if st.button(tr("Yes, a new code"), key=f"code-rotate-{code}"):
            attempt(lambda: room.teaching.rotate_code(by, session.id), tr("A new code is open."))
    if st.button(tr("Close joining"), icon=":material/lock:", key=f"code-close-{code}"):
        done = tr("Nobody joins any more; open a code to undo this.")
        attempt(lambda: room.teaching.close_code(by, session.id), done)
