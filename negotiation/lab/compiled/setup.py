"""A cell of a plan made ready for the compiled engine, or why it is left to the plain engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

from negotiation.case import Case
from negotiation.errors import NegotiationError
from negotiation.lab.compiled.arrays import MOST_SHEETS, Keys, Real, Whole, board, fits
from negotiation.lab.compiled.chance import cast
from negotiation.lab.compiled.game import Game
from negotiation.lab.compiled.game_memory import adding, playing, slots
from negotiation.lab.compiled.ideal_score import Mosts, mosts
from negotiation.lab.compiled.kernel import Ends, play
from negotiation.lab.compiled.sheets import Prices, decay, grid
from negotiation.lab.compiled.sheets import prices as prices_of
from negotiation.lab.compiled.sheets import sheets as sheets_of
from negotiation.lab.compiled.single import fits as fits_single
from negotiation.lab.compiled.strategy_codes import playable
from negotiation.lab.compiled.strategy_codes import seats as seats_of
from negotiation.lab.factors import Changed, noisy
from negotiation.preferences import Preferences
from negotiation.protocols import MOST_ROUNDS
from negotiation.strategies import Strategy, strategy
from negotiation.strategies.peers.compat import Compat

T = TypeVar("T")

MOST_OFFERS = 1 << 20
"""Offers of one game that are looked back at; a game with more is left to the plain engine."""

MOST_EVENTS = 1 << 12
"""Events of a game that are written down at first; a longer one is played again with as much room as it needs."""


@dataclass(frozen=True)
class Ready:
    """A game of a cell as arrays, with room to play in.

    Attributes
    ----------
    game
        The record that compiled code works on; `arrays` are those whose addresses it has.
    types
        By party, the names of its types in order; `first` the sheet of the first.
    odds, fixed
        By party, what `chance.cast` asks for.
    delays
        By sheet, points lost per round.
    mosts
        What the links leave open.
    alike
        All that the rest was made of, see `_alike`: cells that differ in nothing but points share it.
    """

    case: Case
    one_paper: bool
    rounds: int
    noise: float
    prices: Prices
    game: Game
    arrays: tuple[Any, ...]
    types: list[list[str]]
    first: Whole
    odds: Real
    fixed: Whole
    delays: Real
    mosts: Mosts
    alike: tuple[object, ...]

    def play(self, seeds: list[int], events: int = 0) -> tuple[Ends, Whole, Whole]:
        """Return the results of runs with these seeds, the types in each, and the events of the last run."""
        runs, parties, tables = len(seeds), len(self.types), int(self.game.rule.tables)
        types, ends = self.drawn(seeds), _ends(runs, parties, tables)
        self.game.own.delay[: len(self.delays)] = self.delays
        log = np.zeros((events, 6), dtype=np.int64)
        play(self.game, self.prices, self.mosts, self.noise, _keys(seeds), types + self.first, ends, log)
        return ends, types, log

    def play_distinct(self, seeds: list[int]) -> tuple[Ends, Whole]:
        """Return results as `play` without events; if only types are drawn, each combination is played once.

        Runs with equal types and scores and without dice are copies of one game.
        """
        if self.noise or self.game.who.rolls.any():
            return self.play(seeds)[:2]
        types = self.drawn(seeds)
        _, first, which = np.unique(types, axis=0, return_index=True, return_inverse=True)
        ends, _, _ = self.play([seeds[n] for n in first])
        return Ends._make(column[which.reshape(-1)] for column in ends), types

    def drawn(self, seeds: list[int]) -> Whole:
        """Return the types of all parties, by number, in runs with these seeds."""
        types = np.zeros((len(seeds), len(self.types)), dtype=np.int64)
        cast(_keys(seeds), self.odds, self.fixed, types)
        return types

    def personal(self, seed: int) -> Ready:
        """Return this set-up with the score sheets of one run, for its words."""
        return replace(self, case=noisy(self.case, self.noise, seed)) if self.noise else self


def _keys(seeds: list[int]) -> Keys:
    return np.array([seed & (1 << 64) - 1 for seed in seeds], dtype=np.uint64)


def _ends(runs: int, parties: int, tables: int) -> Ends:
    def whole(*shape: int) -> Whole:
        return np.zeros((runs, *shape), dtype=np.int64)

    points, base, best = (np.zeros((runs, parties)) for _ in range(3))
    by_table = (whole(tables), whole(tables), whole(tables), whole(tables, parties))
    return Ends(whole(), whole(), whole(), *by_table, points, base, best)


def ready(game: Changed, protocol: str, last: Ready | None = None) -> Ready | None:
    """Return the game made ready; None if it, its protocol or a strategy is not for the compiled engine.

    If it differs from the `last` one, which is not needed any more, in points alone, it takes over what that was made of.
    """
    if protocol not in ("alternating", "open-floor") or game.talk:
        return None
    try:
        alike = _alike(game, protocol)
        if last and last.alike == alike:
            roles = _preferences(game.case)
            priced = prices_of(game.case.scenario, roles)
            return replace(last, case=game.case, noise=float(game.noise), prices=priced, delays=_delays(roles))
        return _ready(game, alike, one_paper=protocol == "alternating")
    except NegotiationError:
        return None  # the plain engine says what is wrong


class Itself(Generic[T]):
    """Equal to what holds the very same object: what runs of a cell share is one."""

    def __init__(self, it: T) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.it is other.it

    __hash__ = None  # type: ignore[assignment]


def _alike(game: Changed, protocol: str) -> tuple[object, ...]:
    """Return all that decides how a game is laid out: everything but points, weights and the cost of delay."""
    roles = [
        (
            party,
            name,
            role.chance,
            Itself(ours.links),
            ours.discount,
            list(ours.sheets),
            [*filter(ours.adjust.get, ours.adjust)],
        )
        for party, kinds in game.case.roles.items()
        for name, role in kinds.items()
        for ours in (role.preferences,)
    ]
    return Itself(game.case.scenario), protocol, game.rounds, list(game.seats.items()), dict(game.types), roles


def _preferences(case: Case) -> list[Preferences]:
    return [role.preferences for kinds in case.roles.values() for role in kinds.values()]


def _delays(roles: list[Preferences]) -> Real:
    return np.array([role.delay for role in roles])


def _ready(game: Changed, alike: tuple[object, ...], *, one_paper: bool) -> Ready | None:
    case, scenario = game.case, game.case.scenario
    rounds = scenario.rounds if game.rounds is None else game.rounds
    named = [strategy(game.seats[party]) for party in case.roles]
    players = [player for player in named if playable(player)]
    if any(isinstance(player, Compat) for player in players) and not _plain(game, named, one_paper=one_paper):
        return None
    roles = _preferences(case)
    possible = 1 <= rounds <= MOST_ROUNDS and list(case.roles) == list(scenario.parties) and fits(scenario, roles)
    if not possible or len(players) < len(named) or not slots(board(scenario)):
        return None
    there, ours, seated = board(scenario), sheets_of(scenario, roles), seats_of(players, rounds)
    most = rounds * len(players) * len(scenario.tables) * 2 if seated.who.remembers else 0
    record, arrays = playing(there, ours, seated, decay(roles, rounds), grid(scenario), min(most, MOST_OFFERS))
    record.one_paper, priced = one_paper, prices_of(scenario, roles)
    record.single = fits_single(record, priced, there.needs)
    if record.single:
        arrays += adding(record, priced)
    names = [list(kinds) for kinds in case.roles.values()]
    return Ready(
        case,
        one_paper,
        rounds,
        float(game.noise),
        priced,
        record,
        arrays,
        names,
        np.cumsum([0, *map(len, names)])[:-1],
        _odds(case),
        np.array([_fixed(case, party, game.types) for party in case.roles], dtype=np.int64),
        _delays(roles),
        mosts(roles),
        alike,
    )


def _plain(game: Changed, named: list[Strategy], *, one_paper: bool) -> bool:
    """Return whether textbook negotiators can play, and utilities are points."""
    scenario, protocol = game.case.scenario, "alternating" if one_paper else "open-floor"
    linked = any(role.preferences.links for kinds in game.case.roles.values() for role in kinds.values())
    return not linked and not any(player.unfit(scenario, protocol) for player in named)


def _odds(case: Case) -> Real:
    odds = np.full((len(case.roles), MOST_SHEETS + 1), -1.0)
    for seat, kinds in enumerate(case.roles.values()):
        odds[seat, : len(kinds)] = [role.chance for role in kinds.values()]
    return odds


def _fixed(case: Case, party: str, types: Mapping[str, str]) -> int:
    """Return the type of a party fixed beforehand, or its only one; -1 if it is drawn, see `chance.cast`."""
    kinds = list(case.roles[party])
    if party in types:
        return kinds.index(case.role(party, types[party]).name)
    return 0 if len(kinds) == 1 else -1
