"""The events of a compiled game as `game.py` would have logged them."""

from __future__ import annotations

from negotiation.actions import CLOCK, Accept, Action, Offer, Pass, Tick, Withdraw
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.game import ACCEPT, BY, FOUR, KIND, OFFER, ONE, THREE, TICK, TWO, WITHDRAW
from negotiation.lab.compiled.setup import Ready
from negotiation.protocols import Protocol, protocols
from negotiation.state import State


def replay(ready: Ready, types: Whole, log: Whole) -> tuple[State, State]:
    """Return the state before and after these events, each checked against the rules."""
    protocol = protocols()["alternating" if ready.one_paper else "open-floor"]()
    opening = state = protocol.opening(ready.case.scenario, ready.rounds)
    for act in log.tolist():
        party = CLOCK if act[BY] < 0 else list(ready.case.roles)[act[BY]]
        state = protocol.submit(state, party, _action(ready, protocol, state, types, party, act))
    return opening, state


def _action(ready: Ready, protocol: Protocol, state: State, types: Whole, party: str, act: list[int]) -> Action:
    tables = list(ready.case.scenario.tables.values())
    kind = act[KIND]
    if kind == TICK:
        return Tick()
    if kind == WITHDRAW:
        return Withdraw(act[ONE])
    if kind not in (OFFER, ACCEPT):
        return Pass(tables[act[ONE]].name if act[ONE] >= 0 else "")
    if kind == ACCEPT:
        return Accept(act[ONE])
    named = [(act[ONE], act[TWO]), (act[THREE], act[FOUR])]
    return Offer({tables[t].name: tables[t].deal(deal) for t, deal in named if t >= 0})
