"""Questions before an act that takes something away for good: what it takes, in words, asked once.

There is no undo. A log only grows, and agents have answered an act before the page is drawn again. So a question comes
first, wherever an act cannot be taken back and something is at stake; and only there, for what is asked about every
time is answered unread. Nothing is asked of one who ends a round with all read and sent, signs for a gain while other
tables are open, or offers what is better than leaving the table unsigned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from negotiation.language import plural, tr
from negotiation.rounding import apart
from negotiation.state import Paper
from negotiation.table import Deal
from negotiation.ui.common import words
from negotiation.ui.common.focus import typed
from negotiation.ui.common.style import short
from negotiation.ui.play.action_buttons import ActionButtons
from negotiation.ui.play.drafts import said, unsent
from negotiation.ui.play.left_open import gain, mine, signable, unanswered, waiting
from negotiation.worth import Worth, worth

NAMED = 3
"""Papers that a question names, those with most gain; of others it says how many they are."""


def ending(hand: ActionButtons, *, mediated: bool) -> list[str]:
    """Return the questions before ending the round: gains not looked at, drafts not sent; in the last round what is lost.

    Each paper is named with what it is worth. Other papers stay where they are and can be signed in the next round.
    """
    view = hand.view
    state, last = view.state, view.state.round + 1 == view.state.rounds
    gains = [] if state.drafts else _gains(hand)
    named = gains if last else [] if mediated else _unseen(hand, gains)
    asks = [waiting(view, paper) for paper in named[:NAMED]]
    if (more := len(named) - NAMED) > 0:
        asks.append(
            plural("You could sign {n} more paper with a gain.", "You could sign {n} more papers with a gain.", more)
        )
    if last:
        asks += [unanswered(view, paper) for paper in mine(view) if gain(view, paper) > 0]
        asks += [tr(words.LAPSES, unit=view.scenario.unit)] if asks else []
    elif asks:
        asks.append(tr(words.UNREAD))
    return asks + _not_sent(hand)


def signing(hand: ActionButtons, paper: Paper, seen: Worth) -> list[str]:
    """Return the questions before signing a paper: a loss, and that no other table is open to me."""
    return [*_loss(hand, seen, words.LOSS), *_closing(hand, paper.deals, paper.signed)]


def offering(hand: ActionButtons, deals: Mapping[str, Deal]) -> list[str]:
    """Return the questions before an offer: a loss; those of `signing` if only my signature was missing."""
    view = hand.view
    asks = _loss(hand, worth(view.state, view.preferences, deals), words.LOSS_OFFERED)
    alike = [paper for paper in view.state.papers.values() if hand.alone and dict(paper.deals) == dict(deals)]
    signed = {party for paper in alike for party in paper.signed if party != view.me}  # agents sign it again at once
    if not view.state.lacking(deals, (*signed, view.me)):
        asks += _closing(hand, deals, signed)
    if asks and signed:
        who = words.all_of([short(view.scenario, party) for party in view.scenario.parties if party in signed])
        told = plural(
            "{who} has signed this very deal: your offer can bind at once.",
            "{who} have signed this very deal: your offer can bind at once.",
            len(signed),
            who=who,
        )
        asks.insert(0, told)
    return asks


def walking(hand: ActionButtons, table: str) -> list[str]:
    """Return the questions before leaving a table: that it is for good, and what becomes of it."""
    view = hand.view
    there = view.scenario.tables[table]
    asks = [tr(words.WALKING, table=there.title), *([there.unsigned_means] if there.unsigned_means else [])]
    return [*asks, tr(words.LAST_LEFT), *_not_sent(hand)] if view.state.sits(view.me) == (table,) else asks


def _gains(hand: ActionButtons) -> list[Paper]:
    """Return the papers that I could sign now with a gain, the best first."""
    view = hand.view
    return [
        paper for paper in signable(view) if any(name in view.due for name in paper.deals) and gain(view, paper) > 0
    ]


def _unseen(hand: ActionButtons, papers: Sequence[Paper]) -> list[Paper]:
    seen: Collection[int] = st.session_state.get(f"seen-{hand.game}", ())
    return [paper for paper in papers if paper.id not in seen]


def _not_sent(hand: ActionButtons) -> list[str]:
    """Return what is drafted in the controls and the line to speak in; in class the page itself knows, and adds it."""
    if not hand.alone:
        return []
    tables = hand.view.scenario.tables
    asks = [tr(words.UNSENT_OFFER, table=tables[name].title) for name in unsent(hand.game, hand.view)]
    return [*asks, *([tr(words.UNSENT_WORDS)] if typed() or said(hand.game) in st.session_state else [])]


def _loss(hand: ActionButtons, seen: Worth, told: str) -> list[str]:
    """Return the sentences for a loss by signing, with the delay that it adds counted and named."""
    if not seen.loses:
        return []
    scenario = hand.view.scenario
    far = apart(seen.otherwise, seen.points, scenario.decimals)
    delay = words.delayed(scenario, seen, hand.view.state.round)
    return [tr(told, points=words.loss(far, scenario.decimals)), *([delay] if delay else [])]


def _closing(hand: ActionButtons, deals: Mapping[str, Deal], signed: Collection[str]) -> list[str]:
    """Return the warning that these deals leave me no table once they bind; none while I could still withdraw."""
    view = hand.view
    binds = hand.alone or not view.state.lacking(deals, (*signed, view.me))
    closes = binds and set(view.state.sits(view.me)) <= set(deals)
    return [tr(words.LAST_SIGNED), *_not_sent(hand)] if closes else []
