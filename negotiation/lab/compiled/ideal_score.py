"""The largest gain that a score sheet allows: `analysis/ideal_score.py` over arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from negotiation.analysis.ideal_score import LEAST, Ways, effects, ways_of
from negotiation.lab.compiled.addresses import reals
from negotiation.lab.compiled.arrays import Real, Whole
from negotiation.lab.compiled.compiling import plain
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.papers import unsigned
from negotiation.lab.compiled.worth import score
from negotiation.preferences import Preferences


class Mosts(NamedTuple):
    """The outcomes that the links and constraints of all score sheets leave open, see `analysis.ideal_score.Ways`.

    Attributes
    ----------
    group
        By sheet and place, its group at its table.
    step_at
        By sheet and table, where its steps begin, and last where they end; -1 where they are too many.
    source, taken, target
        The steps of all sheets.
    states
        By sheet and table, how many states there are after it.
    effect_at, effect
        By sheet, where its last states begin, and what the links are worth there.
    now, then, best
        Room for the points of states, and of groups.
    """

    group: Whole
    step_at: Whole
    source: Whole
    taken: Whole
    target: Whole
    states: Whole
    effect_at: Whole
    effect: Real
    now: Real
    then: Real
    best: Real


def mosts(roles: Sequence[Preferences]) -> Mosts:
    """Return the outcomes that these score sheets leave open."""
    tables, places = roles[0].scenario.tables.values(), sum(t.size + 1 for t in roles[0].scenario.tables.values())
    found = [ways_of(role) for role in roles]
    begin: dict[int, int] = {}
    laid: list[Whole] = [np.zeros((3, 0), dtype=np.int64)]
    step_at = np.full((len(roles), len(tables) + 1), -1)
    for row, ways in zip(step_at, found, strict=True):
        if ways is None:
            continue
        if id(ways) not in begin:
            begin[id(ways)] = sum(part.shape[1] for part in laid)
            laid += [np.stack(step[1:4]) for step in ways.steps]
        row[:] = begin[id(ways)] + np.cumsum([0, *(len(step.source) for step in ways.steps)])
    source, taken, target = map(np.ascontiguousarray, np.concatenate(laid, axis=1))
    worth = [
        np.zeros(0) if ways is None else effects(ways, role.links) for ways, role in zip(found, roles, strict=True)
    ]
    states = np.array([[step.states for step in ways.steps] if ways else [0] * len(tables) for ways in found])
    most = max(int(states.max()), 1)
    return Mosts(
        np.array([np.zeros(places, dtype=np.int64) if ways is None else _groups(ways) for ways in found]),
        step_at,
        source,
        taken,
        target,
        states,
        np.cumsum([0, *map(len, worth)])[:-1],
        np.concatenate(worth),
        *(np.zeros(most), np.zeros(most), np.zeros(places)),
    )


def _groups(ways: Ways) -> Whole:
    return np.concatenate([step.group for step in ways.steps])


@plain
def largest_gain(game: Game, mosts: Mosts) -> float:
    """Return the most that my sheet allows over nothing signed, at least 0; nan if that is not known."""
    sheet, now, then = game.sheet, mosts.now, mosts.then
    if mosts.step_at[sheet, 0] < 0:
        return np.nan
    now[0] = 0.0
    for table in range(game.rule.tables):
        first, last = game.rule.start[table], unsigned(game, table)
        points, group, best = reals(game.points, game.places), mosts.group[sheet], mosts.best
        best[: last + 1 - first] = LEAST
        for place in range(first, last + 1):
            best[group[place]] = max(best[group[place]], points[place])
        then[: mosts.states[sheet, table]] = LEAST
        for n in range(mosts.step_at[sheet, table], mosts.step_at[sheet, table + 1]):
            target = mosts.target[n]
            then[target] = max(then[target], now[mosts.source[n]] + best[mosts.taken[n]])
        now, then = then, now
    most, effect = LEAST, mosts.effect[mosts.effect_at[sheet] :]
    for state in range(mosts.states[sheet, game.rule.tables - 1]):
        most = max(most, now[state] + effect[state])
    return max(most - score(game, 0), 0.0)
