"""What the page of a person in class can do: look, act, prepare, and let the agents and the clock go on.

Every command is checked here, on the server: whether this very request has been answered before, who it is, which
seat, the phase and the clock, staleness, the rules. A refusal is one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.actions import CLOCK, Action
from negotiation.classroom.classes import Classes, talk_of
from negotiation.classroom.commands import judged, kept_sheet, rounds_due, titled
from negotiation.classroom.facts import Answered, Fact, HandedBack, Left, Prepared, Returned
from negotiation.classroom.games import ClassGame, Games
from negotiation.classroom.groups import after, alone, enter, place
from negotiation.classroom.look import Look, at_table, mark
from negotiation.classroom.phases import Phase
from negotiation.classroom.questionnaires import Filling, checked, due, open_now, questions
from negotiation.classroom.requests import once
from negotiation.classroom.seats import Seat
from negotiation.classroom.sessions import Form, Session
from negotiation.classroom.store import Moved, Reading, Writing
from negotiation.errors import LogError, Refused, unknown
from negotiation.formats.log import decode
from negotiation.language import language, phrase
from negotiation.state import State


class Play:
    """The seats of all classes of a store, for pages."""

    def __init__(self, classes: Classes) -> None:
        self.classes, self.store = classes, classes.store
        self.games = Games()

    def look(self, seat: Seat) -> Look:
        """Return what a seat may see now, without writing anything.

        Raises
        ------
        Refused
            When the person sits elsewhere by now: identify again.
        """
        with self.store.reading() as look:
            session = self._here(look, seat)
            talks = [talk_of(log) for log in (seat.session, seat.group) if log]
            shown = Look(
                seat,
                session.title,
                session.phase,
                session.clock,
                self.classes.now(),
                self.classes.case(look, seat.session).scenario,
                sheet=session.sheets.get(seat.person, {}),
                versions={seat.session: session.version, **{log: look.version(log) for log in talks}},
                mark=mark(session, seat),
                protocol=session.settings.protocol,
                round_seconds=session.settings.round_seconds,
                suggest=session.settings.suggest,
                coach=session.settings.coach,
                homework=session.settings.homework,
                attempts=(len(session.person(seat.person).attempts), session.settings.attempts),
            )
            if not seat.group:
                return shown
            return at_table(shown, session, *self.games.at(look, seat.group))

    def act(self, seat: Seat, action: Action, key: str, basis: int | None = None) -> str | None:
        """Do an act of a seat; return None if it is done, now or when `key` first came, else why not.

        Parameters
        ----------
        key
            Names this very click.
        basis
            The version of the game that the page showed; an act that may mean something else by now is refused.
        """

        def do(write: Writing, request: str) -> None:
            session = self._seated(write, seat)
            if due(session, seat.person):
                raise Refused(
                    phrase("fill in first what your page asks you; your teacher can let you go on without it")
                )
            game, state = self.games.at(write, seat.group)
            event = judged(session, game, state, seat.party, action, basis=basis, now=self.classes.now())
            write.append(seat.group, len(state.events), game.rows((event,)), request, [seat.person])

        return once(self.classes, seat.person, key, do, lock=seat.group, share=seat.session)

    def send(self, seat: Seat, act: Mapping[str, object], key: str, basis: int | None = None) -> str | None:
        """Do an act that comes over the wire as a log has events, as `act` does; the seat says whose it is."""
        try:
            with self.store.reading() as look:
                scenario = self.classes.case(look, seat.session).scenario
            action = decode(scenario, {**act, "party": seat.party}).action
        except (Refused, LogError) as problem:
            return problem.said
        refused = self.act(seat, action, key, basis)
        return refused and titled(scenario, refused)

    def prepare(self, seat: Seat, sheet: Mapping[str, object], key: str) -> str | None:
        """Store a preparation sheet (target, walk-away, guesses, notes); return None if stored, else why not."""

        def do(write: Writing, request: str) -> None:
            session = self._here(write, seat)
            if not session.phase.timed:
                raise Refused(phrase("preparation sheets are taken from reading to signing"))
            fact = Prepared(seat.person, kept_sheet(sheet))
            self.classes.change_in(write, seat.session, seat.person, lambda _: [fact], request)

        return once(self.classes, seat.person, key, do, lock=seat.session)

    def fillings(self, seat: Seat) -> list[Filling]:
        """Return the questionnaires of a person with a seat, in the language of who reads them."""
        with self.store.reading() as look:
            session = self._here(look, seat)
            return [self._filling(look, session, seat, name) for name in session.settings.questionnaires if seat.party]

    def answer(
        self, seat: Seat, questionnaire: str, answers: Mapping[str, object], key: str, *, done: bool = False
    ) -> str | None:
        """Store answers to some questions (None takes one back), and hand in if `done`; return None if stored, else why not."""

        def do(write: Writing, request: str) -> None:
            session = self._seated(write, seat)
            if questionnaire not in session.settings.questionnaires:
                raise Refused(unknown("questionnaire", questionnaire, session.settings.questionnaires))
            kept = checked(self._filling(write, session, seat, questionnaire), answers, done=done)
            fact = Answered(seat.person, questionnaire, kept, done)
            self.classes.change_in(write, seat.session, seat.person, lambda _: [fact], request)

        return once(self.classes, seat.person, key, do, lock=seat.session)

    def _filling(self, look: Reading, session: Session, seat: Seat, name: str) -> Filling:
        of = next(one for one in session.settings.asked if one.id == name)
        game, _ = self.games.at(look, seat.group)
        mine = game.role(seat.party).preferences if session.shows("sheet") else None
        others = [party for party in session.parties if party != seat.party and session.at(seat.group, party)]
        form = session.forms.get(seat.person, {}).get(name, Form())
        asked = questions(of, game.case.scenario.told(language()), mine, seat.party, others)
        wanted = any(one.id == name for one in due(session, seat.person))
        return Filling(of, asked, form, open_now(session, of), wanted)

    def again(self, seat: Seat, key: str) -> str | None:
        """Begin the next attempt at homework; the one before it stays as it is; return None if done, else why not."""

        def decide(session: Session) -> list[Fact]:
            if not session.settings.homework or session.phase is not Phase.NEGOTIATE:
                raise Refused(phrase("further attempts are for homework, while it is open"))
            return alone(session, seat.person, self.classes.mint)

        def do(write: Writing, request: str) -> None:
            self.classes.change_in(write, seat.session, seat.person, decide, request)

        return once(self.classes, seat.person, key, do, lock=seat.session)

    def leave(self, seat: Seat) -> None:
        """Mark the person as having left the class; agents go on at the seat; `back` brings the person in again."""
        self.classes.change(seat.session, seat.person, lambda _: [Left(seat.person)])

    def back(self, seat: Seat) -> None:
        """Take the seat back from the agent that kept it, or come back into the class after leaving."""

        def decide(session: Session) -> list[Fact]:
            me = session.person(seat.person)
            if me.gone:
                returned = Returned(me.id)
                if not session.settings.arrive:
                    return [returned]
                return [returned, *place(after(session, [returned]), me.id, self.classes.mint)]
            taken = me.group and me.party in session.groups[me.group].taken
            return [HandedBack(me.group, me.party)] if taken else []

        self.classes.change(seat.session, seat.person, decide)

    def advance(self, group: str) -> int:
        """Do all acts of agents and clock due in a group, and return how many; any page or server may call this.

        Two that do so at once compute the same acts, and the primary key lets one of them store each.
        """
        done = 0
        while True:
            with self.store.reading() as look:
                game, state = self.games.at(look, group)
                session = self.classes.at(look, game.setup["session"])
            rows, who = self._due(session, game, state)
            if not rows:
                return done
            try:
                with self.store.writing() as write:
                    write.share(session.id)
                    if write.version(session.id) == session.version:
                        write.append(group, len(state.events), rows, who=who)
                        done += len(rows)
            except Moved:
                continue

    def attend(self, session: str) -> int:
        """Do all acts of agents and clock due in a class, and return how many; the console calls it now and then.

        Groups whose own pages are all closed go on this way.
        """
        now = self.keep_time(session)
        return sum(self.advance(group) for group in now.groups) if now.phase.talks else 0

    def keep_time(self, session: str) -> Session:
        """Move a class to its next phase if its time is out, and return it; any page may call this at any time."""
        now = self.classes.get(session)
        if not now.clock.out(self.classes.now()):
            return now

        def decide(found: Session) -> list[Fact]:
            late = found.clock.out(self.classes.now()) and found.phase.timed
            return enter(found, found.following, self.classes.mint) if late and found.following else []

        return self.classes.change(session, "clock", decide)

    def _due(self, session: Session, game: ClassGame, state: State) -> tuple[list[dict[str, object]], list[str]]:
        """Return the acts due of agents and clock with their authors: the clock also passes for a late party."""
        standing = session.clock.since is None or session.groups[game.id].closed
        if not session.phase.talks or standing:
            return [], []
        due, held = rounds_due(session, self.classes.now()), session.held(game.id)
        rows = game.think(state, held, only_sign=session.phase is Phase.SIGN, rounds_due=due)
        return rows, [CLOCK if row["party"] in (CLOCK, *held) else "" for row in rows]

    def _here(self, look: Reading, seat: Seat) -> Session:
        """Return the class if the person is in it and still sits where the page says; else raise `Refused`."""
        session = self.classes.at(look, seat.session)
        person = session.person(seat.person)
        if person.gone:
            raise Refused(phrase("you have left this class: come back first"))
        if (person.group, person.party) != (seat.group, seat.party):
            raise Refused(phrase("you have been given another seat; look again"))
        return session

    def _seated(self, look: Reading, seat: Seat) -> Session:
        session = self._here(look, seat)
        if not seat.group:
            raise Refused(phrase("you have no seat yet: wait for a group"))
        if not seat.party:
            raise Refused(phrase("you observe this group: you can read, not act"))
        return session
