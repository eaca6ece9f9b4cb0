"""A class, and how people get into it."""

from negotiation.classroom.accounts import Account
from negotiation.classroom.settings import Settings

TEACHER = Account("Tea", "teacher")


class Class:
    """A class and how people get into it."""

    def __init__(self, room, **settings):
        self.room = room
        defaults = {"case": "any-two-of-three", "seed": 3}
        session, self.code = room.teaching.create(TEACHER, Settings(**{**defaults, **settings}))
        self.id, self.count = session.id, 0

    def join(self, name=None):
        """The token of one more person."""
        self.count += 1
        return self.room.seats.join(self.code, name or f"P{self.count}", key=f"key-of-person-{self.count:04d}")

    def seat(self, name=None):
        return self.room.seats.identify(self.join(name))

    def again(self, seat):
        """The seat where this person sits now."""
        person = self.now.people[seat.person]
        return type(seat)(self.id, person.id, person.name, person.group, person.party)

    def go(self, phase):
        return self.room.teaching.go(TEACHER, self.id, phase)

    @property
    def now(self):
        return self.room.classes.get(self.id)
