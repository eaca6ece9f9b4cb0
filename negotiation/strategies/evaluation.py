"""One party's evaluation of deals: the gain of each, given what is signed and what may still be signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from negotiation.dice import Dice
from negotiation.preferences import Context, Scores
from negotiation.scenario import Outcome
from negotiation.state import Paper
from negotiation.strategies.decision_rules import Gains, Order, pressed_time, ranking
from negotiation.strategies.expectations import LinkChances, cache_for, expectations, live_deals
from negotiation.strategies.listening import Hearing, hearing, listened
from negotiation.strategies.parts import Model
from negotiation.strategies.position import Position, Talk
from negotiation.strategies.signers import least_gain
from negotiation.table import Deal
from negotiation.view import View


class Evaluation:
    """One party's gains at every table, worked out when asked for.

    A gain is the points of a deal less those of leaving its table unsigned, all else as expected
    (see `expectations`). A link between two open tables is thus worth its chance of being met.
    """

    def __init__(self, view: View, model: Model | None = None, dice: Dice | None = None) -> None:
        self.view = view
        self.state = view.state
        self.model = model
        self.plans: dict[str, tuple[float, int]] = {}
        self._draws: tuple[float, float] | None = None if dice else (0.0, 0.0)
        self._dice = dice
        self._positions: dict[str, Position] = {}
        self._estimates: dict[str, Mapping[str, Scores]] = {}
        self._least_gain: dict[str, Scores | None] = {}
        self._estimated_utility: dict[str, Scores | None] = {}
        self._kept = cache_for(view.preferences)
        self._unsigned = self._heard.unsigned() if self.state.spoken else {}
        lying = live_deals(self.state)
        self._parts = LinkChances(view.preferences, self.state.bound, lying, self._kept, self._unsigned)
        self._worth: dict[int, float] = {}
        self._chances: dict[str, tuple[float, ...]] = {}
        self._gains: dict[str, Gains] = {}
        self._possible: dict[str, npt.NDArray[np.bool_]] = {}

    def gains(self, table: str) -> Gains:
        """Return the gain of every deal of a table, shape (deals,)."""
        gains = self._gains.get(table)
        if gains is None:
            gains = self._gains[table] = self.view.preferences.gains(table, self._odds(table))
        return gains

    def _odds(self, table: str) -> tuple[float, ...]:
        odds = self._chances.get(table)
        if odds is None:
            odds = self._chances[table] = self.view.preferences.odds(table, self._parts)
        return odds

    def position_with(self, table: str, other: str, deal: Deal) -> Position:
        """Return the position at a table if `deal` were on the same paper at another, without that deal's own gain."""
        preferences = self.view.preferences
        odds = preferences.odds(table, self._parts.supposing(other, deal))
        possible = self._signable(table, {**self.state.bound, other: deal})
        return self._position(table, preferences.gains(table, odds), self._order(table, odds, possible))

    def possible(self, table: str) -> npt.NDArray[np.bool_]:
        """Return which deals I could sign here now, shape (deals,): they can still bind and break no constraint."""
        possible = self._possible.get(table)
        if possible is None:
            possible = self._possible[table] = self._signable(table, self.state.bound)
        return possible

    def _signable(self, table: str, bound: Outcome) -> npt.NDArray[np.bool_]:
        there = self.state.scenario.tables[table]
        possible = there.may_sign(self.view.me)
        if left := self.state.left.get(table):
            possible = possible & there.signable(left)
        free = self.state.scenario.free(table, bound)
        return possible if free is None else possible & free

    def order(self, table: str) -> Order:
        """Return the possible deals of a table, ascending by gain, equal gains in deal order."""
        return self._order(table, self._odds(table), self.possible(table))

    def _order(self, table: str, odds: tuple[float, ...], possible: npt.NDArray[np.bool_]) -> Order:
        key = (table, odds, possible.tobytes())
        order: Order | None = self._kept.get(key)
        if order is None:
            order = self._kept[key] = ranking(self.view.preferences.gains(table, odds), possible)
        return order

    def position(self, table: str) -> Position:
        """Return a table as a bidding rule sees it."""
        position = self._positions.get(table)
        if position is None:
            position = self._positions[table] = self._position(table, self.gains(table), self.order(table))
        return position

    def _position(self, table: str, gains: Gains, order: Order) -> Position:
        return Position(
            gains,
            order,
            self._time(table),
            self.state.rounds,
            self._floors.get(table, self.delay),
            self.delay,
            self.state.scenario.tables[table].grid,
            self._replaceable(table),
            len(self._others(table)),
            lambda: self.talk(table),
            lambda: self.estimated_utility(table),
            lambda: self.least_gain(table),
            self.draws,
        )

    def draws(self) -> tuple[float, float]:
        """Return two uniform draws in [0, 1), fixed for this turn."""
        if self._draws is None:
            dice = self._dice or Dice(0, 0, 0)
            self._draws = dice.uniform(), dice.uniform()
        return self._draws

    def talk(self, table: str) -> Talk:
        """Return which deals every party has offered at a table, by deal number."""
        index, me = self.state.scenario.tables[table].index, self.view.me
        mine: list[int] = []
        theirs: dict[str, tuple[int, ...]] = {}
        every: list[int] = []
        for party, _, deal in self.state.offers.get(table, ()):
            if party == me:
                mine.append(index(deal))
            else:
                every.append(index(deal))
                theirs[party] = (*theirs.get(party, ()), every[-1])
        lying = (p.deals[table] for p in self.state.at(table) if p.author == me)
        return Talk(tuple(mine), theirs, tuple(every), tuple(map(index, lying)))

    def estimated_utility(self, table: str) -> Scores | None:
        """Return the estimated mean utility of every deal to the others who would sign, (deals,); None if unknown."""
        if table not in self._estimated_utility:
            known = self.estimates(table)
            self._estimated_utility[table] = self._average(table, known) if known else None
        return self._estimated_utility[table]

    def estimates(self, table: str) -> Mapping[str, Scores]:
        """Return the estimated utility of every deal by other party, (deals,): from offers, and from what was said."""
        if table not in self._estimates:
            self._estimates[table] = self._estimated(table)
        return self._estimates[table]

    def _estimated(self, table: str) -> Mapping[str, Scores]:
        if not self.model:
            return {}
        known = self.model.estimated_utilities(self.view, table)
        if not self.state.spoken:
            return known
        made: dict[str, set[Deal]] = {}
        for party, _, deal in self.state.offers.get(table, ()):
            made.setdefault(party, set()).add(deal)
        weights = {p: self.model.words / (self.model.words + len(made.get(p, ()))) for p in known}
        return listened(self._heard, self.state.scenario.tables[table], known, weights)

    @cached_property
    def _heard(self) -> Hearing:
        return hearing(self.view)

    def _average(self, table: str, known: Mapping[str, Scores]) -> Scores:
        there = self.state.scenario.tables[table]
        total, hands = np.zeros(there.size), np.zeros(there.size)
        for party, estimate in known.items():
            signs = there.may_sign(party)
            counts = signs * self._heard.weight(party, table) if self.state.spoken else signs
            total += estimate * counts
            hands += counts
        return total / np.maximum(hands, 1.0)

    def least_gain(self, table: str) -> Scores | None:
        """Return the estimated gain of the needed signer that gains least, by deal, see `signers`."""
        if table not in self._least_gain:
            there = self.state.scenario.tables[table]
            others = [party for party in self._others(table) if party not in there.signers.of]
            offers = self.state.offers.get(table, ())
            self._least_gain[table] = least_gain(there, others, self.estimates(table), offers, self.gains(table))
        return self._least_gain[table]

    def _others(self, table: str) -> list[str]:
        """Return the other parties that are still at a table."""
        gone = self.state.left.get(table, ())
        return [
            party for party in self.state.scenario.tables[table].seats if party != self.view.me and party not in gone
        ]

    def _time(self, table: str) -> float:
        """Return relative time at a table; it runs faster for a party that a paper there leaves out."""
        return pressed_time(self.view.time) if self._replaceable(table) else self.view.time

    def _replaceable(self, table: str) -> bool:
        """Return whether a paper lies at a table that does without me."""
        me, there = self.view.me, self.state.scenario.tables[table]
        return bool(there.signers.when) and any(
            not there.signs(me, paper.deals[table]) for paper in self.state.at(table)
        )

    def rivalled(self, table: str) -> bool:
        """Return whether others compete for my signature at a table."""
        return self.state.scenario.tables[table].courted(self.view.me)

    @cached_property
    def delay(self) -> float:
        """Return points of delay that my signature in this round adds: whatever gains less is a loss."""
        return self.view.preferences.delay * self.state.rounds_more(self.view.me)

    @cached_property
    def _floors(self) -> dict[str, float]:
        """Return the best gain to be had at once, by table: of a paper there that lacks nothing but my signature."""
        floors: dict[str, float] = {}
        for paper in self.papers:
            if paper.lacks == 1 and len(paper.deals) == 1:
                (table,) = paper.deals
                floors[table] = max(floors.get(table, self.delay), self.worth(paper))
        return floors

    @cached_property
    def context(self) -> Context:
        """Return the expected outcome at each table, see `expectations`."""
        return expectations(self.state, self._unsigned)

    def worth(self, paper: Paper) -> float:
        """Return the gain of a live paper over leaving all its tables unsigned."""
        worth = self._worth.get(paper.id)
        if worth is None:
            worth = self._worth[paper.id] = self.gain(paper.deals)
        return worth

    def gain(self, deals: Mapping[str, Deal]) -> float:
        """Return the gain of deals on one paper together over leaving all their tables unsigned."""
        names = list(deals)
        first = names[0]
        if len(names) == 1:
            return float(self.gains(first)[self.state.scenario.tables[first].index(deals[first])])
        signed = {**self.context, **{name: deals[name] for name in names[1:]}}
        unsigned = {**self.context, **dict.fromkeys(names[1:])}
        preferences = self.view.preferences
        at = self.state.scenario.tables[first].index(deals[first])
        return float(preferences.given(first, signed)[at] - preferences.given(first, unsigned)[-1])

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Return the live papers I could sign, oldest first."""
        return tuple(p for p in self.state.papers.values() if self.state.signable(self.view.me, p))

    def linked(self, table: str) -> tuple[str, ...]:
        """Return other open tables of mine tied to this one by a link of mine or by a constraint, in file order."""
        tied = (*self.view.preferences.tied(table), *self.state.scenario.tied(table))
        return tuple(name for name in self.state.sits(self.view.me) if name in tied)
