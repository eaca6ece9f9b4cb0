"""What a party has heard the others say of what they want, and how that fits what they ask for and sign.

Everything is read off a state; give it the sealed one of a party (`view.View.state`), and nothing counts that it could
not hear. A game in which nobody spoke costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from negotiation.actions import Say
from negotiation.moves import Alternative, Concede, Prefer, Rank, Refuse, Term
from negotiation.state import State
from negotiation.table import Deal

Claim: TypeAlias = Rank | Prefer | Refuse | Concede | Alternative
"""The moves by which somebody says what it wants."""

Fit: TypeAlias = Literal[-1, 0, 1]
"""Whether acts fit a statement: 1 they do, -1 they do not, 0 they say nothing about it (yet)."""

PATIENCE = 3
"""Different deals that somebody must have asked for before it counts against it what it never asked for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of what it wants; `said` is the event, the first one if it said so several times."""

    party: str
    move: Claim
    said: int


def heard(state: State, me: str = "") -> tuple[Statement, ...]:
    """Return what others than `me` have said of what they want, oldest first; what is repeated counts once."""
    found: dict[tuple[str, Claim], int] = {}
    for number in state.spoken:
        event = state.events[number]
        if event.party == me or not isinstance(event.action, Say):
            continue
        for move in event.action.moves:
            if isinstance(move, Claim):
                found.setdefault((event.party, move), number)
    return tuple(Statement(party, move, number) for (party, move), number in found.items())


class Deeds:
    """What each party has asked for, offered or signed, looked up once."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._asked: dict[tuple[str, str], tuple[Deal, ...]] = {}
        self._taken: dict[tuple[str, str, str], tuple[str, ...]] = {}

    def asked(self, party: str, table: str) -> tuple[Deal, ...]:
        """Return the different deals that a party has put its name under: what it offered, in order, then what it signed."""
        found = self._asked.get((party, table))
        if found is None:
            state = self.state
            deals = [deal for author, _, deal in state.offers.get(table, ()) if author == party]
            deals += [paper.deals[table] for paper in state.at(table) if party in paper.signed]
            deals += [state.bound[table]] if party in state.signed.get(table, ()) else []
            found = self._asked[party, table] = tuple(dict.fromkeys(deals))
        return found

    def taken(self, party: str, term: Term) -> tuple[str, ...]:
        """Return the different options of an issue that a party has asked for, in the order of its first wish."""
        found = self._taken.get((party, term.table, term.issue))
        if found is None:
            table = self.state.scenario.tables[term.table]
            k = table.by_name[term.issue]
            options = table.issues[k].options
            found = tuple(dict.fromkeys(options[deal[k]] for deal in self.asked(party, term.table)))
            self._taken[party, term.table, term.issue] = found
        return found

    def fit(self, statement: Statement) -> Fit:
        """Return whether what the speaker asks for and signs, before and after, fits what it said.

        - `rank`: of the issue that matters more it has asked for a smaller share of the options.
        - `prefer`: it asks for the better option first; or at least for one of the two, in time.
        - `refuse`: it never asks for a refused option, and has asked for something.
        - `open`: it comes to ask for one of the options, or for a second option of the issue, in time.
        - `alternative`: nothing tells.

        In time: before it has asked for `PATIENCE` different deals.
        """
        party = statement.party
        match statement.move:
            case Rank(more, less):
                return _sign(self._tried(party, less) - self._tried(party, more))
            case Prefer(more, less):
                first = [option for option in self.taken(party, more) if option in (more.option, less.option)][:1]
                return 1 if first == [more.option] else -1 if first or self._late(party, more) else 0
            case Refuse(options):
                taken = self.taken(party, options[0])
                return -1 if any(term.option in taken for term in options) else 1 if taken else 0
            case Concede(options):
                taken = self.taken(party, options[0])
                wanted = [term.option for term in options if term.option]
                came = any(option in wanted for option in taken) if wanted else len(taken) > 1
                return 1 if came else -1 if self._late(party, options[0]) else 0
            case _:
                return 0

    def _late(self, party: str, term: Term) -> bool:
        return len(self.asked(party, term.table)) >= PATIENCE

    def _tried(self, party: str, term: Term) -> float:
        """Return the share of the options of an issue that a party has asked for so far."""
        table = self.state.scenario.tables[term.table]
        return len(self.taken(party, term)) / len(table.issues[table.by_name[term.issue]].options)


def _sign(number: float) -> Fit:
    return 1 if number > 0 else -1 if number < 0 else 0
