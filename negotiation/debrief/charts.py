"""The pictures of a class as plain Vega-Lite dictionaries, in colours that the caller gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from negotiation.language import Phrase, mark, tr
from negotiation.reports.blocks import Ink
from negotiation.reports.palette import party_colour

Spec: TypeAlias = dict[str, Any]
Rows: TypeAlias = Sequence[Mapping[str, Any]]

ROW = 26
"""Pixels of a row of a chart that has one per group or party."""


def _colour(names: Sequence[str], ink: Ink) -> Spec:
    """Return a party's colour; `names` are all parties in seating order."""
    return {
        "field": "who",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(names), "range": [ink[party_colour(n)] for n in range(len(names))]},
        "legend": {"orient": "top", "columns": 3, "labelLimit": 130},
    }


def _base(rows: Rows) -> Spec:
    return {"background": "transparent", "data": _values(rows)}


def _values(rows: Rows) -> Spec:
    """Return what is drawn, its phrases told in the reader's language."""
    told = [{key: tr(one) if isinstance(one, Phrase) else one for key, one in row.items()} for row in rows]
    return {"values": told}


def _number(field: str, title: str, **more: object) -> Spec:
    return {"field": field, "type": "quantitative", "title": title, **more}


TIPS = {
    "group": mark("group"),
    "who": mark("who"),
    "gain": mark("gain"),
    "most": mark("most"),
    "points": mark("points"),
    "what": mark("what"),
    "issue": mark("issue"),
    "option": mark("option"),
    "table": mark("table"),
    "demand": mark("demand"),
    "result": mark("result"),
    "median": mark("median"),
    "mean": mark("average"),
    "n": mark("answers"),
}
"""What is told of a mark that is pointed at, by field."""


def _tips(*fields: str) -> list[Spec]:
    return [{"field": field, "title": tr(TIPS[field])} for field in fields]


def shares(rows: Rows, names: Sequence[str], ink: Ink, most: Rows) -> Spec:
    """Return value created and claimed as a chart: a bar per group, a piece per party; a tick is the most possible.

    Rows: `group`, `number`, `who`, `n` (seating order), `gain`. Most: `group`, `number`, `most`.
    """
    y = {"field": "group", "type": "nominal", "title": None, "sort": {"field": "number"}}
    bars = {
        "mark": {"type": "bar", "height": 16, "aria": False},
        "encoding": {
            "y": y,
            "x": _number("gain", tr("points above everything unsigned, added up"), stack="zero"),
            "color": _colour(names, ink),
            "order": {"field": "n", "type": "quantitative"},
            "tooltip": _tips("group", "who", "gain"),
        },
    }
    ticks = {
        "data": _values(most),
        "mark": {"type": "tick", "thickness": 2, "size": ROW - 4, "color": ink["bad"], "aria": False},
        "encoding": {"y": y, "x": _number("most", ""), "tooltip": _tips("group", "most")},
    }
    return {**_base(rows), "height": {"step": ROW}, "layer": [bars, ticks]}


def strips(rows: Rows, names: Sequence[str], ink: Ink, ranges: Rows = (), marks: Rows = ()) -> Spec:
    """Return each role against its own kind: a dot per group; behind it how agents alone fare, and what history got.

    Rows: `who`, `group`, `points`. Ranges: `who`, `low`, `high`, `median`. Marks: `who`, `points`, `what`.
    """
    y = {"field": "who", "type": "nominal", "title": None, "sort": list(names), "axis": {"labelLimit": 160}}
    scale = {"zero": False}
    x = _number("points", tr("points"), scale=scale)
    behind = [
        {
            "data": {"values": list(ranges)},
            "mark": {"type": "bar", "height": 18, "color": ink["dot"], "opacity": 0.28, "aria": False},
            "encoding": {"y": y, "x": _number("low", tr("points"), scale=scale), "x2": {"field": "high"}},
        },
        {
            "data": {"values": list(ranges)},
            "mark": {"type": "tick", "thickness": 3, "size": 18, "color": ink["dot"], "aria": False},
            "encoding": {"y": y, "x": _number("median", tr("points"), scale=scale)},
        },
    ]
    dots = {
        "mark": {"type": "circle", "size": 110, "opacity": 0.8},
        "encoding": {
            "y": y,
            "x": x,
            "color": {**_colour(names, ink), "legend": None},
            "tooltip": _tips("group", "who", "points"),
        },
    }
    named = {
        "data": {"values": list(marks)},
        "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 120, "color": ink["reference"]},
        "encoding": {"y": y, "x": x, "tooltip": _tips("what", "who", "points")},
    }
    return {**_base(rows), "height": {"step": ROW + 8}, "layer": [*(behind if ranges else []), dots, named]}


def means(rows: Rows, names: list[str], kinds: Sequence[str], most: int, ink: Ink) -> Spec:
    """Return averages of answers as a chart: a row per subscale, a dot per role, a diamond for everybody; from 1 to `most`.

    Rows: `who`, `what`, `mean`, `n`. Of the names the first is everybody's, then come all parties in seating order.
    """
    everybody, *parties = names
    colours = [ink["text"], *(ink[party_colour(n)] for n in range(len(parties)))]
    return {
        **_base(rows),
        "height": {"step": ROW + 8},
        "mark": {"type": "point", "filled": True, "opacity": 0.8},
        "encoding": {
            "y": {"field": "what", "type": "nominal", "title": None, "sort": list(kinds), "axis": {"labelLimit": 160}},
            "x": _number("mean", tr("average"), scale={"domain": [1, most]}, axis={"tickMinStep": 1, "format": "d"}),
            "color": {
                **_colour(names, ink),
                "scale": {"domain": names, "range": colours},
                "legend": {"orient": "top", "columns": 2, "labelLimit": 130},
            },
            "shape": {
                "condition": {"test": f"datum.who === {json.dumps(everybody)}", "value": "diamond"},
                "value": "circle",
            },
            "size": {"condition": {"test": f"datum.who === {json.dumps(everybody)}", "value": 190}, "value": 110},
            "tooltip": _tips("who", "what", "mean", "n"),
        },
    }


