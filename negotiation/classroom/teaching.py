"""What whoever runs a class can do: every command with the account that gives it, every change on the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from negotiation.classroom import facts
from negotiation.classroom.access import looks, owns, runs, sees
from negotiation.classroom.accounts import RUNNING, Account, has_account
from negotiation.classroom.agreed import agreed
from negotiation.classroom.authors import Past, authors
from negotiation.classroom.classes import Classes
from negotiation.classroom.facts import Fact, Terms, read
from negotiation.classroom.games import ClassGame, Games
from negotiation.classroom.groups import after, enter, form, merge, place
from negotiation.classroom.phases import Phase
from negotiation.classroom.presence import OFFLINE, ONLINE
from negotiation.classroom.schema import tokens
from negotiation.classroom.seats import Seats
from negotiation.classroom.sessions import Session
from negotiation.classroom.settings import Settings
from negotiation.classroom.talk import TEACHER, Message, Talk
from negotiation.classroom.texts import a_name, plain, request_of
from negotiation.classroom.tiles import Tile, tile, unanswered
from negotiation.classroom.trail import outcome_of
from negotiation.errors import Refused
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.table import Table
from negotiation.view import sealed

LONGEST_EXTENSION = 60 * 60 * 24 * 366

INSIDE_SECONDS = 3600
"""How long whoever has opened a group can look around in it, until it goes on the record anew."""


@dataclass(frozen=True, eq=False)
class Inside:
    """All of one group.

    Attributes
    ----------
    said
        Private talk, oldest first.
    who
        By event who brought it about: the name of a person, `clock`, or empty for an agent.
    """

    game: ClassGame
    state: State
    said: tuple[Message, ...]
    who: tuple[str, ...]


class Teaching:
    """The console of all classes of a store."""

    def __init__(self, classes: Classes, seats: Seats, games: Games, talk: Talk) -> None:
        self.classes, self.seats, self.games, self.talk = classes, seats, games, talk
        self.store = classes.store

    def create(self, by: Account, settings: Settings, *, title: str = "", text: str = "") -> tuple[Session, str]:
        """A new class, and its join code; `text` is a scenario file of one's own."""
        by.must(*RUNNING)
        session = self.classes.create(by.name, settings, title=title, text=text)
        return session, self.seats.open(session.id, by.name)

    def all(self, by: Account) -> tuple[Session, ...]:
        """The classes that this account sees, the newest first."""
        return tuple(session for session in self.classes.all() if sees(by, session))

    def give(self, by: Account, session: str, account: str) -> Session:
        """Somebody else sees this class, and runs it unless that account is an observer's."""
        with self.store.reading() as look:
            known = has_account(look, account)

        def decide(now: Session) -> list[Fact]:
            owns(by, now)
            if not known:
                raise Refused(f"there is no account {account[:60]!r}")
            return [] if account in now.given or account == now.by else [facts.Given(account)]

        return self._change(by, session, decide)

    def withdraw(self, by: Account, session: str, account: str) -> Session:
        """Somebody who was added sees this class no more."""

        def decide(now: Session) -> list[Fact]:
            owns(by, now)
            return [facts.Withdrawn(account)] if account in now.given else []

        return self._change(by, session, decide)

    def see(self, by: Account, session: str) -> Session:
        """A class, if this account sees it."""
        return looks(by, self.classes.get(session))

    def run(self, by: Account, session: str) -> Session:
        """A class, if this account runs it."""
        return runs(by, self.classes.get(session))

    def rotate_code(self, by: Account, session: str) -> str:
        """A new join code; the one before it is void."""
        self.run(by, session)
        return self.seats.open(session, by.name)

    def close_code(self, by: Account, session: str) -> None:
        """Nobody can join any more."""
        self.run(by, session)
        self.seats.close(session, by.name)

    def together(self, by: Account, session: str, *, allowed: bool) -> Session:
        """Whether several people may take places with one device: one computer in the room, a family with homework."""
        return self._change(by, session, lambda _: [facts.Together(allowed)])

    def form(self, by: Account, session: str) -> Session:
        """Groups for all who wait in the lobby."""
        return self._change(by, session, lambda now: form(now, self.classes.mint))

    def go(self, by: Account, session: str, phase: Phase) -> Session:
        """The class in another phase."""
        return self._change(by, session, lambda now: enter(now, phase, self.classes.mint))

    def pause(self, by: Account, session: str) -> Session:
        """Stop the clock; nobody acts meanwhile, agents neither."""
        return self._change(by, session, lambda _: [facts.Paused()])

    def resume(self, by: Account, session: str) -> Session:
        """Let the clock go on."""
        return self._change(by, session, lambda _: [facts.Resumed()])

    def extend(self, by: Account, session: str, seconds: float, key: str = "") -> Session:
        """More time (or less, if negative) for this phase; a key makes a click that comes twice count once."""
        if not -LONGEST_EXTENSION <= seconds <= LONGEST_EXTENSION:
            raise Refused("more than a year cannot be added")
        return self._change(by, session, lambda _: [facts.Extended(float(seconds))], key)

    def move(self, by: Account, session: str, person: str, group: str, party: str = "") -> Session:
        """Somebody at another seat (without a party: to observe), or in the lobby (without a group)."""
        place = facts.Seated(person, group, party) if group else facts.Unseated(person)
        return self._change(by, session, lambda _: [place])

    def swap(self, by: Account, session: str, one: str, other: str, key: str = "") -> Session:
        """Two people in each other's place; a key makes a click that comes twice count once."""
        return self._change(by, session, lambda _: [facts.Swapped(one, other)], key)

    def merge(self, by: Account, session: str, group: str, into: str) -> Session:
        """Everybody of one group in another; the first is closed."""
        return self._change(by, session, lambda now: merge(now, group, into))

    def take_over(self, by: Account, session: str, group: str, party: str) -> Session:
        """An agent plays a seat as long as its people are away; it sees what they saw."""
        return self._change(by, session, lambda _: [facts.Taken(group, party)])

    def hand_back(self, by: Account, session: str, group: str, party: str) -> Session:
        """The seat belongs to its people again."""
        return self._change(by, session, lambda _: [facts.HandedBack(group, party)])

    def remove(self, by: Account, session: str, person: str) -> Session:
        """Somebody out of the class, with all devices."""
        removed = self._change(by, session, lambda _: [facts.Left(person)])
        self.seats.revoke(session, person, by.name)
        return removed

    def remove_absent(self, by: Account, session: str) -> int:
        """How many who never came are out of the class now, with all devices; their places are free."""
        self.run(by, session)
        never = set(self.seats.never_came(session))

        def decide(now: Session) -> list[Fact]:
            here = [who for who in never if who in now.people and not now.people[who].gone]
            return [kind(who) for who in sorted(here) for kind in (facts.Left, facts.Revoked)]

        with self.store.writing() as write:
            write.lock(session)
            self.classes.change_in(write, session, by.name, decide)
            write.connection.execute(delete(tokens).where(tokens.c.session == session, tokens.c.person.in_(never)))
        return len(never)

    def readmit(self, by: Account, session: str, person: str) -> tuple[Session, str]:
        """Somebody back in the class, seated where there is room; and a code for the device."""

        def decide(now: Session) -> list[Fact]:
            if not now.person(person).gone:
                return []
            returned = [facts.Returned(person)]
            return [*returned, *place(after(now, returned), person, self.classes.mint)]

        changed = self._change(by, session, decide)
        return changed, self.device(by, session, person)

    def device(self, by: Account, session: str, person: str) -> str:
        """A code with which somebody comes in from another device."""
        self.run(by, session)
        return self.seats.device(session, person, by.name)

    def rename(self, by: Account, session: str, person: str, name: str) -> Session:
        """Another name for somebody."""
        return self._change(by, session, lambda _: [facts.Renamed(person, a_name(name))])

    def correct(self, by: Account, session: str, group: str, outcome: Terms, why: str) -> Session:
        """Put on record what a group really agreed: per table the options by issue, or None. The game stays as it is.

        Raises
        ------
        ScenarioError, Refused
            When this case has no such table or deal, or it cannot be signed.
        """

        def decide(now: Session) -> list[Fact]:
            now.group(group)
            with self.store.reading() as look:
                game, state = self.games.at(look, group)
            scenario = state.scenario
            if not outcome:
                raise Refused(f"nothing is corrected: say what was agreed at {' or '.join(scenario.tables)}")
            for name, options in outcome.items():
                if name not in scenario.tables:
                    raise Refused(f"there is no table {name[:40]!r}; possible: {', '.join(scenario.tables)}")
                if options is not None:
                    _signable(scenario, scenario.tables[name], options)
            _beside(now, game, state, outcome)
            return [facts.Corrected(group, dict(outcome), plain(why, "the reason", 500))]

        return self._change(by, session, decide)

    def broadcast(self, by: Account, session: str, text: str, key: str, to: str = "") -> str | None:
        """Say something to everybody, or to one person. None when it is kept, else why not."""
        self.run(by, session)
        return self.talk.announce(session, by.name, text, key, to)

    def open_group(self, by: Account, session: str, group: str) -> Inside:
        """All of one group, private talk included. That it was opened is on the record: nobody reads in secret."""
        self._change(by, session, lambda now: [facts.LookedInto(now.group(group).id)])
        return self.inside(by, session, group)

    def inside(self, by: Account, session: str, group: str) -> Inside:
        """The same again as it stands now, for an account that has opened this group within the last hour.

        Raises
        ------
        Refused
            When it has not.
        """
        now = self.run(by, session)
        opened = now.opened.get((by.name, group))
        if opened is None or self.classes.now() - opened > INSIDE_SECONDS:
            raise Refused("open this group first: that goes on the record")
        with self.store.reading() as look:
            game, state = self.games.at(look, group)
            kept = look.authored(group)[: len(state.events)]
            who = authors(Past(now, [read(row) for row in look.rows(session)]), group, kept)
        names = {one: now.people[one].name for one in who if one in now.people}
        return Inside(game, sealed(state), self.talk.everything(group), tuple(names.get(one, one) for one in who))

    def take_away(self, by: Account, session: str, what: str, *, names: bool) -> None:
        """Put on record that data of the class leave it, before they do; observers take none away."""
        self._change(by, session, lambda _: [facts.Exported(what, names)])

    def tiles(
        self,
        by: Account,
        session: str,
        states: Mapping[str, str] | None = None,
        *,
        now_only: bool = False,
        also: str = "",
    ) -> tuple[Tile, ...]:
        """All groups at a glance. Writes nothing.

        Parameters
        ----------
        states
            Who is online, idle or offline, by person, as this server's sockets tell; else as the database does.
        now_only
            Only groups of people who are there now or have asked something: homework goes on for days.
        also
            A group that is wanted all the same.
        """
        now = self.see(by, session)
        if states is None:
            states = dict.fromkeys(self.seats.present(session), ONLINE)
        asked, announced = self.talk.asked(now), self.talk.announced(session)
        groups = list(now.groups)
        if now_only:
            there = {now.people[who].group for who, state in states.items() if state != OFFLINE}
            there.add(also)
            groups = [group for group in groups if group in there or unanswered(asked[group], announced)]
        with self.store.reading() as look:
            standing = {group: (*self.games.at(look, group), look.last(group)) for group in groups}
        time = self.classes.now()
        return tuple(
            tile(now, *standing[group], states=states, asked=asked[group], announced=announced, time=time)
            for group in groups
        )

    def record(self, by: Account, session: str) -> list[Fact]:
        """The audit trail: every change of the class, with its time and who made it; preparation sheets too."""
        return [read(row) for row in self.store.rows(self.run(by, session).id)]

    def _change(self, by: Account, session: str, decide: Callable[[Session], Sequence[Fact]], key: str = "") -> Session:
        with self.store.writing() as write:
            write.lock(session)
            runs(by, self.classes.at(write, session))
            request = request_of(f"{TEACHER}:{by.name}", key) if key else None
            if request and write.event(request) is not None:
                return self.classes.at(write, session)
            return self.classes.change_in(write, session, by.name, decide, request)


def _signable(scenario: Scenario, table: Table, options: Mapping[str, object]) -> None:
    """Nothing, if a contract with these options can be signed."""
    deal = table.parse(options)
    if table.index(deal) < 0:
        clash = next((one for one in table.forbidden if table.clashes(one, deal)), None)
        why = f"these do not go together: {scenario.words(clash.pattern)}" if clash else "too few would have to sign it"
        raise Refused(f"{outcome_of({table.name: options}, scenario)} cannot be signed: {why}")


def _beside(now: Session, game: ClassGame, state: State, outcome: Terms) -> None:
    """Nothing, if what is put on record can stand beside what else the group has agreed."""
    scenario, before = state.scenario, agreed(now, game, state)
    put = {name: None if options is None else scenario.tables[name].parse(options) for name, options in outcome.items()}
    broken = scenario.breaks({**before, **put})
    if broken is not None and broken is not scenario.breaks(before):
        raise Refused(
            f"{outcome_of(outcome, scenario)} cannot stand beside what else is agreed, since these do not go "
            f"together: {scenario.words(broken.pattern)}; put the other table on record first"
        )
