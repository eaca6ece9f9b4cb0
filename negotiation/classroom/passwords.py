"""Passwords: which are accepted, how they are hashed, and whether one is right."""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from negotiation.errors import Refused
from negotiation.language import phrase

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200

FEWEST_LETTERS = 4
COMMON = ("password", "passwort", "kennwort", "motdepasse", "letmein", "welcome", "admin", "negotiation", "iloveyou")
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")


class Passwords:
    """A hasher of passwords, two at a time, since each takes 64 MiB for a moment."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._nobodys = hasher.hash(secrets.token_urlsafe())
        self._few = threading.Semaphore(2)

    def hash(self, password: str, name: str) -> str:
        """Return the hash to store for a password of the account `name`.

        Raises
        ------
        Refused
            When it is too short or too long, or among those that are tried first.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise Refused(
                phrase(
                    "a password has {least} to {most} characters; this one has {found:,}",
                    least=SHORTEST_PASSWORD,
                    most=LONGEST_PASSWORD,
                    found=len(password),
                )
            )
        if _weak(password, name):
            raise Refused(phrase("this password is among the first that are tried: take a few words of your own"))
        with self._few:
            return self._hasher.hash(_bytes(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Return whether a password matches the hash `kept`; without one, refuse in the same time."""
        with self._few:
            try:
                self._hasher.verify(kept or self._nobodys, _bytes(password))
            except VerificationError:
                return False
        return kept is not None


def _weak(password: str, name: str) -> bool:
    """Return whether guessers try a password first: few letters, rows of keys, common words, the own name."""
    plain = password.casefold()
    for told in (name.strip().casefold(), *COMMON):
        plain = plain.replace(told, "") if told else plain
    letters = [plain[n : n + 3] for n in range(len(plain) - 2)]
    in_rows = sum(any(three in row or three in row[::-1] for row in ROWS) for three in letters)
    return len(set(plain)) < FEWEST_LETTERS or 2 * in_rows > len(letters)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
