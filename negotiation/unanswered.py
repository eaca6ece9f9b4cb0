"""Who is still owed an answer: what was said and offered in this round that wants a response, and from whom.

An offer is answered by a signature, an offer or a word about its table from whom it needs; what was said, by a word of
whom it was said to. What an agent says in answer wants no answer itself, so that agents never talk without end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from negotiation.actions import Accept, Event, Offer, Say
from negotiation.moves import Ask, Commit, Courtesy, Sketch, Trade, tables_of
from negotiation.state import State
from negotiation.table import Deal

URGENT = (Ask, Sketch, Trade, Commit)
"""Moves that want an answer from everybody whom they concern; others want one from somebody, and only if a person made them."""

MOST_ASKED = 3
"""Questions of an agent's own in a round that are owed an answer; whoever floods the table keeps nobody from answering others."""


@dataclass(slots=True)
class Owed:
    """What one party still owes an answer to, by event number, oldest first.

    Attributes
    ----------
    words
        What was said to it.
    offers
        Offers that need its signature, with those of their tables for which that holds.
    """

    words: list[int] = field(default_factory=list)
    offers: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how much it is."""
        return len(self.words) + len(self.offers)


def unanswered(state: State, agents: Collection[str] = ()) -> dict[str, Owed]:
    """Return what every party still owes an answer to in this round.

    What was said and offered is looked at as when it was said, so that the same words are an answer ever after.

    Parameters
    ----------
    agents
        The parties for which no person decides.
    """
    owed = {party: Owed() for party in state.scenario.parties}
    if state.over:
        return owed
    remarks, asked = list[int](), dict[str, int]()
    for seq in range(state.round_began, len(state.events)):
        event = state.events[seq]
        if isinstance(event.action, Offer) and event.party in owed:
            _countered(owed[event.party], set(event.action.deals))
            _offered(state, owed, seq, event.party, event.action.deals)
        elif isinstance(event.action, Accept):
            owed[event.party].offers.pop(event.action.paper, None)
        elif isinstance(event.action, Say):
            answer = _answered(state, owed, event, event.action, remarks)
            if answer and event.party in agents:
                continue
            urgent = any(isinstance(move, URGENT) for move in event.action.moves)
            if urgent and event.party in agents:
                asked[event.party] = asked.get(event.party, 0) + 1
                urgent = asked[event.party] <= MOST_ASKED
            if urgent:
                _said(state, owed, seq, event.party, event.action)
            elif event.party not in agents:
                _remarked(state, owed, seq, event.party, event.action, remarks)
    for party, mine in owed.items():
        mine.offers = _live(state, party, mine.offers)
    return owed


def _countered(mine: Owed, tables: Collection[str]) -> None:
    """Take off the offers at tables where a party now has one of its own, or has said why not."""
    mine.offers = {seq: wanted for seq, wanted in mine.offers.items() if not set(wanted) & set(tables)}


def _answered(state: State, owed: dict[str, Owed], event: Event, say: Say, remarks: list[int]) -> bool:
    """Take off what a text answers, and return whether it answers anything.

    It answers what was said in the circle in which it is said; if nothing was, whatever its hearers have said. An offer is
    answered by a word about one of its tables, or by one about none that answers no other word.
    """
    mine, before = owed[event.party], owed[event.party].total
    heard = [seq for seq in mine.words if say.heard_by(state.events[seq].party)]
    here = [seq for seq in heard if set(circle(state.events[seq], event.party)) == set(say.to)]
    for seq in here or heard:
        mine.words.remove(seq)
        for other in owed.values() if seq in remarks else ():
            other.words = [number for number in other.words if number != seq]
    tables = {table for move in say.moves for table in tables_of(move)}
    polite = bool(say.moves) and not tables and not heard
    for seq in list(mine.offers):
        offer = state.events[seq]
        if say.heard_by(offer.party) and (polite or tables & {*getattr(offer.action, "deals", ())}):
            del mine.offers[seq]
    return mine.total < before


def circle(event: Event, party: str) -> tuple[str, ...]:
    """Return who hears the answer of a party to an event: all, or those who heard it and its author; an offer's author."""
    if not isinstance(event.action, Say):
        return (event.party,)
    return (event.party, *(other for other in event.action.to if other != party)) if event.action.to else ()


def _offered(state: State, owed: dict[str, Owed], seq: int, author: str, deals: Mapping[str, Deal]) -> None:
    """Note who owes an answer to an offer: all others whose signatures count under it."""
    for party, mine in owed.items():
        needed = tuple(name for name, deal in deals.items() if state.scenario.tables[name].signs(party, deal))
        if needed and party != author:
            mine.offers[seq] = needed


def _live(state: State, party: str, offers: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Return the offers that still lie there, with the tables at which a party still sits."""
    seats = state.sits(party)
    found = {}
    for seq, wanted in offers.items():
        here = tuple(name for name in wanted if name in seats)
        if here and seq in state.papers and party not in state.papers[seq].signed:
            found[seq] = here
    return found


def _said(state: State, owed: dict[str, Owed], seq: int, author: str, say: Say) -> None:
    for party, mine in owed.items():
        if party != author and say.heard_by(party) and _concerns(state, party, author, say):
            mine.words.append(seq)


def _concerns(state: State, party: str, author: str, say: Say) -> bool:
    """Return whether a text asks something of a party: of it by name, in private, or about a table where it sits."""
    seats = state.scenario.at(party)
    for move in say.moves:
        if not isinstance(move, URGENT):
            continue
        if isinstance(move, Ask) and move.whom:
            if move.whom == party:
                return True
            continue
        tables = tables_of(move)
        shared = any(table in seats for table in (tables or state.scenario.at(author)))
        if shared or say.to == (party,):
            return True
    return False


def _remarked(state: State, owed: dict[str, Owed], seq: int, author: str, say: Say, remarks: list[int]) -> None:
    """Note that one of those who hear a remark of a person should say something to it."""
    if say.moves and all(isinstance(move, Courtesy) and move.tone != "greeting" for move in say.moves):
        return
    seats = {*state.scenario.at(author)}
    about = {table for move in say.moves for table in tables_of(move)} or seats
    near = [p for p in owed if p != author and say.heard_by(p) and about & {*state.scenario.at(p)}]
    hearers = near or [p for p in owed if p != author and say.heard_by(p)]
    for party in hearers:
        owed[party].words.append(seq)
    remarks.append(seq)
