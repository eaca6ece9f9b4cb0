"""Who may run classes: accounts with Argon2 passwords. There is never a default password.

The first account is made with a secret that the server prints when it starts without any account.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, insert, select, update

from negotiation.classroom.limits import Guesses, network
from negotiation.classroom.schema import accounts, logins
from negotiation.classroom.seats import hashed
from negotiation.classroom.store import Moved, Reading, Store, Writing
from negotiation.classroom.texts import LONGEST_NAME, a_name
from negotiation.errors import Refused, unknown

ROLES = ("administrator", "teacher", "assistant", "observer")
"""The administrator, whose account is the first, gives accounts and sees every class; a teacher or an assistant makes and
runs classes; an observer sees what is on the console. See `access`."""

RUNNING = ROLES[:3]

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
LOGIN_SECONDS = 12 * 3600
SETUP_SECONDS = 24 * 3600


MOST_KNOWN = 1_000
"""Who has logged in from where, remembered by this process."""

FEWEST_LETTERS = 4
COMMON = ("password", "passwort", "kennwort", "motdepasse", "letmein", "welcome", "admin", "negotiation", "iloveyou")
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has logged in."""

    name: str
    role: str

    def must(self, *roles: str) -> None:
        """Go on, if this account has one of these roles.

        Raises
        ------
        Refused
            When it has not.
        """
        if self.role not in roles:
            raise Refused(f"{self.name} is {self.role} here; this takes {' or '.join(roles)}")


