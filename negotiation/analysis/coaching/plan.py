"""How to prepare: what I have without any signature, what I could have, what weighs most, and what to ask whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from negotiation.actions import Say
from negotiation.analysis.coaching.remarks import at_stake, by_stake, others_at, possible, term
from negotiation.analysis.ideal_score import ideal_score
from negotiation.moves import Ask, Term
from negotiation.moves import tables_of as tables_about
from negotiation.preferences import Link
from negotiation.speaking import nonsense
from negotiation.table import tables_of
from negotiation.view import View

MOST = 3
"""Issues, links and questions that are told: more are not remembered."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One open table where I sit.

    Attributes
    ----------
    unsigned, best
        My points there if it stays unsigned, and under the deal that I like best; links between tables left out.
    signers
        The others without whom nothing binds there.
    sometimes
        The others who sign under some deals only.
    """

    table: str
    unsigned: float
    best: float
    signers: tuple[str, ...]
    sometimes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to know before one sits down; points without the cost of delay.

    Attributes
    ----------
    walk_away
        My points if nothing is signed at all.
    best
        My points under the outcome that I like best of all that can stand together; None where it is too hard to find.
    issues
        What weighs most for me at the open tables, with the points between its best and its worst option.
    links
        Links of mine with the most points that can still come about.
    questions
        What to ask, each of somebody by name.
    """

    walk_away: float
    best: float | None
    issues: tuple[tuple[Term, float], ...]
    tables: tuple[Prospect, ...]
    links: tuple[Link, ...]
    questions: tuple[Ask, ...]

    @property
    def target(self) -> float | None:
        """Return a target that can be reached: half way from walking away to the best.

        Where two sides open with the best for themselves, the middle between both openings is the best guess at what
        they come to (Raiffa 1982); of the other side's opening one knows only that it should not lie below one's own
        walk-away. A rule of thumb.
        """
        return None if self.best is None else (self.walk_away + self.best) / 2


def prepare(view: View) -> Plan:
    """Return the plan of a seat."""
    best = ideal_score(view.preferences)
    names = by_stake(view)
    return Plan(
        view.preferences.score({}),
        None if isnan(best) else best,
        _weightiest(view),
        tuple(_prospect(view, name) for name in names),
        _links(view),
        questions(view),
    )


def _weightiest(view: View) -> tuple[tuple[Term, float], ...]:
    found = [
        (term(view.scenario.tables[name], k), stake)
        for name in view.state.sits(view.me)
        for k, stake in enumerate(at_stake(view, name))
        if stake > 0
    ]
    return tuple(sorted(found, key=lambda pair: -pair[1])[:MOST])


def _prospect(view: View, name: str) -> Prospect:
    table, points = view.scenario.tables[name], view.preferences.points[name]
    can = possible(view, name)
    rest = float(points[-1])
    others = others_at(view, name)
    signers = tuple(party for party in others if party in table.signers.always)
    best = float(points[:-1][can].max()) if can.any() else rest
    return Prospect(name, rest, best, signers, tuple(party for party in others if party not in signers))


def _links(view: View) -> tuple[Link, ...]:
    """Return links of mine that can still come about or be avoided, the most points first, for better or worse."""
    state, chances = view.state, view.preferences.chances
    settled = {name: state.bound.get(name) for name in view.scenario.tables if name not in state.open}
    parts = {name: chances(name, deal) for name, deal in settled.items()}
    found = [
        link
        for n, link in enumerate(view.preferences.links)
        if all(parts[name][n] for name in tables_of(link.pattern) if name in parts)
        and any(name not in parts for name in tables_of(link.pattern))
    ]
    return tuple(sorted(found, key=lambda link: -abs(link.points))[:MOST])


def questions(view: View) -> tuple[Ask, ...]:
    """Return up to three questions that I have not asked yet and that can be asked now, of different kinds if possible."""
    asked: set[tuple[str, str, str]] = {
        (move.what, move.table or (move.option.table if move.option else ""), move.whom)
        for number in view.state.spoken
        if (event := view.state.events[number]).party == view.me and isinstance(event.action, Say)
        for move in event.action.moves
        if isinstance(move, Ask)
    }
    kinds = [
        [move for name in by_stake(view) for move in ask(view, name) if _fresh(view, move, kind, name, asked)]
        for kind, ask in (("obstacle", _wrong), ("priority", _matters), ("option", _likes), ("alternative", _else))
    ]
    found: list[Ask] = []
    for row in [kinds] * MOST:
        for moves in row:
            if left := [move for move in moves if move not in found]:
                found.append(min(left, key=lambda move: _known(move, found)))
    return tuple(found[:MOST])


def _known(move: Ask, found: list[Ask]) -> tuple[bool, bool]:
    """Return whether something is asked of the same party already, and at the same table."""
    return move.whom in {one.whom for one in found}, tables_about(move) in {tables_about(one) for one in found}


def _fresh(view: View, move: Ask, kind: str, table: str, asked: set[tuple[str, str, str]]) -> bool:
    known = {(kind, table, move.whom), (kind, table, ""), (kind, "", move.whom)}
    return not known & asked and not nonsense(view.state, view.me, move)


def _matters(view: View, table: str) -> Iterator[Ask]:
    for party in others_at(view, table):
        yield Ask("priority", table, None, party)


def _wrong(view: View, table: str) -> Iterator[Ask]:
    """Yield to each who could sign my paper and has not the question what is wrong with it."""
    mine = [paper for paper in view.state.at(table) if paper.author == view.me]
    for party in others_at(view, table):
        if any(view.state.signable(party, paper) for paper in mine):
            yield Ask("obstacle", table, None, party)


def _likes(view: View, table: str) -> Iterator[Ask]:
    """Yield to each the question how it likes my best option of what weighs most for me there."""
    stakes, there = at_stake(view, table), view.scenario.tables[table]
    k = stakes.index(max(stakes))
    points = view.preferences.by_option[table][k]
    for party in others_at(view, table):
        yield Ask("option", "", term(there, k, points.index(max(points))), party)


def _else(view: View, table: str) -> Iterator[Ask]:
    for party in others_at(view, table):
        yield Ask("alternative", table, None, party)
