"""How far a first game has come: read, offer, ask, trade, sign; read off the log, in whatever order a person does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Literal, TypeAlias

from negotiation.actions import Offer, Say
from negotiation.analysis.coaching.remarks import at_stake, term
from negotiation.analysis.coaching.trades import Concession, cheapest
from negotiation.analysis.suggest import last_offers
from negotiation.moves import Ask, Term, Trade
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
    done: dict[Step, bool] = {
        "read": read or bool(state.turns.get(me)),
        "offer": bool(offers_of(view, table)),
        "ask": any(isinstance(move, Ask) for move in moves),
        "trade": any(isinstance(move, Trade) for move in moves) or traded(view, table),
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


def offers_of(view: View, table: str) -> list[tuple[int, Deal]]:
    """Return my offers at a table with their events, oldest first."""
    return [
        (number, event.action.deals[table])
        for number, event in enumerate(view.state.events)
        if event.party == view.me and isinstance(event.action, Offer) and table in event.action.deals
    ]


def traded(view: View, table: str) -> bool:
    """Return whether an offer of mine gave something against the one before.

    Before I have asked what matters to them, only if it is lighter than what weighs most for me, or for something.
    """
    stakes, points = at_stake(view, table), view.preferences.by_option[table]
    heaviest, asked = stakes.index(max(stakes)), _asked(view)
    for (_, old), (number, new) in pairwise(offers_of(view, table)):
        changes = [points[k][new[k]] - points[k][old[k]] for k in range(len(new))]
        given = [k for k, change in enumerate(changes) if change < 0]
        if given and (number > asked or given != [heaviest] or max(changes) > 0):
            return True
    return False


def _asked(view: View) -> float:
    """Return the event by which I first asked something; infinite if I have not."""
    events = view.state.events
    mine = (n for n in view.state.spoken if events[n].party == view.me and isinstance(events[n].action, Say))
    asks = (n for n in mine if any(isinstance(move, Ask) for move in getattr(events[n].action, "moves", ())))
    return next(asks, inf)


def hint(view: View) -> tuple[Concession | None, Term | None, Term | None]:
    """Return what to give next: something cheap; else what is still apart and weighs least, and what to ask for it.

    All are None before both have made an offer.
    """
    (table,) = view.scenario.tables.values()
    mine, theirs = offers_of(view, table.name), last_offers(view, table.name)
    if not (mine and theirs):
        return None, None, None
    deal, last = mine[-1][1], next(reversed(theirs.values()))
    stakes, points = at_stake(view, table.name), view.preferences.by_option[table.name]
    apart = [k for k in range(len(deal)) if points[k][deal[k]] > points[k][last[k]]]
    short = [k for k in range(len(deal)) if points[k][deal[k]] < max(points[k])]
    give = min(apart, key=stakes.__getitem__, default=None)
    get = max(short, key=stakes.__getitem__, default=None)
    return (
        cheapest(view, {table.name: deal}),
        None if give is None else term(table, give),
        None if get is None else term(table, get),
    )
