"""Games that each become a row of one file: in order, in one process or several, so that nothing finished is lost."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import ClassVar, Generic, TypeAlias, TypeVar

from negotiation.case import Case
from negotiation.errors import LogError
from negotiation.lab.checksum_lines import Row, line, read
from negotiation.lab.chunk_player import TRIES, Player
from negotiation.lab.dispatcher import crowd
from negotiation.lab.lanes import lanes
from negotiation.lab.provenance import Made, agree, files, made
from negotiation.lab.results_folder import Hold

GAMES = "games.jsonl"

Progress: TypeAlias = Callable[[int, int], object]
"""Told how many games are there, and how many there will be."""

G = TypeVar("G")


class Referee(Player[Row], Generic[G]):
    """A player of the games of a list, by their numbers.

    Raises
    ------
    SetupError
        When something else would be played than what the folder began with.
    """

    file: ClassVar[str] = GAMES

    def __init__(self, games: Sequence[G], begun: Made, _stop: Callable[[], bool]) -> None:
        self.games = games
        agree(begun, made({name: self.case(name) for name in begun["cases"]}, begun["files"]))

    def play(self, chunk: int) -> Row:
        """Return the row of the game with this number."""
        return {"n": chunk, **self.row(self.games[chunk])}

    @staticmethod
    @abstractmethod
    def case(name: str) -> Case:
        """Return the case of this name."""

    @staticmethod
    @abstractmethod
    def head(game: G) -> Row:
        """Return how the row of a game begins: its `key`, and what is known before it is played."""

    @staticmethod
    @abstractmethod
    def row(game: G) -> Row:
        """Play a game, and return its row."""


def fill(
    hold: Hold,
    kind: type[Referee[G]],
    games: Sequence[G],
    begun: Made,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> list[Row]:
    """Return the rows of all games, in their order; those that the folder holds are not played again.

    Raises
    ------
    SetupError
        When what plays was changed meanwhile.
    LogError
        When the file cannot be read or written.
    """
    path = hold.folder / kind.file
    done = read(path)
    keys = [kind.head(game)["key"] for game in games]
    todo = [game for game, key in zip(games, keys, strict=True) if key not in done]
    try:
        with path.open("a", encoding="utf-8") as file, closing(_played(kind, todo, begun, workers)) as played:
            for row, died in played:
                done[row["key"]] = row
                hold.check()
                agree(begun, {"files": files(begun["files"])})
                if not died:
                    file.write(line(row))
                    file.flush()
                if progress:
                    progress(len(done), len(games))
            os.fsync(file.fileno())
    except OSError as problem:
        raise LogError(f"{path}: {problem.strerror}; what was finished stays") from None
    return [done[key] for key in keys]


def _played(
    kind: type[Referee[G]], todo: Sequence[G], begun: Made, workers: int
) -> Generator[tuple[Row, bool], None, None]:
    """Yield rows in the order of the games, and whether a row only says that a worker died, to be tried again."""
    if workers == 1:
        yield from ((kind.row(game), False) for game in todo)
    elif todo:
        waiting: dict[int, Row] = {}
        following = 0
        with lanes(partial(kind, todo, begun), min(workers, len(todo))) as crew:
            for row in crowd(crew, range(len(todo)), lambda number: _buried(number, kind.head(todo[number]))):
                waiting[row.pop("n")] = row
                while following in waiting:
                    one = waiting.pop(following)
                    yield one, bool(one.pop("died", False))
                    following += 1


def _buried(number: int, head: Row) -> Row:
    why = f"the worker process that played this game died {TRIES} times"
    return {"n": number, **head, "error": why, "died": True}
