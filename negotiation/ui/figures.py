"""The figures of hindsight as Vega-Lite dictionaries: the frontier with what is marked on it, and the offers by kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from negotiation.scenario import Scenario
from negotiation.ui import words
from negotiation.ui.labels import Mark, domains, merged, placed
from negotiation.ui.look import INK, short

Spec = dict[str, Any]

HEIGHT = 560
"""Pixels of a frontier with its axes and legend."""

SHAPES = {"solution": "circle", "reference": "diamond", "unsigned": "cross", "path": "square", "game": "square"}

HUES = {"solution": "accent", "reference": "reference", "unsigned": "bad", "path": "game", "game": "game"}


def frontier(scenario: Scenario, found: Mapping[str, Any], marks: Sequence[Mark], *, night: bool) -> Spec:
    """The frontier of two parties, or of three with the third as colour, and marked outcomes.

    `found` is what `pictured` found. Shaded is where one of the two is worse off than with everything unsigned.
    """
    names = [short(scenario, party) for party in found["parties"]]
    ink = INK[night]
    dots = merged(marks)
    ranges = domains(found["points"], dots)
    x, y = (_axis(axis, names[axis], ranges[axis]) for axis in range(2))
    third = _colour(names[2], night=night) if len(names) > 2 else {"value": ink["dot"]}
    points = [_row(names, scores) for scores in found["points"]]
    layers = [
        *_box(found["unsigned"], ranges, ink),
        {
            "data": {"values": points},
            "mark": {
                "type": "circle",
                "size": 42 if len(points) > 150 else 60,
                "opacity": 0.9 if len(names) > 2 else 0.75,
            },
            "encoding": {"x": x, "y": y, "color": third, "tooltip": _tooltip(names)},
        },
        *_path(names, marks, ink, x, y),
        *_labels(names, dots, placed(dots, ranges, found["points"]), ink, x, y),
    ]
    return {"height": HEIGHT, "background": "transparent", "layer": layers}


def _row(names: Sequence[str], scores: Sequence[float]) -> dict[str, Any]:
    return {f"p{n}": round(score, 4) for n, score in enumerate(scores[: len(names)])}


def _axis(axis: int, name: str, ends: tuple[float, float]) -> Spec:
    scale = {"domain": list(ends), "nice": False, "zero": False}
    return {"field": f"p{axis}", "type": "quantitative", "title": f"points of {name}", "scale": scale}


def _colour(name: str, *, night: bool) -> Spec:
    ends = ["#3b82f6", "#5eead4", "#fef08a"] if night else ["#dbeafe", "#3b82f6", "#172554"]
    legend = {"orient": "top", "gradientLength": 160, "titleLimit": 320}
    return {
        "field": "p2",
        "type": "quantitative",
        "title": f"points of {name}",
        "scale": {"range": ends, "zero": False},
        "legend": legend,
    }


def _tooltip(names: Sequence[str]) -> list[Spec]:
    return [{"field": f"p{n}", "type": "quantitative", "title": name, "format": ".1f"} for n, name in enumerate(names)]


def _box(unsigned: Sequence[float], ranges: Sequence[tuple[float, float]], ink: Mapping[str, str]) -> list[Spec]:
    """The no-deal box: the lines of leaving everything unsigned, shaded beyond."""
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


def _path(names: Sequence[str], marks: Sequence[Mark], ink: Mapping[str, str], x: Spec, y: Spec) -> list[Spec]:
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
    ink: Mapping[str, str],
    x: Spec,
    y: Spec,
) -> list[Spec]:
    """The marks, each with its name and a thin line to it."""
    rows = [
        {**_row(names, m.scores), "name": m.name, "about": m.about, "kind": m.kind, "lx": lx, "ly": ly, "align": align}
        for m, (lx, ly, align) in zip(dots, at, strict=True)
    ]
    data = {"values": rows}
    rule = {"type": "rule", "color": ink["text"], "opacity": 0.35}
    point = {"type": "point", "filled": True, "size": 130, "opacity": 1, "stroke": ink["card"], "strokeWidth": 1.5}
    hues = [ink[HUES[kind]] for kind in SHAPES]
    looks = {
        "shape": _by_kind(list(SHAPES.values())),
        "color": _by_kind(hues),
        "tooltip": [{"field": "about", "type": "nominal", "title": "outcome"}, *_tooltip(names)],
    }
    return [
        {"data": data, "mark": rule, "encoding": {"x": x, "y": y, "x2": {"field": "lx"}, "y2": {"field": "ly"}}},
        {"data": data, "mark": point, "encoding": {"x": x, "y": y, **looks}},
        *_texts(rows, ink, {"x": {**x, "field": "lx"}, "y": {**y, "field": "ly"}, "text": {"field": "name"}}),
    ]


def _by_kind(values: list[str]) -> Spec:
    return {"field": "kind", "type": "nominal", "scale": {"domain": list(SHAPES), "range": values}, "legend": None}


def _texts(rows: Sequence[Mapping[str, Any]], ink: Mapping[str, str], encoding: Spec) -> list[Spec]:
    """Names with a halo; clipped, because else a long name would make the whole figure smaller."""
    drawn: list[Spec] = []
    for align in ("left", "right"):
        here = {"values": [row for row in rows if row["align"] == align]}
        text = {"type": "text", "align": align, "baseline": "middle", "clip": True, "fontSize": 12, "fontWeight": 600}
        halo = {**text, "color": ink["text"], "stroke": ink["card"], "strokeWidth": 5, "strokeJoin": "round"}
        drawn += [{"data": here, "mark": mark, "encoding": encoding} for mark in (halo, {**text, "color": ink["text"]})]
    return drawn


def offers(scenario: Scenario, counts: Mapping[str, Mapping[str, int]], *, night: bool) -> Spec:
    """How many offers of which kind each party made, as stacked bars."""
    rows = [
        {"who": short(scenario, party), "kind": name, "what": what, "count": here[kind], "n": n}
        for party, here in counts.items()
        for n, (kind, (name, what)) in enumerate(words.KINDS.items())
        if here.get(kind)
    ]
    scale = {"domain": [name for name, _ in words.KINDS.values()], "range": list(words.KIND_COLOURS[night])}
    legend = {"orient": "top", "columns": 4, "labelLimit": 240}
    titles = {"who": "party", "kind": "kind", "what": "that is", "count": "offers"}
    axis = {"tickMinStep": 1, "format": "d"}
    return {
        "height": {"step": 34},
        "background": "transparent",
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 20},
        "encoding": {
            "y": {"field": "who", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 160}},
            "x": {"field": "count", "type": "quantitative", "title": "offers", "axis": axis},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": scale, "legend": legend},
            "order": {"field": "n", "type": "quantitative"},
            "tooltip": [{"field": field, "title": title} for field, title in titles.items()],
        },
    }


def table(names: Sequence[str], found: Mapping[str, Any], marks: Sequence[Mark]) -> str:
    """The points of a figure as comma-separated values: what each is, its name, points by party."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["kind", "name", *names])
    writer.writerows(["frontier", "", *scores] for scores in found["points"])
    writer.writerows([mark.kind, mark.about or mark.name, *mark.scores] for mark in marks)
    return file.getvalue()
