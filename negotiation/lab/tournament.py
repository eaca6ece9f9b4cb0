"""A tournament: every strategy in every seat against every field, with common seeds, and nothing lost on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from negotiation.actions import lost_turns
from negotiation.case import Case
from negotiation.errors import LogError, SetupError, at_least_one
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab import kept_cases, model_costs
from negotiation.lab.checksum_lines import Row, line, read
from negotiation.lab.chunk_player import TRIES, Player
from negotiation.lab.dispatcher import crowd
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.lanes import first_of_all, lanes
from negotiation.lab.provenance import Made, agree, files, made, settle
from negotiation.lab.results_folder import Hold, claim, free, locked
from negotiation.lab.runs import fitting

GAMES = "games.jsonl"
PLAN = "plan.json"
MOST_GAMES = 10**6


@dataclass(frozen=True)
class Plan:
    """The plan of a tournament: at each case one strategy in one seat and one in all others, for all pairs and seats.

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

    def games(self) -> Iterator[Match]:
        """Yield every game once, in a fixed order; line-ups that come about in two ways are played once."""
        for name in self.cases:
            case = _case(name)
            protocol = self.protocol or fitting(case)
            for lineup in dict.fromkeys(lineups(len(case.roles), self.strategies)):
                for seed in range(self.seeds):
                    yield Match(name, protocol, lineup, seed, self.rounds)

    def check(self) -> None:
        """Raise `SetupError` unless all of it can be played, before anything is.

        Raises
        ------
        SetupError, ScenarioError
            When a case, strategy or number makes no tournament.
        """
        if len(set(self.strategies)) < 2:
            raise SetupError("a tournament needs at least two different strategies")
        at_least_one(self.seeds, "seeds")
        files(self.strategies)
        each = sum(len(set(lineups(len(_case(name).roles), self.strategies))) for name in self.cases)
        if self.seeds * each > MOST_GAMES:
            raise SetupError(
                f"seeds is {self.seeds}, must be at most {MOST_GAMES // each:,} with {each:,} line-ups; "
                "`negotiation batch` plays more"
            )
        for name in self.cases:
            case = _case(name)
            for text in self.strategies:
                Game(case, strategy=text, rounds=self.rounds, protocol=self.protocol or fitting(case))


@dataclass(frozen=True)
class Match:
    """One game of a tournament: who sits where, and the seed."""

    case: str
    protocol: str
    lineup: tuple[str, ...]
    seed: int
    rounds: int | None = None
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """Set the key of a match from all that determines it."""
        object.__setattr__(
            self, "key", json.dumps([self.case, self.protocol, self.lineup, self.seed, self.rounds], ensure_ascii=False)
        )