class Accounts:
    """The accounts of one database.

    Parameters
    ----------
    now
        The clock, in seconds since 1970.
    hasher
        How passwords are hashed; Argon2id with the library's present defaults.
    """

    def __init__(self, store: Store, now: Callable[[], float], hasher: PasswordHasher | None = None) -> None:
        self.store, self.now = store, now
        self._hasher = hasher or PasswordHasher()
        self._here, self._both = Guesses(30, 300, slow=2), Guesses(10, 300, slow=20)
        self._name = Guesses(60, 3600, slow=5)
        self._known: OrderedDict[str, None] = OrderedDict()
        self._dummy = self._hasher.hash(secrets.token_urlsafe())
        self._few = threading.Semaphore(2)  # each hash takes 64 MiB for a moment

    def exist(self) -> bool:
        """Whether there is any account yet."""
        with self.store.reading() as look:
            return _any(look)

    def setup_secret(self) -> str | None:
        """A secret with which the first account can be made within a day; None when there are accounts."""
        with self.store.writing() as write:
            return None if _any(write) else self._login(write, "", SETUP_SECONDS)

    def first(self, secret: str, name: str, password: str, address: str = "") -> None:
        """Make the first account, the administrator's.

        Raises
        ------
        Refused
            When the secret is wrong or too old, there is an account already, or name or password will not do.
        """
        self._here.take(network(address))
        with self.store.reading() as look:
            self._first(look, secret)
        kept = self._hash(password, name)
        with self.store.writing() as write:
            self._first(write, secret)
            write.connection.execute(delete(logins))
            self._insert(write, name, kept, ROLES[0])

    def add(self, by: Account, name: str, password: str, role: str) -> None:
        """Make a further account.

        Raises
        ------
        Refused
            When whoever asks is no administrator, the name is taken, or name, password or role will not do.
        """
        by.must("administrator")
        if role not in ROLES:
            raise Refused(unknown("role", role, ROLES))
        kept = self._hash(password, name)
        try:
            with self.store.writing() as write:
                self._insert(write, name, kept, role)
        except Moved:
            raise Refused(f"there is an account {name!r} already") from None

    def all(self, by: Account) -> tuple[Account, ...]:
        """Everybody who has an account, by name; for those who run classes, who may add a colleague to one."""
        by.must(*RUNNING)
        with self.store.reading() as look:
            query = select(accounts.c.name, accounts.c.role).order_by(accounts.c.name)
            return tuple(Account(name, role) for name, role in look.connection.execute(query))

    def change_password(self, by: Account, name: str, password: str) -> None:
        """A new password for oneself, or by an administrator for others; that account is logged out everywhere."""
        if by.name != name:
            by.must("administrator")
        kept = self._hash(password, name)
        with self.store.writing() as write:
            done = write.connection.execute(update(accounts).where(accounts.c.name == name).values(password=kept))
            if not done.rowcount:
                raise Refused(f"there is no account {name[:60]!r}")
            write.connection.execute(delete(logins).where(logins.c.account == name))

    def remove(self, by: Account, name: str) -> None:
        """Take an account away, and log it out. Nobody removes the own account, so an administrator always remains."""
        by.must("administrator")
        if by.name == name:
            raise Refused("nobody can remove the own account")
        with self.store.writing() as write:
            write.connection.execute(delete(accounts).where(accounts.c.name == name))
            write.connection.execute(delete(logins).where(logins.c.account == name))

    def log_in(self, name: str, password: str, address: str = "") -> str:
        """A token for twelve hours; for an HttpOnly cookie.

        Raises
        ------
        Refused
            When name or password is wrong (it does not say which) or longer than any, or after too many attempts.
        """
        name, here = name.strip(), network(address)
        for what, text, most in (("name", name, LONGEST_NAME), ("password", password, LONGEST_PASSWORD)):
            if len(text) > most:  # nobody has one, so that saying so tells nothing
                raise Refused(f"a {what} has at most {most} characters; this one has {len(text):,}")
        both = f"{here} {name}"
        limits = [(self._both, both)]
        if both not in self._known:  # who has logged in from here is held up by nobody else's guesses
            limits += [(self._here, here), (self._name, name)]
        for limit, key in limits:
            limit.take(key)
        with self.store.reading() as look:
            kept = look.connection.execute(select(accounts.c.password).where(accounts.c.name == name)).scalar()
        with self._few:
            right = _verified(self._hasher, kept or self._dummy, _bytes(password))
        if kept is None or not right:
            raise Refused("name or password is wrong")
        for limit, key in limits:
            limit.right(key)
        self._known[both] = None
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        with self.store.writing() as write:
            write.connection.execute(delete(logins).where(logins.c.until < self.now()))
            return self._login(write, name, LOGIN_SECONDS)

    def log_out(self, token: str) -> None:
        """End a login."""
        with self.store.writing() as write:
            write.connection.execute(delete(logins).where(logins.c.hash == hashed(token)))

    def who(self, token: str) -> Account:
        """The account that a token stands for.

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
            raise Refused("log in first")
        return Account(found.name, found.role)

    def _first(self, look: Reading, secret: str) -> None:
        """Go on, if this secret makes the first account."""
        if _any(look):
            raise Refused("there is an account already: log in")
        if self._account_of(look, secret) != "":
            raise Refused("this is not the secret that the server printed last when it started")

    def _hash(self, password: str, name: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise Refused(
                f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; this one has {len(password):,}"
            )
        if _weak(password, name):
            raise Refused("this password is among the first that are tried: take a few words of your own")
        with self._few:
            return self._hasher.hash(_bytes(password))

    def _insert(self, write: Writing, name: str, kept: str, role: str) -> None:
        values = {"name": a_name(name), "password": kept, "role": role, "created": self.now()}
        write.connection.execute(insert(accounts).values(values))

    def _login(self, write: Writing, name: str, seconds: float) -> str:
        token = secrets.token_urlsafe(32)
        write.connection.execute(insert(logins).values(hash=hashed(token), account=name, until=self.now() + seconds))
        return token

    def _account_of(self, write: Reading, token: str) -> str | None:
        query = select(logins.c.account).where(logins.c.hash == hashed(token), logins.c.until > self.now())
        return write.connection.execute(query).scalar()


def has_account(look: Reading, name: str) -> bool:
    """Whether somebody has an account of this name."""
    query = select(func.count()).select_from(accounts).where(accounts.c.name == name)
    return bool(look.connection.execute(query).scalar())


def _any(look: Reading) -> bool:
    return bool(look.connection.execute(select(func.count()).select_from(accounts)).scalar())


def _weak(password: str, name: str) -> bool:
    """Whether a password is one that guessers try first: few letters, a row of keys, a common word, the own name."""
    plain = password.casefold()
    for told in (name.strip().casefold(), *COMMON):
        plain = plain.replace(told, "") if told else plain
    letters = [plain[n : n + 3] for n in range(len(plain) - 2)]
    in_rows = sum(any(three in row or three in row[::-1] for row in ROWS) for three in letters)
    return len(set(plain)) < FEWEST_LETTERS or 2 * in_rows > len(letters)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def _verified(hasher: PasswordHasher, kept: str, password: bytes) -> bool:
    try:
        return hasher.verify(kept, password)
    except VerificationError:
        return False
