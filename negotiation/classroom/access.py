"""Which classes an account sees, and which it runs: pure functions of an account and a class.

A class belongs to the account that made it. That account, or an administrator, adds others to it and takes them out
again. Whoever belongs to a class runs it, but for observers, who look. Nobody else learns that there is such a class;
administrators belong to every one.
"""

from __future__ import annotations

from negotiation.classroom.accounts import RUNNING, Account
from negotiation.classroom.sessions import Session
from negotiation.errors import Refused


def sees(by: Account, session: Session) -> bool:
    """Whether an account belongs to a class."""
    return by.role == "administrator" or by.name == session.by or by.name in session.given


def looks(by: Account, session: Session) -> Session:
    """The class, for an account that sees it.

    Raises
    ------
    Refused
        As if there were no such class, when the account does not belong to it.
    """
    if not sees(by, session):
        raise Refused("there is no such class")
    return session


def runs(by: Account, session: Session) -> Session:
    """The class, for an account that may change it.

    Raises
    ------
    Refused
        When the account does not belong to the class, or only observes.
    """
    by.must(*RUNNING)
    return looks(by, session)


def may_add(by: Account, session: Session) -> bool:
    """Whether an account decides who else belongs to a class."""
    return by.role == "administrator" or by.name == session.by


def owns(by: Account, session: Session) -> Session:
    """The class, for an account that decides who else belongs to it.

    Raises
    ------
    Refused
        When it is somebody else's class.
    """
    if not may_add(by, session):
        raise Refused(f"this class is {session.by}'s: only {session.by} or an administrator adds people to it")
    return session
