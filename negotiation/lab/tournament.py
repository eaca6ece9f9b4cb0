"""A tournament: every strategy in every seat against every field, the same seeds for all, and nothing lost on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from negotiation.case import Case
from negotiation.errors import LogError, SetupError
from negotiation.formats import load
from negotiation.lab.folder import claim, locked
from negotiation.lab.runs import fitting
from negotiation.lab.yardstick import yardstick
from negotiation.model import NegotiationModel

Row: TypeAlias = dict[str, Any]

GAMES = "games.jsonl"
PLAN = "plan.json"


@dataclass(frozen=True)
class Plan:
    """What is played: at each case, one strategy in one seat and one in all the others, for all pairs and seats.

    Attributes
    ----------
    cases
        Bundled names or scenario files.
    strategies
        As `--seat` takes them.
    seeds
        How many games of each line-up, with seeds 0, 1, 2 ...
    rounds
        How many rounds; each case's own number if None.
    protocol
        The protocol of all games; if empty `alternating` where one table needs everybody, else `open-floor`.
    """

    cases: tuple[str, ...]
    strategies: tuple[str, ...]
    seeds: int = 1
    rounds: int | None = None
    protocol: str = ""

    def games(self) -> Iterator[Game]:
        """Every game once, in a fixed order; line-ups that come about in two ways are played once."""
        for name in self.cases:
            case = _case(name)
            protocol = self.protocol or fitting(case)
            for lineup in dict.fromkeys(lineups(len(case.roles), self.strategies)):
                for seed in range(self.seeds):
                    yield Game(name, protocol, lineup, seed, self.rounds)

    def check(self) -> None:
        """Refuse what cannot be played before anything is.

        Raises
        ------
        SetupError, ScenarioError
            When a case, strategy or number makes no tournament.
        """
        if len(set(self.strategies)) < 2:
            raise SetupError("a tournament needs at least two different strategies")
        if self.seeds < 1:
            raise SetupError(f"seeds is {self.seeds}, must be at least 1")
        for name in self.cases:
            case = _case(name)
            for text in self.strategies:
                NegotiationModel(
                    case, strategy=text, rounds=self.rounds, protocol=self.protocol or fitting(case), collect=False
                )


@dataclass(frozen=True)
class Game:
    """One game: who sits where, and the seed."""

    case: str
    protocol: str
    lineup: tuple[str, ...]
    seed: int
    rounds: int | None = None
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Name it by all that determines it."""
        object.__setattr__(
            self, "key", json.dumps([self.case, self.protocol, self.lineup, self.seed, self.rounds], ensure_ascii=False)
        )


def lineups(seats: int, strategies: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """For every seat and pair of strategies: one of them in that seat, the other in all the others."""
    for focal in strategies:
        for others in strategies:
            for seat in range(seats):
                yield tuple(focal if n == seat else others for n in range(seats))


@lru_cache(maxsize=64)
def _case(name: str) -> Case:
    return load(name)


def play(game: Game) -> Row:
    """The result of a game as a row: points and gains by seat, as a share of the seat's best gain, and how fair.

    A game that cannot be played gives a row with its `error`.
    """
    case = _case(game.case)
    row: Row = {"key": game.key, "case": game.case, "lineup": list(game.lineup), "seed": game.seed}
    try:
        model = NegotiationModel(
            case,
            seats=dict(zip(case.roles, game.lineup, strict=True)),
            protocol=game.protocol,
            rounds=game.rounds,
            seed=game.seed,
            collect=False,
        )
        state = model.play()
    except (SetupError, MemoryError, RecursionError) as problem:
        return {**row, "error": str(problem)}
    measure = yardstick(case, tuple(model.types.values()))
    points = [agent.points for agent in model.seated.values()]
    gains = [agent.points - agent.unsigned_points for agent in model.seated.values()]
    return {
        **row,
        "points": [round(value, 9) for value in points],
        "share": [round(value, 9) for value in measure.shares(gains)],
        "signed": len(state.bound) / len(state.scenario.tables),
        "rounds": state.rounds_played,
        "nash_distance": measure.nash_distance(gains),
    }


def run(plan: Plan, out: Path, *, workers: int = 1, progress: Callable[[int, int], None] | None = None) -> list[Row]:
    """All rows of a tournament; those already in the folder are not played again.

    Parameters
    ----------
    out
        A folder; `games.jsonl` there grows by whole lines, so that a tournament that was stopped goes on.
    progress
        Called with how many games are there, and how many there will be.

    Raises
    ------
    SetupError
        When the plan cannot be played, or the folder holds another tournament.
    LogError
        When the folder cannot be written.
    """
    plan.check()
    with locked(out):
        return _run(plan, out, workers, progress)


def _run(plan: Plan, out: Path, workers: int, progress: Callable[[int, int], None] | None) -> list[Row]:
    mine = {"format": "negotiation-tournament/1", **plan.__dict__}
    claim(out, PLAN, json.dumps(mine, indent=1, ensure_ascii=False) + "\n", "tournament")
    games = list(plan.games())
    done = _read(out / GAMES)
    todo = [game for game in games if game.key not in done]
    with (out / GAMES).open("a", encoding="utf-8") as file:
        for row in _played(todo, workers):
            done[row["key"]] = row
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            if progress:
                progress(len(done), len(games))
        os.fsync(file.fileno())
    return [done[game.key] for game in games]


def _played(todo: Iterable[Game], workers: int) -> Iterator[Row]:
    if workers <= 1:
        yield from map(play, todo)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(play, todo, chunksize=4)


def _read(path: Path) -> dict[str, Row]:
    """The rows by key; a line that was cut short by a crash is cut off the file."""
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            path.write_text(whole, encoding="utf-8")
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}") from None
    rows = (json.loads(line) for line in whole.split("\n") if line)
    return {row["key"]: row for row in rows}
