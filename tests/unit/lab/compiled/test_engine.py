"""The compiled engine as plain Python, the very functions that are compiled; and what is left to the plain engine."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_market import market
from support_compiled import assert_plan_same, assert_same, both, games, plan_of, runs_of, uncompiled

from negotiation.analysis import ideal_score
from negotiation.casting import cast
from negotiation.formats import load, loads
from negotiation.lab.compiled import compiling, engine, game_memory, kernel, numba_internals, setup
from negotiation.lab.compiled.acts import accept, offer, withdraw
from negotiation.lab.compiled.addresses import ITEM, reals, wholes
from negotiation.lab.compiled.agent import ACTS_PER_ROUND, decide
from negotiation.lab.compiled.expectations import likely, seat
from negotiation.lab.compiled.gains import same_odds, slot
from negotiation.lab.compiled.game import (
    ACCEPT,
    AUTHOR,
    BEST,
    BY,
    COUNT,
    DEAL,
    FIRST,
    HANDS,
    LACKS,
    MARKS,
    OFFER,
    ONE,
    OTHER,
    PASS,
    RANKED,
    SECOND,
    SIGNED,
)
from negotiation.lab.compiled.offers import same_deals
from negotiation.lab.compiled.papers import needs, signable
from negotiation.lab.compiled.ranking import group, lowest_grouped, sort
from negotiation.lab.compiled.rows import rounded
from negotiation.lab.compiled.worth import price
from negotiation.lab.factors import Changed
from negotiation.lab.ideal_and_nash import ideal_and_nash
from negotiation.lab.runs import Cell
from negotiation.strategies.decision_rules import NEVER, lowest, lowest_unsorted, ranking

PARTIES = ("renault", "nissan", "mitsubishi", "google", "geely", "nimbus")
MIXED = {
    "geely": "compose:model=none,accept=const",
    "renault": "boulware",
    "nissan": "linear",
    "google": "random",
    "others": "compose:model=none,accept=combi",
}


@given(games())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_as_plain_python_any_case_goes_the_same(some):
    with uncompiled():
        assert set(assert_same(*runs_of(*some))) == {"compiled"}


@pytest.mark.parametrize("protocol", ["alternating", "open-floor"])
def test_as_plain_python_the_flagship_goes_the_same(protocol):
    lineups = {"mixed": MIXED, "even": "linear"}
    plan = plan_of(cases=["alliance-2023"], protocols=[protocol], lineups=lineups, factors={"rounds": 3})
    with uncompiled():
        assert set(assert_plan_same(plan)) == {"compiled"}


@pytest.mark.parametrize("accept", ["const", "time"])
def test_as_plain_python_every_acceptance_goes_the_same(accept):
    plan = plan_of(cases=["cloud-for-two"], lineups={"one": f"compose:model=none,accept={accept}"})
    with uncompiled():
        assert set(assert_plan_same(plan)) == {"compiled"}


def opened(case=None, protocol="open-floor"):
    """A game all play `linear`, before anybody has spoken; and its record."""
    case = case or load("alliance-2023")
    there = setup.ready(Changed(case, dict.fromkeys(case.roles, "linear")), protocol)
    there.game.cast[: len(there.first)] = there.first
    kernel.open_talks(there.game)
    return there, there.game


GROUPED, _ = opened()


def test_a_constraint_forbids_an_offer():
    there, game = opened()
    scenario = there.case.scenario
    barred = next(one for one in scenario.constraints if one.name == "C9")
    game.act[BY] = 0
    for place, name in ((ONE, "tech"), (ONE + 2, "horse")):
        game.act[place] = list(scenario.tables).index(name)
        game.act[place + 1] = np.flatnonzero(scenario.tables[name].mask(barred.pattern)[:-1])[0]
    assert not offer(game)
    assert game.live == 0


def test_as_plain_python_with_room_for_few_gains_only(monkeypatch):
    monkeypatch.setattr(game_memory, "BYTES", 0)
    monkeypatch.setattr(game_memory, "_rooms", [])
    plan = plan_of(cases=["electric-quay"], protocols=["open-floor"], factors={"rounds": 6})
    with uncompiled():
        assert set(assert_plan_same(plan)) == {"compiled"}


def test_as_plain_python_who_gives_way_goes_on_from_an_offer_that_has_become_a_loss():
    case = load("alliance-2023")
    with uncompiled():
        assert assert_same(*runs_of(case, dict.fromkeys(case.roles, "easy"), "alternating", [1])) == ["compiled"]


BARRED = """
format: negotiation-scenario/1
id: barred
title: One deal bars every other
clock: {unit: day, rounds: 4}
parties: {anna: {name: Anna}, bert: {name: Bert}}
tables:
  one: {title: One, signers: {always: [anna, bert]}, issues: {i: {title: I, options: {a: A, b: B}}}}
  two: {title: Two, signers: {always: [anna, bert]}, issues: {j: {title: J, options: {x: X, y: Y}}}}
