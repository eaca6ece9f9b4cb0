"""The tables at one moment: papers, signatures, who has left, and the log behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypedDict

from negotiation.actions import MEDIATOR, Action, Event, Offer
from negotiation.scenario import Outcome, Scenario
from negotiation.table import Deal


@dataclass(frozen=True, slots=True)
class Paper:
    """An offer on the table: its deals, its author, and who has signed so far (the author first).

    `id` is the place in the log of the offer that made it; `round` counts from 0; `lacks` is the number of
    signatures still needed, over all its tables. A mediator's draft becomes a text that can be signed once its
    ballot is carried; `ballot` is then the roll call: who voted yes or no.
    """

    id: int
    deals: Mapping[str, Deal]
    author: str
    round: int
    signed: tuple[str, ...] = ()
    lacks: int = 0
    ballot: Mapping[str, bool] | None = None

    @property
    def draft(self) -> bool:
        """Return whether it is a mediator's draft: to be voted on, not to be signed."""
        return self.author == MEDIATOR and self.ballot is None


class Changes(TypedDict, total=False):
    """New values of some fields of a `State`: what an act changes."""

    open: tuple[str, ...]
    sitting: Mapping[str, tuple[str, ...]]
    events: tuple[Event, ...]
    round: int
    papers: Mapping[int, Paper]
    bound: Mapping[str, Deal]
    bound_in: Mapping[str, int]
    signed: Mapping[str, tuple[str, ...]]
    offers: Mapping[str, tuple[tuple[str, int, Deal], ...]]
    left: Mapping[str, tuple[str, ...]]
    dead: Mapping[str, int]
    passed: tuple[str, ...]
    acted: frozenset[tuple[str, str]]
    votes: Mapping[int, Mapping[str, bool | None]]
    ballots: int
    spoken: tuple[int, ...]
    private: tuple[int, ...]
    turns: Mapping[str, int]
    turns_before: Mapping[str, int]


