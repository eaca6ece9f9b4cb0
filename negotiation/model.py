"""All of Mesa: the scheduler, one agent per party, and the data collector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import mesa

from negotiation.actions import CLOCK, Action, Event, Pass, Tick
from negotiation.case import Case, Role
from negotiation.casting import cast
from negotiation.dice import Dice
from negotiation.errors import SetupError, unknown
from negotiation.formats import load
from negotiation.protocols import Protocol, protocols
from negotiation.state import State
from negotiation.strategies import Strategy, strategy
from negotiation.view import View, view

PERSON = "person"
"""The name of a seat that no strategy plays."""

MOST_ROUNDS = 10_000
"""Rounds beyond which a game is refused."""


class Negotiator(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A party at its tables. `strategy` is None where a person plays."""

    def __init__(self, model: NegotiationModel, seat: int, party: str, role: Role, player: Strategy | None) -> None:
        super().__init__(model)
        self.seat, self.party, self.role, self.strategy = seat, party, role, player

    @property
    def view(self) -> View:
        """What this party may know now."""
        return view(self.model.protocol, self.model.state, self.party, self.role)

    @property
    def dice(self) -> Dice:
        """The dice of this party's present turn."""
        return Dice(self.model.seed_number, self.seat, self.model.state.turns.get(self.party, 0))

    @property
    def points(self) -> float:
        """The points of what is signed so far, delay taken off and discounted."""
        state = self.model.state
        return self.role.preferences.score(state.outcome, state.rounds_paid(self.party), state.time_paid(self.party))

    @property
    def unsigned_points(self) -> float:
        """The points if nothing at all were signed, delay left out: the reservation value."""
        return self.role.preferences.score({})

    def choose(self) -> Action | None:
        """The act its strategy wants to do now; None where a person must decide."""
        return None if self.strategy is None else self.strategy.decide(self.view, self.dice)

    def step(self) -> None:
        """Do one act."""
        if (action := self.choose()) is not None:
            self.model.submit(self.party, action)


class NegotiationModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """One negotiation; a step is a round.

    Parameters
    ----------
    case
        A case, or the name or path of one.
    strategy
        Who plays the seats that `seats` does not name.
    seats
        Strategies by party, as text (`boulware:exponent=6`); `person` for somebody at a screen.
    protocol
        The name of a protocol.
    rounds
        How many rounds; the case's own number if None.
    seed
        Decides the types and everybody's dice. The same arguments give the same log everywhere.
    types
        Private types by party; the others are drawn.
    variant
        A variant of the case (only if `case` is a name or path).
    events
        A log to go on from.
    collect
        Whether to keep Mesa's data collector, one row a round.

    Raises
    ------
    SetupError, ScenarioError
        When the arguments make no game.
    IllegalAction
        When `events` breaks the rules.
    """

    def __init__(
        self,
        case: Case | str = "alliance-2023",
        *,
        strategy: str = "linear",
        seats: Mapping[str, str] | None = None,
        protocol: str = "open-floor",
        rounds: int | None = None,
        seed: int = 0,
        types: Mapping[str, str] | None = None,
        variant: str = "",
        events: Iterable[Event] = (),
        collect: bool = True,
    ) -> None:
        super().__init__(rng=int(seed))
        self.case = load(case, variant) if isinstance(case, str) else case
        self.protocol = _protocol(protocol)
        self.seed_number = int(seed)
        self.types = cast(self.case, self.seed_number, types)
        self.seats = _seats(self.case, strategy, seats or {})
        self.seated = {
            party: Negotiator(self, seat, party, self.case.role(party, self.types[party]), _player(text))
            for seat, (party, text) in enumerate(self.seats.items())
        }
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # up to Mesa 3.4.1 this table keeps every model for ever
        self.state = self.protocol.opening(self.case.scenario, _rounds(rounds))
        for event in events:
            self.state = self.protocol.submit(self.state, event.party, event.action)
        self.running = not self.state.over
        self.datacollector = _collector() if collect else None

    def submit(self, party: str, action: Action) -> None:
        """Do one act; a refused act changes nothing.

        Raises
        ------
        IllegalAction
            Who tried what, why not, and what is possible.
        """
        self.state = self.protocol.submit(self.state, party, action)
        self.running = not self.state.over
        if self.datacollector and (isinstance(action, Tick) or not self.running):
            self.datacollector.collect(self)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The people (not agents) who may act now."""
        return self._people(self.protocol.to_move(self.state))

    def _people(self, movers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(party for party in movers if party != CLOCK and self.seated[party].strategy is None)

    def next_act(self) -> tuple[str, Action] | None:
        """What happens next without a person: an agent's act or the clock's; None if people must act, or it is over.

        Agents act in seating order, one act each in turn, beginning behind whoever acted last. While somebody at a
        screen still holds the floor, an agent with nothing to do waits instead of passing, so that it can answer.
        """
        movers = self.protocol.to_move(self.state)
        people = self._people(movers)
        for party in self._in_turn(movers):
            action = self.seated[party].choose()
            waits = people and isinstance(action, Pass) and not action.table
            if action is not None and not waits:
                return party, action
        return None if people or not movers else (CLOCK, Tick())

    def _in_turn(self, movers: tuple[str, ...]) -> list[str]:
        """The parties among the movers, beginning behind the last one that acted."""
        parties = [party for party in movers if party != CLOCK]
        last = self.state.events[-1].party if self.state.events else CLOCK
        after = self.seated[last].seat if last in self.seated else len(self.seated)
        return sorted(parties, key=lambda party: (self.seated[party].seat <= after, self.seated[party].seat))

    def advance(self) -> bool:
        """Do what `next_act` says; False if there was nothing to do."""
        if (act := self.next_act()) is None:
            return False
        self.submit(*act)
        return True

    def step(self) -> None:
        """Play on to the end of the round, or until a person must act."""
        started = self.state.round
        while self.state.round == started and self.advance():
            pass

    def play(self) -> State:
        """Play on to the end of the talks, or until a person must act."""
        while self.advance():
            pass
        return self.state


def _protocol(name: str) -> Protocol:
    known = protocols()
    if name not in known:
        raise SetupError(unknown("protocol", name, known))
    return known[name]()


def _rounds(rounds: int | None) -> int | None:
    if rounds is not None and not 1 <= rounds <= MOST_ROUNDS:
        raise SetupError(f"rounds is {rounds}, must be from 1 to {MOST_ROUNDS:,}")
    return rounds


def _seats(case: Case, everybody: str, seats: Mapping[str, str]) -> dict[str, str]:
    for party in seats:
        case.role(party)
    return {party: seats.get(party, everybody) for party in case.roles}


def _player(text: str) -> Strategy | None:
    return None if text == PERSON else strategy(text)


def _collector() -> mesa.DataCollector:
    return mesa.DataCollector(
        model_reporters={
            "round": lambda m: m.state.round,
            "signed": lambda m: len(m.state.bound),
            "papers": lambda m: len(m.state.papers),
        },
        agent_reporters={"party": "party", "points": "points"},
    )
