"""Probabilities of deals given the live papers, and of the parts of links that they meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from negotiation.preferences import Context, Lottery, Preferences
from negotiation.scenario import Outcome
from negotiation.state import State
from negotiation.strategies.decision_rules import signature_share
from negotiation.table import Deal

LiveDeals: TypeAlias = tuple[tuple[Deal, float], ...]
"""The deals that lie on a table, oldest paper first, each with its share of the signatures it needs."""


def live_deals(state: State) -> dict[str, LiveDeals]:
    """Return the deals that lie on each table with a paper, by table, with their weights."""
    found: dict[str, LiveDeals] = {}
    for paper in state.papers.values():
        weight = signature_share(len(paper.signed), paper.lacks)
        for name, deal in paper.deals.items():
            found[name] = (*found.get(name, ()), (deal, weight))
    return found


UNSIGNED = 1.0
"""How much staying unsigned weighs at a table of which nothing was heard."""


def lottery(lying: LiveDeals, unsigned: float = UNSIGNED) -> Lottery | None:
    """Return a chance for each deal that lies on a table and for staying unsigned; None if nothing does.

    A live paper weighs its share of the signatures it needs, staying unsigned weighs 1, or less where words tell more:
    no paper is likely before it is nearly signed, and the chances always sum to 1.
    """
    weights: dict[Deal, float] = {}
    total = unsigned
    for deal, weight in lying:
        weights[deal] = weights.get(deal, 0.0) + weight
        total += weight
    if not weights:
        return None
    return {None: unsigned / total, **{deal: weight / total for deal, weight in weights.items()}}


def expectations(state: State, unsigned: Mapping[str, float] | None = None) -> Context:
    """Return the expected outcome at each table: the bound deal, or what `lottery` gives.

    Parameters
    ----------
    unsigned
        How much staying unsigned weighs, by table where it is not `UNSIGNED`.
    """
    lying, bound, doubts = live_deals(state), state.bound, unsigned or {}
    return {
        name: bound[name] if name in bound else lottery(lying.get(name, ()), doubts.get(name, UNSIGNED))
        for name in state.scenario.tables
    }


MOST_KEPT = 512
"""Rankings, and chances, kept per score sheet."""


class Cache(dict[tuple[object, ...], Any]):
    """A bounded cache of results for a score sheet, never a memory of the game."""

    def __setitem__(self, key: tuple[object, ...], value: object) -> None:
        if len(self) >= MOST_KEPT:
            self.clear()
        super().__setitem__(key, value)


_CACHES: WeakKeyDictionary[Preferences, Cache] = WeakKeyDictionary()


def cache_for(preferences: Preferences) -> Cache:
    """Return the cache of a score sheet, new if there is none."""
    kept = _CACHES.get(preferences)
    if kept is None:
        kept = _CACHES[preferences] = Cache()
    return kept


class LinkChances(dict[str, Mapping[int, float]]):
    """By table, the chance that each link's part there is met; worked out when asked for."""

    def __init__(
        self,
        preferences: Preferences,
        bound: Outcome,
        lying: Mapping[str, LiveDeals],
        kept: Cache,
        unsigned: Mapping[str, float],
    ) -> None:
        super().__init__()
        self._preferences, self._bound, self._lying, self._kept = preferences, bound, lying, kept
        self._unsigned = unsigned

    def __missing__(self, table: str) -> Mapping[int, float]:
        there = self._bound.get(table)
        lying = self._lying.get(table, ()) if there is None else ()
        unsigned = self._unsigned.get(table, UNSIGNED)
        key = (table, there, lying, unsigned)
        chances: Mapping[int, float] | None = self._kept.get(key)
        if chances is None:
            expected = lottery(lying, unsigned) if there is None else there
            chances = self._kept[key] = self._preferences.chances(table, expected)
        self[table] = chances
        return chances

    def supposing(self, table: str, deal: Deal) -> LinkChances:
        """Return these chances if `deal` were bound at a table."""
        parts = LinkChances(self._preferences, {**self._bound, table: deal}, self._lying, self._kept, self._unsigned)
        parts.update(self)
        parts.pop(table, None)
        return parts