def lineups(seats: int, strategies: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield, for every seat and pair of strategies, one of them in that seat and the other in all the others."""
    for focal in strategies:
        for others in strategies:
            for seat in range(seats):
                yield tuple(focal if n == seat else others for n in range(seats))


@cache  # all of them: what is played is what was there at the beginning
def _case(name: str) -> Case:
    return load(name)


def play(match: Match) -> Row:
    """Return a game's result as a row: points and gains by seat, shares of the best gain, how fair, and lost turns.

    A game that cannot be played gives a row with its `error`.
    """
    case = _case(match.case)
    row = _head(match)
    try:
        game = Game(
            case,
            seats=dict(zip(case.roles, match.lineup, strict=True)),
            protocol=match.protocol,
            rounds=match.rounds,
            seed=match.seed,
        )
        state = game.play()
    except (SetupError, MemoryError, RecursionError) as problem:
        return {**row, "error": str(problem)}
    except SystemExit as problem:
        return {**row, "error": f"a strategy ended the program: sys.exit({problem.code!r})"}
    measure = ideal_and_nash(case, tuple(game.types.values()))
    points = [game.points(party) for party in game.seated]
    gains = [got - seat.unsigned_points for got, seat in zip(points, game.seated.values(), strict=True)]
    lost = lost_turns(state.events)
    return {
        **row,
        "points": [round(value, 9) for value in points],
        "share": [round(value, 9) for value in measure.shares(gains)],
        "signed": len(state.bound) / len(state.scenario.tables),
        "rounds": state.rounds_played,
        "nash_distance": measure.nash_distance(gains),
        "lost": [len(lost.get(party, ())) for party in game.seated],
        "why": [lost.get(party, [""])[0] for party in game.seated],
        **model_costs.in_game(game.seated),
    }


def _head(match: Match) -> Row:
    return {"key": match.key, "case": match.case, "lineup": list(match.lineup), "seed": match.seed}


class Referee(Player[Row]):
    """A player of the games of a list, by their numbers.

    Raises
    ------
    SetupError
        When something else would be played than what the tournament began with.
    """

    def __init__(self, games: Sequence[Match], begun: Made, _stop: Callable[[], bool]) -> None:
        self.games = games
        agree(begun, made({name: _case(name) for name in begun["cases"]}, begun["files"]))

    def play(self, chunk: int) -> Row:
        """Return the row of the game with this number."""
        return {"n": chunk, **play(self.games[chunk])}


def run(plan: Plan, out: Path, *, workers: int = 1, progress: Callable[[int, int], None] | None = None) -> list[Row]:
    """Return all rows of a tournament; those already in the folder are not played again.

    Parameters
    ----------
    out
        A folder; `games.jsonl` there grows by whole lines, so that a tournament that was stopped goes on.
    progress
        Called with how many games are there, and how many there will be.

    Raises
    ------
    SetupError
        When the plan cannot be played, the folder holds another tournament, or one of other code, cases or strategy files.
    LogError
        When the folder cannot be written.
    """
    first_of_all()
    workers = at_least_one(workers, "workers")
    _case.cache_clear()  # a file may have changed since this process looked
    plan.check()
    free(out, PLAN, _text(plan), "tournament")
    with locked(out) as hold:
        return _run(plan, hold, workers, progress)


def _run(plan: Plan, hold: Hold, workers: int, progress: Callable[[int, int], None] | None) -> list[Row]:
    begun = made({name: _case(name) for name in plan.cases}, files(plan.strategies))
    games, done = list(plan.games()), _begun(plan, hold.folder, begun)
    todo = [match for match in games if match.key not in done]
    try:
        with (
            (hold.folder / GAMES).open("a", encoding="utf-8") as file,
            closing(_played(todo, begun, workers)) as played,
        ):
            for row, died in played:
                done[row["key"]] = row
                hold.check()
                agree(begun, {"files": files(plan.strategies)})
                if not died:
                    file.write(line(row))
                    file.flush()
                if progress:
                    progress(len(done), len(games))
            os.fsync(file.fileno())
    except OSError as problem:
        raise LogError(f"{hold.folder / GAMES}: {problem.strerror}; what was finished stays") from None
    return [done[match.key] for match in games]


def _text(plan: Plan) -> str:
    return json.dumps({"format": "negotiation-tournament/1", **plan.__dict__}, indent=1, ensure_ascii=False) + "\n"


def _begun(plan: Plan, out: Path, begun: Made) -> dict[str, Row]:
    """Take the folder, and return the rows that are there, by key."""
    claim(out, PLAN, _text(plan), "tournament")
    settle(out, begun, begun=(out / GAMES).exists())
    kept_cases.keep(out, {name: _case(name) for name in plan.cases})
    return read(out / GAMES)


def _played(todo: Sequence[Match], begun: Made, workers: int) -> Generator[tuple[Row, bool], None, None]:
    """Yield rows in the order of the games, and whether a row only says that a worker died, to be tried again."""
    referee, numbers = partial(Referee, todo, begun), range(len(todo))
    if workers == 1:
        yield from ((play(match), False) for match in todo)
    elif todo:
        waiting: dict[int, Row] = {}
        following = 0
        with lanes(referee, min(workers, len(todo))) as crew:
            for row in crowd(crew, numbers, lambda number: _buried(number, todo[number])):
                waiting[row.pop("n")] = row
                while following in waiting:
                    one = waiting.pop(following)
                    yield one, bool(one.pop("died", False))
                    following += 1


def _buried(number: int, match: Match) -> Row:
    why = f"the worker process that played this game died {TRIES} times"
    return {"n": number, **_head(match), "error": why, "died": True}
