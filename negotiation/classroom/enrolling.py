"""Setting up and removing a second factor: by the account's owner, or for one who lost it by the server's keeper."""

from __future__ import annotations

from sqlalchemy import delete

from negotiation.classroom.accounts import CODES, Account, Accounts, forget, has_account
from negotiation.classroom.ledger import note
from negotiation.classroom.schema import factors, halves, logins, recovery
from negotiation.classroom.tickets import hashed
from negotiation.errors import Refused
from negotiation.language import phrase


class Enrolling:
    """The second factors of the accounts of one database."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts, self.store = accounts, accounts.store

    def begin(self, by: Account, password: str, address: str = "", device: str = "") -> tuple[str, str]:
        """Return a new secret for an authenticator app and the address for its QR code; not in force until `confirm`.

        Raises
        ------
        Refused
            When the password is wrong, or there is a second factor already.
        """
        self.accounts.prove(by.name, password, address, device)
        with self.store.writing() as write:
            return self.accounts.factors.begin(write, by.name)

    def begun(self, by: Account) -> tuple[str, str] | None:
        """Return the secret and address that `begin` gave, until a code confirms them; None if nothing was begun."""
        with self.store.reading() as look:
            return self.accounts.factors.begun(look, by.name)

    def confirm(self, by: Account, code: str, token: str = "") -> tuple[str, ...]:
        """Put the second factor in force and return its recovery codes, shown only now; end all logins but `token`.

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
        """Remove the own second factor, so that the password alone logs in again.

        Raises
        ------
        Refused
            When the password is wrong.
        """
        self.accounts.prove(by.name, password, address, device)
        self.free(by.name, by.name)

    def free(self, name: str, by: str) -> None:
        """Remove the second factor of an account: by the keeper of the server, for an owner who has lost it.

        Raises
        ------
        Refused
            When there is no such account, or it has none.
        """
        with self.store.writing() as write:
            if not has_account(write, name):
                raise Refused(phrase("there is no account {name!r}", name=name[:60]))
            if not self.accounts.factors.on(write, name):
                raise Refused(phrase("the account {name} has no second factor", name=name))
            forget(write, name, factors, recovery, halves)
            note(write, "factor off", by, name)

    def left(self, name: str) -> int | None:
        """Return how many recovery codes an account has left; None if logging in takes no code."""
        with self.store.reading() as look:
            return self.accounts.factors.left(look, name) if self.accounts.factors.on(look, name) else None
