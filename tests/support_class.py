"""A class, and how people get into it."""

from negotiation.classroom.accounts import Account
from negotiation.classroom.phases import Phase
from negotiation.classroom.settings import Settings
from negotiation.game import Game

TEACHER = Account("Tea", "teacher")


class Class:
    """A class and how people get into it."""

    def __init__(self, room, *, text="", **settings):
        self.room = room
        defaults = {"case": "any-two-of-three", "seed": 3}
        session, self.code = room.teaching.create(TEACHER, Settings.of({**defaults, **settings}), text=text)
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
        return self.room.teaching.go(TEACHER, self.id, Phase(phase))

    @property
    def now(self):
        return self.room.classes.get(self.id)


LINEUP = ("fair", "boulware:exponent=3", "linear", "conceder", "tough", "compose:bidding=time,exponent=0.7,model=none")


def play_out(one, groups=None, *, by_people=True):
    """Let agents of several kinds play the games of a class to the end, each event in the store as in class.

    As if the people had done what was done for their seats; else agents.
    """
    with one.room.store.reading() as look:
        games = [one.room.play.games.at(look, group)[0] for group in groups or one.now.groups]
    for n, game in enumerate(games):
        parties = list(game.case.roles)
        model = Game(
            game.case,
            seats={party: LINEUP[(n + k) % len(LINEUP)] for k, party in enumerate(parties)},
            protocol=game.protocol.name,
            rounds=game.state.rounds,
            seed=n,
            types=game.game.types,
        )
        rows = game.rows(model.play().events)
        now = one.room.classes.get(one.id)
        held = {party: now.at(game.id, party)[0].id for party in now.held(game.id)} if by_people else {}
        one.room.store.append(game.id, 0, rows, who=[held.get(row["party"], "") for row in rows])


def seated(room, people, **settings):
    """A class with so many people seated, and their seats."""
    one = Class(room, **settings)
    return one, [one.seat(f"Person {n}") for n in range(people)]


def played(room, people, **settings):
    """The same, all games played to the end by agents, in the debrief."""
    one, seats = seated(room, people, **settings)
    one.go("negotiate")
    play_out(one)
    one.go("debrief")
    return one, seats
