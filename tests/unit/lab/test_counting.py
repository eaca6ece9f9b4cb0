"""Rows that come in parts are counted as if they came at once, to the last bit."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.lab.counting import SQUARES, Squares, Sums, coded, reals

ROWS = pa.table(
    {
        "case": pa.array(["a", "b", None, "b"]),
        "group": pa.array([True, False, True, False]),
        "number": pa.array([1, None, 3, 4]),
    }
)
CUTS = st.lists(st.integers(0, 60), max_size=6).map(sorted)
NUMBERS = st.floats(-200, 200, allow_nan=False)


def cut(rows, places):
    return [rows[a:b] for a, b in zip([0, *places], [*places, len(rows)], strict=True)]


def test_rows_by_what_they_have_in_common():
    names, codes = coded(ROWS["case"], ROWS["group"])
    assert [names[code] if code >= 0 else None for code in codes] == [("a", True), ("b", False), None, ("b", False)]
    assert reals(ROWS["number"]).tolist()[::2] == [1.0, 3.0]
    sums = Sums(["number"])
    sums.add(names, codes, {"number": reals(ROWS["number"])})
    (a, one, first), (b, two, second) = sums.told()
    assert (a, one, first["number"].mean, first["number"].count) == (("a", True), 1, 1.0, 1)
    assert (b, two, second["number"].mean, second["number"].count) == (("b", False), 2, 4.0, 1)
    nothing = Sums(["number"])
    nothing.add([("a",)], np.array([0]), {"number": np.array([np.nan])})
    assert list(nothing.told()) == [(("a",), 1, {"number": None})]


@given(st.lists(st.tuples(st.sampled_from("abc"), NUMBERS | st.just(np.nan)), min_size=1, max_size=60), CUTS)
def test_sums_are_the_same_however_the_rows_are_cut(rows, places):
    def counted(parts):
        sums = Sums(["x"])
        for part in filter(None, parts):
            table = pa.table({"g": [g for g, _ in part], "x": pa.array([x for _, x in part])})
            sums.add(*coded(table["g"]), {"x": reals(table["x"])})
        return list(sums.told())

    whole = counted([rows])
    assert counted(cut(rows, places)) == whole
    for (group,), runs, means in whole:
        there = [x for g, x in rows if g == group and not np.isnan(x)]
        assert runs == sum(g == group for g, _ in rows)
        assert (means["x"].mean if there else means["x"]) == (
            pytest.approx(np.mean(there), abs=1e-8) if there else None
        )


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
