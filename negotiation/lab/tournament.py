"""A tournament: every strategy in every seat against every field, with common seeds, and nothing lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from negotiation.actions import lost_turns
from negotiation.case import Case
from negotiation.errors import SetupError, at_least_one
from negotiation.formats import load
from negotiation.game import Game
from negotiation.lab import kept_cases, model_costs, row_games
from negotiation.lab.checksum_lines import Row
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.lanes import first_of_all
from negotiation.lab.provenance import files, made, settle
from negotiation.lab.results_folder import Hold, claim, free, locked
from negotiation.lab.row_games import GAMES, Progress, fill
from negotiation.lab.runs import fitting

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


class Referee(row_games.Referee[Match]):
    """A player of the games of a tournament."""

    @staticmethod
    def case(name: str) -> Case:
        """Return the case of this name."""
        return _case(name)

    @staticmethod
    def head(game: Match) -> Row:
        """Return how the row of a game begins."""
        return _head(game)

    @staticmethod
    def row(game: Match) -> Row:
        """Play a game, and return its row."""
        return play(game)


def run(plan: Plan, out: Path, *, workers: int = 1, progress: Progress | None = None) -> list[Row]:
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


def _run(plan: Plan, hold: Hold, workers: int, progress: Progress | None) -> list[Row]:
    out, cases = hold.folder, {name: _case(name) for name in plan.cases}
    begun = made(cases, files(plan.strategies))
    claim(out, PLAN, _text(plan), "tournament")
    settle(out, begun, begun=(out / GAMES).exists())
    kept_cases.keep(out, cases)
    return fill(hold, Referee, list(plan.games()), begun, workers=workers, progress=progress)


def _text(plan: Plan) -> str:
    return json.dumps({"format": "negotiation-tournament/1", **plan.__dict__}, indent=1, ensure_ascii=False) + "\n"
