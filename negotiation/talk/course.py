"""When things happened: the numbers of the events that closed tables, ended rounds and were spoken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from negotiation.actions import Accept, Offer, Tick, Walk
from negotiation.state import State


@dataclass(frozen=True)
class Course:
    """A log as numbers of its events; what has not happened is left out.

    Attributes
    ----------
    ticks
        The event that ended each round.
    signed, dead
        By table, the event by which it became binding, or could bind nothing any more.
    left
        By party and table, the event by which the party left it for good.
    end
        The event that ended the talks; None while they go on.
    """

    ticks: tuple[int, ...]
    signed: Mapping[str, int]
    dead: Mapping[str, int]
    left: Mapping[tuple[str, str], int]
    end: int | None

    def round(self, event: int) -> int:
        """Return the round of an event, from 0."""
        return bisect_left(self.ticks, event)


def course(state: State) -> Course:
    """Return when things happened, in one walk through the log; nothing is replayed.

    A table that is signed is named by no later act, so that the last offer or signature there made it binding; likewise
    the last one to leave a dead table.
    """
    ticks: list[int] = []
    named: dict[str, int] = {}
    left: dict[tuple[str, str], int] = {}
    gone: dict[str, int] = {}
    last = -1
    for number, event in enumerate(state.events):
        action = event.action
        last = last if action.talk else number
        match action:
            case Tick():
                ticks.append(number)
            case Offer(deals):
                named.update(dict.fromkeys(deals, number))
            case Accept(paper):
                laid = state.events[paper].action
                named.update(dict.fromkeys(laid.deals if isinstance(laid, Offer) else (), number))
            case Walk(table):
                left[event.party, table] = gone[table] = number
            case _:
                pass
    signed = {table: named[table] for table in state.bound}
    dead = {table: gone[table] for table in state.dead}
    return Course(tuple(ticks), signed, dead, left, last if state.over else None)
