"""Seating in a class: pure functions from a class to the facts that seat people; any number of people fits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from negotiation.classroom.facts import Entered, Fact, Grouped, Seated, Ungrouped, stamped
from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Group, Session, fold
from negotiation.dice import Dice, key
from negotiation.errors import Refused
from negotiation.language import phrase

Mint = Callable[[], str]
"""Gives the id of a new game."""

MOST_GROUPS = 2000


def after(session: Session, facts: Sequence[Fact]) -> Session:
    """Return the class after facts that have no time yet."""
    return fold(session, [stamped(fact, fact.by, session.last) for fact in facts])


def form(session: Session, mint: Mint) -> list[Fact]:
    """Return the facts that seat everyone in the lobby, in an order drawn by the dice of the class."""
    waiting = [person.id for person in session.lobby]
    dice = Dice(session.settings.seed, len(waiting), session.version)
    facts: list[Fact] = []
    for left in range(len(waiting), 0, -1):
        new = place(session, waiting.pop(dice.below(left)), mint)
        session = after(session, new)
        facts += new
    return facts + settle(session)


def enter(session: Session, phase: Phase, mint: Mint) -> list[Fact]:
    """Return the facts that begin a phase; before the talks these seat the lobby and settle incomplete groups."""
    seats = Phase.LOBBY < phase <= Phase.NEGOTIATE and not session.settings.homework
    facts = form(session, mint) if seats else []
    return [*facts, Entered(phase)]


def place(session: Session, who: str, mint: Mint) -> list[Fact]:
    """Return the facts that seat one waiting person: the former seat, else a free one, else what `surplus` says.

    While people still arrive, further groups are opened for them; `settle` deals with what is left over.
    """
    groups, begun = _open(session), session.begun
    left, party = session.person(who).was
    if party and any(group.id == left for group in groups) and party in session.free(left):
        return [Seated(who, left, party)]
    if session.settings.homework:
        return alone(session, who, mint)
    room = [group for group in groups if session.free(group.id)]
    if room:
        group = min(room, key=lambda group: (-len(session.free(group.id)) if begun else 0, group.number))
        return [_seat(session, who, group.id, session.free(group.id))]
    if groups and begun and session.settings.surplus != "agents":
        return [_beside(session, who, groups)]
    new = _new_group(session, mint, session.settings.seed)
    return [new, _seat(session, who, new.group, session.parties)]


def settle(session: Session) -> list[Fact]:
    """Return the facts that dissolve groups with free seats, if the teacher prefers shared seats or observers.

    Only before the talks begin. A person who had a party keeps it, since its brief may have been read by then.
    """
    groups = _open(session)
    short = [group for group in groups if session.free(group.id)]
    full = [group for group in groups if not session.free(group.id)]
    if session.begun or session.settings.surplus == "agents" or session.settings.homework or not full:
        return []
    facts: list[Fact] = []
    for group in short:
        for person in session.members(group.id):
            facts.append(_beside(session, person.id, full))
            session = after(session, facts[-1:])
        facts.append(Ungrouped(group.id))
    return facts


def merge(session: Session, one: str, into: str) -> list[Fact]:
    """Return the facts that move everyone of one group to another: to the same party, alone or shared, else to observe.

    As long as no sheet has been shown, for another party too, if nobody has its seat.

    Raises
    ------
    Refused
        When the two groups are the same, or one of them is closed.
    """
    target = session.group(into)
    if one == into or session.group(one).closed or target.closed:
        raise Refused(phrase("two groups that are both open can be merged"))
    facts: list[Fact] = []
    for person in session.members(one):
        now = after(session, facts)
        free = now.free(into)
        if person.party in free:
            facts.append(Seated(person.id, into, person.party))
        elif person.party and now.sharing:
            facts.append(_beside(now, person.id, [target]))
        elif person.party and free and not now.shows("sheet"):
            facts.append(_seat(now, person.id, into, free))
        else:
            facts.append(Seated(person.id, into, ""))
    return [*facts, Ungrouped(one)]


def alone(session: Session, who: str, mint: Mint) -> list[Fact]:
    """Return the facts of a new game for one person against agents: homework, the next attempt.

    Raises
    ------
    Refused
        When all attempts are used up.
    """
    settings, person = session.settings, session.person(who)
    if settings.attempts and len(person.attempts) >= settings.attempts:
        raise Refused(phrase("{who} has used all {n} attempts", who=person.name, n=settings.attempts))
    turn = list(session.people).index(who)
    party = settings.seat or session.parties[turn % len(session.parties)]
    new = _new_group(session, mint, settings.seed)
    seed = key(settings.seed, new.number) >> 33 if settings.fresh else settings.seed
    return [replace(new, seed=seed), Seated(who, new.group, party, alone=True)]


def _open(session: Session) -> list[Group]:
    return [group for group in session.groups.values() if not group.closed]


def _seat(session: Session, who: str, group: str, parties: Sequence[str]) -> Seated:
    """Return a seating in one of the first half of `parties`, drawn by the dice of the class.

    A case names its principal parties first: where people are few, agents are left with the small parts.
    """
    dice = Dice(session.settings.seed, len(session.people), session.version)
    return Seated(who, group, parties[dice.below((len(parties) + 1) // 2)])


def _beside(session: Session, who: str, groups: Sequence[Group]) -> Seated:
    """Return a seating shared with others, for the party held before if there was one; or as an observer."""
    group = min(groups, key=lambda group: (len(session.members(group.id)), group.number)).id
    mine = session.person(who).party or min(session.parties, key=lambda party: len(session.at(group, party)))
    return Seated(who, group, mine if session.sharing else "")


def _new_group(session: Session, mint: Mint, seed: int) -> Grouped:
    number = len(session.groups) + 1
    if number > MOST_GROUPS:
        raise Refused(phrase("this class has {n:,} groups, the most there can be", n=MOST_GROUPS))
    return Grouped(mint(), number, seed + number)


def deserted(session: Session, away: Collection[str]) -> list[tuple[str, str]]:
    """Return the seats, as group and party, that people hold who are all `away`, and that no agent plays yet."""
    return [
        (group, party)
        for group, one in session.groups.items()
        for party in session.held(group)
        if not one.closed and all(person.id in away for person in session.at(group, party))
    ]


def taken(session: Session) -> list[tuple[str, str]]:
    """Return the seats, as group and party, that an agent plays for people."""
    return [
        (group, party)
        for group, one in session.groups.items()
        for party in session.parties
        if not one.closed and party in one.taken and session.at(group, party)
    ]
