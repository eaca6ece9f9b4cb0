"""What now: the most useful thing to do in this round, from what lies on the tables and how little time is left."""

from __future__ import annotations

from collections.abc import Iterator

from negotiation.actions import Accept, Offer, Say
from negotiation.analysis.coaching.remarks import Remark, at_stake, by_stake, others_at, possible
from negotiation.analysis.coaching.trades import cheapest
from negotiation.moves import Ask, Move, tables_of
from negotiation.rounding import apart
from negotiation.speaking import nonsense
from negotiation.state import Paper
from negotiation.unanswered import unanswered
from negotiation.view import View
from negotiation.worth import worth

LATE = 2
"""Rounds before the end from which on the coach counts them."""

EARLY, LITTLE = 0.25, 0.5
"""Share of the rounds that must be left, and of what a table could bring me, for the coach to say that it is too little yet."""


def advise(view: View) -> Remark | None:
    """Return the most useful thing to do now; None when I can do nothing."""
    return next(advice(view), None)


def advice(view: View) -> Iterator[Remark]:
    """Yield what could be done now, the most useful first, a wait last; nothing when I can do nothing."""
    if not (view.allowed and view.state.sits(view.me)):
        return
    offers = Offer in view.allowed
    yield from _drafts(view)
    yield from _ready(view)
    if offers and view.state.rounds - view.state.round <= LATE:
        yield _late(view)
    yield from _asked(view)
    yield from _stale(view)
    yield from _gains(view)
    if offers:
        yield from _trades(view)
        yield from _losses(view)
        yield from _empty(view)
    yield Remark("wait" if offers else "nothing", "offers")


def _drafts(view: View) -> Iterator[Remark]:
    """Yield how a mediator's draft that waits for my vote lies to leaving its tables unsigned."""
    state = view.state
    for paper in state.drafts:
        if view.me not in state.votes.get(paper.id, {}) and any(name in state.sits(view.me) for name in paper.deals):
            seen = worth(state, view.preferences, paper.deals)
            gain = apart(seen.points, seen.otherwise, view.scenario.decimals)
            yield Remark("vote for" if gain > 0 else "vote against", "sheet", (), tuple(paper.deals), points=abs(gain))


def _papers(view: View) -> list[tuple[float, Paper]]:
    """Return the papers that I could sign, with what they gain me, the largest gain first."""
    state, decimals = view.state, view.scenario.decimals
    found = []
    for paper in state.papers.values():
        if state.signable(view.me, paper) and not paper.draft and any(name in view.due for name in paper.deals):
            seen = worth(state, view.preferences, paper.deals)
            found.append((apart(seen.points, seen.otherwise, decimals), paper))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].id))


def _missing(view: View, paper: Paper) -> tuple[str, ...]:
    """Return who besides me must still sign a paper."""
    must = (party for who, _ in view.state.missing(paper).values() for party in who)
    return tuple(party for party in dict.fromkeys(must) if party != view.me)


def _ready(view: View) -> Iterator[Remark]:
    """Yield the papers that need only me and gain me something."""
    for gain, paper in _papers(view):
        if gain > 0 and not view.state.lacking(paper.deals, (*paper.signed, view.me)):
            yield Remark(_worth_signing(view, paper, gain), "sheet", (paper.author,), tuple(paper.deals), points=gain)


def _worth_signing(view: View, paper: Paper, gain: float) -> str:
    """Return whether to sign a paper or to counter it first: a first offer, or little of what could be had, early."""
    mine = [name for name in paper.deals if name in view.state.sits(view.me)]  # a package may reach beyond them
    left, most = view.state.rounds - view.state.round, sum(_most(view, name) for name in mine)
    if left > LATE and not any(_offered(view, name) for name in mine):
        return "first offer"
    early = left > max(LATE, EARLY * view.state.rounds)
    return "little" if early and gain < LITTLE * most else "sign"


def _most(view: View, table: str) -> float:
    """Return the most that I could gain at a table over leaving it unsigned, all else as it is signed."""
    scores = view.preferences.given(table, view.state.outcome)
    return float(scores[:-1][possible(view, table)].max(initial=scores[-1]) - scores[-1])


def _offered(view: View, table: str) -> bool:
    """Return whether I have made an offer at a table."""
    return any(party == view.me for party, _, _ in view.state.offers.get(table, ()))


