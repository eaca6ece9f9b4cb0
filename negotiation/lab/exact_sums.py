"""Counts and sums of rows that come in parts: equal to the last bit, however the rows were cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from negotiation.lab.estimates import Estimate, Reals, estimate

Places = npt.NDArray[np.intp]

Name = tuple[Any, ...]
"""The values that the rows of a group have in common."""

SQUARES = 36
"""Squares along the longer side of a map, at most."""

FINEST = -6
"""A square's side is at least this power of two."""


def coded(*columns: pa.ChunkedArray, empty: bool = False) -> tuple[list[Name], Places]:
    """Return the values that rows may have together, and by row which they are (−1: one is missing).

    With `empty`, what is missing is a value like others: None.
    """
    names: list[Name] = [()]
    codes = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        one = column.combine_chunks().dictionary_encode()
        values, places = one.dictionary.to_pylist(), one.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        if empty and (places < 0).any():
            places = np.where(places < 0, len(values), places)
            values.append(None)
        codes = np.where((codes < 0) | (places < 0), -1, codes * len(values) + places)
        names = [(*name, value) for name in names for value in values]
    return names, codes


def reals(column: pa.ChunkedArray) -> Reals:
    """Return a column as numbers; NaN where nothing is."""
    found: Reals = column.cast(pa.float64()).to_numpy()
    return found


class Sums:
    """Counts and sums of some columns, by group and cluster (see `Estimate`).

    Numbers are added one row after the other to what is there, never part by part: the order of summation is the order of the rows.
    """

    def __init__(self, columns: Sequence[str], shape: tuple[int, int]) -> None:
        self.columns, self.shape = tuple(columns), shape
        self.places: dict[Name, int] = {}
        self.runs = np.zeros(0, dtype=np.int64)
        self.counts = np.zeros((len(columns), 0, shape[0] * shape[1]))
        self.sums = np.zeros_like(self.counts)

    def add(self, names: Sequence[Name], codes: Places, clusters: Places, values: Mapping[str, Reals]) -> None:
        """Add rows with groups as `coded` gives them; rows without a group and missing numbers are left out."""
        places = np.full(len(names) + 1, -1, dtype=np.intp)
        for code in np.unique(codes[codes >= 0]).tolist():
            places[code] = self.places.setdefault(names[code], len(self.places))
        more = len(self.places) - len(self.runs)
        self.runs = np.concatenate([self.runs, np.zeros(more, dtype=np.int64)])
        self.counts, self.sums = (
            np.concatenate([old, np.zeros((len(self.columns), more, old.shape[2]))], axis=1)
            for old in (self.counts, self.sums)
        )
        rows = places[codes]
        np.add.at(self.runs, rows[rows >= 0], 1)
        for n, column in enumerate(self.columns):
            there = (rows >= 0) & (clusters >= 0) & ~np.isnan(values[column])
            at = rows[there], clusters[there]
            np.add.at(self.counts[n], at, 1)
            np.add.at(self.sums[n], at, values[column][there])

    def names(self) -> list[Name]:
        """Return the groups, in order; what is missing comes last."""
        return sorted(self.places, key=lambda name: [(value is None, value) for value in name])

    def counted(self, name: Name, column: str) -> Reals:
        """Return how many numbers each cluster has in a group."""
        found: Reals = self.counts[self.columns.index(column), self.places[name]].reshape(self.shape)
        return found

    def of(self, name: Name, column: str, everybody: Reals, odds: Reals) -> Estimate | None:
        """Return the mean of a column in a group; None: it was never there."""
        counts = self.counted(name, column)
        if not counts.any():
            return None
        sums = self.sums[self.columns.index(column), self.places[name]].reshape(self.shape)
        return estimate(counts, sums, everybody, odds)


class Squares:
    """Counts of points in the squares of a map, which grow with the points' range.

    Their sides are powers of two, so that small squares make up larger ones exactly, and the end does not depend on the way.
    """

    def __init__(self) -> None:
        self.power = FINEST
        self.counts: dict[tuple[Any, int, int], int] = {}
        self.ends: npt.NDArray[np.float64] | None = None

    @property
    def side(self) -> float:
        """Return the side of a square."""
        return 2.0**self.power

    def add(self, names: Sequence[object], codes: Places, points: Reals) -> None:
        """Count points, shape (points, 2), on the map of one of the names each."""
        if not len(points):
            return
        ends = np.array([points.min(axis=0), points.max(axis=0)])
        if self.ends is not None:
            ends = np.array([np.minimum(ends[0], self.ends[0]), np.maximum(ends[1], self.ends[1])])
        self.ends = ends
        wide = float((ends[1] - ends[0]).max())
        while wide > SQUARES * self.side:
            self._coarser()
        x, y = np.floor(points / self.side).astype(np.int64).T
        found, counts = np.unique(np.column_stack([codes, x, y]), axis=0, return_counts=True)
        for (code, i, j), count in zip(found.tolist(), counts.tolist(), strict=True):
            place = (names[code], i, j)
            self.counts[place] = self.counts.get(place, 0) + count

    def _coarser(self) -> None:
        self.power += 1
        before, self.counts = self.counts, {}
        for (name, x, y), count in before.items():
            place = (name, x // 2, y // 2)
            self.counts[place] = self.counts.get(place, 0) + count

    def told(self) -> Iterator[tuple[object, float, float, int]]:
        """Yield by square that is not empty, in order: the name, the middle, and how many points."""
        for (name, x, y), count in sorted(self.counts.items()):
            yield name, (x + 0.5) * self.side, (y + 0.5) * self.side, count
