"""A draft against what I have done and said myself: what it gives away for nothing, and which word of mine it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negotiation.actions import Offer, Say
from negotiation.analysis.coaching.remarks import Remark, term
from negotiation.moves import Commit, Refuse, Term
from negotiation.rounding import apart
from negotiation.state import State
from negotiation.table import Deal
from negotiation.talk.commitments import commitments
from negotiation.talk.course import course
from negotiation.view import View
from negotiation.worth import worth


def gifts(view: View, deals: Mapping[str, Deal]) -> Iterator[Remark]:
    """Yield where a draft gives points away against my last offer while nobody has moved towards me since."""
    for name, deal in deals.items():
        offers = view.state.offers.get(name, ())
        at = next((n for n in reversed(range(len(offers))) if offers[n][0] == view.me), None)
        if at is None:
            continue
        _, number, mine = offers[at]
        now = worth(view.state, view.preferences, deals).points
        lost = apart(worth(view.state, view.preferences, {**deals, name: mine}).points, now, view.scenario.decimals)
        since = [(party, one) for party, _, one in offers[at + 1 :] if party != view.me]
        given = tuple(term(view.scenario.tables[name], k) for k in _given(view, name, mine, deal))
        if lost <= 0 or not given or any(_moved(view, name, offers[:at], party, one) for party, one in since):
            continue
        parties = tuple(dict.fromkeys(party for party, _ in since))
        yield Remark("gift" if since else "bids alone", "offers", parties, (name,), given, lost, number)


def _given(view: View, name: str, mine: Deal, deal: Deal) -> list[int]:
    """Return the issues in which a deal has fewer points for me, the largest loss first."""
    points = view.preferences.by_option[name]
    lost = {k: points[k][mine[k]] - points[k][deal[k]] for k in range(len(deal))}
    return sorted((k for k in lost if lost[k] > 0), key=lambda k: -lost[k])


def _moved(view: View, name: str, before: tuple[tuple[str, int, Deal], ...], party: str, deal: Deal) -> bool:
    """Return whether an offer is better for me than its author's offer before, or is its first."""
    index, points = view.scenario.tables[name].index, view.preferences.given(name, view.state.outcome)
    last = next((one for who, _, one in reversed(before) if who == party), None)
    return last is None or bool(points[index(deal)] > points[index(last)] + 1e-9)


def promises(view: View, deals: Mapping[str, Deal]) -> Iterator[Remark]:
    """Yield the promises of mine that a draft would break, and what it takes that I said was out of the question."""
    when = course(view.state)
    for made in commitments(view.state):
        if made.party == view.me and made.status == "open" and _breaks(view, deals, made.move):
            move = made.move
            kind, partner = f"promise {move.act}", (move.partner,) if move.partner else ()
            yield Remark(kind, "words", partner, (move.where, move.table), number=when.round(made.said))
    for number in view.state.spoken:
        event = view.state.events[number]
        said = event.action.moves if event.party == view.me and isinstance(event.action, Say) else ()
        for refusal in (move for move in said if isinstance(move, Refuse)):
            if hit := tuple(one for one in refusal.options if _takes(view, deals, one)):
                yield Remark("own word", "words", (), (hit[0].table,), hit, number=when.round(number))


def _breaks(view: View, deals: Mapping[str, Deal], move: Commit) -> bool:
    """Return whether a draft is at a table that I said I would leave by now, or leaves out a partner I named for it."""
    if move.where not in deals:
        return False
    if move.act == "walk":
        return _due(view.state, move)
    partner = move.partner
    return bool(partner) and not view.scenario.tables[move.where].signs(partner, deals[move.where])


def _takes(view: View, deals: Mapping[str, Deal], one: Term) -> bool:
    deal = deals.get(one.table)
    return deal is not None and any(one == term(view.scenario.tables[one.table], k, o) for k, o in enumerate(deal))


def _due(state: State, move: Commit) -> bool:
    """Return whether the condition of an open commitment has come true."""
    if not move.unless:
        return move.table in state.bound
    return move.table in state.dead or (move.by is not None and state.round >= move.by)


def offered_before(view: View, name: str, number: int) -> Deal | None:
    """Return my last offer at a table before an event; None if I had made none."""
    for event in reversed(view.state.events[:number]):
        if event.party == view.me and isinstance(event.action, Offer) and name in event.action.deals:
            return event.action.deals[name]
    return None
