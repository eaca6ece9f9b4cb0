"""An agent's working papers: what each deal would gain, given what is signed and what may still be."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from negotiation.preferences import Context, Lottery, Preferences
from negotiation.scenario import Outcome
from negotiation.state import Paper, State
from negotiation.strategies.curves import Gains, Order, ranking
from negotiation.table import Deal
from negotiation.view import View


def outlook(state: State) -> Context:
    """What may hold at each table: the bound deal, or a chance for each live paper and for staying unsigned.

    A live paper weighs its share of the signatures it needs, staying unsigned weighs 1: no paper is likely
    before it is nearly signed, and the chances always sum to 1.
    """
    weights: dict[str, dict[Deal, float]] = {}
    for paper in state.papers.values():
        share = len(paper.signed) / (len(paper.signed) + paper.lacks)
        for name, deal in paper.deals.items():
            there = weights.setdefault(name, {})
            there[deal] = there.get(deal, 0.0) + share
    context: dict[str, Deal | Lottery | None] = {}
    for name in state.scenario.tables:
        if name in weights:
            total = 1.0
            for weight in weights[name].values():
                total += weight
            context[name] = {None: 1.0 / total, **{deal: w / total for deal, w in weights[name].items()}}
        else:
            context[name] = state.bound.get(name)
    return context


_RANKINGS: WeakKeyDictionary[Preferences, dict[tuple[object, ...], Order]] = WeakKeyDictionary()
"""Rankings already made, by score sheet; a cache, never a memory."""

MOST_RANKINGS = 512


class Desk:
    """One party's gains at every table, worked out when asked for.

    A gain is the points of a deal less those of leaving its table unsigned, all else as expected
    (see `outlook`). A link between two open tables is thus worth its chance of being met.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.state = view.state
        self.context = outlook(view.state)
        self._parts = {name: view.preferences.chances(name, self.context[name]) for name in self.context}
        self._chances: dict[str, tuple[float, ...]] = {}
        self._gains: dict[str, Gains] = {}
        self._possible: dict[str, npt.NDArray[np.bool_]] = {}
        self._order: dict[str, Order] = {}

    def gains(self, table: str) -> Gains:
        """The gain of every deal of a table, shape (deals,)."""
        gains = self._gains.get(table)
        if gains is None:
            gains = self._gains[table] = self.view.preferences.gains(table, self._odds(table))
        return gains

    def _odds(self, table: str) -> tuple[float, ...]:
        odds = self._chances.get(table)
        if odds is None:
            odds = self._chances[table] = self.view.preferences.odds(table, self._parts)
        return odds

    def gains_with(self, table: str, other: str, deal: Deal) -> Gains:
        """The same if `deal` were on the same paper at another table, without that deal's own gain."""
        preferences = self.view.preferences
        parts = {**self._parts, other: preferences.chances(other, deal)}
        return preferences.gains(table, preferences.odds(table, parts))

    def possible(self, table: str) -> npt.NDArray[np.bool_]:
        """Which deals I could sign here now, shape (deals,): they can still bind and break no constraint."""
        possible = self._possible.get(table)
        if possible is None:
            possible = self._possible[table] = self._signable(table, self.state.bound)
        return possible

    def possible_with(self, table: str, other: str, deal: Deal) -> npt.NDArray[np.bool_]:
        """The same if `deal` were on the same paper at another table."""
        return self._signable(table, {**self.state.bound, other: deal})

    def _signable(self, table: str, bound: Outcome) -> npt.NDArray[np.bool_]:
        there = self.state.scenario.tables[table]
        possible = there.may_sign(self.view.me)
        if left := self.state.left.get(table):
            possible = possible & there.signable(left)
        free = self.state.scenario.free(table, bound)
        return possible if free is None else possible & free

    def order(self, table: str) -> Order:
        """The possible deals of a table, ascending by gain, equal gains in deal order."""
        order = self._order.get(table)
        if order is None:
            possible = self.possible(table)
            kept = _RANKINGS.setdefault(self.view.preferences, {})
            key = (table, self._odds(table), possible.tobytes())
            order = kept.get(key)
            if order is None:
                if len(kept) >= MOST_RANKINGS:
                    kept.clear()
                order = kept[key] = ranking(self.gains(table), possible)
            self._order[table] = order
        return order

    def best(self, table: str) -> float:
        """The largest gain that is possible at a table; below 0 if there is none."""
        order = self.order(table)
        return float(self.gains(table)[order[-1]]) if len(order) else -1.0

    def gain(self, deals: Mapping[str, Deal]) -> float:
        """What deals on one paper gain together over leaving all their tables unsigned."""
        names = list(deals)
        first = names[0]
        if len(names) == 1:
            return float(self.gains(first)[self.state.scenario.tables[first].index(deals[first])])
        signed = {**self.context, **{name: deals[name] for name in names[1:]}}
        unsigned = {**self.context, **dict.fromkeys(names[1:])}
        preferences = self.view.preferences
        at = self.state.scenario.tables[first].index(deals[first])
        return float(preferences.given(first, signed)[at] - preferences.given(first, unsigned)[-1])

    def papers(self) -> tuple[Paper, ...]:
        """The live papers I could sign, oldest first."""
        return tuple(p for p in self.state.papers.values() if self.state.signable(self.view.me, p))

    def linked(self, table: str) -> tuple[str, ...]:
        """Other open tables of mine tied to this one by a link of mine or by a constraint, in file order."""
        tied = (*self.view.preferences.tied(table), *self.state.scenario.tied(table))
        return tuple(name for name in self.state.sits(self.view.me) if name in tied)
