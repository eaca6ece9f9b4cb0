"""A course with a roster and classes, and how its members come in."""

from support_class import TEACHER

from negotiation.classroom.courses.roster import changes, parsed
from negotiation.classroom.settings import Settings

ROSTER = "ID,Name,Email,Section\n1,Ana,ana@x.edu,A\n2,Ben,ben@x.edu,B\n3,Cem,cem@x.edu,A\n4,Dan,dan@x.edu,B\n"
KEY = "a-click-of-a-page-{:03d}"


class Played:
    """A class as `play_out` takes it."""

    def __init__(self, room, session):
        self.room, self.id = room, session

    @property
    def now(self):
        return self.room.classes.get(self.id)


class Term:
    """A course of four people, and classes of it."""

    def __init__(self, room, roster=ROSTER, by=TEACHER, course=""):
        self.room, self.by, self.count = room, by, 0
        self.id = course or room.desk.create(by, "Negotiation 1").id
        if roster:
            self.enroll(roster)

    def enroll(self, roster, *, drop=False):
        entries = parsed(roster).entries
        return self.room.desk.enroll(self.by, self.id, entries, changes(self.now, entries), drop=drop)

    def add(self, **settings):
        """A further class of the course, and its join code."""
        made, code = self.room.teaching.create(
            self.by, Settings.of({"case": "any-two-of-three", "seed": 3, **settings}), title="Exercise"
        )
        self.room.desk.add(self.by, self.id, made.id)
        return made.id, code

    def member(self, name):
        return next(one for one in self.now.members.values() if one.name == name)

    def code(self, name):
        return self.room.desk.codes(self.by, self.id)[self.member(name).id]

    def join(self, code, name="", *devices):
        self.count += 1
        return self.room.seats.join(code, name, key=KEY.format(self.count), devices=devices)

    @property
    def now(self):
        return self.room.courses.get(self.id)
