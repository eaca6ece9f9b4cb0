"""A draft before it is sent: what the rules say, what it is worth to me, and what the others will probably make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negotiation.analysis.coaching.mine import gifts, offered_before, promises
from negotiation.analysis.coaching.remarks import Estimates, Remark, distance, others_at, possible, term
from negotiation.analysis.coaching.trades import cheapest, obstacles
from negotiation.analysis.suggest import last_offers
from negotiation.moves import Ask, Prefer, Refuse
from negotiation.rounding import apart
from negotiation.table import Deal
from negotiation.talk.course import course
from negotiation.talk.evidence import heard
from negotiation.view import View
from negotiation.worth import worth


def review(view: View, deals: Mapping[str, Deal], estimates: Estimates | None = None) -> tuple[Remark, ...]:
    """Return what is to be said of a draft, the most important first; only why it cannot be, if the rules refuse it.

    Parameters
    ----------
    estimates
        How much the others are thought to like each deal. Without them, what is nearer to their last offers is what
        they like better.
    """
    if refused := illegal(view, deals):
        return (refused,)
    return (
        *_worth(view, deals),
        *promises(view, deals),
        *(remark for name in deals for remark in _table(view, deals, name, estimates or {})),
        *gifts(view, deals),
        *_cheap(view, deals),
        *_signers(view, deals),
    )


def illegal(view: View, deals: Mapping[str, Deal]) -> Remark | None:
    """Return why the rules would not take these deals; None if they do."""
    state = view.state
    for name, deal in deals.items():
        table = view.scenario.tables[name]
        if name not in state.sits(view.me):
            return Remark("away", "rules", tables=(name,))
        if table.index(deal) < 0:
            broken = next((one for one in table.forbidden if table.clashes(one, deal)), None)
            return Remark(
                "clash" if broken else "few", "rules", (), (name,), pattern=broken.pattern if broken else None
            )
        if gone := tuple(who for who in state.left.get(name, ()) if who in table.needs(deal)):
            return Remark("gone", "rules", gone, (name,))
    if broken := view.scenario.breaks({**state.bound, **deals}):
        return Remark("across", "rules", (), tuple(deals), pattern=broken.pattern)
    return None


def _worth(view: View, deals: Mapping[str, Deal]) -> Iterator[Remark]:
    """Yield how a draft lies to leaving all unsigned, and to the best that the others have offered at its tables."""
    state, decimals = view.state, view.scenario.decimals
    seen = worth(state, view.preferences, deals)
    gain = apart(seen.points, seen.otherwise, decimals)
    yield Remark("loss" if gain < 0 else "gain" if gain else "level", "sheet", (), tuple(deals), points=abs(gain))
    found = [
        (apart(seen.points, worth(state, view.preferences, {**deals, name: last}).points, decimals), name, party)
        for name in deals
        for party, last in last_offers(view, name).items()
        if possible(view, name)[view.scenario.tables[name].index(last)]
    ]
    if found:
        more, name, party = min(found, key=lambda one: one[0])
        live = any(paper.author == party and state.signable(view.me, paper) for paper in state.at(name))
        kind = "above theirs" if more > 0 else "as theirs" if not more else "sign theirs" if live else "below theirs"
        yield Remark(kind, "sheet", (party,), (name,), points=abs(more))


def _signers(view: View, deals: Mapping[str, Deal]) -> Iterator[Remark]:
    """Yield who must sign besides me."""
    missing = [view.scenario.tables[name].missing(deal, (view.me,)) for name, deal in deals.items()]
    must = tuple(dict.fromkeys(party for who, _ in missing for party in who))
    votes = max(votes for _, votes in missing)
    kind = "signers" if must and not votes else "votes" if must else "any votes" if votes else "binds"
    yield Remark(kind, "rules", must, tuple(deals), number=votes)


def _table(view: View, deals: Mapping[str, Deal], name: str, estimates: Estimates) -> Iterator[Remark]:
    """Yield what those who must sign at one table will make of the draft, by what they have asked for and said."""
    table, deal = view.scenario.tables[name], deals[name]
    theirs, known = last_offers(view, name), estimates.get(name, {})
    mine = next((one for party, _, one in reversed(view.state.offers.get(name, ())) if party == view.me), None)
    must = [party for party in table.needs(deal) if party != view.me]
    for party in must:
        if party not in theirs:
            continue
        last = theirs[party]
        if deal == last:
            yield Remark("theirs", "offers", (party,), (name,))
        elif mine is None or mine == deal:
            apart_in = tuple(term(table, k) for k in range(len(deal)) if deal[k] != last[k])
            yield Remark("differs", "offers", (party,), (name,), apart_in)
        else:
            liked = known.get(party)
            nearer = (
                distance(table, mine, last) - distance(table, deal, last)
                if liked is None
                else float(liked[table.index(deal)] - liked[table.index(mine)])
            )
            kind = "nearer" if nearer > 1e-9 else "further" if nearer < -1e-9 else "no nearer"
            yield Remark(kind, "offers", (party,), (name,))
    silent = tuple(party for party in must if party not in theirs)
    if silent:
        yield Remark("unknown", "offers", silent, (name,), move=Ask("priority", name, None, silent[0]))
    yield from _words(view, name, deal)


def _words(view: View, name: str, deal: Deal) -> Iterator[Remark]:
    """Yield where a deal takes what somebody at the table has refused, likes less, or could not follow."""
    state, table = view.state, view.scenario.tables[name]
    if not state.spoken:
        return
    taken, when = {term(table, k, option) for k, option in enumerate(deal)}, course(state)
    for said in heard(state, view.me):
        if said.party not in others_at(view, name):
            continue
        number = when.round(said.said)
        match said.move:
            case Refuse(options) if hit := tuple(one for one in options if one in taken):
                yield Remark("refused", "words", (said.party,), (name,), hit, number=number)
            case Prefer(more, less) if less in taken:
                yield Remark("disliked", "words", (said.party,), (name,), (less, more), number=number)
            case _:
                pass
    for party, (number, issue) in obstacles(view, name).items():
        k, then = table.by_name[issue.issue], offered_before(view, name, number)
        if table.signs(party, deal) and then is not None and then[k] == deal[k]:
            yield Remark("unheeded", "words", (party,), (name,), (issue,), number=when.round(number))


def _cheap(view: View, deals: Mapping[str, Deal]) -> Iterator[Remark]:
    """Yield what costs me least of what somebody who must sign has pressed on."""
    if found := cheapest(view, deals):
        kind = "cheap" if found.cost > 0 else "free"
        yield Remark(kind, "offers", (found.party,), (found.wish.table,), (found.wish,), found.cost)
