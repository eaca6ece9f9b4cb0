"""News of a negotiation: the dates of its case, and what came unannounced as the tables stood then.

Only people read them. No rule, no score and no agent depends on them, so that a case can have more of them without any
game of it becoming another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from negotiation.language import mark, phrase
from negotiation.scenario import Announcement
from negotiation.state import State

MARKED: Mapping[str, str] = {
    "fact": mark("In the news: {text}"),
    "rumour": mark("In the news, a rumour invented for this game: {text}"),
    "fiction": mark("In the news, invented for this game: {text}"),
}
"""How news are told by their kind, so that nobody takes for a fact what is none."""


def told(item: Announcement, language: str = "en") -> str:
    """Return news as people read them, marked as what they are."""
    return phrase(MARKED[item.kind], text=item.told(language))


def headlines(state: State) -> tuple[Announcement, ...]:
    """Return all that has been in the news so far, oldest first: known dates before what came unannounced."""
    now = min(state.round + 1, state.rounds)
    known = [*state.scenario.announcements, *(item for item in state.scenario.news if _came(state, item))]
    return tuple(sorted((item for item in known if item.round <= now), key=lambda item: item.round))


def fresh(state: State) -> tuple[Announcement, ...]:
    """Return what is in the news in the running round; nothing when the talks are over."""
    return () if state.over else tuple(item for item in headlines(state) if item.round == state.round + 1)


def _came(state: State, item: Announcement) -> bool:
    return all(_stood(state, table, item.round - 1) == how for table, how in item.when.items())


def _stood(state: State, table: str, number: int) -> Literal["open", "signed", "abandoned"]:
    """Return how a table stood when a round (from 0) began: signatures bind and parties leave in earlier ones."""
    if state.bound_in.get(table, number) < number:
        return "signed"
    return "abandoned" if state.dead.get(table, number) < number else "open"
