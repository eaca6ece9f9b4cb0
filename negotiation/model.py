"""All of Mesa: the scheduler, one agent per party, and the data collector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import mesa
import numpy as np

from negotiation.actions import CLOCK, LOST, MEDIATOR, Action, Event, Open, Pass, Tick
from negotiation.case import Case, Role
from negotiation.casting import cast
from negotiation.dice import Dice
from negotiation.errors import IllegalAction, SetupError, unknown
from negotiation.formats import load
from negotiation.protocols import MOST_ROUNDS, Protocol, protocols
from negotiation.protocols.mediator import draft
from negotiation.state import State
from negotiation.strategies import PERSON, Strategy, strategy
from negotiation.strategies.outside import blamed, raised
from negotiation.view import View, view

MOST_WORDS = 300
"""Characters of the reason why a turn was lost."""

__all__ = ["MOST_ROUNDS", "PERSON", "NegotiationModel", "Negotiator"]


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
        """The points of what is signed so far, delay taken off and discounted: as at the end of the last round."""
        points: float = self.model.points(self.party, ended=True)
        return points

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
        Decides the types and everybody's dice. The same arguments give the same log everywhere. None, which is what
        Mesa says for "any", draws one; `seed_number` tells which.
    types
        Private types by party; the others are drawn.
    variant
        A variant of the case (only if `case` is a name or path).
    events
        A log to go on from.
    players
        What makes a strategy of the text of a seat. The default loads files and `negmas:` too: only for texts that the
        user typed, never for those of a log, a database or a page.
    collect
        Whether to keep Mesa's data collector: the opening, and one row a round.

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
        seed: int | None = 0,
        types: Mapping[str, str] | None = None,
        variant: str = "",
        events: Iterable[Event] = (),
        players: Callable[[str], Strategy | None] = strategy,
        collect: bool = True,
    ) -> None:
        number = _seed(seed)
        super().__init__(rng=number)
        self.seed_number = number
        self.case = load(case, variant) if isinstance(case, str) else case
        self.protocol = _protocol(protocol)
        self.types = cast(self.case, self.seed_number, types)
        self.seats = _seats(self.case, strategy, seats or {})
        self.seated = {
            party: Negotiator(self, seat, party, self.case.role(party, self.types[party]), _player(text, players))
            for seat, (party, text) in enumerate(self.seats.items())
        }
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # up to Mesa 3.4.1 this table keeps every model for ever
        self.state = self.protocol.opening(self.case.scenario, _rounds(rounds))
        for party, agent in self.seated.items():
            _suits(party, agent, self.seats[party], protocol)
        self._ahead: tuple[State, str, Action, State] | None = None
        for event in events:
            self.state = self.protocol.submit(self.state, event.party, event.action)
        self.running = not self.state.over
        self.datacollector = _collector() if collect else None
        if self.datacollector:
            self.datacollector.collect(self)

    def submit(self, party: str, action: Action) -> None:
        """Do one act; a refused act changes nothing.

        Raises
        ------
        IllegalAction
            Who tried what, why not, and what is possible.
        """
        ahead = self._ahead
        if ahead and ahead[0] is self.state and ahead[1] == party and ahead[2] is action:
            self.state = ahead[3]
        else:
            self.state = self.protocol.submit(self.state, party, action)
        self._ahead = None
        self.running = not self.state.over
        if self.datacollector and (isinstance(action, Tick) or not self.running):
            self.datacollector.collect(self)

    def points(self, party: str, *, ended: bool = False) -> float:
        """The points of a party if the talks stop now, delay taken off and discounted; `ended`: see `State.rounds_paid`."""
        state, ours = self.state, self.seated[party].role.preferences
        paid = state.rounds_paid(party, ended=ended), state.time_paid(party, ended=ended)
        return ours.score(state.outcome, *paid)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The people (not agents) who may act now."""
        return self._people(self.protocol.to_move(self.state))

    def _people(self, movers: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(party for party in movers if party in self.seated and self.seated[party].strategy is None)

    def next_act(self) -> tuple[str, Action] | None:
        """What happens next without a person: an agent's, the mediator's or the clock's act; None if people must act.

        Agents act in seating order, one act each in turn, beginning behind whoever acted last. While somebody at a
        screen still holds the floor, an agent with nothing to do waits instead of passing, so that it can answer.
        """
        movers = self.protocol.to_move(self.state)
        if MEDIATOR in movers:
            turn = self.state.turns.get(MEDIATOR, 0)
            return MEDIATOR, draft(self.state, Dice(self.seed_number, len(self.seated), turn))
        people = self._people(movers)
        for party in self._in_turn(movers):
            action = self._choice(party)
            waits = people and action == Pass()
            if action is not None and not waits:
                return party, action
        if people or not movers:
            return None
        return CLOCK, Open() if Open in self.protocol.allowed(self.state, CLOCK) else Tick()

    def _choice(self, party: str) -> Action | None:
        """What an agent does; if its strategy raises or wants what the rules forbid, a pass that says so.

        A strategy is asked once a turn, and one that fails never takes the game down.
        """
        agent = self.seated[party]
        if agent.strategy is None:
            return None
        try:
            action = agent.choose()
            if action is None:
                kinds = ", ".join(kind.__name__.lower() for kind in agent.view.allowed)
                return self._lost(party, f"decided nothing; possible: {kinds}")
            self._ahead = self.state, party, action, self.protocol.submit(self.state, party, action)
        except IllegalAction as refusal:
            return self._lost(party, str(refusal))
        except (Exception, SystemExit) as problem:  # noqa: BLE001 - a strategy from outside may raise anything at all
            return self._lost(party, raised(problem, type(agent.strategy).__module__))
        return action

    def _lost(self, party: str, why: str) -> Action:
        due = self.protocol.due(self.state, party) if self.state.one_paper else ()
        told = " ".join(why.encode(errors="replace").decode().split())
        return Pass(due[0] if due else "", f"{party}{LOST}{told}"[:MOST_WORDS])

    def _in_turn(self, movers: tuple[str, ...]) -> list[str]:
        """The parties among the movers, beginning behind the last one that acted."""
        parties = [party for party in movers if party in self.seated]
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
        """Play on to the end of the round, or until a person must act.

        A last step, in which nothing happens, ends the run: Mesa's `batch_run` tells (up to Mesa 3.4) how things stood
        before the last step.
        """
        self.running, started = not self.state.over, self.state.round
        if self.running:
            while self.state.round == started and self.advance():
                pass
            self.running = True

    def play(self) -> State:
        """Play on to the end of the talks, or until a person must act."""
        go, before = (self.step if self.datacollector else self.advance), None
        while self.state is not before:
            before = self.state
            go()
        return self.state


def _protocol(name: str) -> Protocol:
    known = protocols()
    if name not in known:
        raise SetupError(unknown("protocol", name, known))
    return known[name]()


def _rounds(rounds: int | None) -> int | None:
    if rounds is not None and not (_whole(rounds) and 1 <= rounds <= MOST_ROUNDS):
        raise SetupError(f"rounds is {rounds}, must be from 1 to {MOST_ROUNDS:,}, in whole rounds")
    return rounds


def _seed(seed: int | None) -> int:
    if seed is None:
        return int(np.random.default_rng().integers(2**32))
    if not _whole(seed) or seed < 0:
        raise SetupError(f"seed is {seed}, must be a whole number from 0 up")
    return int(seed)


def _whole(number: object) -> bool:
    return isinstance(number, int | np.integer)


def _suits(party: str, agent: Negotiator, text: str, protocol: str) -> None:
    """Refuse a strategy that cannot play here at all."""
    if agent.strategy is None:
        return
    with blamed(f"{party}, played by {text}", type(agent.strategy).__module__):
        why = agent.strategy.unfit(agent.model.case.scenario, protocol)
    if why:
        raise SetupError(f"{party} cannot play {text!r} in {agent.model.case.name}: {why}")


def _seats(case: Case, everybody: str, seats: Mapping[str, str]) -> dict[str, str]:
    for party in seats:
        case.role(party)
    return {party: seats.get(party, everybody) for party in case.roles}


def _player(text: str, players: Callable[[str], Strategy | None]) -> Strategy | None:
    return None if text == PERSON else players(text)


def _collector() -> mesa.DataCollector:
    return mesa.DataCollector(
        model_reporters={
            "seed": "seed_number",
            "round": lambda m: m.state.round,
            "signed": lambda m: len(m.state.bound),
            "papers": lambda m: len(m.state.papers),
        },
        agent_reporters={"party": "party", "points": "points"},
    )
