"""The picture of a frontier as a plain Vega-Lite dictionary; colours are the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TypeVar

import numpy as np

from negotiation.analysis.dominance import Points, undominated
from negotiation.language import tr
from negotiation.reports.blocks import Figure, rows_of
from negotiation.reports.figure_files import Ink, Spec
from negotiation.reports.label_placement import Mark, domains, merged, placed
from negotiation.reports.words import all_of

T = TypeVar("T")

HEIGHT = 560
"""Pixels of a frontier with its axes and legend."""

MOST_POINTS = 2000
"""Points of a frontier that are drawn; of more, only some."""

MOST_PARTIES = 3
"""Parties whose frontier a picture can show: two axes and a colour."""


LOOKS = {
    "solution": ("circle", "accent"),
    "reference": ("diamond", "reference"),
    "unsigned": ("cross", "bad"),
    "path": ("square", "game"),
    "game": ("square", "game"),
    "group": ("triangle-up", "game"),
}
"""Shape and colour of a mark, by its kind."""


def thinned(points: Points) -> list[list[float]]:
    """Return the frontier of the first three parties (or two), shape (points, parties), thinned as it is drawn.

    Every third of 6,000 points is drawn, say; ends of every party's range are always among them.
    """
    points = points[:, :MOST_PARTIES]
    points = points[undominated(points)]
    step = -(-len(points) // MOST_POINTS)
    ends = {*points.argmin(axis=0).tolist(), *points.argmax(axis=0).tolist()}
    chosen: list[list[float]] = np.round(points[sorted({*range(0, len(points), step), *ends})], 6).tolist()
    return chosen


def frontier_figures(
    names: Sequence[str],
    points: Sequence[Sequence[float]],
    unsigned: Sequence[float],
    marks: Sequence[Mark],
    place: str,
    pairs: int = MOST_PARTIES,
) -> list[Figure]:
    """Return the frontier as seen by each pair of the first three parties (or two), the third as colour.

    Parameters
    ----------
    names, points, unsigned, marks
        All in one order of parties; points of shape (points, parties). Of one party there is no picture.
    place
        The stem of the names of the figures' files.
    pairs
        How many of the figures are wanted.
    """
    count, found = min(len(names), MOST_PARTIES), []
    drawn = thinned(np.array(points))
    for x, y in [*combinations(range(count), 2)][:pairs]:
        order = [x, y, *(n for n in range(count) if n not in (x, y))]

        def seen(numbers: Sequence[T], order: Sequence[int] = order) -> list[T]:
            return [numbers[n] for n in order]

        here = [Mark(mark.name, mark.kind, seen(mark.scores), mark.about) for mark in marks]
        spec = partial(frontier, seen(names), [seen(point) for point in drawn], seen(unsigned), here)
        title = all_of([names[x], names[y]])
        found.append(Figure(title, f"{place}-{x}-{y}", spec, table(names, points, marks)))
    return found


def frontier(
    names: Sequence[str],
    points: Sequence[Sequence[float]],
    unsigned: Sequence[float],
    marks: Sequence[Mark],
    ink: Ink,
    *,
    height: int = HEIGHT,
) -> Spec:
    """Return the frontier of two parties, or of three with the third as colour, and marked outcomes.

    Shaded is where one of the first two is worse off than with everything unsigned. A whole Vega-Lite specification
    but for its width.
    """
    dots = merged(marks)
    ranges = domains(points, dots)
    x, y = (_axis(axis, names[axis], ranges[axis]) for axis in range(2))
    third = _colour(names[2], ink) if len(names) > 2 else {"value": ink["dot"]}
    rows = [_row(names, scores) for scores in points]
    size, opacity = (42 if len(rows) > 150 else 60), (0.9 if len(names) > 2 else 0.75)
    layers = [
        *_box(unsigned, ranges, ink),
        {
            "data": {"values": rows},
            "mark": {"type": "circle", "size": size, "opacity": opacity, "aria": False},
            "encoding": {"x": x, "y": y, "color": third, "tooltip": _tooltip(names)},
        },
        *_path(names, marks, ink, x, y),
        *_labels(names, dots, placed(dots, ranges, points), ink, x, y),
    ]
    return {
        "height": height,
        "background": "transparent",
        "layer": layers,
        "resolve": {"scale": {"color": "independent"}},
    }


def _row(names: Sequence[str], scores: Sequence[float]) -> dict[str, object]:
    return {f"p{n}": round(score, 4) for n, score in enumerate(scores[: len(names)])}


def _axis(axis: int, name: str, ends: tuple[float, float]) -> Spec:
    scale = {"domain": list(ends), "nice": False, "zero": False}
    return {"field": f"p{axis}", "type": "quantitative", "title": tr("points of {party}", party=name), "scale": scale}


def _colour(name: str, ink: Ink) -> Spec:
    legend = {"orient": "top", "titleLimit": 320, "format": ".0f"}
    return {
        "field": "p2",
        "type": "quantitative",
        "title": tr("points of {party}", party=name),
        "scale": {"type": "quantile", "range": [ink["low"], ink["middle"], ink["high"]]},
        "legend": legend,
    }


def _tooltip(names: Sequence[str]) -> list[Spec]:
    return [{"field": f"p{n}", "type": "quantitative", "title": name, "format": ".1f"} for n, name in enumerate(names)]


def _box(unsigned: Sequence[float], ranges: Sequence[tuple[float, float]], ink: Ink) -> list[Spec]:
    """Return the no-deal box: the lines of leaving everything unsigned, shaded beyond."""
    (left, right), (low, high) = ranges
    at, up = min(max(unsigned[0], left), right), min(max(unsigned[1], low), high)
    areas = [
        {"a": left, "b": at, "c": low, "d": high},
        {"a": at, "b": right, "c": low, "d": up},
    ]
    shade = {"type": "rect", "color": ink["text"], "opacity": 0.06}
    x = {"type": "quantitative", "scale": {"domain": [left, right], "nice": False, "zero": False}}
    y = {"type": "quantitative", "scale": {"domain": [low, high], "nice": False, "zero": False}}
    line = {"type": "rule", "strokeDash": [5, 4], "color": ink["bad"], "opacity": 0.8}
    return [
        {
            "data": {"values": areas},
            "mark": shade,
            "encoding": {
                "x": {"field": "a", **x},
                "x2": {"field": "b"},
                "y": {"field": "c", **y},
                "y2": {"field": "d"},
            },
        },
        {"data": {"values": [{"v": at}]}, "mark": line, "encoding": {"x": {"field": "v", **x}}},
        {"data": {"values": [{"v": up}]}, "mark": line, "encoding": {"y": {"field": "v", **y}}},
    ]


def _path(names: Sequence[str], marks: Sequence[Mark], ink: Ink, x: Spec, y: Spec) -> list[Spec]:
    steps = [mark for mark in marks if mark.kind in ("path", "game")]
    if not steps:
        return []
    steps = [mark for mark in marks if mark.kind == "unsigned"] + steps
    rows = [{**_row(names, mark.scores), "n": n} for n, mark in enumerate(steps)]
    line = {"type": "line", "color": ink["game"], "strokeWidth": 2.5}
    order = {"field": "n", "type": "quantitative"}
    return [{"data": {"values": rows}, "mark": line, "encoding": {"x": x, "y": y, "order": order}}]


def _labels(
    names: Sequence[str],
    dots: Sequence[Mark],
    at: Sequence[tuple[float, float, str]],
    ink: Ink,
    x: Spec,
    y: Spec,
) -> list[Spec]:
    """Return the marks, each with its name and a thin line to it."""
    rows = [
        {**_row(names, m.scores), "name": m.name, "about": m.about, "kind": m.kind, "lx": lx, "ly": ly, "align": align}
        for m, (lx, ly, align) in zip(dots, at, strict=True)
    ]
    data = {"values": rows}
    rule = {"type": "rule", "color": ink["text"], "opacity": 0.35}
    point = {"type": "point", "filled": True, "size": 130, "opacity": 1, "stroke": ink["card"], "strokeWidth": 1.5}
    looks = {
        "shape": _by_kind([shape for shape, _ in LOOKS.values()]),
        "color": _by_kind([ink[hue] for _, hue in LOOKS.values()]),
        "tooltip": [{"field": "about", "type": "nominal", "title": tr("outcome")}, *_tooltip(names)],
    }
    return [
        {"data": data, "mark": rule, "encoding": {"x": x, "y": y, "x2": {"field": "lx"}, "y2": {"field": "ly"}}},
        {"data": data, "mark": point, "encoding": {"x": x, "y": y, **looks}},
        *_texts(rows, ink, {"x": {**x, "field": "lx"}, "y": {**y, "field": "ly"}, "text": {"field": "name"}}),
    ]


def _by_kind(values: list[str]) -> Spec:
    return {"field": "kind", "type": "nominal", "scale": {"domain": list(LOOKS), "range": values}, "legend": None}


def _texts(rows: Sequence[Mapping[str, object]], ink: Ink, encoding: Spec) -> list[Spec]:
    """Return names with a halo; clipped, because else a long name would make the whole figure smaller."""
    drawn: list[Spec] = []
    for align in ("left", "right"):
        here = {"values": [row for row in rows if row["align"] == align]}
        text = {"type": "text", "align": align, "baseline": "middle", "clip": True, "fontSize": 12, "fontWeight": 600}
        halo = {**text, "color": ink["text"], "stroke": ink["card"], "strokeWidth": 5, "strokeJoin": "round"}
        drawn += [{"data": here, "mark": mark, "encoding": encoding} for mark in (halo, {**text, "color": ink["text"]})]
    return drawn


def table(names: Sequence[str], points: Sequence[Sequence[float]], marks: Sequence[Mark]) -> str:
    """Return the points of a figure as comma-separated values: what each is, its name, points by party."""
    rows: list[tuple[object, ...]] = [("frontier", "", *scores) for scores in points]
    return rows_of(("kind", "name", *names), [*rows, *((m.kind, m.about or m.name, *m.scores) for m in marks)])
