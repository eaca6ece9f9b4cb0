"""All of Mesa: a game as a model whose step is a round, with one agent a party and a data collector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import mesa

from negotiation.actions import Action, Event, Tick
from negotiation.case import Role
from negotiation.dice import Dice
from negotiation.formats import Source
from negotiation.game import Game
from negotiation.state import State
from negotiation.strategies import Strategy, strategy
from negotiation.view import View

__all__ = ["NegotiationModel", "Negotiator"]


class Negotiator(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A party at its tables, as Mesa's agent."""

    def __init__(self, model: NegotiationModel, party: str) -> None:
        super().__init__(model)
        self.game: Game = model.game
        self.party = party

    @property
    def role(self) -> Role:
        """Return the confidential role of this party."""
        return self.game.seated[self.party].role

    @property
    def strategy(self) -> Strategy | None:
        """Return the strategy that decides; None where a person does."""
        return self.game.seated[self.party].strategy

    @property
    def view(self) -> View:
        """Return what this party may know now."""
        return self.game.view(self.party)

    @property
    def dice(self) -> Dice:
        """Return the dice of this party's present turn."""
        return self.game.dice(self.party)

    @property
    def points(self) -> float:
        """Return the points of what is signed so far, less delay, discounted: as at the end of the last round."""
        return self.game.points(self.party, ended=True)

    @property
    def unsigned_points(self) -> float:
        """Return the points if nothing at all were signed, delay left out: the reservation value."""
        return self.game.seated[self.party].unsigned_points

    def step(self) -> None:
        """Do one act, or nothing where a person must decide."""
        if (action := self.game.decision(self.party)) is not None:
            self.model.submit(self.party, action)


class NegotiationModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """One negotiation, of which a step is a round; Mesa decides nothing of what happens: `game` does.

    Parameters
    ----------
    case, strategy, seats, protocol, rounds, seed, types, variant, talk, events, players
        As `negotiation.game.Game` takes them. A seed of None, which is what Mesa says for "any", draws one;
        `seed_number` tells which.
    collect
        Whether to keep Mesa's data collector: the opening, and one row a round.

    Raises
    ------
    SetupError, ScenarioError, IllegalAction
        As `Game` does.
    """

    def __init__(
        self,
        case: Source = "alliance-2023",
        *,
        strategy: str = "linear",
        seats: Mapping[str, str] | None = None,
        protocol: str = "open-floor",
        rounds: int | None = None,
        seed: int | None = 0,
        types: Mapping[str, str] | None = None,
        variant: str = "",
        talk: str = "",
        events: Iterable[Event] = (),
        players: Callable[[str], Strategy | None] = strategy,
        collect: bool = True,
    ) -> None:
        game = Game(
            case,
            strategy=strategy,
            seats=seats,
            protocol=protocol,
            rounds=rounds,
            seed=seed,
            types=types,
            variant=variant,
            talk=talk,
            events=events,
            players=players,
        )
        super().__init__(rng=game.seed)
        self.game, self.seed_number = game, game.seed
        self.seated = {party: Negotiator(self, party) for party in game.seats}
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # up to Mesa 3.4.1 this table keeps every model for ever
        self.running = not self.state.over
        self.datacollector = _collector() if collect else None
        if self.datacollector:
            self.datacollector.collect(self)

    @property
    def state(self) -> State:
        """Return the game as it stands."""
        return self.game.state

    def submit(self, party: str, action: Action) -> None:
        """Do one act; a refused act changes nothing.

        Raises
        ------
        IllegalAction
            Who tried what, why not, and what is possible.
        """
        self.game.submit(party, action)
        self.running = not self.state.over
        if self.datacollector and (isinstance(action, Tick) or not self.running):
            self.datacollector.collect(self)

    def step(self) -> None:
        """Play on to the end of the round, or until a person must act.

        A last step, in which nothing happens, ends the run: Mesa's `batch_run` tells (up to Mesa 3.4) how things stood
        before the last step.
        """
        self.running, started = not self.state.over, self.state.round
        if self.running:
            while self.state.round == started and (act := self.game.next_act()) is not None:
                self.submit(*act)
            self.running = True

    def play(self) -> State:
        """Play on to the end of the talks, or until a person must act, and return the state."""
        before = None
        while self.state is not before:
            before = self.state
            self.step()
        return self.state


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