@dataclass(frozen=True)
class State:
    """A negotiation at one moment; `events` is the truth, the rest its fold.

    Attributes
    ----------
    rounds
        How many rounds there are.
    open
        The tables where something can still bind.
    sitting
        By party, the open tables where it has a seat and has not walked away.
    one_paper
        True: at each table only the latest paper stands. False: one paper per author and table.
    round
        Rounds that have ended; the round now running counts from 0.
    papers
        The live papers by id, oldest first. Each could bind now without breaking a constraint.
    bound, bound_in, signed
        By table: the binding deal, the round it bound in (from 0), and who signed it.
    offers
        By table: (party, round, deal) of every offer made there, oldest first.
    left
        By table: the parties that have walked away from it.
    dead
        Tables that can no longer bind anything because a needed party has left, with the round.
    passed
        Who has passed for the rest of this round.
    acted
        (party, table) pairs at which something was done in this round.
    votes
        By draft, who has voted how in the ballot under way. Sealed: `view` shows nobody else's.
    ballots
        Ballots opened in this round.
    spoken
        Where in the log somebody spoke.
    private
        Where in the log somebody spoke in private. Sealed: `view` shows the words only to those who heard them.
    turns
        By party, acts so far: the key of its dice. `turns_before` is `turns` at the start of this round.
    """

    scenario: Scenario
    rounds: int
    open: tuple[str, ...]
    sitting: Mapping[str, tuple[str, ...]]
    one_paper: bool = False
    events: tuple[Event, ...] = ()
    round: int = 0
    papers: Mapping[int, Paper] = field(default_factory=dict)
    bound: Mapping[str, Deal] = field(default_factory=dict)
    bound_in: Mapping[str, int] = field(default_factory=dict)
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offers: Mapping[str, tuple[tuple[str, int, Deal], ...]] = field(default_factory=dict)
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dead: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    acted: frozenset[tuple[str, str]] = frozenset()
    votes: Mapping[int, Mapping[str, bool | None]] = field(default_factory=dict)
    ballots: int = 0
    spoken: tuple[int, ...] = ()
    private: tuple[int, ...] = ()
    turns: Mapping[str, int] = field(default_factory=dict)
    turns_before: Mapping[str, int] = field(default_factory=dict)

    @staticmethod
    def opening(scenario: Scenario, rounds: int, *, one_paper: bool) -> State:
        """Return the state before anybody has spoken."""
        sitting = {party: scenario.at(party) for party in scenario.parties}
        return State(scenario, rounds, tuple(scenario.tables), sitting, one_paper)

    def told(self, language: str) -> State:
        """Return the state with the texts of its case in a language."""
        scenario = self.scenario.told(language)
        return self if scenario is self.scenario else replace(self, scenario=scenario)

    def changed(self, changes: Changes) -> State:
        """Return the state with new values of some fields: `dataclasses.replace`, at a tenth of its cost."""
        new = object.__new__(State)
        vars(new).update(vars(self))
        vars(new).update(changes)
        return new

    @property
    def outcome(self) -> Outcome:
        """The deals that bind so far; None elsewhere."""
        return {name: self.bound.get(name) for name in self.scenario.tables}

    @property
    def over(self) -> bool:
        """Return whether the talks have ended: no rounds left, or no table open."""
        return self.round >= self.rounds or not self.open

    @property
    def time(self) -> float:
        """Relative time of the running round, in (0, 1]: (round + 1) / (rounds + 1), as in SAOP."""
        return min(1.0, (self.round + 1) / (self.rounds + 1))

    def sits(self, party: str) -> tuple[str, ...]:
        """Return the open tables where `party` has a seat and has not walked away."""
        return self.sitting.get(party, ())

    def at(self, table: str) -> tuple[Paper, ...]:
        """Return the live papers that name a table, oldest first."""
        return tuple(paper for paper in self.papers.values() if table in paper.deals)

    def named(self, action: Action) -> tuple[str, ...]:
        """Return the tables that an act names: those of its deals, of its paper if that lies here, or its one table."""
        laid = action if isinstance(action, Offer) else self.papers.get(getattr(action, "paper", -1))
        if laid is not None:
            return tuple(laid.deals)
        table = getattr(action, "table", "")
        return (table,) if table else ()

    @property
    def drafts(self) -> tuple[Paper, ...]:
        """The drafts that are put to the vote, oldest first."""
        return tuple(paper for paper in self.papers.values() if paper.draft)

    def signable(self, party: str, paper: Paper) -> bool:
        """Return whether the signature of `party` would count under this live paper and is not there yet."""
        if party not in paper.signed:
            sits = self.sitting.get(party, ())
            for name, deal in paper.deals.items():
                if name in sits and self.scenario.tables[name].signs(party, deal):
                    return True
        return False

    def missing(self, paper: Paper) -> dict[str, tuple[tuple[str, ...], int]]:
        """Return, by table of a paper, who must still sign, and how many more signatures are needed besides."""
        return {name: self._missing(name, deal, paper.signed) for name, deal in paper.deals.items()}

    def lacking(self, deals: Mapping[str, Deal], signed: tuple[str, ...]) -> int:
        """Return how many signatures a paper with these deals needs besides, over all its tables."""
        lacks = 0
        for name, deal in deals.items():
            must, votes = self._missing(name, deal, signed)
            lacks += len(must) + votes
        return lacks

    def _missing(self, table: str, deal: Deal, signed: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        if left := self.left.get(table, ()):
            signed = tuple(party for party in signed if party not in left)
        return self.scenario.tables[table].missing(deal, signed)

    @property
    def round_began(self) -> int:
        """Return where in the log this round began: the first event of it is here, or behind the tick that is."""
        return len(self.events) - sum(self.turns.values()) + sum(self.turns_before.values())

    def acts(self, party: str) -> int:
        """Return how often `party` has acted in this round."""
        return self.turns.get(party, 0) - self.turns_before.get(party, 0)

    def words(self, party: str) -> int:
        """Return how many of the acts of `party` in this round were talk; it looks through the log."""
        mine = (event.action.talk for event in reversed(self.events) if event.party == party)
        return sum(islice(mine, self.acts(party)))

    @property
    def rounds_played(self) -> int:
        """The number of rounds played: those that ended, and the running one or that in which the last table closed.

        So talks that are stopped in the middle of a round have played it, for all parties alike.
        """
        return min(self.round + 1, self.rounds)

    def rounds_paid(self, party: str, *, ended: bool = False) -> int:
        """Return the rounds of delay `party` pays for if the talks stop now: until the last table it signed, else all.

        `ended`: as at the end of the last round, when the one that is running had not begun.
        """
        return self._last_signed(party) or (self.round if ended and self.open else self.rounds_played)

    def rounds_more(self, party: str) -> int:
        """Return the rounds of delay that a signature binding in the running round adds for `party`.

        Those since the last table it signed; none for a party that has signed nothing, and so pays on either way.
        """
        last = self._last_signed(party)
        return max(0, self.round + 1 - last) if last else 0

    def _last_signed(self, party: str) -> int:
        """Return the rounds until the last table that `party` signed; 0 if it has signed none."""
        return max((self.bound_in[name] + 1 for name, who in self.signed.items() if party in who), default=0)

    def time_paid(self, party: str, *, ended: bool = False) -> float:
        """Return `rounds_paid` as relative time, in [0, 1): that of the round in which the last of them was signed."""
        return self.rounds_paid(party, ended=ended) / (self.rounds + 1)
