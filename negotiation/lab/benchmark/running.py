"""Plays a benchmark into a folder: what is there is not played again, by however many processes, to the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

from negotiation.case import Case
from negotiation.errors import LogError, SetupError, at_least_one
from negotiation.lab import row_games
from negotiation.lab.benchmark.matches import FORMAT, Match, Plan, head, play
from negotiation.lab.benchmark.suites import VERSION, case_of
from negotiation.lab.checksum_lines import Row
from negotiation.lab.lanes import first_of_all
from negotiation.lab.provenance import files, made, settle
from negotiation.lab.results_folder import claim, free, locked
from negotiation.lab.row_games import GAMES, Progress, fill

PLAN = "benchmark.json"


class Referee(row_games.Referee[Match]):
    """A player of the games of a benchmark."""

    @staticmethod
    def case(name: str) -> Case:
        """Return the case of a domain."""
        return case_of(name)

    @staticmethod
    def head(game: Match) -> Row:
        """Return how the row of a game begins."""
        return head(game)

    @staticmethod
    def row(game: Match) -> Row:
        """Play a game, and return its row."""
        return play(game)


def run(plan: Plan, out: Path, *, workers: int = 1, progress: Progress | None = None) -> list[Row]:
    """Return the rows of all games of a benchmark; those already in the folder are not played again.

    Raises
    ------
    SetupError
        When the plan cannot be played, or the folder holds another benchmark, or one of another version.
    LogError
        When the folder cannot be written.
    """
    first_of_all()
    workers = at_least_one(workers, "workers")
    plan.check()
    _same_version(out)
    free(out, PLAN, plan.text(), "benchmark")
    with locked(out) as hold:
        begun = made(plan.cases, files(plan.agents))
        claim(out, PLAN, plan.text(), "benchmark")
        settle(out, begun, begun=(out / GAMES).exists())
        return fill(hold, Referee, list(plan.games()), begun, workers=workers, progress=progress)


def _same_version(out: Path) -> None:
    """Raise `SetupError` if a folder was begun with another version of the suites."""
    path = out / PLAN
    try:
        told = json.loads(path.read_bytes()) if path.is_file() else {}
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}") from None
    except ValueError:
        raise SetupError(f"{path}: is not JSON any more; choose another folder") from None
    if isinstance(told, dict) and told.get("format") == FORMAT and told.get("version") != VERSION:
        raise SetupError(
            f"{out}: was begun with version {told.get('version')!r} of the suites, this program has version {VERSION!r}; "
            "choose another folder"
        )
