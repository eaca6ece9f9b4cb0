"""Accounts of the people who run or watch classes, with Argon2 passwords; there is never a default password.

The first account is made with a secret that the server prints when it starts without any account.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import Table, delete, func, insert, select, update

from negotiation.classroom.devices import knows, remember
from negotiation.classroom.factors import Factors
from negotiation.classroom.guesses import Attempt, Bound, Guesses
from negotiation.classroom.ledger import note
from negotiation.classroom.limits import network
from negotiation.classroom.passwords import LONGEST_PASSWORD, Passwords
from negotiation.classroom.schema import RECORD, accounts, devices, factors, halves, logins, recovery
from negotiation.classroom.store import Moved, Reading, Row, Store, Writing
from negotiation.classroom.texts import LONGEST_NAME, a_name, alike
from negotiation.classroom.tickets import hashed
from negotiation.errors import Refused, unknown
from negotiation.language import mark, phrase

ROLES = (mark("administrator"), mark("teacher"), mark("assistant"), mark("observer"))
"""The administrator, whose account is the first, gives accounts and sees every class; a teacher or an assistant makes and
runs classes; an observer sees what is on the console. See `access`."""

RUNNING = ROLES[:3]

TAKES = {
    ROLES[:1]: mark("{name} is {role} here; this takes administrator"),
    ROLES[:2]: mark("{name} is {role} here; this takes administrator or teacher"),
    RUNNING: mark("{name} is {role} here; this takes administrator or teacher or assistant"),
}
"""What is told to an account that has none of the roles that something takes."""

LONG_NAME = mark("a name has at most {most} characters; this one has {found:,}")
LONG_PASSWORD = mark("a password has at most {most} characters; this one has {found:,}")

LOGIN_SECONDS = 12 * 3600
SETUP_SECONDS = 24 * 3600
HALF_SECONDS = 300
"""How long after the password the second factor may be given."""

HERE, BOTH = Bound("here", 30, 300, slow=2), Bound("both", 10, 300, slow=20)
NAME, DEVICE = Bound("name", 60, 3600, slow=5), Bound("device", 10, 300, slow=20)
"""Wrong passwords from an address, for a name from there, for a name, and in a browser that is known."""

CODES, DEVICE_CODES = Bound("codes", 10, 3600, slow=60), Bound("device codes", 10, 300, slow=20)
"""Wrong second factors after a right password: of an account, and in a browser that is known."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that has logged in: its name and its role."""

    name: str
    role: str

    def must(self, *roles: str) -> None:
        """Raise `Refused` unless this account has one of these roles.

        Raises
        ------
        Refused
            When it has none of them.
        """
        if self.role not in roles:
            raise Refused(phrase(TAKES[roles], name=self.name, role=phrase(self.role)))


class Half(Refused):
    """Raised when the password is right and a second factor is owed: `token` stands for the login for some minutes."""

    def __init__(self, token: str) -> None:
        super().__init__(phrase("this account asks for a code of its authenticator app, too"))
        self.token = token


