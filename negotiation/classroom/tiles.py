"""The tile of one group at a glance, for the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from negotiation.classroom.agreed import agreed, points_of
from negotiation.classroom.games import ClassGame
from negotiation.classroom.phases import Phase
from negotiation.classroom.presence import IDLE, OFFLINE
from negotiation.classroom.sessions import Person, Session
from negotiation.classroom.talk import Message
from negotiation.state import State
from negotiation.view import sealed


@dataclass(frozen=True)
class Tile:
    """One group on the console.

    Attributes
    ----------
    at
        Who sits where, by party; empty party: observers.
    agents
        The parties for which an agent decides now.
    offline, idle
        Those of the group whose page is not there, and those whose page nobody has touched for a while.
    waiting
        The people who may act and have done nothing in this round.
    signed
        The tables that count as signed: what the teacher put on record counts instead of what is signed.
    points
        Everybody's points of that, as in the debrief: for the console, not for the projector.
    silent
        Seconds since the last act in this group; None before the first.
    asked
        What this group said to the teacher.
    unanswered
        That part of it after which the teacher has said nothing to its author yet.
    """

    group: str
    number: int
    game: ClassGame
    state: State
    at: Mapping[str, tuple[Person, ...]]
    agents: tuple[str, ...]
    offline: tuple[Person, ...]
    idle: tuple[Person, ...]
    waiting: tuple[Person, ...]
    signed: tuple[str, ...]
    points: Mapping[str, float]
    silent: float | None
    asked: tuple[Message, ...]
    unanswered: tuple[Message, ...] = ()

    def told(self, language: str) -> Tile:
        """Return this tile with the texts of its case in a language."""
        return replace(self, game=self.game.told(language), state=self.state.told(language))


def tile(
    session: Session,
    game: ClassGame,
    state: State,
    last: float | None,
    *,
    states: Mapping[str, str],
    asked: tuple[Message, ...],
    announced: tuple[Message, ...],
    time: float,
) -> Tile:
    """Return the tile of one group; `last` is the time of its last event, `states` says who is online or idle."""
    held, members = session.held(game.id), session.members(game.id)
    movers = game.protocol.to_move(state) if session.phase is Phase.NEGOTIATE else ()
    return Tile(
        group=game.id,
        number=session.groups[game.id].number,
        game=game,
        state=sealed(state),
        at={party: session.at(game.id, party) for party in (*session.parties, "")},
        agents=tuple(party for party in game.case.roles if party not in held),
        offline=tuple(person for person in members if states.get(person.id, OFFLINE) == OFFLINE),
        idle=tuple(person for person in members if states.get(person.id) == IDLE),
        waiting=tuple(p for p in members if p.party in held and p.party in movers and not state.acts(p.party)),
        signed=tuple(name for name, deal in agreed(session, game, state).items() if deal is not None),
        points=points_of(session, game, state),
        silent=None if last is None else max(0.0, time - last),
        asked=asked,
        unanswered=unanswered(asked, announced),
    )


def unanswered(asked: tuple[Message, ...], announced: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the requests after which the teacher has said nothing to their author."""
    last = {message.to[0]: message.at for message in announced if message.to}
    return tuple(request for request in asked if last.get(request.person, -1.0) < request.at)
