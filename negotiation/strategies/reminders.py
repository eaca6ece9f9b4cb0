"""Promises and threats of others are heard, remembered and held up to them, in the words in which they were made."""

from __future__ import annotations

from negotiation.actions import Say
from negotiation.dice import Dice
from negotiation.state import State
from negotiation.talk.commitments import Commitment, commitments
from negotiation.talk.wording.speech import Speech
from negotiation.view import View

QUOTED = 160
"""Characters of somebody's words that are said back."""


def reminder(view: View, dice: Dice, before: tuple[str, ...]) -> Say | None:
    """Return what one says of a commitment of somebody else: that its last round has come, or that it was broken.

    Each once, and to the one who made it alone.
    """
    for made in commitments(view.state) if view.state.spoken else ():
        if made.party == view.me:
            continue
        quote = quoted(view.state, made)
        if made.status == "open" and made.move.by == view.state.round + 1 > made.round + 1:
            kind, first = "commit.near", view.state.round_began
        elif made.status == "broken" and made.decided is not None:
            kind, first = "commit.broken", made.decided
        else:
            continue
        if not _said(view, quote, first):
            speech = Speech(view.scenario, view.me, dice, before, view.talk)
            speech.say(kind, quote=speech.quoted(quote))
            return Say(speech.text([made.party]), (made.party,))
    return None


def quoted(state: State, made: Commitment) -> str:
    """Return the words in which a commitment was made, cut short."""
    event = state.events[made.said].action
    text = event.text if isinstance(event, Say) else ""
    words = " ".join(text.replace("“", "'").replace("”", "'").split()).rstrip(".。")
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"


def _said(view: View, quote: str, first: int) -> bool:
    """Return whether one has said these words back since an event."""
    mine = (view.state.events[seq] for seq in view.state.spoken if seq >= first)
    return any(e.party == view.me and isinstance(e.action, Say) and quote in e.action.text for e in mine)
