"""Replays of a game, many times, with other agents at the other seats: what luck alone would have made of it.

The agents of this house are deterministic, so chance is whom one meets. Each replay draws for every seat one of a
declared population of agents, keyed by the number of the replay and the seat: replay 17 meets the same others
whatever one does oneself. Types stay as they were in class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from negotiation.case import Case
from negotiation.debrief.grades import quantile
from negotiation.dice import Dice
from negotiation.errors import NegotiationError
from negotiation.lab.factors import Changed
from negotiation.lab.plain_engine import play
from negotiation.lab.runs import Cell, Run

if TYPE_CHECKING:
    from negotiation.lab.compiled.series import Series

DRAW_TURN = -7
"""The turn number of the dice that draw who plays: no game ever has it."""

POPULATION = tuple(
    f"compose:bidding=time,exponent={exponent},model={model}"
    for exponent in ("0.4", "0.7", "1", "1.6", "2.5", "4")
    for model in ("none", "frequency")
)
"""From giving way early to giving way late, half of them looking at what the others ask for, half not."""

BATCH = 20
"""Replays between two reports of progress."""

Progress: TypeAlias = Callable[[float, str], object]


@dataclass(frozen=True)
class Setting:
    """The setting of replays: the case, the rules and the types of a class."""

    case: Case
    protocol: str
    rounds: int
    types: Mapping[str, str]

    @cached_property
    def series(self) -> Series:
        """These games on the compiled engine, which is loaded when it is first asked for."""
        from negotiation.lab.compiled.series import Series

        return Series(self.case, self.protocol, self.rounds, self.types)

    def run(self, number: int, own: Mapping[str, str]) -> Run:
        """Return replay `number`: drawn agents at all seats but those of `own`."""
        seats = {**drawn(self.case, number), **own}
        cell = Cell(self.case, self.protocol, "replay", seats, {}, "replay")
        return Run(cell, number, Changed(self.case, seats, self.rounds, self.types))


@dataclass(frozen=True)
class Spread:
    """The spread of many results: 5th and 95th percentile, the middle half, median and mean; and of how many games."""

    low: float
    first: float
    median: float
    third: float
    high: float
    mean: float
    games: int


def drawn(case: Case, number: int) -> dict[str, str]:
    """Return the agents of replay `number`, by party."""
    return {
        party: POPULATION[Dice(number, seat, DRAW_TURN).below(len(POPULATION))] for seat, party in enumerate(case.roles)
    }


def replayed(setting: Setting, numbers: Sequence[int], own: Mapping[str, str]) -> Iterator[Mapping[str, float]]:
    """Yield every party's points in each of these replays, by party; on the compiled engine where it can.

    Raises
    ------
    NegotiationError
        When a replay cannot be played: the protocol does not suit these agents.
    """
    for number in numbers:
        run = setting.run(number, own)
        yield setting.series.points(run.cell.seats, number) or _modelled(setting, run)


def _modelled(setting: Setting, run: Run) -> Mapping[str, float]:
    """Return every party's points in one run, on the plain engine."""
    (found,) = play([run])
    if "error" in found.run:
        raise NegotiationError(f"{setting.case.name} cannot be replayed: {found.run['error']}")
    return {party: found.run[f"points.{party}"] for party in setting.case.roles}


def batches(numbers: range) -> Iterator[range]:
    """Yield the numbers of replays, a few at a time."""
    for first in range(0, len(numbers), BATCH):
        yield numbers[first : first + BATCH]


def spread(values: Iterable[float]) -> Spread:
    """Return where results lie."""
    ordered = sorted(values)
    total = 0.0
    for value in ordered:
        total += value
    low, first, median, third, high = (round(quantile(ordered, share), 6) for share in (0.05, 0.25, 0.5, 0.75, 0.95))
    return Spread(low, first, median, third, high, round(total / len(ordered), 6), len(ordered))
