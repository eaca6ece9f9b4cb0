"""Which classes an account sees, and which it runs: pure functions of an account and a class.

A class belongs to the account that made it. That account, or an administrator, adds others to it and takes them out
again. An account that belongs to a class runs it, but an observer only looks. No other account learns of it;
administrators belong to every one.
"""

from __future__ import annotations

from negotiation.classroom.accounts import RUNNING, Account
from negotiation.classroom.sessions import Session
from negotiation.errors import Refused
from negotiation.language import phrase


def sees(by: Account, session: Session) -> bool:
    """Return whether an account belongs to a class."""
    return by.role == "administrator" or by.name == session.by or by.name in session.given


def looks(by: Account, session: Session) -> Session:
    """Return the class `session` if the account belongs to it.

    Raises
    ------
    Refused
        When the account does not belong to it, in the words for a class that does not exist.
    """
    if not sees(by, session):
        raise Refused(phrase("there is no such class"))
    return session


def runs(by: Account, session: Session) -> Session:
    """Return the class `session` if the account may change it.

    Raises
    ------
    Refused
        When the account does not belong to the class, or only observes.
    """
    by.must(*RUNNING)
    return looks(by, session)


def may_add(by: Account, session: Session) -> bool:
    """Return whether an account may decide which other accounts belong to a class."""
    return by.role == "administrator" or by.name == session.by


def owns(by: Account, session: Session) -> Session:
    """Return the class `session` if the account may decide which other accounts belong to it.

    Raises
    ------
    Refused
        When it is another account's class.
    """
    if not may_add(by, session):
        raise Refused(phrase("this class is {who}'s: only {who} or an administrator adds people to it", who=session.by))
    return session
