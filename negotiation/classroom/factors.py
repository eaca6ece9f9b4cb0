"""The second factor of an account: codes of an authenticator app, and recovery codes for when it is lost.

The secret is kept as it is, since codes are made of it: in a table of its own, which no export reads.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

import pyotp
from sqlalchemy import delete, insert, select, update

from negotiation.classroom.schema import factors, recovery
from negotiation.classroom.store import Reading, Store, Writing
from negotiation.classroom.tickets import ALPHABET, hashed
from negotiation.errors import Refused
from negotiation.language import phrase

ISSUER = "Negotiation"
"""What authenticator apps call us."""

STEP, DRIFT = 30, 1
"""Seconds of a step of the clock, and by how many steps the clock of a phone may be off."""

RECOVERY, RECOVERY_LETTERS = 10, 16
"""Recovery codes, and their letters."""

WRONG = phrase("this code is wrong, or was used before; the app shows a new one every half minute")


class Factors:
    """The second factors of one database.

    Parameters
    ----------
    wall
        The clock of the world, in seconds since 1970: phones have the same.
    """

    def __init__(self, store: Store, wall: Callable[[], float]) -> None:
        self.store, self.wall = store, wall

    def on(self, look: Reading, account: str) -> bool:
        """Return whether an account has a confirmed second factor."""
        query = select(factors.c.account).where(factors.c.account == account, factors.c.since.is_not(None))
        return look.connection.execute(query).first() is not None

    def begin(self, write: Writing, account: str) -> tuple[str, str]:
        """Return a new secret and the address by which apps take it; not in force until a code confirms it.

        Raises
        ------
        Refused
            When the account has a second factor.
        """
        if self.on(write, account):
            raise Refused(phrase("this account has a second factor already; remove it first"))
        secret = pyotp.random_base32()
        write.connection.execute(delete(factors).where(factors.c.account == account))
        write.connection.execute(insert(factors).values(account=account, secret=secret, step=0, since=None))
        return _told(secret, account)

    def begun(self, look: Reading, account: str) -> tuple[str, str] | None:
        """Return the secret and the address that `begin` gave, before they are confirmed; None if nothing was begun."""
        query = select(factors.c.secret).where(factors.c.account == account, factors.c.since.is_(None))
        secret = look.connection.execute(query).scalar()
        return None if secret is None else _told(secret, account)

    def confirm(self, write: Writing, account: str, code: str) -> tuple[str, ...]:
        """Put the second factor in force if `code` is the app's, and return its recovery codes, shown only now.

        Raises
        ------
        Refused
            When it is not, or nothing was begun.
        """
        if self.on(write, account) or not self._counts(write, account, code):
            raise Refused(WRONG)
        write.connection.execute(update(factors).where(factors.c.account == account).values(since=self.wall()))
        made = tuple("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY))
        write.connection.execute(delete(recovery).where(recovery.c.account == account))
        write.connection.execute(insert(recovery), [{"hash": _hash(account, one), "account": account} for one in made])
        return made

    def use(self, write: Writing, account: str, code: str) -> str:
        """Use up a code, and return which kind it was: `app` or `recovery`.

        Raises
        ------
        Refused
            When it is neither.
        """
        if self._counts(write, account, code):
            return "app"
        here = recovery.c.hash == _hash(account, code)
        if write.connection.execute(delete(recovery).where(here, recovery.c.account == account)).rowcount:
            return "recovery"
        raise Refused(WRONG)

    def left(self, look: Reading, account: str) -> int:
        """Return how many recovery codes an account has left."""
        return len(look.connection.execute(select(recovery.c.hash).where(recovery.c.account == account)).all())

    def _counts(self, write: Writing, account: str, code: str) -> bool:
        """Return whether `code` is the app's for this step or a neighbour, later than the last one used; use it up."""
        secret = write.connection.execute(select(factors.c.secret).where(factors.c.account == account)).scalar()
        if secret is None:
            return False
        typed = "".join(one for one in code if one in "0123456789")
        app, now = pyotp.HOTP(secret), int(self.wall() // STEP)
        found = [step for step in range(now - DRIFT, now + DRIFT + 1) if hmac.compare_digest(app.at(step), typed)]
        if not found:
            return False
        used = update(factors).where(factors.c.account == account, factors.c.step < found[-1])
        return bool(write.connection.execute(used.values(step=found[-1])).rowcount)


def _told(secret: str, account: str) -> tuple[str, str]:
    return secret, pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account, issuer_name=ISSUER)


def _hash(account: str, code: str) -> str:
    """Return the hash stored for a recovery code as it was typed."""
    return hashed(f"{account} " + "".join(one for one in code.upper() if one in ALPHABET))
