"""A trial of a case: agents play it many times, and it is counted who signs what and what it brings them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from negotiation.case import Case
from negotiation.game import Game

GAMES = 100
"""Games of a trial."""


@dataclass(frozen=True)
class Trial:
    """What agents made of a case.

    Attributes
    ----------
    games
        How many they played.
    signed
        By table: in how many games it was signed.
    signers
        By table, by party that has a seat there: in how many games it signed.
    gains
        By party: the mean of its points over those with nothing signed, delay counted.
    worse
        By party: in how many games it ended below what it has with nothing signed.
    rounds
        The mean number of rounds that were played.
    """

    games: int
    signed: Mapping[str, int]
    signers: Mapping[str, Mapping[str, int]]
    gains: Mapping[str, float]
    worse: Mapping[str, int]
    rounds: float

    @property
    def never(self) -> tuple[str, ...]:
        """The parties that have a seat somewhere and never signed anything."""
        seated = dict.fromkeys(party for counts in self.signers.values() for party in counts)
        return tuple(party for party in seated if not any(counts.get(party, 0) for counts in self.signers.values()))


def trial(
    case: Case, strategy: str = "linear", games: int = GAMES, step: Callable[[int], object] | None = None
) -> Trial:
    """Return what agents make of a case in games with seeds from 0 on; `step` is told how many were played."""
    signed: Counter[str] = Counter()
    signers: dict[str, Counter[str]] = {name: Counter() for name in case.scenario.tables}
    gains, worse = dict.fromkeys(case.roles, 0.0), Counter[str]()
    rounds = 0
    for seed in range(games):
        game = Game(case, strategy=strategy, seed=seed)
        state = game.play()
        rounds += state.rounds_played
        for name in state.bound:
            signed[name] += 1
            signers[name].update(state.signed[name])
        for party, seat in game.seated.items():
            gain = game.points(party, ended=True) - seat.unsigned_points
            gains[party] += gain / games
            worse[party] += gain < -1e-9
        if step:
            step(seed + 1)
    return Trial(
        games=games,
        signed={name: signed[name] for name in case.scenario.tables},
        signers={
            name: {party: signers[name][party] for party in table.seats} for name, table in case.scenario.tables.items()
        },
        gains={party: round(gain, 6) for party, gain in gains.items()},
        worse={party: worse[party] for party in case.roles},
        rounds=rounds / games,
    )
