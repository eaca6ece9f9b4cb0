"""The process of groups: first offers against results, concession curves, and who signed with whom in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from negotiation.actions import MEDIATOR
from negotiation.analysis.figure_data import path
from negotiation.analysis.offer_steps import OfferStep, offer_steps
from negotiation.analysis.process import proposed
from negotiation.debrief.class_data import ClassData
from negotiation.debrief.group_game import GroupGame


@dataclass(frozen=True)
class Opening:
    """The first offer of a party at a table, and what it got there: points above leaving that table unsigned.

    `first` and `result` are also valued at the end, when it is known what else was signed. `who` is the person who made
    the offer; empty: an agent.
    """

    group: int
    party: str
    table: str
    round: int
    demand: float
    result: float
    who: str = ""


@dataclass(frozen=True)
class Demand:
    """The demand of a party in one round: the mean over its offers, as a share of its best deal there."""

    group: int
    party: str
    round: int
    share: float


@dataclass(frozen=True)
class Step:
    """A step of signing: the tables that were signed in one round, and by whom."""

    round: int
    tables: tuple[str, ...]
    signers: tuple[str, ...]


def moved(group: GroupGame) -> tuple[OfferStep, ...]:
    """Return every offer of a group's game, a mediator's drafts left out."""
    opening = group.game.protocol.opening(group.state.scenario, group.state.rounds)
    return tuple(one for one in offer_steps(opening, group.state.events, group.sheets) if one.party != MEDIATOR)


def openings(group: GroupGame, found: Sequence[OfferStep]) -> list[Opening]:
    """Return the first offer of each party at each table that concerned its own points, against the result there."""
    rows, seen = [], set()
    for move in found:
        key = move.party, move.table
        if key not in seen and move.party in move.gains:
            seen.add(key)
            worth = _worth(group, *key, move), _worth(group, *key, None)
            rows.append(Opening(group.number, *key, move.round, *worth, group.who[move.seq]))
    return rows


def _worth(group: GroupGame, party: str, table: str, move: OfferStep | None) -> float:
    """Return the gain of an offer, or of what was agreed, over leaving the table unsigned, all else as in the end."""
    deal = group.outcome[table] if move is None else move.deal
    scores = group.sheets[party].given(table, group.outcome)
    at = -1 if deal is None else group.state.scenario.tables[table].index(deal)
    return round(float(scores[at] - scores[-1]), 9) + 0.0


def demands(group: GroupGame, found: Iterable[OfferStep]) -> list[Demand]:
    """Return how much each party asked for, round by round; tables at which it can gain nothing are left out."""
    asked: dict[tuple[str, int], list[float]] = {}
    for move in found:
        top = best_gain(group, move.party, move.table) if move.party in move.gains else 0.0
        if top > 0:
            asked.setdefault((move.party, move.round), []).append(move.gains[move.party] / top)
    rows = []
    for (party, number), shares in asked.items():
        total = 0.0
        for share in shares:
            total += share
        rows.append(Demand(group.number, party, number, round(total / len(shares), 6)))
    return rows


def best_gain(group: GroupGame, party: str, table: str) -> float:
    """Return the most that a party could gain at a table, all other tables unsigned."""
    scores = group.sheets[party].given(table, {})
    return float(scores[:-1].max() - scores[-1])


def steps(group: GroupGame) -> list[Step]:
    """Return the coalition path: what was signed in which round, and by whom."""
    opening = group.game.protocol.opening(group.state.scenario, group.state.rounds)
    found = []
    for (number, tables), _ in path(opening, group.state.events)[1:]:
        who = {party for name in tables for party in group.state.signed[name]}
        found.append(Step(number, tables, tuple(party for party in group.state.scenario.parties if party in who)))
    return found


def courted(klass: ClassData, found: Iterable[Sequence[OfferStep]]) -> dict[tuple[str, str], int]:
    """Return how many offers were made in the whole class, by (author, party that would have to sign)."""
    counts = {(one, other): 0 for one in klass.case.roles for other in klass.case.roles if one != other}
    for moves_of_group in found:
        for pair, count in proposed(moves_of_group).items():
            counts[pair] = counts.get(pair, 0) + count
    return counts


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation of pairs; None for fewer than three or without any spread.

    Examples
    --------
    >>> correlation([(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]), correlation([(1.0, 2.0)])
    (1.0, None)
    """
    if len(pairs) < 3:
        return None
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    mx, my = _mean(xs), _mean(ys)
    cross = across = along = 0.0
    for x, y in pairs:
        cross += (x - mx) * (y - my)
        across += (x - mx) ** 2
        along += (y - my) ** 2
    return round(cross / (across * along) ** 0.5, 3) if across > 0 and along > 0 else None


def _mean(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total / len(values)