class Accounts:
    """The accounts of one database.

    Parameters
    ----------
    now
        The clock, in seconds since 1970.
    hasher
        How passwords are hashed; Argon2id with the library's present defaults.
    wall
        The clock that authenticator apps go by.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], float],
        hasher: PasswordHasher | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.store, self.now = store, now
        self.factors, self.guesses = Factors(store, wall), Guesses(store, now)
        self._passwords = Passwords(hasher or PasswordHasher())

    def exist(self) -> bool:
        """Return whether any account exists yet."""
        with self.store.reading() as look:
            return _any(look)

    def setup_secret(self) -> str | None:
        """Return a secret with which the first account can be made within a day; None if there are accounts."""
        with self.store.writing() as write:
            return None if _any(write) else self._login(write, "", SETUP_SECONDS)

    def first(self, secret: str, name: str, password: str, address: str = "") -> None:
        """Make the first account, an administrator's.

        Raises
        ------
        Refused
            When the secret is wrong or too old, there is an account already, or name or password will not do.
        """
        here = (HERE, network(address))
        self.guesses.take(here)
        try:
            with self.store.reading() as look:
                self._first(look, secret)
        except Refused:
            self.guesses.keep(here)
            raise
        kept = self._passwords.hash(password, name)
        with self.store.writing() as write:
            self._first(write, secret)
            write.connection.execute(delete(logins))
            self._insert(write, name, kept, ROLES[0], name)

    def add(self, by: Account, name: str, password: str, role: str) -> None:
        """Make a further account.

        Raises
        ------
        Refused
            When `by` is no administrator, the name is taken, or name, password or role will not do.
        """
        by.must("administrator")
        if role not in ROLES:
            raise Refused(unknown("role", role, ROLES))
        kept = self._passwords.hash(password, name)
        try:
            with self.store.writing() as write:
                self._insert(write, name, kept, role, by.name)
        except Moved:
            raise Refused(phrase("there is an account {name!r} already", name=name)) from None

    def all(self, by: Account) -> tuple[Account, ...]:
        """Return all accounts by name, for an account that runs classes and may add a colleague to one."""
        by.must(*RUNNING)
        return self.everybody()

    def everybody(self) -> tuple[Account, ...]:
        """Return all accounts by name without a check of roles, for the server's own commands."""
        with self.store.reading() as look:
            query = select(accounts.c.name, accounts.c.role).order_by(accounts.c.name)
            return tuple(Account(name, role) for name, role in look.connection.execute(query))

    def change_password(self, by: Account, name: str, password: str) -> None:
        """Set a new password for the own account, or as administrator for another; log that account out everywhere."""
        if by.name != name:
            by.must("administrator")
        kept = self._passwords.hash(password, name)
        with self.store.writing() as write:
            done = write.connection.execute(update(accounts).where(accounts.c.name == name).values(password=kept))
            if not done.rowcount:
                raise Refused(phrase("there is no account {name!r}", name=name[:60]))
            forget(write, name, logins, halves, devices)
            note(write, "password", by.name, name)

    def remove(self, by: Account, name: str) -> None:
        """Delete an account and log it out; nobody removes the own account, so an administrator always remains."""
        by.must("administrator")
        if by.name == name:
            raise Refused(phrase("nobody can remove the own account"))
        with self.store.writing() as write:
            if write.connection.execute(delete(accounts).where(accounts.c.name == name)).rowcount:
                forget(write, name, logins, halves, devices, factors, recovery)
                note(write, "removed", by.name, name)

    def log_in(self, name: str, password: str, address: str = "", device: str = "") -> str:
        """Return a token of a login that lasts twelve hours, for an HttpOnly cookie.

        Parameters
        ----------
        device
            What `device` gave this browser after an earlier login there; others' wrong attempts do not count then.

        Raises
        ------
        Refused
            When name or password is wrong (it does not say which) or longer than any, or after too many attempts.
        Half
            When the password is right, and the account has a second factor: go on with `second`.
        """
        name = self.prove(name, password, address, device)
        with self.store.writing() as write:
            for table in (logins, halves):
                write.connection.execute(delete(table).where(table.c.until < self.now()))
            if not self.factors.on(write, name):
                return self._login(write, name, LOGIN_SECONDS)
            half = secrets.token_urlsafe(32)
            owed = {"hash": hashed(half), "account": name, "until": self.now() + HALF_SECONDS}
            write.connection.execute(insert(halves).values(owed))
        raise Half(half)

    def prove(self, name: str, password: str, address: str = "", device: str = "") -> str:
        """Return the name of the account that `name` and `password` belong to.

        Raises
        ------
        Refused
            When name or password is wrong or longer than any, or after too many attempts.
        """
        name, here = name.strip(), network(address)
        for why, text, most in ((LONG_NAME, name, LONGEST_NAME), (LONG_PASSWORD, password, LONGEST_PASSWORD)):
            if len(text) > most:  # nobody has one, so that saying so tells nothing
                raise Refused(phrase(why, most=most, found=len(text)))
        attempts: tuple[Attempt, ...] = ((HERE, here), (BOTH, f"{here} {name}"), (NAME, name))
        if device and self._knows(device, name):  # held up by nobody else's guesses
            attempts = ((DEVICE, hashed(device)),)
        self.guesses.count(*attempts)
        with self.store.reading() as look:
            self.guesses.check(look, *attempts)
            kept = look.connection.execute(select(accounts.c.password).where(accounts.c.name == name)).scalar()
        self.guesses.keep(*attempts)
        if not self._passwords.fits(password, kept):
            raise Refused(phrase("name or password is wrong"))
        self.guesses.forgive(*attempts, kept=True)
        return name

    def second(self, half: str, code: str, device: str = "") -> str:
        """Return the token of a login after the password, given a code of the app or a recovery code.

        Raises
        ------
        Refused
            When the code is wrong, was used before, comes too late, or after too many attempts.
        """
        with self.store.reading() as look:
            query = select(halves.c.account).where(halves.c.hash == hashed(half), halves.c.until > self.now())
            name = look.connection.execute(query).scalar()
            known = name is not None and knows(look, device, name, self.now())
        if name is None:
            raise Refused(phrase("that took too long: log in again with your password"))
        attempt = (DEVICE_CODES, hashed(device)) if known else (CODES, name)
        self.guesses.take(attempt)
        self.guesses.keep(attempt)
        with self.store.writing() as write:
            if not write.connection.execute(delete(halves).where(halves.c.hash == hashed(half))).rowcount:
                raise Refused(phrase("that took too long: log in again with your password"))
            used = self.factors.use(write, name, code)
            if used == "recovery":
                note(write, "recovery", name, name)
            token = self._login(write, name, LOGIN_SECONDS)
        self.guesses.forgive(attempt, kept=True)
        return token

    def device(self, token: str, before: str = "") -> str:
        """Return the cookie by which this login's browser is known again: `before` if still valid, else a new one."""
        name = self.who(token).name
        with self.store.writing() as write:
            return remember(write, name, before, self.now())

    def record(self, by: Account) -> list[Row]:
        """Return the record of changes to accounts in order, for administrators."""
        by.must("administrator")
        return self.store.rows(RECORD)

    def log_out(self, token: str) -> None:
        """End the login that `token` stands for."""
        with self.store.writing() as write:
            write.connection.execute(delete(logins).where(logins.c.hash == hashed(token)))

    def who(self, token: str) -> Account:
        """Return the account that a token stands for.

        Raises
        ------
        Refused
            When it stands for none, or not any more.
        """
        query = select(accounts.c.name, accounts.c.role).join(logins, logins.c.account == accounts.c.name)
        query = query.where(logins.c.hash == hashed(token), logins.c.until > self.now())
        with self.store.reading() as look:
            found = look.connection.execute(query).first()
        if found is None:
            raise Refused(phrase("log in first"))
        return Account(found.name, found.role)

    def _first(self, look: Reading, secret: str) -> None:
        """Raise `Refused` unless this secret makes the first account."""
        if _any(look):
            raise Refused(phrase("there is an account already: log in"))
        if self._account_of(look, secret) != "":
            raise Refused(phrase("this is not the secret that the server printed last when it started"))

    def _insert(self, write: Writing, name: str, kept: str, role: str, by: str) -> None:
        called = a_name(name)
        if alike(called) in map(alike, write.connection.execute(select(accounts.c.name)).scalars()):
            raise Moved
        values = {"name": called, "password": kept, "role": role, "created": self.now()}
        write.connection.execute(insert(accounts).values(values))
        note(write, "made", by, called, role=role)

    def _knows(self, device: str, name: str) -> bool:
        """Return whether the account `name` has logged in from this browser before."""
        with self.store.reading() as look:
            return knows(look, device, name, self.now())

    def _login(self, write: Writing, name: str, seconds: float) -> str:
        token = secrets.token_urlsafe(32)
        write.connection.execute(insert(logins).values(hash=hashed(token), account=name, until=self.now() + seconds))
        return token

    def _account_of(self, write: Reading, token: str) -> str | None:
        query = select(logins.c.account).where(logins.c.hash == hashed(token), logins.c.until > self.now())
        return write.connection.execute(query).scalar()


def has_account(look: Reading, name: str) -> bool:
    """Return whether there is an account of this name."""
    query = select(func.count()).select_from(accounts).where(accounts.c.name == name)
    return bool(look.connection.execute(query).scalar())


def forget(write: Writing, name: str, *tables: Table) -> None:
    """Delete the rows of an account from these tables."""
    for table in tables:
        write.connection.execute(delete(table).where(table.c.account == name))


def _any(look: Reading) -> bool:
    return bool(look.connection.execute(select(func.count()).select_from(accounts)).scalar())
