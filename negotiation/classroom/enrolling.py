"""How somebody sets a second factor up and takes it away again, and whoever keeps the server for somebody who has lost it."""

from __future__ import annotations

from sqlalchemy import delete

from negotiation.classroom.accounts import CODES, Account, Accounts, forget, has_account
from negotiation.classroom.ledger import note
from negotiation.classroom.schema import factors, halves, logins, recovery
from negotiation.classroom.seats import hashed
from negotiation.errors import Refused


class Enrolling:
    """The second factors of these accounts."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts, self.store = accounts, accounts.store

    def begin(self, by: Account, password: str, address: str = "", device: str = "") -> tuple[str, str]:
        """A secret for an authenticator app, and the address that its QR code holds; asks for nothing until `confirm`.

        Raises
        ------
        Refused
            When the password is wrong, or there is a second factor already.
        """
        self.accounts.prove(by.name, password, address, device)
        with self.store.writing() as write:
            return self.accounts.factors.begin(write, by.name)

    def begun(self, by: Account) -> tuple[str, str] | None:
        """The same again, as long as no code has confirmed it; None when nothing was begun."""
        with self.store.reading() as look:
            return self.accounts.factors.begun(look, by.name)

    def confirm(self, by: Account, code: str, token: str = "") -> tuple[str, ...]:
        """Recovery codes, told this once: from now on logging in takes a code. All logins but `token` end.

        Raises
        ------
        Refused
            When the code is not the app's.
        """
        attempt = (CODES, by.name)
        self.accounts.guesses.take(attempt)
        with self.store.writing() as write:
            made = self.accounts.factors.confirm(write, by.name, code)
            write.connection.execute(delete(logins).where(logins.c.account == by.name, logins.c.hash != hashed(token)))
            note(write, "factor on", by.name, by.name)
        self.accounts.guesses.forgive(attempt, kept=False)
        return made

    def drop(self, by: Account, password: str, address: str = "", device: str = "") -> None:
        """Log in with the password alone again.

        Raises
        ------
        Refused
            When the password is wrong.
        """
        self.accounts.prove(by.name, password, address, device)
        self.free(by.name, by.name)

    def free(self, name: str, by: str) -> None:
        """Take the second factor of an account away: by whoever keeps the server, for somebody who has lost it.

        Raises
        ------
        Refused
            When there is no such account, or it has none.
        """
        with self.store.writing() as write:
            if not has_account(write, name):
                raise Refused(f"there is no account {name[:60]!r}")
            if not self.accounts.factors.on(write, name):
                raise Refused(f"the account {name} has no second factor")
            forget(write, name, factors, recovery, halves)
            note(write, "factor off", by, name)

    def left(self, name: str) -> int | None:
        """How many recovery codes an account has not used; None if logging in takes no code."""
        with self.store.reading() as look:
            return self.accounts.factors.left(look, name) if self.accounts.factors.on(look, name) else None
