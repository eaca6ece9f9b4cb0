"""The classroom of one store, all of its parts together: what a server opens once and its pages share.

A server calls `store.listen()` and `wire.keeper.start()`, which keeps clocks and agents going. A student's page: `seat =
seats.identify(token)`, `play.look(seat)`; its socket hears and acts through `wire.Ear`. A teacher's page: `accounts.who(token)`,
`teaching.tiles(account, session)`.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.classroom.accounts import Accounts
from negotiation.classroom.classes import Classes
from negotiation.classroom.courses.desk import Desk
from negotiation.classroom.courses.exercises import Exercises
from negotiation.classroom.enrolling import Enrolling
from negotiation.classroom.play import Play
from negotiation.classroom.seats import Seats
from negotiation.classroom.steady import Steady
from negotiation.classroom.store import Store
from negotiation.classroom.talk import Talk
from negotiation.classroom.teaching import Teaching
from negotiation.classroom.wire import Wire


class Classroom:
    """Store, accounts, classes, courses, seats, games, talk, console and sockets of one database."""

    def __init__(self, store: Store, now: Callable[[], float] | None = None) -> None:
        now = now or Steady()
        self.store = store
        self.accounts = Accounts(store, now)
        self.enrolling = Enrolling(self.accounts)
        self.classes = Classes(store, now)
        self.seats = Seats(self.classes)
        self.play = Play(self.classes)
        self.talk = Talk(self.classes, self.play.games)
        self.teaching = Teaching(self.classes, self.seats, self.play.games, self.talk)
        self.desk = Desk(self.seats.members, self.teaching)
        self.courses, self.exercises = self.desk.courses, Exercises(self.desk)
        self.wire = Wire(self.seats, self.play, self.talk)
