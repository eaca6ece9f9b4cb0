"""Runs to result rows, on the compiled engine where it can and on the Mesa model where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import numpy as np
import pyarrow as pa

from negotiation.lab.compiled import kernel
from negotiation.lab.compiled.compiling import announce
from negotiation.lab.compiled.game import PLAYED
from negotiation.lab.compiled.replay import replay
from negotiation.lab.compiled.rows import Shapes, run_rows, table_rows
from negotiation.lab.compiled.setup import MOST_EVENTS, Ready, ready
from negotiation.lab.factors import Changed
from negotiation.lab.plan import Plan
from negotiation.lab.playing import play, told
from negotiation.lab.results import Part, of_rows, schemas
from negotiation.lab.runs import Run, Runs

SLICE = 1000
"""Runs that are played in one call; between two calls a batch can be stopped."""


def batch(runs: Iterable[Run], shapes: Shapes) -> Iterator[Part]:
    """Every run in order, a few at a time; the column `engine` says what played it."""
    events = "events" in shapes
    for (game, cell), ours in groupby(runs, key=lambda run: (_Same(run.game), _Same(run.cell))):
        setup = ready(game.it, cell.it.protocol) if isinstance(game.it, Changed) else None
        while some := list(islice(ours, SLICE if setup else 1)):
            yield from _parts(some, setup, shapes, events=events)


def warm() -> None:
    """Compile now what is not compiled yet: `python -c "from negotiation.lab.compiled.engine import warm; warm()"`."""
    runs = Runs(Plan(format="negotiation-plan/1", cases=["any-two-of-three"], lineups={"all": "linear"}))
    list(batch(runs.between(0, 1), schemas(runs)))


def _parts(runs: Sequence[Run], setup: Ready | None, shapes: Shapes, *, events: bool) -> Iterator[Part]:
    """The rows of runs of one cell; those that cannot be played to their end here are found by halving."""
    part = setup and _compiled(runs, setup, shapes, events=events)
    if part:
        yield part
    elif len(runs) > 1:
        half = len(runs) // 2
        yield from _parts(runs[:half], setup, shapes, events=events)
        yield from _parts(runs[half:], setup, shapes, events=events)
    else:
        yield of_rows(list(play(runs, events)), shapes)


class _Same:
    """Equal to nothing but itself: what runs of a cell share is one object."""

    def __init__(self, it: Any) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it

    __hash__ = None  # type: ignore[assignment]


def _compiled(runs: Sequence[Run], setup: Ready, shapes: Shapes, *, events: bool) -> Part | None:
    """The rows of runs of one cell; None if one of them could not be played to its end here."""
    announce(kernel.play)
    ends, types, _ = setup.play([run.seed for run in runs])
    if (ends.status != PLAYED).any():
        return None
    part = {
        "runs": run_rows(runs, setup, ends, types, shapes["runs"]),
        "tables": table_rows(runs, setup, ends, shapes["tables"]),
    }
    if events:
        rows = [row for run, kind in zip(runs, types, strict=True) for row in _events(run, setup, kind)]
        part["events"] = pa.Table.from_pylist(rows, schema=shapes["events"])
    return part


def _events(run: Run, setup: Ready, types: Any) -> list[dict[str, Any]]:
    """The events of a run, which is played again for them."""
    ends, _, log = setup.play([run.seed], MOST_EVENTS)
    many = int(ends.events[0])
    if many > len(log):
        _, _, log = setup.play([run.seed], many)
    return told(run, *replay(setup.personal(run.seed), np.asarray(types), log[:many]))