preferences:
  anna: {one.i: {weight: 60, scores: {a: 90, b: 100}}, two.j: {weight: 40, scores: {x: 0, y: 100}}}
  bert: {one.i: {weight: 60, scores: {a: 100, b: 90}}, two.j: {weight: 40, scores: {x: 100, y: 0}}}
constraints:
  - {id: C1, forbid: {one.i: [a], two.j: [x, y]}}
  - {id: C2, forbid: {one.i: [b], two.j: [x, y]}}
"""


def test_as_plain_python_who_gives_way_offers_nothing_where_nothing_may_be_signed_any_more():
    case = loads(BARRED, "barred")
    runs, shapes = runs_of(case, dict.fromkeys(case.roles, "easy"), "open-floor", [1, 2])
    with uncompiled():
        assert set(assert_same(runs, shapes)) == {"compiled"}


@pytest.mark.parametrize(("chance", "seed"), [("random", 2), ("compose:bidding=whim,model=none,accept=level", 5)])
def test_as_plain_python_papers_are_taken_back(chance, seed):
    case = load("alliance-2023")
    seats = {party: ("linear", chance)[n % 2] for n, party in enumerate(case.roles)}
    runs, shapes = runs_of(case, seats, "open-floor", [seed])
    with uncompiled():
        _, rows, engines = both(runs, shapes)
        assert assert_same(runs, shapes) == engines == ["compiled"]
    assert any('"kind": "withdraw"' in event for event in rows["events"]["event"].to_pylist())


def test_a_signature_is_taken_back_and_given_again():
    _, game = opened()
    paper = game.papers[0]
    game.live = 1
    paper[AUTHOR], paper[FIRST], paper[SECOND] = 0, 0, -1
    paper[SIGNED], paper[COUNT], paper[HANDS : HANDS + 3] = 0b111, 3, (0, 2, 1)
    game.act[BY], game.act[ONE] = 2, 0
    withdraw(game)
    assert (paper[SIGNED], paper[COUNT], paper[LACKS], paper[HANDS : HANDS + 2].tolist()) == (0b011, 2, 0, [0, 1])
    game.act[BY] = 0
    withdraw(game)
    assert game.live == 0


def test_the_same_deals_in_another_order_are_the_same_offer():
    paper, act = np.zeros(HANDS, dtype=np.int64), np.array([OFFER, 0, 3, 7, 1, 5])
    paper[[FIRST, DEAL, SECOND, OTHER]] = 1, 5, 3, 7
    assert same_deals(paper, act)
    paper[OTHER] = 6
    assert not same_deals(paper, act)
    paper[FIRST] = 2
    assert not same_deals(paper, act)


def test_who_has_acted_too_often_passes():
    _, game = opened(market())
    seat(game, 1, 1)
    game.due, game.turns[1] = 1, ACTS_PER_ROUND
    decide(game)
    assert game.act.tolist() == [PASS, 1, -1, -1, -1, -1]


def test_a_paper_over_two_tables_binds_both_with_the_signatures_that_count_there():
    there, game = opened()
    tables = list(there.case.scenario.tables)
    game.act[:] = OFFER, 0, tables.index("horse"), 0, tables.index("sdv"), 0
    assert offer(game)
    assert [signable(game, n, game.papers[0]) for n in range(6)] == [False, False, False, True, True, False]
    for party in (4, 3):
        game.act[BY], game.act[ONE] = party, 0
        accept(game)
    assert [game.hands[tables.index(name), :2].tolist() for name in ("horse", "sdv")] == [[0, 4], [0, 3]]
    assert game.count.tolist()[:6] == [0, 0, 0, 2, 0, 2]


def test_an_author_whose_signature_does_not_count_has_not_signed():
    _, game = opened()
    start, stop = game.rule.start[1:3]
    without = next(n for n in range(stop - start - 1) if not needs(game, start + n) >> 2 & 1)
    game.act[:] = OFFER, 2, 1, without, -1, -1
    assert offer(game)
    assert game.papers[0, SIGNED] == 0


def test_who_sits_at_the_second_table_only_signs_for_what_that_is_worth():
    there, game = opened()
    google = there.case.role("google").preferences
    horse, sdv = (list(there.case.scenario.tables).index(name) for name in ("horse", "sdv"))
    game.act[:] = OFFER, 0, horse, 0, sdv, int(google.points["sdv"][:-1].argmax())
    assert offer(game)
    seat(game, 3, game.cast[3])
    price(game, there.prices, there.prices.weight[game.sheet])
    game.due = 1 << sdv
    decide(game)
    assert game.act[:3].tolist() == [ACCEPT, 3, 0]


def test_equal_deals_on_two_papers_add_up():
    _, game = opened()
    game.live = 2
    for paper in game.papers[:2]:
        paper[FIRST], paper[DEAL], paper[SECOND], paper[COUNT], paper[LACKS] = 0, 7, -1, 1, 1
    assert likely(game, 0) == 2
    assert game.chance[0, :2].tolist() == [0.5, 0.5]


def test_odds_that_share_a_hash_are_told_apart():
    _, game = opened()
    seat(game, 0, 0)
    table = next(name for name in range(1, 6) if game.own.naming[0, name, 0] >= 0)
    with np.errstate(over="ignore"):
        other, found = slot(game, 0), slot(game, table)
    odds, many = game.odds.copy(), int((game.own.naming[0, table] >= 0).sum())
    assert same_odds(game, found, table, 0, many)
    assert not same_odds(game, other, table, 0, many)
    game.odds[0] = odds[0] + 0.5
    assert not same_odds(game, found, table, 0, many)


@given(
    st.lists(
        st.sampled_from([-NEVER, -3.0, 0.0, 0.1 + 0.2, 0.3, 2.5, 2.5 + 1e-10, 1e6]) | st.floats(-9, 9),
        min_size=9,
        max_size=9,
    ),
    st.floats(-9, 9) | st.sampled_from([0.3, 2.5, 1e6]),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_groups_of_gains_find_the_deal_that_an_order_finds(some, wanted):
    game = GROUPED.game
    table = next(n for n in range(6) if game.rule.start[n + 1] - game.rule.start[n] == len(some) + 1)
    gains, marks = reals(game.gains, len(some)), wholes(game.marks, MARKS)
    gains[:] = some
    reals(game.scales, 1)[BEST] = max(some) if max(some) > -NEVER else -1.0
    order = ranking(gains, gains != -NEVER)
    group(game, 0, table)
    assert marks[RANKED] == len(order)
    if len(order):
        assert lowest_grouped(game, 0, wanted) == lowest(gains, order, wanted) == lowest_unsorted(gains, wanted)
    sort(game, 0, table)
    assert wholes(game.order, marks[RANKED]).tolist() == order.tolist()


def test_what_only_compiled_code_does():
    assert compiling._unsigned64(None)(5) == np.uint64(5)


def test_compiled_code_reads_and_writes_at_an_address():
    def halves(one, two):
        wholes(one, 3)[2] += 1
        reals(two, 2)[:] = 0.5 * wholes(one, 3)[1]

    whole, real = np.array([1, 2, 3]), np.zeros(3)
    for played in (halves, compiling.numba.njit(halves)):
        played(whole.ctypes.data, real.ctypes.data + ITEM)
        assert real.tolist() == [0.0, 1.0, 1.0]
    assert whole.tolist() == [1, 2, 5]


def test_types_are_cast_as_ever():
    case = load("alliance-2023")
    fixed = {"renault": "float_pressed"}
    seats = dict.fromkeys(case.roles, "linear")
    there = setup.ready(Changed(case, seats, rounds=1, types=fixed), "alternating")
    with uncompiled():
        _, types, _ = there.play(list(range(8)))
    drawn = [list(cast(case, seed, fixed).values()) for seed in range(8)]
    assert [[there.types[n][k] for n, k in enumerate(row)] for row in types] == drawn


def test_a_long_game_is_written_down_in_full(monkeypatch):
    monkeypatch.setattr(engine, "MOST_EVENTS", 3)
    assert set(assert_plan_same(plan_of(cases=["cloud-for-two"]))) == {"compiled"}


def test_runs_without_room_for_their_offers_go_to_the_model(monkeypatch):
    monkeypatch.setattr(setup, "MOST_OFFERS", 3)
    plan = plan_of(cases=["cloud-for-two"], lineups={"one": "compose:model=none,accept=combi"})
    with uncompiled():
        assert set(assert_plan_same(plan)) == {"plain"}


def test_only_those_without_room_go_to_the_model(monkeypatch):
    monkeypatch.setattr(setup, "MOST_OFFERS", 20)
    plan = plan_of(
        cases=["cloud-for-two"],
        lineups={"one": "compose:model=none,accept=combi"},
        factors={"noise": 0.5},
        replications=9,
    )
    engines = assert_plan_same(plan)
    assert set(engines) == {"plain", "compiled"}
    assert engines[0] == "compiled"


def test_an_act_that_the_rules_refuse_goes_to_the_model(monkeypatch):
    with uncompiled(), monkeypatch.context() as patch:
        patch.setattr(kernel, "offer", lambda _: False)
        assert set(assert_plan_same(plan_of(cases=["cloud-for-two"], protocols=["open-floor"]))) == {"plain"}


@pytest.mark.parametrize(
    ("seats", "protocol", "rounds"),
    [
        ({"seller": "tough", "buyer": "linear"}, "alternating", None),
        ({"seller": "linear", "buyer": "compat"}, "open-floor", None),
        ({"seller": "linear", "buyer": "nobody"}, "alternating", None),
        ({"seller": "linear", "buyer": "linear"}, "single-text", None),
        ({"seller": "linear", "buyer": "linear"}, "alternating", 0),
    ],
)
def test_what_is_left_to_the_model(seats, protocol, rounds):
    assert setup.ready(Changed(market(), seats, rounds=rounds), protocol) is None


def test_compiling_beforehand_plays_a_game(monkeypatch):
    seen = []
    monkeypatch.setattr(engine, "announce", seen.append)
    with uncompiled():
        engine.warm()
    assert seen == [engine.kernel.play]


def test_a_mixed_batch_keeps_its_order():
    plan = plan_of(cases=["cloud-for-two"], lineups={"a": "linear", "b": "tough", "c": "boulware"}, replications=2)
    assert assert_plan_same(plan) == ["compiled"] * 2 + ["plain"] * 2 + ["compiled"] * 2


def test_a_game_that_cannot_be_made_is_a_row_with_its_error():
    (run, *_), shapes = runs_of(market(), {"seller": "linear", "buyer": "linear"}, "alternating", [1])
    bad = type(run)(Cell(run.cell.case, "alternating", "one", {}, {}, "bad"), 1, setup.NegotiationError("no"))
    _, rows, _ = both([bad, run], shapes)
    assert rows["runs"]["error"].to_pylist() == ["no", None]


def test_numbers_are_rounded_as_python_does():
    values = np.concatenate(
        [np.linspace(-50, 50, 999) / 7, [0.0, 2.0000000005, -1.5e-9, 0.5e-9, 1e15, 123456.7890123455]]
    )
    assert rounded(values).tolist() == [round(value, 9) for value in values.tolist()]


def test_where_nothing_can_be_kept_it_compiles_all_the_same(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(compiling, "folder", lambda: blocked / "below")
    monkeypatch.setattr(numba_internals.config, "CACHE_DIR", "")

    made = {}
    exec("def double(number): return number * 2", made)  # a function of no file: nowhere beside it either
    assert compiling.compiled(made["double"])(4) == 8


DOUBLE = """
def double(number):
    return number * 2
