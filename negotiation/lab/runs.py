"""Every run of a plan by its number, with a key made of all that determines it; nothing is listed, all is counted out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from negotiation import __version__
from negotiation.case import Case
from negotiation.errors import SetupError, unknown
from negotiation.formats import load
from negotiation.lab.design import Design, ends
from negotiation.lab.factors import Changed, changed
from negotiation.lab.plan import OTHERS, Plan, Value
from negotiation.strategies import PERSON

Row: TypeAlias = dict[str, Any]

MOST_CHUNKS = 200
"""Chunks that a plan of middle size is cut into."""

SMALLEST_CHUNK, LARGEST_CHUNK = 20, 10_000
WITH_EVENTS = 500
"""Runs of the largest chunk if events are kept: those of a flagship game take 50 KB of memory."""


@dataclass(frozen=True)
class Cell:
    """All runs that differ in nothing but the seed."""

    case: Case
    protocol: str
    lineup: str
    seats: Mapping[str, str]
    settings: Mapping[str, Value]
    key: str

    def game(self) -> Changed:
        """What the factors make of the case.

        Raises
        ------
        SetupError
            When the settings contradict each other.
        """
        return changed(self.case, self.seats, self.settings)


@dataclass(frozen=True)
class Run:
    """One negotiation to be played: what it is, and what has been made of it (an error where nothing could be)."""

    cell: Cell
    seed: int
    game: Changed | SetupError

    @property
    def key(self) -> str:
        """The name of the run: the same wherever the same game is played."""
        return f"{self.cell.key}-{self.seed}"


class Runs:
    """The runs of a plan, numbered from 0: replications of the first cell, then of the next.

    Raises
    ------
    SetupError, ScenarioError
        When a case does not exist, or two line-ups or cases are one and the same.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.design = Design(plan)
        self.blocks: list[tuple[Case, str, str, dict[str, str]]] = []
        self.cases = {name: load(name, plan.variant) for name in plan.cases}
        self.files = _files(plan)
        self._lay()
        self.cells = len(self.blocks) * len(self.design)
        largest = WITH_EVENTS if plan.events else LARGEST_CHUNK
        self.chunk = min(max(-(-len(self) // MOST_CHUNKS), SMALLEST_CHUNK), largest)

    def __len__(self) -> int:
        return self.cells * self.plan.replications

    @property
    def chunks(self) -> int:
        """How many chunks there are; chunk n holds the runs from n × `chunk` on."""
        return -(-len(self) // self.chunk)

    def of(self, chunk: int) -> Iterator[Run]:
        """The runs of a chunk, in order."""
        return self.between(chunk * self.chunk, min((chunk + 1) * self.chunk, len(self)))

    def between(self, first: int, stop: int) -> Iterator[Run]:
        """The runs from one number up to before another; what a cell's runs share is made once."""
        times = self.plan.replications
        for place in range(first // times, -(-stop // times)):
            cell = self.cell(place)
            game = _made(cell)
            for number in range(max(first, place * times), min(stop, (place + 1) * times)):
                yield Run(cell, self.plan.seed + number - place * times, game)

    def cell(self, number: int) -> Cell:
        """The cell with this number."""
        block, point = divmod(number, len(self.design))
        case, protocol, lineup, seats = self.blocks[block]
        settings = self.design.settings(point)
        files = {text.partition(":")[0] for text in seats.values()}.intersection(self.files)
        own = {name: self.files[name] for name in sorted(files)}
        what = [__version__, case.digest, protocol, seats, sorted(settings.items()), own]
        key = hashlib.sha256(json.dumps(what).encode()).hexdigest()[:24]
        return Cell(case, protocol, lineup, seats, settings, key)

    def _lay(self) -> None:
        digests: dict[str, str] = {}
        for name, case in self.cases.items():
            if case.digest in digests:
                raise SetupError(f"cases: {name} and {digests[case.digest]} are the same case")
            digests[case.digest] = name
            seen: dict[str, str] = {}
            for lineup, texts in self.plan.lineups.items():
                seats = _seats(case, lineup, texts)
                if (same := json.dumps(seats)) in seen:
                    raise SetupError(f"lineups.{lineup}: is the same as {seen[same]} in {name}")
                seen[same] = lineup
            for protocol in self.plan.protocols or [fitting(case)]:
                self.blocks += [(case, protocol, n, _seats(case, n, texts)) for n, texts in self.plan.lineups.items()]

    def check(self) -> None:
        """Refuse what cannot be played before anything is: every block, and every factor at its ends.

        Raises
        ------
        SetupError
            The place in the plan, and why not.
        """
        settings = self.design.settings(0)
        for block, (case, protocol, lineup, seats) in enumerate(self.blocks):
            try:
                _seated(changed(case, seats, settings), protocol)
            except SetupError as problem:
                where = "" if str(problem).startswith("factors.") else f"lineups.{lineup}: "
                raise SetupError(f"{where}{problem}") from None
            if block and case is self.blocks[block - 1][0]:
                continue
            for name, levels in self.plan.factors.items():
                for value in ends(levels):
                    try:
                        _seated(changed(case, seats, {name: value}), protocol)
                    except SetupError as problem:
                        where = "" if str(problem).startswith("factors.") else f"factors.{name}: "
                        raise SetupError(f"{where}{problem}") from None


def fitting(case: Case) -> str:
    """The protocol a case is usually studied under."""
    tables = list(case.scenario.tables.values())
    together = len(tables) == 1 and set(tables[0].signers.always) == set(case.roles)
    return "alternating" if together else "open-floor"


def _made(cell: Cell) -> Changed | SetupError:
    try:
        return cell.game()
    except SetupError as problem:
        return problem


def _seated(game: Changed, protocol: str) -> None:
    """Set a game up, which refuses what cannot be played."""
    from negotiation.model import NegotiationModel  # brings Mesa along: a second that workers need not pay

    NegotiationModel(
        game.case, seats=game.seats, protocol=protocol, rounds=game.rounds, types=game.types, collect=False
    )


def _seats(case: Case, lineup: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Who plays whom in a case."""
    if PERSON in texts.values():
        raise SetupError(f"lineups.{lineup}: nobody sits at a screen in a batch")
    for party in texts:
        if party not in (OTHERS, *case.roles):
            raise SetupError(f"lineups.{lineup}: {unknown('party', party, [*case.roles, OTHERS])}")
    if OTHERS not in texts and (empty := [party for party in case.roles if party not in texts]):
        raise SetupError(f"lineups.{lineup}: nobody plays {', '.join(empty)} in {case.name}; add `{OTHERS}`")
    return {party: texts.get(party, texts.get(OTHERS, "")) for party in case.roles}


def _files(plan: Plan) -> dict[str, str]:
    """SHA-256 of every Python file that strategies are taken from, by name."""
    names = sorted({text.partition(":")[0] for texts in plan.lineups.values() for text in texts.values()})
    found = {}
    for name in names:
        if name.endswith(".py"):
            try:
                found[name] = hashlib.sha256(Path(name).read_bytes()).hexdigest()
            except OSError as problem:
                raise SetupError(f"{name}: {problem.strerror}") from None
    return found
