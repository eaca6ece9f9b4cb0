"""How far a first game has come: read, offer, ask, trade, sign; read off the log, in whatever order a person does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from negotiation.actions import Offer, Say
from negotiation.analysis.coaching.remarks import at_stake
from negotiation.moves import Ask, Trade
from negotiation.table import Deal
from negotiation.view import View

Step: TypeAlias = Literal["read", "offer", "ask", "trade", "sign"]
STEPS: tuple[Step, ...] = ("read", "offer", "ask", "trade", "sign")

Status: TypeAlias = Literal["done", "skipped", "now", "later"]

End: TypeAlias = Literal["", "signed", "left", "unsigned"]
"""How the game has ended for me: it goes on, I have signed, I have left the table, or time has run out."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """How far a first game has come.

    Attributes
    ----------
    steps
        Every step with what has become of it; skipped is what there is no more time or need for.
    """

    steps: Mapping[Step, Status]
    end: End

    @property
    def now(self) -> Step | None:
        """Return the step to be done now; None at the end."""
        return next((step for step, status in self.steps.items() if status == "now"), None)

    @property
    def last(self) -> Step:
        """Return the last step that was done; reading, if none was."""
        return next((step for step in reversed(STEPS) if self.steps[step] == "done"), "read")


def lesson(view: View, *, read: bool) -> Lesson:
    """Return how far the game at one table has come; `read`: whether the person has read its sheet and gone to the table."""
    state, me = view.state, view.me
    (table,) = view.scenario.tables
    moves = [
        move
        for number in state.spoken
        if (event := state.events[number]).party == me and isinstance(event.action, Say)
        for move in event.action.moves
    ]
    offers = offers_of(view, table)
    done: dict[Step, bool] = {
        "read": read or bool(state.turns.get(me)),
        "offer": bool(offers),
        "ask": any(isinstance(move, Ask) for move in moves),
        "trade": any(isinstance(move, Trade) for move in moves) or traded(view, table, offers),
        "sign": me in state.signed.get(table, ()),
    }
    end: End = ""
    if done["sign"]:
        end = "signed"
    elif me in state.left.get(table, ()):
        end = "left"
    elif state.over:
        end = "unsigned"
    return Lesson(_statuses(done, over=bool(end), last=state.round + 1 == state.rounds), end)


def _statuses(done: Mapping[Step, bool], *, over: bool, last: bool) -> dict[Step, Status]:
    """Return what has become of each step: a trade makes up for what came before, and the last round is for signing."""
    reached = len(STEPS) if over else STEPS.index("trade") if last or done["trade"] else -1
    found: dict[Step, Status] = {}
    for n, step in enumerate(STEPS):
        after: Status = "now" if "now" not in found.values() else "later"
        found[step] = "done" if done[step] else "skipped" if n <= reached else after
    return found


def offers_of(view: View, table: str) -> tuple[Deal, ...]:
    """Return my offers at a table, oldest first."""
    return tuple(
        event.action.deals[table]
        for event in view.state.events
        if event.party == view.me and isinstance(event.action, Offer) and table in event.action.deals
    )


def traded(view: View, table: str, offers: tuple[Deal, ...]) -> bool:
    """Return whether an offer of mine gave, against the one before, something lighter than what weighs most, or for something."""
    stakes, points = at_stake(view, table), view.preferences.by_option[table]
    heaviest = stakes.index(max(stakes))
    for old, new in pairwise(offers):
        changes = [points[k][new[k]] - points[k][old[k]] for k in range(len(new))]
        given = [k for k, change in enumerate(changes) if change < 0]
        if given and (given != [heaviest] or max(changes) > 0):
            return True
    return False