"""


@pytest.fixture
def double(monkeypatch, tmp_path):
    """A function of a file, compiled as a new process would: what is kept of it lies below a folder of the user's."""
    monkeypatch.setattr(numba_internals.config, "CACHE_DIR", str(tmp_path / "chosen"))
    file = tmp_path / "doubling.py"
    file.write_text(DOUBLE, encoding="utf-8")

    def start():
        made = {"__name__": "doubling", "__file__": str(file)}
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), made)
        return compiling.compiled(made["double"])

    return start


def test_the_first_batch_says_that_it_compiles(double, capsys):
    compiling.announce(double())
    assert "compiling" in capsys.readouterr().err
    assert double()(4) == 8
    compiling.announce(double())
    assert not capsys.readouterr().err


def test_what_was_compiled_from_other_sources_is_not_taken(double, monkeypatch, tmp_path):
    assert double()(4) == 8
    (kept,) = (tmp_path / "chosen").iterdir()
    assert kept.name == compiling.folder().name
    assert str(tmp_path / "chosen") == numba_internals.config.CACHE_DIR
    (tmp_path / "sources").mkdir()
    monkeypatch.setattr(compiling, "FOLDER", tmp_path / "sources")
    edited = compiling.folder()
    assert edited.parent == kept.parent
    assert edited != kept
    (tmp_path / "sources" / "rules.py").write_text("MOST = 1\n", encoding="utf-8")
    assert compiling.folder() not in (kept, edited)


