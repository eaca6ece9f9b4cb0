"""The record of changes to accounts: who made, changed or removed one; append-only."""

from __future__ import annotations

import time
from collections.abc import Mapping

from negotiation.classroom.schema import RECORD
from negotiation.classroom.store import Writing
from negotiation.language import mark, phrase, tr

WORDS = {
    "made": mark("the account was made"),
    "removed": mark("the account was removed"),
    "password": mark("a new password"),
    "factor on": mark("a second factor was set up"),
    "factor off": mark("the second factor was removed"),
    "recovery": mark("logged in with a recovery code"),
}

KEEPER = mark("who keeps the server")
"""Who does what is done on the command line."""


def note(write: Writing, kind: str, by: str, account: str, **more: str) -> None:
    """Append a line to the record of accounts."""
    write.lock(RECORD)
    told = {"kind": kind, "by": by, "account": account, "at": time.time(), **more}
    write.append(RECORD, write.version(RECORD), [told])


def told(row: Mapping[str, object]) -> str:
    """Return a line of the record in words."""
    account, what = row["account"], phrase(WORDS[str(row["kind"])])
    if "role" not in row:
        return tr("{account}: {what}", account=account, what=what)
    return tr("{account}, {role}: {what}", account=account, role=phrase(str(row["role"])), what=what)
