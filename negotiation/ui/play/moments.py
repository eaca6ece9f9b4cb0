"""Moments: what happened since a page was last drawn for somebody, told once, in a banner; and how near the end is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st

from negotiation.actions import Offer, Tick, Walk, Withdraw
from negotiation.analysis.transcript import titles
from negotiation.headlines import headlines, told
from negotiation.language import language, mark, plural, tr
from negotiation.reports.words import all_of, short, short_title
from negotiation.state import State
from negotiation.ui.common.script_texts import script_texts
from negotiation.ui.common.words import pointed, when
from negotiation.view import View
from negotiation.worth import brought

SCRIPTS = Path(__file__).parents[1] / "scripts"
SCRIPT = (SCRIPTS / "moments.js").read_text(encoding="utf-8")
CSS = (SCRIPTS / "moments.css").read_text(encoding="utf-8")

SIGNED = mark("Signed in {week}: {table}, by {who}.")
BROUGHT = mark("It brought you {points}.")
NOTHING = mark("For your points it changes nothing.")
ABANDONED = mark("Abandoned in {week}: {table}. {who} left, and no deal can bind there any more.")
LEFT = mark("{who} left the table for good: {table}.")
TAKEN = mark("{who} took a paper off the table: {tables}.")
UNSIGNED = mark("{who} took back a signature: {tables}.")
LAST = mark("Last {unit}: what is not signed now stays unsigned.")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: a name for it that no other has, its kind for the eye, the words, and where."""

    id: str
    kind: str
    text: str
    tables: tuple[str, ...]
    round: int


@dataclass(slots=True)
class _Memory:
    """What a person has been told of a game: kept on the server, so that a page loaded anew does not tell it again."""

    known: set[str] = field(default_factory=set)
    begun: bool = False


def happened(view: View) -> list[Moment]:
    """Return all moments of a game so far as a party may be told them, by the round in which they were; pure."""
    found = [*_signatures(view), *_abandoned(view.state), *_withdrawals(view), *_news(view.state)]
    return sorted(found, key=lambda moment: moment.round)


def moments(view: View, key: str) -> tuple[Moment, ...]:
    """Tell in a banner what has happened since a page was last drawn for this person, and return what it holds.

    It floats over the page, so that nothing moves under a finger; it goes when it is closed, after a while, or with my next act.

    Parameters
    ----------
    key
        Names the game and the person, as in `f"{game}-{reader}"`.
    """
    batch = _batch(view, key, happened(view))
    rows = [{"id": one.id, "kind": one.kind, "text": one.text} for one in batch]
    component = st.components.v2.component("negotiation_moments", html="<div role='status'></div>", css=CSS, js=SCRIPT)
    component(key="moments", data={"game": key, "moments": rows, "told": script_texts("banner")}, height=1)
    return batch


def _batch(view: View, key: str, all_of_it: list[Moment]) -> tuple[Moment, ...]:
    """Return what is to be seen now: what is new, with what was until my next act; to newcomers only of this round or the last."""
    memory, acts = _memory(key, view.me), view.state.turns.get(view.me, 0)
    if not memory.begun:
        memory.begun = True
        memory.known |= {one.id for one in all_of_it if one.round < view.state.round - 1}
    new = [one.id for one in all_of_it if one.id not in memory.known]
    memory.known |= {*new}
    kept, since = st.session_state.get(f"moments-{key}", ([], acts))
    seen = [*(kept if since == acts else []), *new]
    st.session_state[f"moments-{key}"] = (seen, acts)
    by_id = {one.id: one for one in all_of_it}  # told anew each time, since the language may be another one by now
    return tuple(by_id[name] for name in seen if name in by_id)


@lru_cache(maxsize=1024)
def _memory(_key: str, _party: str) -> _Memory:
    return _Memory()


def _signatures(view: View) -> Iterator[Moment]:
    state, scenario = view.state, view.scenario
    for name, gain in brought(state, view.preferences).items():
        number = state.bound_in[name]
        who = all_of([short(scenario, party) for party in state.signed[name]])
        worth = tr(BROUGHT, points=pointed(gain, scenario.decimals, signed=True)) if gain else tr(NOTHING)
        said = tr(SIGNED, week=when(scenario, number), table=short_title(scenario, name), who=who)
        yield Moment(f"signed-{name}", "signed", f"{said} {worth}", (name,), number)


def _abandoned(state: State) -> Iterator[Moment]:
    for name, number in state.dead.items():
        week, who = when(state.scenario, number), all_of([short(state.scenario, party) for party in state.left[name]])
        text = tr(ABANDONED, week=week, table=short_title(state.scenario, name), who=who)
        yield Moment(f"dead-{name}", "abandoned", text, (name,), number)


def _withdrawals(view: View) -> Iterator[Moment]:
    """Yield what others took back, and which tables they left that go on without them."""
    state, scenario, number = view.state, view.scenario, 0
    for seq, event in enumerate(state.events):
        action, who = event.action, short(scenario, event.party)
        number += isinstance(action, Tick)
        if event.party == view.me:
            continue
        if isinstance(action, Walk) and action.table not in state.dead:
            text = tr(LEFT, who=who, table=short_title(scenario, action.table))
            yield Moment(f"left-{seq}", "left", text, (action.table,), number)
        elif isinstance(action, Withdraw) and isinstance(laid := state.events[action.paper].action, Offer):
            said = TAKEN if state.events[action.paper].party == event.party else UNSIGNED
            text = tr(said, who=who, tables=titles(scenario, laid.deals))
            yield Moment(f"withdrawn-{seq}", "withdrawn", text, tuple(laid.deals), number)


def _news(state: State) -> Iterator[Moment]:
    for item in headlines(state):
        yield Moment(
            f"news-{item.round}-{item.name}", item.kind, tr(told(item, language())), item.about, item.round - 1
        )


def near_the_end(state: State) -> str:
    """Return in a sentence that the end is near; empty as long as it is not, or when the talks are over."""
    left, unit = state.rounds - state.round, state.scenario.unit
    if state.over:
        return ""
    if left == 1:
        return tr(LAST, unit=unit)
    return plural("{n} {unit} left.", "{n} {unit}s left.", left, unit=unit) if left <= max(2, state.rounds // 5) else ""
