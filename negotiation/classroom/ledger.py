"""The record of changes to accounts: who made, changed or removed one; append-only."""

from __future__ import annotations

import time
from collections.abc import Mapping

from negotiation.classroom.schema import RECORD
from negotiation.classroom.store import Writing

WORDS = {
    "made": "the account was made",
    "removed": "the account was removed",
    "password": "a new password",
    "factor on": "a second factor was set up",
    "factor off": "the second factor was removed",
    "recovery": "logged in with a recovery code",
}

KEEPER = "who keeps the server"
"""Who does what is done on the command line."""


def note(write: Writing, kind: str, by: str, account: str, **more: str) -> None:
    """Append a line to the record of accounts."""
    write.lock(RECORD)
    told = {"kind": kind, "by": by, "account": account, "at": time.time(), **more}
    write.append(RECORD, write.version(RECORD), [told])


def told(row: Mapping[str, object]) -> str:
    """Return a line of the record in words."""
    role = f", {row['role']}" if "role" in row else ""
    return f"{row['account']}{role}: {WORDS[str(row['kind'])]}"
