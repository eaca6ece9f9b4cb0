"""The games of classes, folded in memory, and what their agents do next.

A state never changes, so that any number of pages read the same one without a lock. Only thinking takes one, of that
game alone; people act meanwhile, and an agent's act that comes too late for them is thought over again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from negotiation.actions import CLOCK, MEDIATOR, Accept, Action, Event, Open, Pass, Tick
from negotiation.case import Case, Role
from negotiation.classroom.cases import kept_case
from negotiation.classroom.classes import GAME
from negotiation.classroom.store import Reading, Row
from negotiation.errors import Refused
from negotiation.formats.log import decode, encode
from negotiation.game import Game
from negotiation.language import phrase
from negotiation.protocols import Protocol
from negotiation.record import reopen
from negotiation.scenario import Outcome
from negotiation.state import State
from negotiation.strategies import built_in
from negotiation.view import View, view

MOST_OPEN = 512
BURST = 16
"""Acts of agents that are stored together."""


@dataclass
class ClassGame:
    """A game in memory.

    Attributes
    ----------
    state
        As far as it has been read; replaced, never changed.
    """

    id: str
    setup: Row
    game: Game
    state: State
    thinking: threading.Lock = field(default_factory=threading.Lock)

    def told(self, language: str) -> ClassGame:
        """Return this game with the texts of its case in a language: to be shown, not to be played on."""
        return replace(self, game=self.game.told(language), state=self.state.told(language))

    @property
    def case(self) -> Case:
        """Return the case that is negotiated, with all parties' secrets."""
        return self.game.case

    @property
    def protocol(self) -> Protocol:
        """Return the protocol, which says who may act when."""
        return self.game.protocol

    def role(self, party: str) -> Role:
        """Return the private role of a party in this game."""
        return self.case.role(party, self.game.types[party])

    def view(self, party: str, state: State) -> View:
        """Return what a party may know of a state."""
        return view(self.protocol, state, party, self.role(party), self.game.talk)

    def points(self, state: State, outcome: Outcome, *, begun: bool = True) -> dict[str, float]:
        """Return every party's points for an outcome, after costs of delay and discounting.

        Once the talks have begun the round that is running counts, or in which they were stopped: on the pages of the
        seats (see `worth`), on the console, in the debrief and in the export.
        """
        paid = {party: state.rounds_paid(party) if begun else 0 for party in self.case.roles}
        return {
            party: self.role(party).preferences.score(outcome, rounds, rounds / (state.rounds + 1))
            for party, rounds in paid.items()
        }

    def rows(self, events: Collection[Event]) -> list[Row]:
        """Return events as the store keeps them."""
        return [encode(self.case.scenario, event) for event in events]

    def think(self, state: State, held: Collection[str], *, only_sign: bool, rounds_due: int) -> list[Row]:
        """Return the rows of what happens next without people: acts of agents at seats nobody holds, and of the clock.

        Parameters
        ----------
        held
            The parties for which people decide.
        only_sign
            Whether nothing but signatures counts any more.
        rounds_due
            How many rounds are over by the clock; a party that has not finished then passes.
        """
        with self.thinking:
            game = self.game.at(state, people=held)
            while len(game.state.events) < len(state.events) + BURST:
                late = game.state.round < rounds_due
                act = _signature(game) if only_sign else _next(game, alone=not held, late=late)
                if act is None:
                    break
                game.submit(*act)
            return self.rows(game.state.events[len(state.events) :])


def _next(game: Game, *, alone: bool, late: bool) -> tuple[str, Action] | None:
    """Return the next act; if no person is present, rounds end by the clock instead of at once."""
    act = game.next_act()
    if act is not None and not (act[0] == CLOCK and alone and not late):
        return act
    movers = game.protocol.to_move(game.state)
    if not late or not movers:
        return None
    if CLOCK not in movers:
        return movers[0], Pass()
    return CLOCK, Open() if Open in game.protocol.allowed(game.state, CLOCK) else Tick()


def _signature(game: Game) -> tuple[str, Action] | None:
    """Return an agent's signature or answer, or the act that ends a ballot, since nobody can sign during one."""
    movers = game.protocol.to_move(game.state)
    if MEDIATOR in movers:
        return MEDIATOR, Pass()
    if movers and Open in game.protocol.allowed(game.state, CLOCK):
        return CLOCK, Open()
    for party in movers:
        action = game.decision(party) if party in game.seated else None
        if isinstance(action, Accept):
            return party, action
    return game.answer()


class Games:
    """The games of classes that this process was asked about lately."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, ClassGame] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, look: Reading, game: str) -> tuple[ClassGame, State]:
        """Return a game and its state as `look` finds it.

        Not to be called after a write to it in the same transaction, which may yet be rolled back.

        Raises
        ------
        Refused, LogError
            When there is no such game, or it cannot be read any more.
        """
        with self._lock:
            known = self._open.get(game)
        if known is None:
            known = self._opened(look, game)
        state = known.state
        for row in look.rows(game, len(state.events)):
            event = decode(state.scenario, row)
            state = known.protocol.submit(state, event.party, event.action)
        known.state = state
        return known, state

    def _opened(self, look: Reading, game: str) -> ClassGame:
        kind, setup, text = look.head(game)
        if kind != GAME:
            raise Refused(phrase("there is no such group"))
        begun = reopen(setup, (), f"game {game}", kept_case(setup, text), built_in)
        opened = ClassGame(game, setup, begun, begun.state)
        with self._lock:
            self._open[game] = opened
            self._open.move_to_end(game)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return opened
