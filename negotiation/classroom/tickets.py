"""Codes that people type and tokens that browsers keep: how they are drawn, stored and compared."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import insert, select

from negotiation.classroom.schema import codes, tokens
from negotiation.classroom.store import Writing

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which look alike on a projector. Six of these 31 are 30 bits."""

CODE, PERSONAL_CODE, DEVICE_CODE, HASH = 6, 8, 10, 64
"""Lengths: of a class's code, of a person's in a course, of one for a further device, and of what is stored for a token."""


def letters(typed: str) -> str:
    """Return a code as it is stored: small letters, blanks and dashes do not matter.

    Examples
    --------
    >>> letters("ab2-c d3")
    'AB2CD3'
    """
    return "".join(c for c in typed.upper() if c in ALPHABET)


def hashed(token: str) -> str:
    """Return the hash that is stored for a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token(kept: str) -> bool:
    """Return whether what a browser keeps of a place is its token; of a place that was left it keeps the hash."""
    return len(kept) != HASH


def kept_hash(kept: str) -> str:
    """Return the hash of the token of a place, from what a browser keeps of it."""
    return hashed(kept) if is_token(kept) else kept


def fresh(write: Writing, log: str, length: int, person: str = "", until: float | None = None) -> str:
    """Store a random code that is not in use, for a class or a course, or one person of it; return it."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(length))
        if write.connection.execute(select(codes.c.code).where(codes.c.code == code)).first() is None:
            write.connection.execute(insert(codes).values(code=code, session=log, person=person, until=until))
            return code


def token_for(write: Writing, log: str, person: str, at: float) -> str:
    """Store that a new token stands for a person of a class or a course; return it."""
    token = secrets.token_urlsafe(32)
    write.connection.execute(insert(tokens).values(hash=hashed(token), session=log, person=person, at=at))
    return token
