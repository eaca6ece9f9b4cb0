"""Every run of a plan by its number, with a key made of all that determines it; nothing is listed, all is counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from negotiation.case import Case
from negotiation.errors import SetupError, unknown
from negotiation.formats import load
from negotiation.lab.compiled.strategy_codes import playable
from negotiation.lab.design import Design, ends
from negotiation.lab.factors import Changed, changed
from negotiation.lab.plan import OTHERS, Plan, Value
from negotiation.lab.provenance import code, files, machine, source
from negotiation.strategies import PERSON, strategy

Row: TypeAlias = dict[str, Any]

MOST_CHUNKS = 200
"""Chunks that a plan of middle size is cut into."""

SMALLEST_CHUNK, LARGEST_SMALLEST, LARGEST_CHUNK = 20, 250, 10_000
WORTH, GAME, SETTING_UP = 0.05, 1e-4, 1e-2
"""Seconds below which writing a chunk costs more than playing it; about those of a compiled game, and of setting up a cell.

A game that is not compiled takes a hundred times as long: `SMALLEST_CHUNK` of them are worth the trouble.
"""
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
        """Return the game that the factors make of the case.

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

    Parameters
    ----------
    cases
        The cases by the plan's names, where they are not to be looked up: then the runs are those of results
        that are only read, and strategy files are not asked for either.

    Raises
    ------
    SetupError, ScenarioError
        When a case does not exist, or two line-ups or cases are one and the same.
    """

    def __init__(self, plan: Plan, cases: Mapping[str, Case] | None = None) -> None:
        self.plan = plan
        self.design = Design(plan)
        self.blocks: list[tuple[Case, str, str, dict[str, str]]] = []
        self.cases = dict(cases) if cases else {name: load(name, plan.variant) for name in plan.cases}
        self.texts = {text for seats in plan.lineups.values() for text in seats.values()}
        self.files = {} if cases else files(self.texts)
        self._lay()
        self.cells = len(self.blocks) * len(self.design)
        largest = WITH_EVENTS if plan.events else LARGEST_CHUNK
        self.chunk = min(max(-(-len(self) // MOST_CHUNKS), self._least()), largest)

    def _least(self) -> int:
        """Return the runs of the smallest chunk: as many as are worth the trouble, by a guess that never varies."""
        slow = self.plan.events or self.plan.measures or "talk" in self.plan.factors
        if slow or not all(_quick(protocol, seats) for _, protocol, _, seats in self.blocks):
            return SMALLEST_CHUNK
        worth = int(WORTH / (GAME + SETTING_UP / self.plan.replications))
        return min(max(worth, SMALLEST_CHUNK), LARGEST_SMALLEST)

    def __len__(self) -> int:
        return self.cells * self.plan.replications

    @property
    def chunks(self) -> int:
        """Return how many chunks there are; chunk n holds the runs from n × `chunk` on."""
        return -(-len(self) // self.chunk)

    def of(self, chunk: int) -> Iterator[Run]:
        """Return the runs of a chunk, in order."""
        return self.between(chunk * self.chunk, min((chunk + 1) * self.chunk, len(self)))

    def between(self, first: int, stop: int) -> Iterator[Run]:
        """Yield the runs from one number up to before another; what a cell's runs share is made once."""
        times = self.plan.replications
        for place in range(first // times, -(-stop // times)):
            cell = self.cell(place)
            game = _made(cell)
            for number in range(max(first, place * times), min(stop, (place + 1) * times)):
                yield Run(cell, self.plan.seed + number - place * times, game)

    def cell(self, number: int) -> Cell:
        """Return the cell with this number."""
        block, point = divmod(number, len(self.design))
        case, protocol, lineup, seats = self.blocks[block]
        settings = self.design.settings(point)
        own = {name: self.files[name] for name in sorted(map(source, seats.values())) if name in self.files}
        what = [code(), machine(), case.digest, protocol, seats, sorted(settings.items()), own]
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
        """Raise `SetupError` unless everything can be played: every block, and every factor at its ends.

        Raises
        ------
        SetupError
            When something cannot be played; the message names the place in the plan, and why.
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


def _quick(protocol: str, seats: Mapping[str, str]) -> bool:
    """Return whether the compiled engine is likely to play this."""
    try:
        return protocol != "single-text" and all(
            not source(text) and playable(strategy(text)) for text in seats.values()
        )
    except SetupError:  # whoever plays it says what is wrong
        return False


def fitting(case: Case) -> str:
    """Return the protocol a case is usually studied under."""
    tables = list(case.scenario.tables.values())
    together = len(tables) == 1 and set(tables[0].signers.always) == set(case.roles)
    return "alternating" if together else "open-floor"


def _made(cell: Cell) -> Changed | SetupError:
    try:
        return cell.game()
    except SetupError as problem:
        return problem


def _seated(game: Changed, protocol: str) -> None:
    """Set a game up, which raises `SetupError` if it cannot be played."""
    from negotiation.game import Game

    Game(game.case, seats=game.seats, protocol=protocol, rounds=game.rounds, types=game.types)


def _seats(case: Case, lineup: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the strategy of each party in a case."""
    if PERSON in texts.values():
        raise SetupError(f"lineups.{lineup}: nobody sits at a screen in a batch")
    for party in texts:
        if party not in (OTHERS, *case.roles):
            raise SetupError(f"lineups.{lineup}: {unknown('party', party, [*case.roles, OTHERS])}")
    if OTHERS not in texts and (empty := [party for party in case.roles if party not in texts]):
        raise SetupError(f"lineups.{lineup}: nobody plays {', '.join(empty)} in {case.name}; add `{OTHERS}`")
    return {party: texts.get(party, texts.get(OTHERS, "")) for party in case.roles}