def choices(rows: Rows, groups: Sequence[str], issues: Sequence[str], ink: Ink) -> Spec:
    """Return the options chosen as a chart: a column per group, a row per issue; the colour says how late in the list.

    Rows: `group`, `issue`, `place` (0 first option, 1 last; null unsigned), `option`, `mark` (a cross where an issue
    on which all agreed was missed).
    """
    x = {"field": "group", "type": "nominal", "title": tr("group"), "sort": list(groups), "axis": {"labelAngle": 0}}
    y = {"field": "issue", "type": "nominal", "title": None, "sort": list(issues), "axis": {"labelLimit": 260}}
    stages = [tr("early in its list"), tr("in the middle"), tr("late")]
    early, middle, late = map(json.dumps, stages)
    told = f"datum.place < 0.34 ? {early} : datum.place < 0.67 ? {middle} : {late}"
    legend = {"orient": "top", "title": tr("the option is"), "direction": "horizontal", "labelLimit": 200}
    scale = {"domain": stages, "range": [ink["low"], ink["middle"], ink["high"]]}
    colour = {"field": "stage", "type": "nominal", "legend": legend, "scale": scale}
    cells = {
        "transform": [{"filter": "isValid(datum.place)"}, {"calculate": told, "as": "stage"}],
        "mark": {"type": "rect", "stroke": ink["card"], "strokeWidth": 1.5, "aria": False},
        "encoding": {"x": x, "y": y, "color": colour, "tooltip": _tips("group", "issue", "option")},
    }
    crosses = {
        "transform": [{"filter": "datum.mark"}],
        "mark": {"type": "text", "fontSize": 15, "fontWeight": "bold", "color": ink["card"], "stroke": ink["bad"]},
        "encoding": {"x": x, "y": y, "text": {"field": "mark"}},
    }
    return {**_base(rows), "height": {"step": 20}, "layer": [cells, crosses]}


def scatter(rows: Rows, names: Sequence[str], ink: Ink) -> Spec:
    """Return first offers against results as a chart; rows: `who`, `group`, `table`, `demand`, `result`."""
    return {
        **_base(rows),
        "height": 340,
        "mark": {"type": "circle", "size": 70, "opacity": 0.75},
        "encoding": {
            "x": _number("demand", tr("own gain in the first offer at a table")),
            "y": _number("result", tr("own gain there in the end")),
            "color": _colour(names, ink),
            "tooltip": _tips("group", "who", "table", "demand", "result"),
        },
    }


def curves(rows: Rows, names: Sequence[str], unit: str, ink: Ink) -> Spec:
    """Return concession curves, thin by group, strong the mean of a role; rows: `who`, `group`, `round`, `share`."""
    x = _number("round", unit, axis={"tickMinStep": 1, "format": "d"})
    thin = {
        "mark": {"type": "line", "strokeWidth": 1, "opacity": 0.3, "aria": False},
        "encoding": {
            "x": x,
            "y": _number("share", tr("asked for, as a share of the best deal")),
            "color": _colour(names, ink),
            "detail": {"field": "group"},
        },
    }
    thick = {
        "mark": {"type": "line", "strokeWidth": 3, "point": {"size": 40}},
        "encoding": {
            "x": x,
            "y": {
                "aggregate": "mean",
                **_number("share", tr("asked for, as a share of the best deal"), axis={"format": "%"}),
            },
            "color": _colour(names, ink),
        },
    }
    return {**_base(rows), "height": 320, "layer": [thin, thick]}


def spreads(rows: Rows, ink: Ink, now: float, kinds: Sequence[str]) -> Spec:
    """Return the spread of points of many replays: 5th to 95th percentile, middle half, median; a line for `now`.

    Rows: `what`, `least`, `low`, `median`, `high`, `most`.
    """
    y = {"field": "what", "type": "nominal", "title": None, "sort": list(kinds), "axis": {"labelLimit": 220}}
    scale = {"zero": False}
    thin = {
        "mark": {"type": "bar", "height": 6, "color": ink["dot"], "opacity": 0.45},
        "encoding": {"y": y, "x": _number("least", tr("points"), scale=scale), "x2": {"field": "most"}},
    }
    half = {
        "mark": {"type": "bar", "height": 18, "color": ink["accent"], "opacity": 0.7},
        "encoding": {"y": y, "x": _number("low", tr("points"), scale=scale), "x2": {"field": "high"}},
    }
    middle = {
        "mark": {"type": "tick", "thickness": 3, "size": 22, "color": ink["text"]},
        "encoding": {"y": y, "x": _number("median", tr("points"), scale=scale), "tooltip": _tips("what", "median")},
    }
    you = {
        "data": {"values": [{"now": now}]},
        "mark": {"type": "rule", "color": ink["game"], "strokeWidth": 3},
        "encoding": {"x": _number("now", tr("points"), scale=scale)},
    }
    return {**_base(rows), "height": {"step": 40}, "layer": [thin, half, middle, you]}
