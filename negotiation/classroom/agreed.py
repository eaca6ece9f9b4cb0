"""The agreement of a group: what is signed, unless the teacher has put something else on record."""

from __future__ import annotations

from negotiation.classroom.games import ClassGame
from negotiation.classroom.sessions import Session
from negotiation.scenario import Outcome
from negotiation.state import State


def agreed(session: Session, game: ClassGame, state: State) -> Outcome:
    """Return the outcome of a group: what is signed, or at a corrected table what the teacher put on record."""
    outcome = {name: state.bound.get(name) for name in state.scenario.tables}
    for fact in session.corrections:
        if fact.group == game.id:
            for name, options in fact.outcome.items():
                outcome[name] = None if options is None else state.scenario.tables[name].parse(options)
    return outcome


def points_of(session: Session, game: ClassGame, state: State) -> dict[str, float]:
    """Return every party's points for what a group agreed, after costs of delay and discounting."""
    return game.points(state, agreed(session, game, state), begun=session.begun)
