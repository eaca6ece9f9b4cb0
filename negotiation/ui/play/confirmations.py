"""What an act takes away for good, in words: whoever is about to do it is asked once, before it is done.

There is no undo. A log only grows, and agents have answered an act before the page is drawn again. So a question comes
first, wherever an act cannot be taken back and something is at stake; and only there, for what is asked about every
time is answered unread. Nothing is asked of whoever ends a round with all read and sent, signs for a gain while other
tables are open, or offers what is better than leaving the table unsigned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from negotiation.rounding import apart
from negotiation.state import Paper
from negotiation.table import Deal
from negotiation.ui.common import words
from negotiation.ui.common.focus import typed
from negotiation.ui.common.style import short
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.drafts import unsent
from negotiation.worth import Worth, worth


def ending(hand: ActionButtons, *, mediated: bool) -> list[str]:
    """Of ending the round: gains not looked at, or in the last round let go; and what is not sent.

    Other papers that were not looked at stay where they are and can be signed in the next round.
    """
    state = hand.view.state
    gains = [] if state.drafts else _gains(hand)
    asks = []
    if gains and state.round + 1 == state.rounds:
        asks = [words.LAPSES.format(papers=_told(hand, gains), unit=state.scenario.unit)]
    elif not mediated and (fresh := _unseen(hand, gains)):
        asks = [words.UNREAD.format(papers=_told(hand, fresh))]
    return asks + _not_sent(hand)


def signing(hand: ActionButtons, paper: Paper, seen: Worth) -> list[str]:
    """Of signing a paper: a loss, and that no other table is open to me."""
    return [*_loss(hand, seen, words.LOSS), *_closing(hand, paper.deals, paper.signed)]


def offering(hand: ActionButtons, deals: Mapping[str, Deal]) -> list[str]:
    """Of an offer, which whoever makes it signs: a loss; and the same as of signing, where only that was missing."""
    view = hand.view
    asks = _loss(hand, worth(view.state, view.preferences, deals), words.LOSS_OFFERED)
    alike = [paper for paper in view.state.papers.values() if hand.alone and dict(paper.deals) == dict(deals)]
    signed = {party for paper in alike for party in paper.signed if party != view.me}  # agents sign it again at once
    if not view.state.lacking(deals, (*signed, view.me)):
        asks += _closing(hand, deals, signed)
    if asks and signed:
        who = words.all_of([short(view.scenario, party) for party in view.scenario.parties if party in signed])
        asks.insert(0, words.ALIKE.format(who=who, have="has" if len(signed) == 1 else "have"))
    return asks


def walking(hand: ActionButtons, table: str) -> list[str]:
    """Of leaving a table: that it is for good, and what becomes of it."""
    view = hand.view
    there = view.scenario.tables[table]
    asks = [words.WALKING.format(table=there.title), *([there.unsigned_means] if there.unsigned_means else [])]
    return [*asks, words.LAST_LEFT, *_not_sent(hand)] if view.state.sits(view.me) == (table,) else asks


def _gains(hand: ActionButtons) -> list[Paper]:
    """The papers that I could sign now, and gain by it."""
    view = hand.view
    return [
        paper
        for paper in view.state.papers.values()
        if any(name in view.due for name in paper.deals)
        and view.state.signable(view.me, paper)
        and worth(view.state, view.preferences, paper.deals).gain > 0
    ]


def _unseen(hand: ActionButtons, papers: Sequence[Paper]) -> list[Paper]:
    seen: Collection[int] = st.session_state.get(f"seen-{hand.game}", ())
    return [paper for paper in papers if paper.id not in seen]


def _told(hand: ActionButtons, papers: Sequence[Paper]) -> str:
    """`2 papers (Horse, Cloud and software)`: how many, and where they lie."""
    tables = {name: hand.view.scenario.tables[name].title for paper in papers for name in paper.deals}
    return f"{words.counted(len(papers), 'paper')} ({', '.join(tables.values())})"


def _not_sent(hand: ActionButtons) -> list[str]:
    """What stands in the controls and the line to speak in. In class the page itself knows, and adds it."""
    if not hand.alone:
        return []
    tables = hand.view.scenario.tables
    asks = [words.UNSENT_OFFER.format(table=tables[name].title) for name in unsent(hand.game, hand.view)]
    return [*asks, *([words.UNSENT_WORDS] if typed() else [])]


def _loss(hand: ActionButtons, seen: Worth, told: str) -> list[str]:
    """What signing loses, the delay that it adds counted and told."""
    if not seen.loses:
        return []
    scenario = hand.view.scenario
    far = apart(seen.otherwise, seen.points, scenario.decimals)
    delay = words.delayed(scenario, seen, hand.view.state.round)
    return [told.format(points=words.loss(far, scenario.decimals)), *([delay] if delay else [])]


def _closing(hand: ActionButtons, deals: Mapping[str, Deal], signed: Collection[str]) -> list[str]:
    """That no table is left to me once these deals bind. Where people have yet to sign, I could take it back till then."""
    view = hand.view
    binds = hand.alone or not view.state.lacking(deals, (*signed, view.me))
    closes = binds and set(view.state.sits(view.me)) <= set(deals)
    return [words.LAST_SIGNED, *_not_sent(hand)] if closes else []
