"""Browsers in which an account has logged in: they are known by a cookie, which opens nothing."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, insert, select

from negotiation.classroom.schema import devices
from negotiation.classroom.store import Reading, Writing
from negotiation.classroom.tickets import hashed

DEVICE_SECONDS, MOST_DEVICES = 365 * 24 * 3600, 20
"""How long a browser is known, and how many of one account; beyond that the oldest is forgotten."""


def knows(look: Reading, device: str, account: str, now: float) -> bool:
    """Return whether the cookie `device` shows that this account has logged in from this browser."""
    query = select(devices.c.hash).where(devices.c.hash == hashed(device), devices.c.account == account)
    return look.connection.execute(query.where(devices.c.until > now)).first() is not None


def remember(write: Writing, account: str, before: str, now: float) -> str:
    """Return the cookie by which a browser is known: `before` if it is valid, else a new one, which is stored."""
    if knows(write, before, account, now):
        return before
    newest = select(devices.c.hash).where(devices.c.account == account).order_by(devices.c.until.desc())
    old = write.connection.execute(newest.offset(MOST_DEVICES - 1).limit(MOST_DEVICES)).scalars().all()
    write.connection.execute(delete(devices).where(devices.c.hash.in_(old) | (devices.c.until < now)))
    made = secrets.token_urlsafe(32)
    write.connection.execute(insert(devices).values(hash=hashed(made), account=account, until=now + DEVICE_SECONDS))
    return made
