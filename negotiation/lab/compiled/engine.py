"""Runs to result rows, on the compiled engine where it can and on the plain engine where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import get_args

import numpy as np
import pyarrow as pa

from negotiation.lab.compiled import kernel
from negotiation.lab.compiled.arrays import Whole
from negotiation.lab.compiled.compiling import announce
from negotiation.lab.compiled.game import PLAYED
from negotiation.lab.compiled.replay import replay
from negotiation.lab.compiled.rows import Played, Shapes, joined, run_rows, table_rows
from negotiation.lab.compiled.setup import MOST_EVENTS, Itself, Ready, ready
from negotiation.lab.factors import Changed
from negotiation.lab.plain_engine import event_rows, play
from negotiation.lab.plan import Closer, Plan
from negotiation.lab.results import Part, of_rows, schemas
from negotiation.lab.runs import Run, Runs

SLICE = 1000
"""Runs that are played in one call; between two calls a batch can be stopped."""


def batch(runs: Iterable[Run], shapes: Shapes) -> Iterator[Part]:
    """Yield every run in order, a few at a time; the column `engine` says what played it."""
    done: list[Played] = []
    looks = [name for name in get_args(Closer) if name in shapes["runs"].names]
    for some in runs if looks else _played(runs):
        if done and (isinstance(some, Run) or some.ready.alike != done[0].ready.alike or _many(done) >= SLICE):
            yield _rows(done, shapes)
            done.clear()
        if isinstance(some, Run):
            yield of_rows(list(play([some], events="events" in shapes, looks=looks)), shapes)
        else:
            done.append(some)
    if done:
        yield _rows(done, shapes)


def _played(runs: Iterable[Run]) -> Iterator[Played | Run]:
    """Yield the runs of every cell, a few at a time; those that are not for the compiled engine as they are."""
    setup: Ready | None = None
    for (game, cell), ours in groupby(runs, key=lambda run: (Itself(run.game), Itself(run.cell))):
        setup = ready(game.it, cell.it.protocol, setup) if isinstance(game.it, Changed) else None
        while some := list(islice(ours, SLICE)):
            yield from _halves(some, setup) if setup else some


def warm() -> None:
    """Compile now what is not compiled yet: `python -c "from negotiation.lab.compiled.engine import warm; warm()"`."""
    runs = Runs(Plan(format="negotiation-plan/1", cases=["any-two-of-three"], lineups={"all": "linear"}))
    list(batch(runs.between(0, 1), schemas(runs)))


def _halves(runs: Sequence[Run], setup: Ready) -> Iterator[Played | Run]:
    """Yield runs of one cell, played; those that cannot be played to their end here are found by halving."""
    announce(kernel.play)
    ends, types = setup.play_distinct([run.seed for run in runs])
    if (ends.status == PLAYED).all():
        yield Played(runs, setup, ends, types)
    elif len(runs) == 1:
        yield runs[0]
    else:
        half = len(runs) // 2
        yield from _halves(runs[:half], setup)
        yield from _halves(runs[half:], setup)


def _many(played: Sequence[Played]) -> int:
    return sum(len(some.runs) for some in played)


def _rows(played: Sequence[Played], shapes: Shapes) -> Part:
    """Return the rows of runs of cells that are laid out alike."""
    ends = joined(played)
    part = {"runs": run_rows(played, ends, shapes["runs"]), "tables": table_rows(played, ends, shapes["tables"])}
    if "events" in shapes:
        rows = [
            row
            for runs, setup, _, types in played
            for run, kind in zip(runs, types, strict=True)
            for row in _events(run, setup, kind)
        ]
        part["events"] = pa.Table.from_pylist(rows, schema=shapes["events"])
    return part


def _events(run: Run, setup: Ready, types: Whole) -> list[dict[str, object]]:
    """Return the events of a run, which is played again for them."""
    ends, _, log = setup.play([run.seed], MOST_EVENTS)
    many = int(ends.events[0])
    if many > len(log):
        _, _, log = setup.play([run.seed], many)
    return event_rows(run, *replay(setup.personal(run.seed), np.asarray(types), log[:many]))