def _late(view: View) -> Remark:
    """Return how many rounds are left, which of my tables are unsigned, and which of them is nearest to a signature."""
    state, names = view.state, tuple(by_stake(view))
    gains = [(paper.lacks, paper.id, paper) for paper in state.papers.values() if _good(view, paper)]
    left = state.rounds - state.round
    if not gains:
        return Remark("late", "rules", (), names, number=left)
    paper = min(gains, key=lambda one: one[:2])[2]
    nearest = next(name for name in paper.deals if name in names)
    rest = tuple(name for name in names if name != nearest)
    return Remark("late near", "rules", _missing(view, paper), (nearest, *rest), number=left)


def _good(view: View, paper: Paper) -> bool:
    """Return whether a paper at a table of mine would gain me something."""
    mine = not paper.draft and any(name in view.state.sits(view.me) for name in paper.deals)
    return mine and worth(view.state, view.preferences, paper.deals).gain > 0


def _asked(view: View) -> Iterator[Remark]:
    """Yield who has asked me something in this round and has had no answer."""
    others = [party for party in view.scenario.parties if party != view.me]
    words = unanswered(view.state, others)[view.me].words
    who = tuple(dict.fromkeys(view.state.events[number].party for number in words))
    if who:
        yield Remark("asked", "words", who)


def _stale(view: View) -> Iterator[Remark]:
    """Yield my offers that nobody has answered since an earlier round."""
    state = view.state
    for paper in state.papers.values():
        if paper.author != view.me or paper.round >= state.round or _answered(view, paper):
            continue
        for name in paper.deals:
            for party in others_at(view, name):
                move = Ask("obstacle", name, None, party)
                if (
                    state.signable(party, paper)
                    and not _said_since(view, paper.id, move)
                    and not nonsense(state, view.me, move)
                ):
                    yield Remark("unanswered", "offers", (party,), (name,), number=paper.round, move=move)


def _answered(view: View, paper: Paper) -> bool:
    """Return whether somebody has signed a paper of mine, or offered or spoken at its tables since."""
    for event in view.state.events[paper.id + 1 :]:
        if event.party == view.me:
            continue
        match event.action:
            case Offer(deals) if {*deals} & {*paper.deals}:
                return True
            case Accept(number) if number == paper.id:
                return True
            case Say(moves=moves) if any({*tables_of(move)} & {*paper.deals} for move in moves):
                return True
            case _:
                pass
    return False


def _said_since(view: View, since: int, move: Move) -> bool:
    later = (view.state.events[number] for number in view.state.spoken if number > since)
    return any(
        move in event.action.moves for event in later if event.party == view.me and isinstance(event.action, Say)
    )


def _gains(view: View) -> Iterator[Remark]:
    """Yield the papers that gain me something and need others besides."""
    for gain, paper in _papers(view):
        if gain > 0 and view.state.lacking(paper.deals, (*paper.signed, view.me)):
            missing = _missing(view, paper)
            yield Remark("support", "sheet", (paper.author, *missing), tuple(paper.deals), points=gain)


def _trades(view: View) -> Iterator[Remark]:
    """Yield what I could offer for something, since it is pressed for and costs me little under a paper of mine."""
    state = view.state
    for paper in state.papers.values():
        found = cheapest(view, paper.deals) if paper.author == view.me else None
        if found:
            name = found.wish.table
            move = found.trade(view, paper.deals[name])
            if not _said_since(view, paper.id, move) and not nonsense(state, view.me, move):
                terms = (*move.give, *move.get)
                yield Remark("trade", "offers", (found.party,), (name,), terms, found.cost, move=move)


def _losses(view: View) -> Iterator[Remark]:
    """Yield the best paper at each table where all are a loss for me and nothing of mine lies."""
    state = view.state
    for gain, paper in _papers(view):
        mine = any(other.author == view.me for name in paper.deals for other in state.at(name))
        if gain <= 0 and not mine:
            yield Remark("counter", "sheet", (paper.author,), tuple(paper.deals), points=-gain)


def _empty(view: View) -> Iterator[Remark]:
    """Yield the tables where I have made no offer and something can be had, those with most at stake first."""
    for name in by_stake(view):
        stake = sum(at_stake(view, name))
        if not _offered(view, name) and stake > 0 and possible(view, name).any():
            yield Remark("open", "sheet", (), (name,), points=stake)
