"""Rows that come in parts are counted as if they came at once, to the last bit."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.lab.estimates import estimate, reach
from negotiation.lab.exact_sums import SQUARES, Squares, Sums, coded, reals

ROWS = pa.table(
    {
        "case": pa.array(["a", "b", None, "b"]),
        "group": pa.array([True, False, True, False]),
        "number": pa.array([1, None, 3, 4]),
    }
)
CUTS = st.lists(st.integers(0, 60), max_size=6).map(sorted)
NUMBERS = st.floats(-200, 200, allow_nan=False)
ONE = np.ones(1)


def cut(rows, places):
    return [rows[a:b] for a, b in zip([0, *places], [*places, len(rows)], strict=True)]


def test_rows_by_what_they_have_in_common():
    names, codes = coded(ROWS["case"], ROWS["group"])
    assert [names[code] if code >= 0 else None for code in codes] == [("a", True), ("b", False), None, ("b", False)]
    assert reals(ROWS["number"]).tolist()[::2] == [1.0, 3.0]
    assert coded(ROWS["case"], empty=True)[0] == [("a",), ("b",), (None,)]
    sums = Sums(["number"], (1, 2))
    sums.add(names, codes, np.array([0, 0, 1, 1]), {"number": reals(ROWS["number"])})
    assert (sums.names(), sums.runs.tolist()) == ([("a", True), ("b", False)], [1, 2])
    everybody = np.array([[2.0, 2.0]])
    a, b = (sums.of(name, "number", everybody, ONE) for name in sums.names())
    assert (a.mean, a.count, b.mean, b.count) == (1.0, 1, 4.0, 1)
    nothing = Sums(["number"], (1, 1))
    nothing.add([("a",)], np.array([0]), np.array([0]), {"number": np.array([np.nan])})
    assert nothing.of(("a",), "number", everybody[:, :1], ONE) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), NUMBERS | st.just(np.nan)), min_size=1, max_size=60), CUTS)
def test_sums_are_the_same_however_the_rows_are_cut(rows, places):
    def counted(parts):
        sums, done = Sums(["x"], (1, 5)), 0
        for part in filter(None, parts):
            table = pa.table({"g": [g for g, _ in part], "x": pa.array([x for _, x in part])})
            clusters = (done + np.arange(len(part))) % 5
            sums.add(*coded(table["g"]), clusters, {"x": reals(table["x"])})
            done += len(part)
        every = np.ones((1, 5)) * len(rows)
        found = {name: sums.of(name, "x", every, ONE) for name in sums.names()}
        return {name: (int(sums.runs[sums.places[name]]), one and one.told()) for name, one in found.items()}

    whole = counted([rows])
    assert counted(cut(rows, places)) == whole
    for (group,), (runs, mean) in whole.items():
        there = [x for g, x in rows if g == group and not np.isnan(x)]
        assert runs == sum(g == group for g, _ in rows)
        assert (mean.mean if there else mean) == (pytest.approx(np.mean(there), abs=1e-8) if there else None)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=60), CUTS)
def test_squares_are_the_same_however_the_points_are_cut(points, places):
    def counted(parts):
        squares = Squares()
        for part in parts:
            squares.add(["case"], np.zeros(len(part), dtype=np.intp), np.array(part).reshape(len(part), 2))
        return squares.side, list(squares.told())

    side, found = counted([points])
    assert counted(cut(points, places)) == (side, found)
    assert sum(count for *_, count in found) == len(points)
    wide = max(max(p[n] for p in points) - min(p[n] for p in points) for n in (0, 1))
    assert wide <= SQUARES * side
    assert side == 2.0**-6 or wide > SQUARES * side / 2
    for x, y in points:
        assert any(abs(x - a) <= side / 2 and abs(y - b) <= side / 2 for _, a, b, _ in found)


def test_no_points_are_no_squares():
    assert list(Squares().told()) == []


def counted(values, seeds, clusters=40):
    """Numbers of one group as `estimate` takes them, each seed a cluster."""
    return tuple(np.bincount(seeds, weights=weights, minlength=clusters).reshape(1, -1) for weights in (None, values))


def test_runs_that_share_a_seed_do_not_pass_for_independent():
    """Many batches of the same plan: as far as their means lie apart, so wide is the error that each of them tells."""
    rng, seeds = np.random.default_rng(1), np.tile(np.arange(40), 10)
    means, errors, gaps, gap_errors, naive = [], [], [], [], []
    for _ in range(400):
        luck, cells = rng.normal(size=40) * 2, np.repeat(np.arange(10) * 1.0, 40)
        first, second = (cells + luck[seeds] + rng.normal(size=400) for _ in range(2))
        both = [counted(values, seeds) for values in (first, second)]
        everybody = both[0][0] + both[1][0]
        one, other = (estimate(counts, sums, everybody, ONE) for counts, sums in both)
        means.append(one.mean)
        errors.append(one.told().error)
        gaps.append(other.mean - one.mean)
        gap_errors.append(other.less(one).error)
        naive.append(first.std() / 20)
    assert np.mean(errors) == pytest.approx(np.std(means), rel=0.1)
    assert np.mean(gap_errors) == pytest.approx(np.std(gaps), rel=0.1)
    assert np.mean(naive) < 0.6 * np.std(means) < np.std(means) < 6 * np.mean(gap_errors)


def test_combinations_of_types_count_by_their_odds():
    odds = np.array([0.75, 0.25])
    counts, sums = np.array([[1.0, 1, 0], [2, 0, 0]]), np.array([[4.0, 6, 0], [40, 0, 0]])
    found = estimate(counts, sums, counts, odds).told()
    assert found.mean == pytest.approx(0.75 * 5 + 0.25 * 20)
    parts = 2 * 2 * 0.375**2, (0.25 * (20 - found.mean)) ** 2
    assert found.error == pytest.approx(np.sqrt(sum(parts)))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 + parts[1] ** 2)
    assert found.half == pytest.approx(found.error * reach(freedom))
    same = estimate(counts, np.array([[5.0, 5, 0], [40, 0, 0]]), counts, odds)
    copies = same.told(copies=True)
    assert (copies.mean, copies.error, copies.half) == (pytest.approx(8.75), 0, 0)
    assert (same.told().error, same.told().half) == (None, None)
    alone = estimate(np.eye(2), np.eye(2), np.eye(2), odds)
    assert (alone.told(copies=True).error, alone.told().count) == (None, 2)
    assert found.error is not None is alone.less(alone).half


@pytest.mark.parametrize("seeds", [2, 3, 5, 10])
def test_intervals_of_few_seeds_hold_what_they_promise(seeds):
    """95 of 100 hold the truth; 90 at least where a combination of types, half of all, has two seeds only. 1.96 errors do not."""
    rng, odds, held, normal = np.random.default_rng(2), np.array([0.5, 0.5]), np.zeros(2), np.zeros(2)
    for _ in range(1000):
        one, two = rng.normal(size=(1, seeds)), rng.normal([[0.0], [4.0]], size=(2, seeds))
        two[1, 2:] = 0
        counts = np.ones((2, seeds))
        counts[1, 2:] = 0
        told = [
            estimate(counts[:1], one, counts[:1], np.ones(1)).told(),
            estimate(counts, two, counts, odds).told(),
        ]
        off = np.array([abs(told[0].mean), abs(told[1].mean - 2)])
        held += off < [mean.half for mean in told]
        normal += off < [1.96 * mean.error for mean in told]
    assert 0.93 <= held[0] / 1000 <= 0.97
    assert held[1] / 1000 >= 0.89
    assert normal[1] < held[1]
    assert normal[0] < held[0]
    assert normal[0] / 1000 < {2: 0.75, 3: 0.85, 5: 0.9, 10: 0.94}[seeds]


def test_a_group_that_one_seed_has_alone_has_no_interval():
    """Though other seeds were played too: its mean is that of one seed, whatever the others came to."""
    everybody, counts = np.full((1, 5), 3.0), np.array([[2.0, 0, 0, 0, 0]])
    assert estimate(counts, counts * 7, everybody, ONE).told(copies=True).half is None
    few = np.array([[2.0, 2, 0, 0, 0]])
    found = estimate(few, few * [[7, 8, 0, 0, 0]], everybody, ONE).told()
    assert found.half == pytest.approx(found.error * reach(1))