@pytest.mark.parametrize("kind", ["nbi", "nbc", "sums"])
@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-9], lambda data: data[:70] + b"#" + data[71:]]
)
def test_compiled_code_that_is_damaged_is_compiled_anew(double, tmp_path, capsys, kind, damage):
    assert double()(4) == 8
    (file,) = (tmp_path / "chosen").rglob(f"*.{kind}")
    file.write_bytes(damage(file.read_bytes()))
    again = double()
    compiling.announce(again)
    assert "compiling" in capsys.readouterr().err
    assert again(4) == 8
    assert double()._cache.sound()


def test_where_there_is_no_room_code_is_compiled_and_not_kept(double, tmp_path):
    first = double()
    blocked = first._cache.seal
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.mkdir()
    assert first(4) == 8
    assert not first._cache.sound()
    assert double()(4) == 8


def test_the_command_line_starts_without_the_compiler():
    code = "import sys, negotiation.cli, negotiation; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_nobody_knows_is_empty_on_both_engines(monkeypatch):
    monkeypatch.setattr(ideal_score, "MOST_STEPS", 1)
    ideal_score.ways.cache_clear()
    ideal_and_nash.cache_clear()
    try:
        with uncompiled():
            seats = dict.fromkeys(("aster", "boreal", "cygne"), "linear")
            rows = both(*runs_of(load("any-two-of-three"), seats, "open-floor", [1]))
    finally:
        ideal_score.ways.cache_clear()
        ideal_and_nash.cache_clear()
    for kind in rows[:2]:
        (row,) = kind["runs"].to_pylist()
        assert (row["min_share"], row["gini"]) == (None, None)
        assert row["welfare"] > 0
