"""Checks of commands and of texts from outside before a class accepts them: pure functions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from negotiation.actions import TEXTS, Action, Event, Offer, Open, Tick
from negotiation.classroom.games import ClassGame
from negotiation.classroom.phases import Phase
from negotiation.classroom.sessions import Session
from negotiation.classroom.texts import plain
from negotiation.errors import Refused
from negotiation.language import language, phrase
from negotiation.scenario import Scenario
from negotiation.state import State

LARGEST_SHEET, LONGEST_NOTES = 20_000, 5_000


def judged(
    session: Session, game: ClassGame, state: State, party: str, action: Action, *, basis: int | None, now: float
) -> Event:
    """Return the event that an act of `party` becomes if phase, clock and rules allow it.

    Parameters
    ----------
    basis
        The version of the game that the page showed.

    Raises
    ------
    Refused, IllegalAction
        When phase, clock or rules do not allow it.
    """
    _open(session, game, state, action, now)
    if party in session.groups[game.id].taken:
        raise Refused(phrase("an agent plays your seat at the moment: take it back first"))
    if basis is not None:
        _still_meant(state, action, basis)
    for name, means in TEXTS[action.kind]:
        if means.least or getattr(action, name):
            plain(getattr(action, name), phrase("what you say"), means.most)
    game.protocol.submit(state, party, action)
    return Event(party, action)


def _open(session: Session, game: ClassGame, state: State, action: Action, now: float) -> None:
    """Raise `Refused` unless the phase and the clock let a party act."""
    if session.phase < Phase.NEGOTIATE:
        raise Refused(phrase("the talks have not begun"))
    if not session.phase.talks or session.groups[game.id].closed:
        raise Refused(phrase("the talks are over"))
    if session.phase is Phase.SIGN and not action.late:
        raise Refused(phrase("only signatures count now: sign, withdraw, or talk"))
    if session.clock.since is None:
        raise Refused(phrase("the clock stands; wait until the teacher lets it go on"))
    if session.clock.out(now) or state.round < rounds_due(session, now):
        raise Refused(phrase("time is out"))


def rounds_due(session: Session, now: float) -> int:
    """Return how many rounds are over by the clock of a class."""
    return session.clock.rounds_due(now, session.settings.round_seconds) if session.phase is Phase.NEGOTIATE else 0


def _still_meant(state: State, action: Action, basis: int) -> None:
    """Refuse an act decided on a page that showed an older state, where it might mean something else now."""
    if not 0 <= basis <= len(state.events):
        raise Refused(phrase("this page shows a game that never was: load it again"))
    since = [event.action for event in state.events[basis:]]
    if action.dated and any(isinstance(done, Tick | Open) for done in since):
        raise Refused(phrase("the round has ended in the meantime; look again"))
    if isinstance(action, Offer) and state.one_paper:
        for done in since:
            if isinstance(done, Offer) and set(done.deals) & set(action.deals):
                raise Refused(phrase("there is a newer paper at this table; look again"))


def kept_sheet(sheet: Mapping[str, object]) -> Mapping[str, object]:
    """Return a preparation sheet fit to store: plain values, not too many, text without hidden characters."""
    try:
        text = json.dumps(sheet, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        raise Refused(phrase("a preparation sheet holds texts and numbers")) from None
    if len(text) > LARGEST_SHEET:
        raise Refused(
            phrase(
                "a preparation sheet has at most {most:,} characters; this one has {found:,}",
                most=LARGEST_SHEET,
                found=len(text),
            )
        )
    kept: dict[str, Any] = json.loads(text)
    if isinstance(notes := kept.get("notes"), str) and len(notes) > LONGEST_NOTES:
        raise Refused(
            phrase(
                "your notes have {found:,} characters, and there is room for {most:,}",
                found=len(notes),
                most=LONGEST_NOTES,
            )
        )
    for value in _strings(kept):
        if value.strip():
            plain(value, phrase("a preparation sheet"), LARGEST_SHEET)
    return kept


def titled(scenario: Scenario, why: str) -> str:
    """Return what the rules say with parties, tables and issues by their titles in the language of who reads it."""
    return scenario.told(language()).titled(why)


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for pair in value.items() for one in pair for text in _strings(one)]
        case list():
            return [text for one in value for text in _strings(one)]
    return []
