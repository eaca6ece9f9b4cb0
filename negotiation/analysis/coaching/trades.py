"""Cheap concessions: what somebody who must sign has pressed on and costs me little, and what to ask in return for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from negotiation.actions import Say
from negotiation.analysis.coaching.remarks import at_stake, others_at, possible, term
from negotiation.analysis.suggest import last_offers
from negotiation.moves import Obstacle, Prefer, Rank, Term, Trade
from negotiation.rounding import apart
from negotiation.table import Deal
from negotiation.talk.evidence import Deeds, heard
from negotiation.view import View
from negotiation.worth import worth

LOW = 0.25
"""Share of what weighs most for me at a table up to which giving way counts as cheap."""


@dataclass(frozen=True, slots=True)
class Concession:
    """An option that somebody has pressed for, and what it costs me in a draft; links and delay counted."""

    party: str
    wish: Term
    cost: float

    def trade(self, view: View, deal: Deal) -> Trade:
        """Return the offer of it for what in the deal matters most to me of all that the party asks otherwise.

        Where that is nothing else, for something at what weighs most for me.
        """
        table = view.scenario.tables[self.wish.table]
        theirs, points = last_offers(view, table.name)[self.party], view.preferences.by_option[table.name]
        rest = [k for k, issue in enumerate(table.issues) if issue.name != self.wish.issue]
        k = max(rest, key=lambda n: points[n][deal[n]] - points[n][theirs[n]])
        more = points[k][deal[k]] > points[k][theirs[k]]
        heaviest = max(rest, key=at_stake(view, table.name).__getitem__)
        return Trade((term(table, k, deal[k]) if more else term(table, heaviest),), (self.wish,))


def cheapest(view: View, deals: Mapping[str, Deal]) -> Concession | None:
    """Return the cheapest concession that keeps a draft possible and a gain for me; None if none is cheap."""
    seen, found = worth(view.state, view.preferences, deals), list[Concession]()
    for name, deal in deals.items():
        most = LOW * max(at_stake(view, name))
        for party, k, option in _wishes(view, name, deal):
            other = {**deals, name: (*deal[:k], option, *deal[k + 1 :])}
            if not _stands(view, other, name):
                continue
            then = worth(view.state, view.preferences, other)
            cost = max(apart(seen.points, then.points, view.scenario.decimals), 0.0)
            if cost <= most and then.gain > 0:
                found.append(Concession(party, term(view.scenario.tables[name], k, option), cost))
    return min(found, key=lambda one: one.cost, default=None)


def _wishes(view: View, name: str, deal: Deal) -> Iterator[tuple[str, int, int]]:
    """Yield who must sign a deal and presses for another option: the party, the issue, the option."""
    table, theirs = view.scenario.tables[name], last_offers(view, name)
    for party in table.needs(deal):
        if party in theirs:
            last = theirs[party]
            yield from ((party, k, last[k]) for k in _pressed(view, party, name) if last[k] != deal[k])


def _stands(view: View, deals: Mapping[str, Deal], name: str) -> bool:
    """Return whether deals can bind, where all but the one at `name` are known to."""
    at = view.scenario.tables[name].index(deals[name])
    return at >= 0 and bool(possible(view, name)[at]) and view.scenario.breaks({**view.state.bound, **deals}) is None


def _pressed(view: View, party: str, name: str) -> Iterator[int]:
    """Yield the issues that somebody presses on: asked for alike in all its offers, two or more, or said to matter."""
    table, deeds = view.scenario.tables[name], Deeds(view.state)
    said = {issue.issue for who, (_, issue) in obstacles(view, name).items() if who == party}
    said |= {
        one.move.more.issue
        for one in heard(view.state, view.me)
        if one.party == party and isinstance(one.move, Rank | Prefer) and one.move.more.table == name
    }
    for k, issue in enumerate(table.issues):
        often = len(deeds.asked(party, name)) > 1 and len(deeds.taken(party, term(table, k))) == 1
        if often or issue.name in said:
            yield k


def obstacles(view: View, name: str) -> dict[str, tuple[int, Term]]:
    """Return by other party the last issue of a table of which it said that it cannot follow, with the event."""
    found: dict[str, tuple[int, Term]] = {}
    others = others_at(view, name)
    for number in view.state.spoken:
        event = view.state.events[number]
        if event.party in others and isinstance(event.action, Say):
            for move in event.action.moves:
                if isinstance(move, Obstacle) and move.issue.table == name:
                    found[event.party] = number, move.issue
    return found
