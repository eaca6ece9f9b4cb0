"""The commands of the accounts that run a class: each with the account that gives it, each change on the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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
from negotiation.classroom.groups import after, deserted, enter, form, merge, place, taken
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
from negotiation.language import phrase
from negotiation.scenario import Scenario
from negotiation.state import State
from negotiation.table import Table
from negotiation.view import sealed

LONGEST_EXTENSION = 60 * 60 * 24 * 366

INSIDE_SECONDS = 3600
"""How long an account that has opened a group can look around in it, until it goes on the record anew."""


@dataclass(frozen=True, eq=False)
class Inside:
    """All of one group.

    Attributes
    ----------
    said
        Private talk, oldest first.
    who
        The author of each event: the name of a person, `clock`, or empty for an agent.
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
        """Create a class; return it and its join code; `text` is a scenario file of the teacher's own."""
        by.must(*RUNNING)
        session = self.classes.create(by.name, settings, title=title, text=text)
        return session, self.seats.open(session.id, by.name)

    def all(self, by: Account) -> tuple[Session, ...]:
        """Return the classes that this account sees, newest first."""
        return tuple(session for session in self.classes.all() if sees(by, session))

    def give(self, by: Account, session: str, account: str) -> Session:
        """Let another account see this class, and run it unless that account is an observer's; return the class."""
        with self.store.reading() as look:
            known = has_account(look, account)

        def decide(now: Session) -> list[Fact]:
            owns(by, now)
            if not known:
                raise Refused(phrase("there is no account {name!r}", name=account[:60]))
            return [] if account in now.given or account == now.by else [facts.Given(account)]

        return self._change(by, session, decide)

    def withdraw(self, by: Account, session: str, account: str) -> Session:
        """Take the class away again from an account that was added; return the class."""

        def decide(now: Session) -> list[Fact]:
            owns(by, now)
            return [facts.Withdrawn(account)] if account in now.given else []

        return self._change(by, session, decide)

    def see(self, by: Account, session: str) -> Session:
        """Return a class, if this account sees it."""
        return looks(by, self.classes.get(session))

    def run(self, by: Account, session: str) -> Session:
        """Return a class, if this account runs it."""
        return runs(by, self.classes.get(session))

    def rotate_code(self, by: Account, session: str) -> str:
        """Open a new join code and return it; the one before it is void."""
        self.run(by, session)
        return self.seats.open(session, by.name)

    def close_code(self, by: Account, session: str) -> None:
        """Close the join code, so that nobody can join any more."""
        self.run(by, session)
        self.seats.close(session, by.name)

    def together(self, by: Account, session: str, *, allowed: bool) -> Session:
        """Set whether several people may share one device, as in a family with homework; return the class."""
        return self._change(by, session, lambda _: [facts.Together(allowed)])

    def let_go_on(self, by: Account, session: str, questionnaire: str) -> Session:
        """Let everybody go on without a questionnaire that was required; return the class."""

        def decide(now: Session) -> list[Fact]:
            wanted = questionnaire in now.settings.required and questionnaire not in now.let_go_on
            return [facts.LetGoOn(questionnaire)] if wanted else []

        return self._change(by, session, decide)

    def form(self, by: Account, session: str) -> Session:
        """Seat all who wait in the lobby in groups; return the class."""
        return self._change(by, session, lambda now: form(now, self.classes.mint))

    def go(self, by: Account, session: str, phase: Phase) -> Session:
        """Move the class to another phase; return the class."""
        return self._change(by, session, lambda now: enter(now, phase, self.classes.mint))

    def pause(self, by: Account, session: str) -> Session:
        """Stop the clock, while neither people nor agents act; return the class."""
        return self._change(by, session, lambda _: [facts.Paused()])

    def resume(self, by: Account, session: str) -> Session:
        """Let the clock go on; return the class."""
        return self._change(by, session, lambda _: [facts.Resumed()])

    def extend(self, by: Account, session: str, seconds: float, key: str = "") -> Session:
        """Extend this phase by `seconds`, or shorten it; clicks with one key count once; return the class."""
        if not -LONGEST_EXTENSION <= seconds <= LONGEST_EXTENSION:
            raise Refused(phrase("more than a year cannot be added"))
        return self._change(by, session, lambda _: [facts.Extended(float(seconds))], key)

    def move(self, by: Account, session: str, person: str, group: str, party: str = "") -> Session:
        """Move a person to a seat (to observe without a party), or to the lobby (without a group); return the class."""
        place = facts.Seated(person, group, party) if group else facts.Unseated(person)
        return self._change(by, session, lambda _: [place])

    def swap(self, by: Account, session: str, one: str, other: str, key: str = "") -> Session:
        """Exchange the places of two people; a click sent twice with one key counts once; return the class."""
        return self._change(by, session, lambda _: [facts.Swapped(one, other)], key)

    def merge(self, by: Account, session: str, group: str, into: str) -> Session:
        """Move the people of one group to another and close the first; return the class."""
        return self._change(by, session, lambda now: merge(now, group, into))

    def take_over(self, by: Account, session: str, group: str, party: str) -> Session:
        """Let an agent play a seat as long as its people are away, seeing what they saw; return the class."""
        return self._change(by, session, lambda _: [facts.Taken(group, party)])

    def hand_back(self, by: Account, session: str, group: str, party: str) -> Session:
        """Give a seat back to its people; return the class."""
        return self._change(by, session, lambda _: [facts.HandedBack(group, party)])

    def take_over_all(self, by: Account, session: str, away: Collection[str]) -> Session:
        """Let agents play all seats whose people are `away`, every one of them; return the class."""

        def decide(now: Session) -> list[Fact]:
            return [facts.Taken(group, party) for group, party in deserted(now, away)]

        return self._change(by, session, decide)

    def hand_back_all(self, by: Account, session: str) -> Session:
        """Give every seat that an agent plays for people back to them; return the class."""

        def decide(now: Session) -> list[Fact]:
            return [facts.HandedBack(group, party) for group, party in taken(now)]

        return self._change(by, session, decide)

    def remove(self, by: Account, session: str, person: str) -> Session:
        """Remove a person from the class, with all devices; return the class."""
        removed = self._change(by, session, lambda _: [facts.Left(person)])
        self.seats.revoke(session, person, by.name)
        return removed

    def remove_absent(self, by: Account, session: str) -> int:
        """Remove the people who never came, with all devices, and return how many; their places are free."""
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
        """Let a person who left back in, seated where there is room; return the class and a code for the device."""

        def decide(now: Session) -> list[Fact]:
            if not now.person(person).gone:
                return []
            returned = [facts.Returned(person)]
            return [*returned, *place(after(now, returned), person, self.classes.mint)]

        changed = self._change(by, session, decide)
        return changed, self.device(by, session, person)

    def device(self, by: Account, session: str, person: str) -> str:
        """Return a code with which a person comes in from another device."""
        self.run(by, session)
        return self.seats.device(session, person, by.name)

    def rename(self, by: Account, session: str, person: str, name: str) -> Session:
        """Give a person another name; return the class."""
        return self._change(by, session, lambda _: [facts.Renamed(person, a_name(name))])

    def correct(self, by: Account, session: str, group: str, outcome: Terms, why: str) -> Session:
        """Put on record what a group really agreed: per table the options by issue, or None; the game stays as it is.

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
                raise Refused(
                    phrase("nothing is corrected: say what was agreed at {tables}", tables=" or ".join(scenario.tables))
                )
            for name, options in outcome.items():
                if name not in scenario.tables:
                    raise Refused(
                        phrase(
                            "there is no table {name!r}; possible: {possible}",
                            name=name[:40],
                            possible=", ".join(scenario.tables),
                        )
                    )
                if options is not None:
                    _signable(scenario, scenario.tables[name], options)
            _beside(now, game, state, outcome)
            return [facts.Corrected(group, dict(outcome), plain(why, phrase("the reason"), 500))]

        return self._change(by, session, decide)

    def broadcast(self, by: Account, session: str, text: str, key: str, to: str = "") -> str | None:
        """Say something to the whole class, or to one person; return None if stored, else why not."""
        self.run(by, session)
        return self.talk.announce(session, by.name, text, key, to)

    def open_group(self, by: Account, session: str, group: str) -> Inside:
        """Return all of one group, private talk included, and put on the record that it was opened."""
        self._change(by, session, lambda now: [facts.LookedInto(now.group(group).id)])
        return self.inside(by, session, group)

    def inside(self, by: Account, session: str, group: str) -> Inside:
        """Return all of a group as it stands now, for an account that has opened it within the last hour.

        Raises
        ------
        Refused
            When the account has not opened it.
        """
        now = self.run(by, session)
        opened = now.opened.get((by.name, group))
        if opened is None or self.classes.now() - opened > INSIDE_SECONDS:
            raise Refused(phrase("open this group first: that goes on the record"))
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
        """Return the tiles of all groups, without writing anything.

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
        """Return the audit trail: every change of the class, with its time and author; preparation sheets too."""
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
    """Raise `Refused` unless a contract with these options can be signed."""
    deal = table.parse(options)
    if table.index(deal) < 0:
        clash = next((one for one in table.forbidden if table.clashes(one, deal)), None)
        what = outcome_of({table.name: options}, scenario)
        if clash is None:
            raise Refused(phrase("{what} cannot be signed: too few would have to sign it", what=what))
        raise Refused(
            phrase(
                "{what} cannot be signed: these do not go together: {terms}",
                what=what,
                terms=scenario.words(clash.pattern),
            )
        )


def _beside(now: Session, game: ClassGame, state: State, outcome: Terms) -> None:
    """Raise `Refused` unless what is put on record can stand beside what else the group has agreed."""
    scenario, before = state.scenario, agreed(now, game, state)
    put = {name: None if options is None else scenario.tables[name].parse(options) for name, options in outcome.items()}
    broken = scenario.breaks({**before, **put})
    if broken is not None and broken is not scenario.breaks(before):
        raise Refused(
            phrase(
                "{what} cannot stand beside what else is agreed, since these do not go together: {terms}; put the other "
                "table on record first",
                what=outcome_of(outcome, scenario),
                terms=scenario.words(broken.pattern),
            )
        )
