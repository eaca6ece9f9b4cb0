"""The same runs on both engines, row by row."""

from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import strategies as st
from support import cases

from negotiation.lab.compiled import chance, kernel, setup
from negotiation.lab.compiled.engine import batch
from negotiation.lab.factors import Changed
from negotiation.lab.plain_engine import play
from negotiation.lab.plan import Plan
from negotiation.lab.results import of_rows, schemas
from negotiation.lab.runs import Cell, Run, Runs


def both(runs, shapes):
    """The rows of the plain engine and of the compiled engine, by kind, and what played the second ones."""
    runs = list(runs)
    one = of_rows(list(play(runs, events="events" in shapes)), shapes)
    parts = list(batch(runs, shapes))
    two = {kind: pa.concat_tables([part[kind] for part in parts]) for kind in shapes}
    engines = two["runs"]["engine"].to_pylist()
    for rows in (one, two):
        rows["runs"] = rows["runs"].drop_columns("engine")
    return one, two, engines


def assert_same(runs, shapes):
    one, two, engines = both(runs, shapes)
    for kind, rows in one.items():
        for mine, theirs in zip(rows.to_pylist(), two[kind].to_pylist(), strict=True):
            assert mine == theirs, (mine, theirs)
        assert rows.equals(two[kind])
    return engines


def assert_plan_same(plan, first=0, stop=None):
    runs = Runs(plan)
    return assert_same(runs.between(first, len(runs) if stop is None else stop), schemas(runs))


def plan_of(**settings):
    return Plan(**{"format": "negotiation-plan/1", "lineups": {"one": "linear"}, "events": True, **settings})


def runs_of(case, seats, protocol, seeds, noise=0.0):
    """Runs of a case that is in no file, and the shapes of their rows."""
    game = Changed(case, seats, noise=noise)
    cell = Cell(case, protocol, "one", seats, {}, "cell")
    shapes = schemas(_Shaped({case.name: case}, plan_of(cases=["any-two-of-three"])))
    return [Run(cell, seed, game) for seed in seeds], shapes


class _Shaped:
    """What `schemas` asks of `Runs`."""

    def __init__(self, cases, plan):
        self.cases, self.plan, self.texts = cases, plan, set[str]()


PLAYED = (
    "boulware",
    "conceder",
    "easy",
    "hardliner",
    "linear",
    "linear:least=0.3",
    "random",
    "compose:bidding=exponential,model=none,accept=combi,at=0.4",
    "compose:bidding=time,model=none,accept=next",
    "compose:bidding=time,model=none,accept=const,share=0.4",
    "compose:bidding=time,exponent=2,model=none,accept=time,at=0.6",
    "compose:bidding=whim,model=none,accept=level",
    "compose:bidding=exponential,model=none,accept=whim,chance=0.6",
    "fair",
    "compose:bidding=giving,exponent=2,least=0.2,accept=next",
    "compose:bidding=quadratic,model=frequency,learning=0.5,accept=level",
    "compose:bidding=late,model=frequency,accept=next",
    "compose:bidding=late,haste=2,model=none,accept=combi,at=0.5",
    "compose:bidding=micro,model=none,accept=next",
    "compose:bidding=micro,model=frequency,accept=level",
    "compose:bidding=relative,model=none,accept=level",
    "compose:bidding=relative,lag=2,model=frequency,accept=next",
    "compose:bidding=absolute,noise=0.1,model=none,accept=level",
    "compose:bidding=averaged,model=frequency,accept=combi,at=0.5",
    "compose:bidding=nice,model=frequency,accept=next",
    "compose:bidding=nice,model=none,accept=level",
    "compose:bidding=tradeoff,model=frequency,accept=next",
    "compose:bidding=hybrid,model=frequency,accept=next",
    "anchor",
    "bluffer:share=0.8",
)
"""What the compiled engine plays, every bidding and every acceptance at least once."""


@st.composite
def games(draw):
    """The arguments of `runs_of`."""
    case = draw(cases(summed=False))
    seats = {party: draw(st.sampled_from(PLAYED)) for party in case.roles}
    seeds = [draw(st.integers(0, 2**62)), draw(st.integers(0, 5))]
    protocol = draw(st.sampled_from(["alternating", "open-floor"]))
    return case, seats, protocol, seeds, draw(st.sampled_from([0.0, 0.0, 0.3]))


@contextmanager
def uncompiled():
    """The engine as plain Python: the very functions that are compiled, so that tests see all of their branches."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        patch.setattr(setup, "play", kernel.play.py_func)
        patch.setattr(setup, "cast", chance.cast.py_func)
        yield
