"""Turns lost by strategies that failed, counted by strategy; the games go on without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from negotiation.plural import counted

MOST_WHY = 120
"""Characters of the first reason that are told."""


@dataclass(frozen=True)
class Lost:
    """The turns a strategy lost: how many, in how many games, and why the first one."""

    turns: int
    games: int
    why: str


ByStrategy: TypeAlias = Mapping[str, Lost]


def columns(names: Iterable[str]) -> list[str]:
    """Return the columns of `runs` that `by_strategy` asks for; none in a folder from before turns were counted."""
    return [name for name in names if name.startswith(("strategy.", "lost.", "why."))] if are_counted(names) else []


def are_counted(names: Iterable[str]) -> bool:
    """Return whether `runs` with these columns say how many turns were lost."""
    return any(name.startswith("lost.") for name in names)


def by_strategy(runs: pa.Table) -> dict[str, Lost]:
    """Return the turns lost in some runs, by strategy."""
    parties = [name.removeprefix("lost.") for name in runs.column_names if name.startswith("lost.")]
    losing = [party for party in parties if pc.sum(runs[f"lost.{party}"]).as_py()]
    found: dict[str, Lost] = {}
    for row in runs.select([f"{what}.{party}" for party in losing for what in ("strategy", "lost", "why")]).to_pylist():
        seats = ([row[f"{what}.{party}"] for what in ("strategy", "lost", "why")] for party in losing)
        found = together(found, in_game(seats))
    return found


def in_game(seats: Iterable[Sequence[Any]]) -> dict[str, Lost]:
    """Return the turns lost in a game, from each seat's strategy, turns lost (None: not played) and reason."""
    found: dict[str, Lost] = {}
    for strategy, turns, why in seats:
        if turns:
            first = found.get(strategy, Lost(0, 1, why))
            found[strategy] = Lost(first.turns + turns, 1, first.why)
    return found


def together(some: ByStrategy, more: ByStrategy) -> dict[str, Lost]:
    """Return the turns of both; the first reason is that of the former."""
    found = dict(some)
    for strategy, one in more.items():
        first = found.get(strategy, Lost(0, 0, one.why))
        found[strategy] = Lost(first.turns + one.turns, first.games + one.games, first.why)
    return found


def lost_turns_text(found: ByStrategy) -> list[str]:
    """Return a line for every strategy that lost turns, who lost most first."""
    return [
        f"{strategy} lost {counted(one.turns, 'turn')} in {counted(one.games, 'game')}: {_short(one.why)}"
        for strategy, one in sorted(found.items(), key=lambda item: (-item[1].turns, item[0]))
    ]


def _short(why: str) -> str:
    return why if len(why) <= MOST_WHY else f"{why[: MOST_WHY - 1]}…"
