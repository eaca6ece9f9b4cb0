"""The loop for a single table: the same games as the general loop and as the plain engine, and left alone where it does not fit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_market import market
from support_compiled import assert_same, runs_of, uncompiled

from negotiation.case import Case, Role
from negotiation.lab.compiled.game import TICK
from negotiation.lab.compiled.setup import ready
from negotiation.lab.factors import Changed
from negotiation.preferences import Preferences, Sheet
from negotiation.scenario import Party, Scenario
from negotiation.table import Constraint, Issue, Signers, Table

CLOCKS = ("boulware", "conceder", "linear", "linear:least=0.3", "hardliner", "boulware:exponent=9")


def case_of(sizes, sheets, signers=None, adjust=None, **settings):
    """A case of one table: `sheets` has by party the weights of the issues and the shares of their options."""
    names = [f"p{n}" for n in range(len(sheets))]
    issues = tuple(Issue(f"i{k}", "", tuple(f"o{n}" for n in range(m)), ("",) * m) for k, m in enumerate(sizes))
    table = Table("t", "", issues, signers or Signers(tuple(names)), **settings)
    scenario = Scenario("one", "", {name: Party(name, name) for name in names}, {"t": table}, 10)
    roles = {}
    for name, sheet in zip(names, sheets, strict=True):
        rows = {f"t.i{k}": Sheet(weight, tuple(shares)) for k, (weight, shares) in enumerate(sheet)}
        mine = Preferences(scenario, name, rows, adjust={"t": (adjust or {}).get(name, 0.0)})
        roles[name] = {"base": Role("base", mine)}
    return Case("one", scenario, roles)


@st.composite
def single_games(draw):
    """A case of one table, with many equal points, worthless issues and points below those of leaving it; and who plays."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    number = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1.0, -0.5]) | st.integers(-1000, 10000).map(lambda n: n / 97)
    parties = draw(st.integers(2, 4))
    sheets = [[(draw(number), [draw(number) for _ in range(size)]) for size in sizes] for _ in range(parties)]
    adjust = {f"p{n}": draw(st.sampled_from([0.0, 0.0, 0.3, 40.0, 1e6])) for n in range(parties)}
    seats = {f"p{n}": draw(st.sampled_from(CLOCKS)) for n in range(parties)}
    noise = draw(st.sampled_from([0.0, 0.3]))
    return case_of(sizes, sheets, adjust=adjust), seats, draw(st.integers(1, 25)), noise


def acts(setup, seeds):
    """What runs come to, where that means something, and the acts of the last one."""
    ends, _, log = setup.play(seeds, 1000)
    signed = ends.deal >= 0
    told = [np.where(signed, ends.bound_in, 0), np.where(signed, ends.signers, 0), ends.hands[signed]]
    log = log[: ends.events[-1]]
    log[log[:, 0] == TICK, 2:] = 0
    return [*told, log, *(getattr(ends, name) for name in ("rounds", "events", "deal", "points", "base", "best"))]


@given(single_games())
@settings(max_examples=150, deadline=None)
def test_the_same_as_the_general_loop(game):
    case, seats, rounds, noise = game
    one, general = (ready(Changed(case, seats, rounds, noise=noise), "alternating") for _ in range(2))
    assert one.game.single
    general.game.single = 0
    for mine, theirs in zip(acts(one, [1, 2, 3]), acts(general, [1, 2, 3]), strict=True):
        assert np.array_equal(mine, theirs)


@given(single_games())
@settings(max_examples=30, deadline=None)
def test_the_same_as_the_model(game):
    case, seats, _, noise = game
    assert set(assert_same(*runs_of(case, seats, "alternating", [4, 2**62], noise))) == {"compiled"}


def fair_sheets(parties=3, sizes=(3, 4, 2)):
    dice = np.random.default_rng(7)
    return [[(float(dice.random()), dice.random(size).tolist()) for size in sizes] for _ in range(parties)]


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_the_same_as_the_model_in_plain_python(noise):
    sheets = [*fair_sheets(2), [(0.0, [5.0] * 3), (1.0, [3.0, 3.0, 1.0, 1.0]), (1.0, [0.0, 1.0])]]
    never = [(1.0, [-1.0] * 3), (1.0, [-1.0] * 4), (1.0, [-2.0] * 2)]
    with uncompiled():
        for case, line_up in (
            (case_of((3, 4, 2), sheets), ("boulware", "conceder", "linear")),
            (case_of((3, 4, 2), sheets), ("hardliner", "boulware:exponent=9", "conceder")),
            (case_of((3, 4, 2), [*sheets[:2], never]), ("linear", "linear", "linear")),
            (case_of((3, 4, 2), sheets[:2], unsigned={"i0": "o1"}), ("hardliner", "hardliner")),
        ):
            seats = dict(zip(case.roles, line_up, strict=True))
            assert set(assert_same(*runs_of(case, seats, "alternating", [1, 2], noise))) == {"compiled"}


def without_a_loop_of_its_own():
    """Games that differ in one thing from those for which the loop is made."""
    case, seats = case_of((3, 4, 2), fair_sheets()), dict.fromkeys(("p0", "p1", "p2"), "linear")
    barred = replace(case.scenario, constraints=(Constraint("", {"t.i0": ("o1",)}),))
    yield case, seats, "open-floor"
    for strategy in ("random", "fair", "compose:bidding=time,model=none,accept=next", "compat"):
        yield case, seats | {"p1": strategy}, "alternating"
    yield case_of((3, 4, 2), fair_sheets(), Signers((), of=("p0", "p1", "p2"), quorum=2)), seats, "alternating"
    yield case_of((3, 4, 2), fair_sheets(), Signers(("p0", "p1"))), seats, "alternating"
    roles = {
        name: {"base": Role("base", replace(kinds["base"].preferences, scenario=barred))}
        for name, kinds in case.roles.items()
    }
    yield replace(case, scenario=barred, roles=roles), seats, "alternating"


@pytest.mark.parametrize(("case", "seats", "protocol"), list(without_a_loop_of_its_own()))
def test_what_does_not_fit_is_left_to_the_general_loop(case, seats, protocol):
    assert not ready(Changed(case, seats), protocol).game.single
    assert set(assert_same(*runs_of(case, seats, protocol, [1]))) == {"compiled"}


def test_whoever_cannot_gain_bids_nothing():
    case = market(floor=11.0)
    with uncompiled():
        assert set(assert_same(*runs_of(case, dict.fromkeys(case.roles, "linear"), "alternating", [1]))) == {"compiled"}


def test_a_bid_found_for_one_run_serves_the_next():
    case = market()
    there = ready(Changed(case, dict.fromkeys(case.roles, "linear")), "alternating")
    with uncompiled():
        ends, _, _ = there.play([1, 2])
    assert ends.points[0].tolist() == ends.points[1].tolist()
