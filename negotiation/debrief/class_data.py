"""A class with all its games, gathered once: all else in this package is a pure function of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from negotiation.case import Case
from negotiation.classroom.agreed import agreed
from negotiation.classroom.authors import Past, authors
from negotiation.classroom.classroom import Classroom
from negotiation.classroom.facts import Corrected, Fact, read
from negotiation.classroom.games import ClassGame
from negotiation.classroom.sessions import Person, Session
from negotiation.classroom.store import Row
from negotiation.debrief.group_game import GroupGame, people_of
from negotiation.errors import Refused
from negotiation.language import phrase, tr
from negotiation.preferences import Preferences
from negotiation.reports.words import listed
from negotiation.state import State
from negotiation.view import sealed


@dataclass(frozen=True, eq=False)
class ClassData:
    """A class with the games of its groups.

    Attributes
    ----------
    groups
        In order of number; in homework one for each person, of the attempt that counts.
    every
        All of them, in homework every attempt.
    names
        Whether people are called by their names, or by fixed pseudonyms.
    facts, text
        The log of the class, and the scenario file as it was kept with it.
    """

    session: Session
    case: Case
    every: tuple[GroupGame, ...]
    groups: tuple[GroupGame, ...]
    names: bool = True
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)

    def told(self, language: str) -> ClassData:
        """Return this class with the texts of its case in a language."""
        case = self.case.told(language)
        if case is self.case:
            return self
        every = {group.id: group.told(language) for group in self.every}
        groups = tuple(every[group.id] for group in self.groups)
        session = replace(self.session, title=self.session.heading(case.scenario))
        return replace(self, session=session, case=case, every=tuple(every.values()), groups=groups)

    @cached_property
    def called(self) -> dict[str, str]:
        """Return the name of each person here."""
        people = self.session.people
        return {who: people[who].name if self.names else key for who, key in self.keys.items()}

    @cached_property
    def keys(self) -> dict[str, str]:
        """Return the pseudonym of each person, by id: who that is in every table and every export of a class."""
        return {who: pseudonym(n) for n, who in enumerate(self.session.people, start=1)}

    @cached_property
    def alike(self) -> tuple[GroupGame, ...]:
        """Return the groups whose parties have the private types of the first: those that can share one picture."""
        first = dict(self.groups[0].game.game.types)
        return tuple(group for group in self.groups if dict(group.game.game.types) == first)

    @property
    def sheets(self) -> dict[str, Preferences]:
        """Everybody's score sheet in the groups that are alike."""
        return self.groups[0].sheets

    def title(self, party: str) -> str:
        """Return a party's name without what stands in brackets."""
        return self.case.scenario.parties[party].title.partition(" (")[0]

    def seated(self, group: GroupGame, party: str) -> str:
        """Return the people whose result a seat is, in words; and who else acted there, if anyone did."""
        names = listed(self.called[person.id] for person in group.people[party]) or tr("agent")
        others = self.others(group, party)
        return f"{names} ({others})" if others else names

    def others(self, group: GroupGame, party: str) -> str:
        """Return how many of a seat's acts others did than its people: `of 12 acts 3 by an agent, 1 by Bob`."""
        acts, mine = group.acts[party], group.theirs(party) or {""}
        told = [
            tr("{n} by {who}", n=n, who=self.called[who]) if who else tr("{n} by an agent", n=n)
            for who, n in acts.items()
            if who not in mine
        ]
        return tr("of {n} acts {shares}", n=acts.total(), shares=listed(told)) if told else ""

    @cached_property
    def results(self) -> dict[str, tuple[GroupGame, str]]:
        """Return the group and the party of the result that counts, by person; people without one are left out."""
        chosen = counted(self.session, self.every) if self.session.settings.homework else {}
        return {
            person.id: (group, party)
            for group in self.groups
            for party, people in group.people.items()
            for person in people
            if chosen.get(person.id, group) is group
        }

    def reason(self, fact: Corrected) -> str:
        """Return the teacher's reason for a correction; a reference where names are hidden, as it may hold some."""
        return fact.why if self.names else phrase("the reason is on the record of the class")

    def group(self, group: str) -> GroupGame:
        """Return one group, by id.

        Raises
        ------
        Refused
            When it is not among these.
        """
        for one in self.every:
            if one.id == group:
                return one
        raise Refused(phrase("there is no such group in this class"))


def pseudonym(number: int) -> str:
    """Return the fixed pseudonym of the nth person of a class."""
    return f"P{number:02d}"


def gather(classroom: Classroom, session: str, *, names: bool = True) -> ClassData:
    """Return a class as the store has it now; its caller may see everything: check that before.

    Raises
    ------
    Refused
        When there is no such class, or nobody has formed a group yet.
    """
    with classroom.store.reading() as look:
        now = classroom.classes.at(look, session)
        case, text = classroom.classes.case(look, session), look.head(session)[2]
        facts = tuple(read(row) for row in look.rows(session))
        past = Past(now, facts)
        kept = {group: look.authored(group) for group in now.groups}
        every = tuple(
            _played(now, past, *classroom.play.games.at(look, group), rows)
            for group, rows in kept.items()
            if rows or not now.groups[group].closed  # one that was closed before anything was done in it never was
        )
    return gathered(now, case, every, names=names, facts=facts, text=text)


def gathered(
    session: Session,
    case: Case,
    every: Sequence[GroupGame],
    *,
    names: bool = True,
    facts: tuple[Fact, ...] = (),
    text: str = "",
) -> ClassData:
    """Return a class put together from its games.

    Raises
    ------
    Refused
        When there are none.
    """
    if session.settings.homework:
        chosen = {one.id for one in counted(session, every).values()}
        groups = [group for group in every if group.id in chosen]
    else:
        groups = [group for group in every if not group.closed]
    if not groups:
        raise Refused(phrase("no group has played yet: there is nothing to talk about"))
    return ClassData(session, case, tuple(every), tuple(groups), names, facts, text)


def _played(
    session: Session, past: Past, game: ClassGame, state: State, kept: Sequence[tuple[float, str, Row]]
) -> GroupGame:
    group, words, state = session.groups[game.id], state, sealed(state)
    kept = kept[: len(state.events)]
    who = authors(past, game.id, kept)
    acted = {(event.party, one) for event, one in zip(state.events, who, strict=True)}
    return GroupGame(
        game.id,
        group.number,
        game,
        state,
        agreed(session, game, state),
        people_of(session, game, acted),
        tuple(at for at, _, _ in kept),
        who,
        tuple(fact for fact in session.corrections if fact.group == game.id),
        group.closed,
        session.begun,
        words,
    )


def counted(session: Session, every: Sequence[GroupGame]) -> dict[str, GroupGame]:
    """Return the homework attempt that counts, by person; a game to which the teacher moved the person is one too."""
    found = {}
    for person in session.people.values():
        mine = [one for one in every if one.id in person.attempts or one.id == person.group]
        seats = {one.id: party for one in mine for party, people in one.people.items() if person in people}
        begun = [one for one in mine if one.id in seats and _tried(one, person)]
        over = [one for one in begun if one.state.over] or begun
        if over and session.settings.counts == "best":
            found[person.id] = max(over, key=lambda one: (one.points[seats[one.id]], -one.number))
        elif over:
            found[person.id] = over[-1]
    return found


def _tried(game: GroupGame, person: Person) -> bool:
    """Return whether a game is an attempt of a person: not one that was left before anything was done in it."""
    return game.state.over or game.id == person.group or person.gone or person.id in game.who
