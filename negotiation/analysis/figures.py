"""Charts of an analysis as plain Vega-Lite dictionaries, for whoever draws them; colours are the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np

from negotiation.analysis.dominance import undominated
from negotiation.analysis.frontier import Frontier

Spec: TypeAlias = dict[str, Any]

MOST_POINTS = 2000
"""Points of a frontier that are drawn; of more, only some."""

CLOSE = 0.05
"""Share of the marks' range within which two of them have one label."""

MOST_PARTIES = 3
"""Parties whose frontier a picture can show."""


@dataclass(frozen=True)
class Mark:
    """An outcome to be marked on a frontier.

    `label` is short, as it is written beside the mark; `kind` is "solution" or "reference"; `scores` by party.
    """

    label: str
    kind: str
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Colours:
    """What to paint in, as CSS colours: `low`, `middle`, `high` for points of few, some, many for the third party."""

    text: str
    paper: str
    grid: str
    low: str
    middle: str
    high: str
    solution: str
    reference: str


def pictured(front: Frontier) -> tuple[list[dict[str, float]], int]:
    """The frontier of the first three parties (or two) of a frontier as rows, and of how many points.

    Every third of 6,000 points is drawn, say; ends of every party's range are always among them.
    """
    parties = front.parties[:MOST_PARTIES]
    points = front.points[:, : len(parties)]
    points = points[undominated(points)]
    step = -(-len(points) // MOST_POINTS)
    ends = {*points.argmin(axis=0).tolist(), *points.argmax(axis=0).tolist()}
    chosen = points[sorted({*range(0, len(points), step), *ends})]
    return [dict(zip(parties, row, strict=True)) for row in np.round(chosen, 6).tolist()], len(points)


def pictures(
    front: Frontier, marks: Sequence[Mark], titles: Mapping[str, str], colours: Colours
) -> dict[tuple[str, str], Spec]:
    """By pair of the first three parties (or two): the frontier as seen by these, with the marks.

    `titles` are the parties' names for people. Each dictionary is a whole Vega-Lite specification but for its width.
    A frontier of one party is a number: no picture.
    """
    parties = front.parties[:MOST_PARTIES]
    rows, _ = pictured(front)
    found = {}
    for x, y in combinations(parties, 2):
        third = next((party for party in parties if party not in (x, y)), "")
        found[x, y] = _picture(rows, _spots(marks, x, y), (x, y, third), titles, colours)
    return found


def _spots(marks: Sequence[Mark], x: str, y: str) -> list[dict[str, Any]]:
    """The marks as rows."""
    return [{"x": mark.scores[x], "y": mark.scores[y], "label": mark.label, "kind": mark.kind} for mark in marks]


def _labels(spots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels of the marks: one for those that lie closer together than labels can be read."""
    reach = {axis: CLOSE * (max(s[axis] for s in spots) - min(s[axis] for s in spots)) for axis in "xy" if spots}
    found: list[dict[str, Any]] = []
    for spot in spots:
        near = [other for other in found if all(abs(other[axis] - spot[axis]) <= reach[axis] for axis in "xy")]
        if near:
            near[0]["label"] += " " + spot["label"]
        else:
            found.append(dict(spot))
    return found


def _picture(
    rows: list[dict[str, float]],
    marks: list[dict[str, Any]],
    parties: tuple[str, str, str],
    titles: Mapping[str, str],
    colours: Colours,
) -> Spec:
    x, y, third = parties
    shown = [{"x": row[x], "y": row[y], **({"third": row[third]} if third else {})} for row in rows]
    place = {axis: _axis(axis, f"points of {titles[party]}") for axis, party in (("x", x), ("y", y))}
    kinds = {"domain": ["solution", "reference"], "range": [colours.solution, colours.reference]}
    kind = {"field": "kind", "type": "nominal", "legend": None}
    spot = {**place, "color": {**kind, "scale": kinds}}
    shape = {**kind, "scale": {"domain": ["solution", "reference"], "range": ["circle", "diamond"]}}
    words = {"data": {"values": _labels(marks)}, "encoding": {**spot, "text": {"field": "label"}}}
    text = {"type": "text", "dx": 10, "dy": -9, "align": "left", "fontSize": 14, "fontWeight": "bold"}
    paint: Spec = {"value": colours.middle}
    if third:
        paint = {
            "field": "third",
            "type": "quantitative",
            "scale": {"type": "quantile", "range": [colours.low, colours.middle, colours.high]},
            "legend": {"title": f"points of {titles[third]}", "orient": "top", "format": ".0f", "titleLimit": 320},
        }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "height": 320,
        "background": "transparent",
        "config": _look(colours),
        "layer": [
            {
                "data": {"values": shown},
                "mark": {"type": "circle", "size": 34, "opacity": 0.85, "aria": False},
                "encoding": {**place, "color": paint},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "point", "filled": True, "size": 170, "opacity": 1, "stroke": colours.paper},
                "encoding": {**spot, "shape": shape},
            },
            {**words, "mark": {**text, "stroke": colours.paper, "strokeWidth": 4, "aria": False}},
            {**words, "mark": text},
        ],
        "resolve": {"scale": {"color": "independent"}},
    }


def _axis(name: str, title: str) -> Spec:
    return {"field": name, "type": "quantitative", "title": title, "scale": {"zero": False, "nice": True}}


def _look(colours: Colours) -> Spec:
    font = "Inter, system-ui, sans-serif"
    ink = {"labelColor": colours.text, "titleColor": colours.text, "labelFontSize": 13, "titleFontSize": 14}
    return {
        "font": font,
        "view": {"stroke": None},
        "axis": {**ink, "gridColor": colours.grid, "domainColor": colours.grid, "tickColor": colours.grid},
        "legend": ink,
    }
