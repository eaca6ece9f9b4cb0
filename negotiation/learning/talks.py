"""Talks on the compiled engine in which somebody outside chooses for some parties; what both interfaces rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from negotiation.case import Case
from negotiation.dice import key
from negotiation.errors import SetupError
from negotiation.formats import Source, case_from
from negotiation.game import Game
from negotiation.lab.compiled.game import address_of
from negotiation.lab.compiled.game_memory import part_rooms
from negotiation.lab.compiled.learners import (
    CHOICES,
    DEALS,
    LEARNERS,
    SEED,
    SEEN,
    SILENT,
    STUCK,
    begin,
    gains_of,
    go_on,
    lay_out_all,
    lay_out_own,
    look,
)
from negotiation.lab.compiled.replay import replay
from negotiation.lab.compiled.setup import Ready, ready
from negotiation.lab.factors import Changed
from negotiation.seating import texts
from negotiation.strategies import PERSON
from negotiation.strategies.menu import MOST_DEALS, menu
from negotiation.strategies.sight import scale_of

EPISODE = -7
"""The turn, which no party has, whose dice make the seed of a game from the first seed and its number."""

HOLDS_A_SEAT = "linear"
"""The strategy that the engine is told of in the place of a learner; it is never asked."""

EVENTS = 1 << 14
"""Events of a game that are kept, for `game`."""


class Talks:
    """One game after another, stopped whenever a learner is to choose.

    Parameters
    ----------
    case
        A case, or the name or path of one.
    seats
        Strategies of parties that do not learn, by party; the others are learners.
    protocol, rounds, types
        As for a `Game`.
    noise
        How far every party's weights are changed by chance in each game, a share from 0 to 1: so that no two games are alike.
    every_deal
        Whether each deal can be offered by its number, and not by level alone.

    Raises
    ------
    SetupError
        When that makes no game, or none for the compiled engine.
    """

    def __init__(
        self,
        case: Source,
        seats: Mapping[str, str] | None = None,
        *,
        protocol: str = "open-floor",
        rounds: int | None = None,
        types: Mapping[str, str] | None = None,
        noise: float = 0.0,
        every_deal: bool = False,
    ) -> None:
        self.case = case_from(case, "")
        self.seats = texts(self.case, PERSON, dict(seats or {}))
        self.parties = list(self.case.roles)
        self.learners = [party for party in self.parties if self.seats[party] == PERSON]
        self.types = dict(types or {})
        self._ready = _ready(self.case, self.seats, protocol, rounds, self.types, _share(noise))
        self.menu = menu(self.case.scenario, every_deal=every_deal)
        if self.menu.deals > MOST_DEALS:
            raise SetupError(f"{self.case.name} has more than {MOST_DEALS:,} deals: offer them by level only")
        self.seed = 0
        self._protocol = protocol
        self._open(sum(1 << self.parties.index(party) for party in self.learners))

    def _open(self, learners: int) -> None:
        game, roles = self._ready.game, [role for kinds in self.case.roles.values() for role in kinds.values()]
        game.single = 0
        self._place = address_of(game)
        game.own.delay[: len(self._ready.delays)] = self._ready.delays
        self._scale = np.array([scale_of(role.preferences) for role in roles])
        self._log = np.zeros((EVENTS, 6), dtype=np.int64)
        self._desk = np.zeros(SEEN + 1, dtype=np.int64)
        self._desk[[LEARNERS, DEALS, CHOICES, SEEN]] = (
            learners,
            bool(self.menu.deals),
            self.menu.choices,
            self.menu.seen,
        )
        self._gains = np.zeros(len(self.parties))
        shape = len(self.parties)
        self.seen: npt.NDArray[np.float32] = np.zeros((shape, self.menu.seen), dtype=np.float32)
        self.allowed: npt.NDArray[np.int8] = np.zeros((shape, self.menu.choices), dtype=np.int8)
        self._to_see = [int(row.ctypes.data) for row in self.seen]
        self._to_allow = [int(row.ctypes.data) for row in self.allowed]
        if not self._ready.noise:
            lay_out_all(self._place, self._ready.prices)
        self.mover = -1

    def begin(self, seed: int) -> None:
        """Open a game of this seed, and play it up to the first turn of a learner."""
        ours = self._ready
        self.seed = seed
        self._drawn = ours.drawn([seed])[0]
        self._desk[SEED], self._desk[SILENT] = np.uint64(seed & (1 << 64) - 1).astype(np.int64), 0
        begin(self._place, self._drawn + ours.first)
        if ours.noise:
            lay_out_own(self._place, ours.prices, ours.noise, int(self._desk[SEED]))
        self._go_on(-1)

    def choose(self, choice: int) -> None:
        """Do what the learner whose turn it is chooses; a choice that it has not got is a pass. Play up to the next turn."""
        if not (0 <= choice < self.menu.choices and self.allowed[self.mover, choice]):
            choice = 0
        self._go_on(choice)

    def silence(self, party: int) -> None:
        """Let a learner do nothing but pass from now on."""
        self._desk[SILENT] |= 1 << party
        if self.mover == party:
            self._go_on(-1)

    def _go_on(self, choice: int) -> None:
        self.mover = go_on(self._place, self._desk, self.mover, choice, self._log)
        if self.mover >= 0:
            self.look(self.mover)
        elif self.mover == STUCK:
            raise SetupError(f"{self.case.name}: the compiled engine could not play this game to its end")

    def look(self, party: int) -> None:
        """Write down what a party sees, in `seen`, and which choices it has, in `allowed`."""
        look(self._place, self._desk, party, self._to_see[party], self._to_allow[party], self._scale)

    def gains(self) -> npt.NDArray[np.float64]:
        """Return by party what it has gained over nothing signed, in points, if the talks end now."""
        gains_of(self._place, self._gains)
        return self._gains

    def game(self) -> Game:
        """Return the game as it stands, each event checked against the rules; learners are people in it."""
        ours, events = self._ready.personal(self.seed), int(self._ready.game.events)
        _, state = replay(ours, self._drawn, self._log[:events])
        types = {
            party: ours.types[n][kind] for n, (party, kind) in enumerate(zip(self.parties, self._drawn, strict=True))
        }
        game = Game(
            ours.case, seats=self.seats, protocol=self._protocol, rounds=ours.rounds, seed=self.seed, types=types
        )
        return game.at(state)


def warm() -> None:
    """Compile now what is not compiled yet."""
    for noise in (0.0, 0.1):
        talks = Talks("any-two-of-three", noise=noise, rounds=1)
        talks.begin(0)
        talks.choose(0)
        talks.gains()


def next_seed(first: int, episode: int) -> int:
    """Return the seed of a game from the first seed and its number: equal for equal numbers, and far apart else."""
    return key(first, episode, EPISODE) & (1 << 62) - 1


def _share(noise: float) -> float:
    if not 0.0 <= noise <= 1.0:
        raise SetupError(f"noise is {noise}, must be from 0 to 1")
    return float(noise)


def _ready(
    case: Case, seats: Mapping[str, str], protocol: str, rounds: int | None, types: Mapping[str, str], noise: float
) -> Ready:
    named = {party: HOLDS_A_SEAT if text == PERSON else text for party, text in seats.items()}
    if PERSON not in seats.values():
        raise SetupError("nobody learns: leave a party out of the seats")
    Game(case, seats=named, protocol=protocol, rounds=rounds, types=types)  # says what is wrong
    part_rooms()
    made: Any = ready(Changed(case, named, rounds, types, noise), protocol)
    part_rooms()
    if made is None:
        raise SetupError(
            f"{case.name}: not for the compiled engine, see docs/lab.md; "
            f"possible: alternating or open-floor, tables that fit, strategies of this package"
        )
    return made  # type: ignore[no-any-return]  # a `Ready`
